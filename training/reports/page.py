"""The HTML of a report."""

from __future__ import annotations

import math
from html import escape
from typing import TYPE_CHECKING, Any

from deblur_app.core.amounts import describe_duration
from deblur_app.core.metrics import ACCURACY_EXPLAINED, percent
from training.config.config import PROTOCOL_EXPLAINED
from training.evaluation.evaluators import SHARES, shares_label
from training.reports.paper_figures import paper_table
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
    ("accuracy", "type named right", ".1%"),
    ("val_loss", "loss", ".4f"),
    ("val_accuracy", "type named right", ".1%"),
    *((name, shares_label(name), ".1%") for name in SHARES),
)
"""Of the network that names blurs."""

_OF_TRAINING = 2
"""How many of the columns are about the training pairs."""

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #24292f; --soft: #5b636d; --line: #dfe3e8; --mark: #eef4fb;
        --accent: #3f74b5; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16191d; --ink: #e2e6eb; --soft: #9aa4af; --line: #30363d; --mark: #1d2733; --accent: #7fb0ee; }
}
body { background: var(--paper); color: var(--ink); margin: 0 auto; max-width: 70rem; padding: 2.5rem 1.5rem 4rem;
       font: 16px/1.55 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.9rem; line-height: 1.2; margin: 0 0 .3rem; }
