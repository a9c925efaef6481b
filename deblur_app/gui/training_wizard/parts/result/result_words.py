"""The outcome of a training in words and figures."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from deblur_app.core.texts import tr, tr_count
from deblur_app.gui.training_wizard.parts.figures_table import FiguresColumn, figure_cells

if TYPE_CHECKING:
    from training.reports.results import Outcome


def describe_outcome(outcome: Outcome) -> str:
    """Return a sentence on the outcome of the training."""
    count = len(outcome.epochs)
    text = tr_count(
        "{count} epochs done; epoch {best}, the best, is kept.",
        "1 epoch done; epoch {best}, the best, is kept.",
        count,
        best=outcome.best["epoch"],
    )
    own, nothing = (float(row.get("val_psnr") or math.nan) for row in (outcome.best, outcome.do_nothing))
    if not math.isfinite(own - nothing):
        return text
    if own >= nothing:
        gain = tr("On held-out pictures it is {gain:.1f} dB better than leaving them unchanged.", gain=own - nothing)
    else:
        gain = tr("On held-out pictures it is {loss:.1f} dB worse than leaving them unchanged.", loss=nothing - own)
    return f"{text} {gain}"


def columns_of(outcome: Outcome) -> list[FiguresColumn]:
    """Return the figures of a model, of the blurred photos, and of the bundled model where they are known."""
    columns = [
        FiguresColumn(tr("This model\nepoch {epoch}", epoch=outcome.best["epoch"]), _cells(outcome.best)),
        FiguresColumn(tr("Blurred\nphotos"), _cells(outcome.do_nothing)),
    ]
    if bundled := outcome.bundled:
        cells = figure_cells(bundled.psnr, bundled.ssim, bundled.accuracy, bundled.loss)
        columns.append(FiguresColumn(tr("Bundled\nmodel"), cells))
    return columns


def _cells(event: dict[str, float | None]) -> tuple[str, ...]:
    return figure_cells(*(event.get(f"val_{name}") for name in ("psnr", "ssim", "accuracy", "loss")))
