"""The page of a report: what it says of a run, for the template that it is written by."""

from __future__ import annotations

import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.amounts import describe_duration
from deblur_app.core.formats.html_page import render_page
from deblur_app.core.metrics import ACCURACY_EXPLAINED, percent
from training.config.config import PROTOCOL_EXPLAINED
from training.evaluation.evaluators import SHARES, shares_label
from training.reports.paper_figures import PAPER_ACCURACIES
from training.runs.events import number_text

if TYPE_CHECKING:
    from training.config.config import TrainingConfig
    from training.runs.run_log import RunLog

_COLUMNS = (
    ("loss", "loss", ".4f"),
    ("accuracy", "accuracy", ".1%"),
    ("val_loss", "loss", ".4f"),
    ("val_accuracy", "accuracy", ".1%"),
    ("val_psnr", "PSNR, dB", ".2f"),
    ("val_ssim", "SSIM", ".3f"),
)
_BLUR_COLUMNS = (
    ("loss", "loss", ".4f"),
    ("accuracy", "type recognised", ".1%"),
    ("val_loss", "loss", ".4f"),
    ("val_accuracy", "type recognised", ".1%"),
    *((name, shares_label(name), ".1%") for name in SHARES),
)
"""Of the network that names blurs."""

_OF_TRAINING = 2
"""Count of the columns about the training pairs."""

_TEMPLATE = Path(__file__).parent / "templates" / "report.html.j2"


@dataclass(frozen=True)
class _Row:
    """A row of a table: its head, its cells, and what it is marked as."""

    label: str
    cells: list[str]
    kind: str = ""


def render_report(run_log: RunLog, *, missing_pictures: str = "") -> str:
    """Return the HTML page.

    Args:
        run_log: The log of the run.
        missing_pictures: Why there is no Figure 2; "" where there is.
    """
    has_paper = run_log.config.family.is_papers and run_log.has_accuracy
    return render_page(
        _TEMPLATE,
        name=run_log.name,
        state=_state(run_log),
        verdict=_verdict(run_log),
        facts=_facts(run_log),
        columns=[label for _, label, _ in _columns(run_log)],
        training_columns=_OF_TRAINING,
        whose="Held-out pairs" if run_log.config.protocol == "held-out" else "The same pairs, as validation",
        rows=_rows(run_log),
        accuracy_explained=_accuracy_explained(run_log),
        paper_rows=_paper_rows(run_log) if has_paper else [],
        missing_pictures=missing_pictures,
        pictures_caption=_pictures_caption(run_log),
        loss_caption=_loss_caption(run_log),
        has_accuracy=run_log.has_accuracy,
    )


def _accuracy_explained(run_log: RunLog) -> str:
    if not run_log.names_blurs:
        return ACCURACY_EXPLAINED if run_log.has_accuracy else _NO_ACCURACY
    return "Sizes and angles are evaluated on the crops of their type, whichever type the network named."


_NO_ACCURACY = "There is no accuracy: it asks for the strongest colour of each pixel, and these pictures are grey."


def _loss_caption(run_log: RunLog) -> str:
    if run_log.names_blurs:
        return (
            "Cross-entropy of the type with the likelihood of size and direction; the dashed line is an answer that "
            "does not look at the crop."
        )
    caption = "Mean squared error on a logarithmic axis; the dashed line is the loss of the blurred pictures."
    if run_log.config.learning.loss == "mse" and not run_log.config.learning.frequency_weight:
        return caption
    return f"{caption} The training loss is the one named above, which is another measure."


def _state(run_log: RunLog) -> str:
    epochs_done, planned = run_log.epochs[-1]["epoch"], run_log.config.epochs
    if epochs_done >= planned:
        return f"All {planned} epochs are done."
    return f"{'Stopped after' if run_log.finished else 'As far as trained:'} {epochs_done} of {planned} epochs."


def _verdict(run_log: RunLog) -> str:
    """Return one sentence that says whether the network is of use."""
    if run_log.names_blurs:
        right, guessed = run_log.best["val_accuracy"], run_log.do_nothing["val_accuracy"]
        return (
            f"The best epoch is {run_log.best['epoch']}: on crops of photographs that it never saw, it recognises "
            f"the type of blur in {percent(right)}. Always answering with the most frequent type would be right in "
            f"{percent(guessed)}."
        )
    best, nothing = run_log.best["val_psnr"], run_log.do_nothing["val_psnr"]
    if not math.isfinite(best - nothing):
        return f"The best epoch is {run_log.best['epoch']}. Its log does not tell how it compares with doing nothing."
    whose = "pairs it never saw" if run_log.config.protocol == "held-out" else "the pairs it was trained on"
    difference = best - nothing
    comparison = "better" if difference > 0 else "worse"
    return (
        f"The best epoch is {run_log.best['epoch']}: on {whose}, its pictures reach {best:.2f} dB. The blurred "
        f"pictures themselves, untouched, reach {nothing:.2f} dB, so the network is {abs(difference):.2f} dB "
        f"{comparison} than doing nothing."
    )