h2 { font-size: 1.15rem; margin: 2.8rem 0 .6rem; }
p, figcaption, li { max-width: 46rem; }
.lead { font-size: 1.1rem; margin: 1rem 0 1.6rem; padding-left: .9rem; border-left: 3px solid var(--accent); }
.soft, figcaption { color: var(--soft); font-size: .92rem; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1.4rem; margin: 0; }
dt { color: var(--soft); } dd { margin: 0; }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; min-width: 40rem; }
th, td { padding: .4rem .9rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th { font-weight: 600; } thead th { color: var(--soft); font-weight: 500; }
thead tr:first-child th { text-align: center; border-bottom: 0; padding-bottom: 0; }
th:first-child { text-align: left; }
tr.best { background: var(--mark); }
tr.nothing th, tr.nothing td { border-top: 2px solid var(--line); }
figure { margin: 0; } figure img { max-width: 100%; height: auto; display: block; }
figcaption { margin-top: .5rem; }
"""


def html(story: RunLog, *, missing_pictures: str = "") -> str:
    """Return the HTML page.

    Args:
        story: What the run tells.
        missing_pictures: Why there is no Figure 2; "" where there is.
    """
    name = escape(story.name)
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>Training report: {name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        f'<h1>Training report: {name}</h1>\n<p class="soft">{escape(_state(story))}</p>\n'
        f'<p class="lead">{escape(_verdict(story))}</p>\n{_facts(story)}\n'
        f"<h2>Table 2. Figures over epochs</h2>\n{_table(story)}\n"
        f'<p class="soft">{escape(_accuracy_explained(story))}</p>\n'
        '<p class="soft">The highlighted row is the epoch with the lowest validation loss; its weights are kept. '
        "Figures of the training pairs are averaged while the network learns, as Keras does.</p>\n"
        f"{_beside_the_paper(story)}"
        f"<h2>Figure 2. Input, ground truth and predicted</h2>\n{_figure_2(story, missing_pictures)}\n"
        f"<h2>Figure 3. Loss over epochs</h2>\n{_figure(3, _loss_caption(story), 'Loss over epochs')}\n"
        f"<h2>Figure 4. Accuracy over epochs</h2>\n{_figure_4(story)}\n"
        "</body>\n</html>\n"
    )


def _beside_the_paper(story: RunLog) -> str:
    """Return the paper's own figures, in the report of its network."""
    if not story.config.family.is_papers or not story.has_accuracy:
        return ""
    table = paper_table(story.epochs, story.do_nothing["val_accuracy"])
    return f"<h2>The paper's figures beside these</h2>\n{table}\n"


def _accuracy_explained(story: RunLog) -> str:
    if not story.names_blurs:
        return ACCURACY_EXPLAINED if story.has_accuracy else _NO_ACCURACY
    return "Sizes and angles are judged among the crops of their type, whichever type the network named."


_NO_ACCURACY = "There is no accuracy: it asks for the strongest colour of each pixel, and these pictures are grey."

_ACCURACY_CAPTION = "The dashed line is the accuracy of the blurred pictures themselves, before any repair."


def _loss_caption(story: RunLog) -> str:
    if story.names_blurs:
        return (
            "Cross-entropy of the type with the likelihood of size and direction; the dashed line is an answer that "
            "does not look at the crop."
        )
    caption = "Mean squared error on a logarithmic axis; the dashed line is the loss of the blurred pictures."
    if story.config.learning.loss == "mse" and not story.config.learning.frequency_weight:
        return caption
    return f"{caption} The training pairs are judged by the loss named above, which is another measure."


def _state(story: RunLog) -> str:
    done, planned = story.epochs[-1]["epoch"], story.config.epochs
    if done >= planned:
        return f"All {planned} epochs are done."
    return f"{'Stopped after' if story.finished else 'As far as trained:'} {done} of {planned} epochs."


def _verdict(story: RunLog) -> str:
    """Return one sentence that says whether the network is of use."""
    if story.names_blurs:
        right, guessed = story.best["val_accuracy"], story.do_nothing["val_accuracy"]
        return (
            f"The best epoch is {story.best['epoch']}: on crops of photographs it never saw, it names the type of blur "
            f"right for {percent(right)}. The answer that is always the most frequent one is right for "
            f"{percent(guessed)}."
        )
    best, nothing = story.best["val_psnr"], story.do_nothing["val_psnr"]
    if not math.isfinite(best - nothing):
        return f"The best epoch is {story.best['epoch']}. Its log does not tell how it compares with doing nothing."
    judged = "pairs it never saw" if story.config.protocol == "held-out" else "the pairs it was trained on"
    difference = best - nothing
    comparison = "better" if difference > 0 else "worse"
    return (
        f"The best epoch is {story.best['epoch']}: on {judged}, its pictures reach {best:.2f} dB. The blurred "
        f"pictures themselves, untouched, reach {nothing:.2f} dB, so the network is {abs(difference):.2f} dB "
        f"{comparison} than doing nothing."
    )


def _facts(story: RunLog) -> str:
    config, start = story.config, story.start
    facts = {
        "Protocol": PROTOCOL_EXPLAINED[config.protocol],
        "Pairs": _pairs(story),
        "Network": _network(config),
        "Training": _training(config),
        "Learning rate": _rates(story),
        "Precision": str(start["precision"]),
        "Device": str(start["device"]),
        "Time": describe_duration(sum(epoch["seconds"] for epoch in story.epochs)),
    }
    if gains := story.best.get("gains"):
        facts["Gain in the best epoch"] = ", ".join(f"{kind} {gain:+.2f} dB" for kind, gain in gains.items())
    if sharp := story.best.get("sharp_psnr"):
        facts["Sharp pictures"] = f"come back at {sharp:.1f} dB to themselves"
    rows = "\n".join(f"<dt>{name}</dt><dd>{escape(value)}</dd>" for name, value in facts.items())
    return f"<dl>\n{rows}\n</dl>"


def _pairs(story: RunLog) -> str:
    start, config = story.start, story.config
    if story.names_blurs:
        seen = f"{start['training_pairs']} of them seen in each epoch, turned and mirrored"
        return f"{config.data.crops} crops made once, {seen}; {start['validation_pairs']} of other photos to judge by"
    if config.data.is_synthetic:
        return f"{start['training_pairs']} made in each epoch, {start['validation_pairs']} of other photos to judge by"
    pairs = f"{start['training_pairs']} to train on, {start['validation_pairs']} to judge by"
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


def _rates(story: RunLog) -> str:
    config = story.config
    if config.learning.schedule == "cosine":
        return f"{config.learning_rate:g} at its highest, {config.learning.warmup_steps} steps of warm-up, cosine to 0"
    rates = f"{config.learning_rate:g} at the start, {number_text(story.epochs[-1]['learning_rate'], '.3g')} at the end"
    return f"{rates}; × {config.plateau_factor:.3g} after {config.plateau_patience} epochs without gain"


def _table(story: RunLog) -> str:
    best, rows = story.best["epoch"], []
    columns = _BLUR_COLUMNS if story.names_blurs else _COLUMNS
    for epoch in story.table:
        label = f"{epoch['epoch']}, best" if epoch["epoch"] == best else str(epoch["epoch"])
        values = epoch | epoch.get("shares", {})
        rows.append(_table_row(columns, label, values, "best" if epoch["epoch"] == best else ""))
    nothing = {key: value for key, value in story.do_nothing.items() if key.startswith("val_")}
    nothing |= story.do_nothing.get("shares", {})
    rows.append(_table_row(columns, "do nothing", nothing, "nothing"))
    judged = "Held-out pairs" if story.config.protocol == "held-out" else "The same pairs, as validation"
    head = "".join(f"<th>{label}</th>" for _, label, _ in columns)
    return (
        '<div class="wide"><table>\n<thead>\n'
        f'<tr><th></th><th colspan="{_OF_TRAINING}">Training pairs</th>'
        f'<th colspan="{len(columns) - _OF_TRAINING}">{judged}</th></tr>\n'
        f"<tr><th>Epoch</th>{head}</tr>\n</thead>\n<tbody>\n{''.join(rows)}</tbody>\n</table></div>"
    )


type _Columns = tuple[tuple[str, str, str], ...]


def _table_row(columns: _Columns, label: str, values: dict[str, Any], kind: str) -> str:
    cells = "".join(f"<td>{number_text(values.get(name), form)}</td>" for name, _, form in columns)
    return f'<tr class="{kind}"><th>{label}</th>{cells}</tr>\n'


def _figure_2(story: RunLog, missing: str) -> str:
    if missing:
        return f"<p>There are no pictures to show: {escape(missing)}</p>"
    whose = (
        "Held-out pairs, which the network never saw"
        if story.config.protocol == "held-out"
        else "Pairs that the network was trained on"
    )
    caption = f"{whose}, with the best weights so far. The figures are against the ground truth."
    return _figure(2, caption, "Blurred input, ground truth and prediction")


def _figure_4(story: RunLog) -> str:
    if story.has_accuracy:
        return _figure(4, _ACCURACY_CAPTION, "Accuracy over epochs")
    return f"<p>{_NO_ACCURACY}</p>"


def _figure(number: int, caption: str, description: str) -> str:
    return (
        f'<figure><picture><source srcset="figure-{number}-dark.png" media="(prefers-color-scheme: dark)">'
        f'<img src="figure-{number}.png" alt="{description}"></picture>'
        f"<figcaption>{caption}</figcaption></figure>"
    )
