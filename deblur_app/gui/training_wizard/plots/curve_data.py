"""The figures of a training as points of curves, without Qt."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.metrics import percent
from deblur_app.core.texts import tr
from deblur_app.gui.widgets.graphs.series import Series

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.fit.progress import EpochFigures

_COLUMNS = ("loss", "val_loss", "accuracy", "val_accuracy", "val_psnr", "val_ssim", "learning_rate")

_OUTLIERS = (0.5, 98.0)
"""Percentiles between which losses are shown where outliers are ignored."""

_DROP = 0.8
"""A learning rate that falls below this part of the one before counts as a drop."""

_MOST_DROPS = 24
"""The most drops that are marked; with more of them the rate falls step by step, and none is marked."""


class CurveData:
    """The losses of the batches and the figures of the epochs of one training.

    Attributes:
        batches: The loss of each batch over its place in epochs.
        epochs: One series for each figure, over the epochs.
        do_nothing: The figures of the blurred pictures as they are.
    """

    def __init__(self) -> None:
        self.batches = Series()
        self.epochs = {name: Series() for name in _COLUMNS}
        self.do_nothing: EpochFigures | None = None

    def add_epoch(self, figures: EpochFigures) -> None:
        """Add the figures of a finished epoch."""
        for name, series in self.epochs.items():
            series.append(figures.epoch, getattr(figures, name))

    def forget_after(self, epoch: float) -> None:
        """Remove what came after `epoch`."""
        for series in (self.batches, *self.epochs.values()):
            series.remove_after(epoch)

    @property
    def last(self) -> float:
        """The end of the curves, in epochs; 1 while there is less."""
        return max([1.0, *(float(series.x[-1]) for series in (self.batches, self.epochs["loss"]) if len(series))])

    @property
    def best_epoch(self) -> int | None:
        """The epoch with the lowest validation loss."""
        losses = self.epochs["val_loss"]
        return int(losses.x[np.nanargmin(losses.y)]) if np.isfinite(losses.y).any() else None

    @property
    def drops(self) -> list[float]:
        """The last epochs with a learning rate that was then lowered; none where it falls step by step."""
        rates = self.epochs["learning_rate"]
        fell = np.flatnonzero(rates.y[1:] < _DROP * rates.y[:-1])
        return [float(rates.x[index]) for index in fell] if len(fell) <= _MOST_DROPS else []

    def loss_limits(self) -> tuple[float, float] | None:
        """Return the limits between which nearly all losses lie; None where there are too few."""
        values: NDArray[Any] = np.concatenate([self.batches.y, self.epochs["loss"].y, self.epochs["val_loss"].y])
        values = values[np.isfinite(values)]
        if len(values) < 2:
            return None
        low, high = np.percentile(values, _OUTLIERS)
        return (float(low), float(high)) if high > low else None

    def point_counts(self) -> dict[str, int]:
        """Return the number of points of each curve: “batch” and the names of the figures."""
        return {"batch": len(self.batches), **{name: len(series) for name, series in self.epochs.items()}}

    def describe(self, position: float) -> str:
        """Return the figures of the epoch nearest to a place on the axis, in words."""
        epochs = self.epochs["loss"].x
        if not len(epochs) or not math.isfinite(position):
            return ""
        nearest = int(np.abs(epochs - position).argmin())
        loss, val_loss, accuracy, val_accuracy, psnr, _, rate = (self.epochs[name].y[nearest] for name in _COLUMNS)
        decibels = tr(", PSNR {psnr:.1f} dB", psnr=psnr) if math.isfinite(psnr) else ""
        return tr(
            "Epoch {epochs:.0f}, learning rate {rate:.2g}\n"
            "Loss: training {loss:.4f}, validation {val_loss:.4f}\n"
            "Accuracy: training {accuracy}, validation {val_accuracy}{decibels}",
            epochs=epochs[nearest],
            rate=rate,
            loss=loss,
            val_loss=val_loss,
            accuracy=percent(accuracy),
            val_accuracy=percent(val_accuracy),
            decibels=decibels,
        )