def _facts(run_log: RunLog) -> dict[str, str]:
    config, start = run_log.config, run_log.start
    facts = {
        "Protocol": PROTOCOL_EXPLAINED[config.protocol],
        "Pairs": _pairs(run_log),
        "Network": _network(config),
        "Training": _training(config),
        "Learning rate": _describe_rates(run_log),
        "Precision": str(start["precision"]),
        "Device": str(start["device"]),
        "Time": describe_duration(sum(epoch["seconds"] for epoch in run_log.epochs)),
    }
    if gains := run_log.best.get("gains"):
        facts["Gain in the best epoch"] = ", ".join(f"{kind} {gain:+.2f} dB" for kind, gain in gains.items())
    if sharp := run_log.best.get("sharp_psnr"):
        facts["Sharp pictures"] = f"come back at {sharp:.1f} dB to themselves"
    return facts


def _pairs(run_log: RunLog) -> str:
    start, config = run_log.start, run_log.config
    if run_log.names_blurs:
        use = f"{start['training_pairs']} of them seen in each epoch, turned and mirrored"
        return f"{config.data.crops} crops made once, {use}; {start['validation_pairs']} of other photos for validation"
    if config.data.is_synthetic:
        return (
            f"{start['training_pairs']} made in each epoch, {start['validation_pairs']} of other photos for validation"
        )
    pairs = f"{start['training_pairs']} for training, {start['validation_pairs']} for validation"
    return f"{pairs} (the same)" if config.protocol == "paper" else pairs


def _network(config: TrainingConfig) -> str:
    network = config.network
    squares = f"{network.side} × {network.side}"
    filters, widths, blocks = (", ".join(map(str, row)) for row in (network.filters, network.widths, network.blocks))
    if config.family.takes_whole_pictures:
        return f"{network.architecture} at {squares}, filters {filters}, latent vector {network.latent}"
    return f"{network.architecture}, widths {widths}, blocks {blocks}, crops of {squares}"


def _training(config: TrainingConfig) -> str:
    learning = config.learning
    optimizer = {"adam": "Adam", "adamw": f"AdamW with weight decay {learning.weight_decay:g}"}[learning.optimizer]
    names = {"mse": "mean squared error", "charbonnier": "Charbonnier loss", "blur": "cross-entropy and likelihood"}
    loss = names[learning.loss]
    frequencies = f" + {learning.frequency_weight:g} × frequency loss" if learning.frequency_weight else ""
    average = f", weights averaged with {learning.average:g}" if learning.average else ""
    return f"{optimizer}, {loss}{frequencies}, batches of {config.batch_size}, seed {config.seed}{average}"


def _describe_rates(run_log: RunLog) -> str:
    config = run_log.config
    if config.learning.schedule == "cosine":
        return f"{config.learning_rate:g} at its highest, {config.learning.warmup_steps} steps of warm-up, cosine to 0"
    rates = (
        f"{config.learning_rate:g} at the start, {number_text(run_log.epochs[-1]['learning_rate'], '.3g')} at the end"
    )
    return f"{rates}; × {config.plateau_factor:.3g} after {config.plateau_patience} epochs without gain"


def _columns(run_log: RunLog) -> tuple[tuple[str, str, str], ...]:
    return _BLUR_COLUMNS if run_log.names_blurs else _COLUMNS


def _rows(run_log: RunLog) -> list[_Row]:
    """Return the rows of Table 2, the last one that of doing nothing."""
    best, rows = run_log.best["epoch"], []
    for epoch in run_log.table:
        is_best = epoch["epoch"] == best
        label = f"{epoch['epoch']}, best" if is_best else str(epoch["epoch"])
        values = epoch | epoch.get("shares", {})
        rows.append(_Row(label, _cells(run_log, values), "best" if is_best else ""))
    nothing = {key: value for key, value in run_log.do_nothing.items() if key.startswith("val_")}
    nothing |= run_log.do_nothing.get("shares", {})
    return [*rows, _Row("do nothing", _cells(run_log, nothing), "nothing")]


def _cells(run_log: RunLog, values: dict[str, Any]) -> list[str]:
    return [number_text(values.get(name), form) for name, _, form in _columns(run_log)]


def _paper_rows(run_log: RunLog) -> list[_Row]:
    """Return rows with the paper's accuracies, those of the run at the same epochs, and that of doing nothing."""
    own, nothing = {epoch["epoch"]: epoch for epoch in run_log.epochs}, run_log.do_nothing["val_accuracy"]
    rows = []
    for number, paper in PAPER_ACCURACIES.items():
        reached = [own.get(number, {}).get(name, math.nan) for name in ("accuracy", "val_accuracy")]
        shares = [f"{share:.2%}" for share in paper]
        rows.append(_Row(str(number), shares + [number_text(share, ".1%") for share in (*reached, nothing)]))
    return rows


def _pictures_caption(run_log: RunLog) -> str:
    is_held_out = run_log.config.protocol == "held-out"
    whose = "Held-out pairs, which the network never saw" if is_held_out else "Pairs that the network was trained on"
    return f"{whose}, with the best weights so far. The figures are against the ground truth."
