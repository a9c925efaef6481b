"""The report of a run: the paper's Table 2 and Figures 2 to 4 with our figures, as one HTML page with PNGs."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine import devices
from training.batches import synthetic_pairs
from training.data import dataset
from training.evaluation import evaluate
from training.reports import figures, page
from training.runs.run_log import RunLog, read_run_log

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from training.config.config import TrainingConfig
    from training.data.dataset import PairArrays
    from training.runs.run import Run

_NEEDED = {
    "training_pairs": "the number of training pairs",
    "validation_pairs": "the number of validation pairs",
    "precision": "the precision",
    "device": "the device",
}
"""The sentence of a report about the start, and its name in a sentence."""

_SHOWN = 4
"""Pairs in Figure 2, as in the paper."""


def write_report(run: Run, out: Path | None = None) -> Task[Path]:
    """Write the report of a run, finished or not.

    Args:
        run: The run.
        out: The folder to write to, made if need be; None takes the folder `report` of the run.

    Returns:
        The page.

    Raises:
        DeblurError: The folder holds no run, no epoch is done yet, or the report cannot be written.
    """
    run_log = read_run_log(run)
    if lacking := [words for key, words in _NEEDED.items() if run_log.start[key] in (None, "")]:
        raise DeblurError(
            tr(
                "The log of “{folder}” is damaged: its record of the start lacks {join}. There is no "
                "report without; “deblur-train list” still tells its best epoch.",
                folder=run.folder,
                join=" and ".join(lacking),
            )
        )
    folder = run.folder / "report" if out is None else out
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeblurError(
            tr("The folder “{folder}” cannot be made: {reason}.", folder=folder, reason=error.strerror)
        ) from error
    try:
        pictures, missing = [], "this network recognises blurs; its answers are in the table."
        if not run_log.names_blurs:
            pictures = yield from subtask(_predict_rows(run, run_log), 0.0, 0.7)
    except DeblurError as error:  # the photographs may be gone; the figures are not
        pictures, missing = [], str(error)
    yield Progress(0.7, tr("Drawing the curves"))
    for theme in figures.THEMES:
        if pictures:
            write_atomic(folder / f"figure-2{theme.suffix}.png", figures.rows_png(pictures, theme))
        curves = {3: _loss_curve(run_log)} | ({4: _accuracy_curve(run_log)} if run_log.has_accuracy else {})
        for number, curve in curves.items():
            write_atomic(folder / f"figure-{number}{theme.suffix}.png", figures.curve_png(curve, theme))
        yield Progress(0.85, tr("Drawing the curves"))
    target = folder / "report.html"
    write_atomic(target, page.render_report(run_log, missing_pictures="" if pictures else missing).encode())
    return target


def _predict_rows(run: Run, run_log: RunLog) -> Task[list[figures.Row]]:
    """Predict the rows of Figure 2: input, ground truth and predicted."""
    yield Progress(0.0, tr("Loading TensorFlow"))
    predict, side = yield from subtask(evaluate.load_predictor(run.folder, devices.list_devices()[0]), 0.1, 0.6)
    arrays = yield from subtask(_select_pairs(run, run_log.config, side), 0.6, 0.9)
    predicted = predict(arrays.blurred, *arrays.extra_inputs)
    photographed = from_integer(arrays.blurred_pictures)
    return [
        figures.Row("Input", list(photographed), _captions(arrays, photographed)),
        figures.Row("Ground truth", list(from_integer(arrays.sharp))),
        figures.Row("Predicted", list(predicted), _captions(arrays, predicted)),
    ]


def _select_pairs(run: Run, config: TrainingConfig, side: int) -> Task[PairArrays]:
    """Load validation pairs, spread evenly over all of them; under the protocol “paper” these were trained on."""
    if config.data.is_synthetic:
        _, held_out = synthetic_pairs.divide_photos(run.photos(), config)
        arrays, _ = yield from synthetic_pairs.validation_pairs(config, held_out)
        return arrays.take(_spread_indices(len(arrays)))
    pairs = run.pairs()
    indices = np.arange(len(pairs))
    if config.protocol == "held-out":
        _, indices = dataset.split([pair.scene for pair in pairs], config.validation_share, config.seed)
    return (yield from dataset.load_pairs([pairs[index] for index in indices[_spread_indices(len(indices))]], side))


def _spread_indices(count: int) -> NDArray[np.intp]:
    """Return indices that are spread evenly over `count`."""
    return np.linspace(0, count - 1, min(_SHOWN, count)).round().astype(np.intp)


def _captions(arrays: PairArrays, pixels: Pixels) -> list[str]:
    all_figures = map(evaluate.figures_of, from_integer(arrays.sharp), pixels)
    return [_caption(each) for each in all_figures]


def _caption(each: evaluate.Figures) -> str:
    accuracy = f" · accuracy {each.accuracy:.0%}" if math.isfinite(each.accuracy) else ""
    return f"{each.psnr:.1f} dB · SSIM {each.ssim:.2f}{accuracy}"


def _loss_curve(run_log: RunLog) -> figures.Curve:
    return _curve(run_log, "loss" if run_log.names_blurs else "loss (mean squared error)", "loss", logarithmic=True)


def _accuracy_curve(run_log: RunLog) -> figures.Curve:
    return _curve(run_log, "accuracy", "accuracy", logarithmic=False)


def _curve(run_log: RunLog, title: str, name: str, *, logarithmic: bool) -> figures.Curve:
    return figures.Curve(
        title,
        [epoch[name] for epoch in run_log.epochs],
        [epoch[f"val_{name}"] for epoch in run_log.epochs],
        run_log.do_nothing[f"val_{name}"],
        run_log.best["epoch"],
        logarithmic,
    )
