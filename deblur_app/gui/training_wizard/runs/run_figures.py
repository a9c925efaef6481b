"""The figures of the training that goes on, kept from its progress, and what they say in words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.metrics import percent
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from deblur_app.core.task import Progress
    from training.fit.progress import EpochFigures


@dataclass
class RunFigures:
    """The figures that are known so far.

    Attributes:
        latest: Those of the epoch finished last.
        best: Those of the epoch with the lowest validation loss.
        do_nothing: Those of the blurred pictures as they are.
        loss: The loss of the last batch.
    """

    latest: EpochFigures | None = None
    best: EpochFigures | None = None
    do_nothing: EpochFigures | None = None
    loss: float | None = None

    def take(self, progress: Progress) -> None:
        """Keep what a progress tells; cheap, because it comes after each batch."""
        if (do_nothing := getattr(progress, "do_nothing", None)) is not None:
            self.do_nothing = do_nothing
        if (loss := getattr(progress, "loss", None)) is not None:
            self.loss = loss
        for figures in getattr(progress, "epochs", ()):
            self.take_epoch(figures)
        if (figures := getattr(progress, "figures", None)) is not None:
            self.take_epoch(figures)

    def take_epoch(self, figures: EpochFigures) -> None:
        """Keep the figures of a finished epoch."""
        self.latest = figures
        if self.best is None or figures.val_loss < self.best.val_loss:
            self.best = figures

    @property
    def comparison(self) -> str:
        """The latest figure beside that of the blurred photos, in words; "" before there are both."""
        if self.latest is None or self.do_nothing is None:
            return ""
        return tr(
            "validation {decibel}, blurred {decibel_2}",
            decibel=decibel(self.latest),
            decibel_2=decibel(self.do_nothing),
        )

    @property
    def end_sentence(self) -> str:
        """The sentence on what a finished training has done and kept."""
        begin = tr("Done after {epoch} epochs", epoch=self.latest.epoch) if self.latest else tr("Done")
        return (
            tr("{begin}, and epoch {epoch}, the best, is kept.", begin=begin, epoch=self.best.epoch)
            if self.best
            else f"{begin}."
        )

    @property
    def verdict(self) -> str:
        """A sentence that sums the figures up; "" before there are any."""
        return verdict(self.best, self.do_nothing)


def verdict(best: EpochFigures | None, do_nothing: EpochFigures | None) -> str:
    """Return a sentence that compares the best epoch with the blurred photos; "" before there are figures."""
    if best is None or do_nothing is None:
        return ""
    gain = best.val_psnr - do_nothing.val_psnr
    if not math.isfinite(gain):
        return ""
    if abs(gain) < 0.05:
        return tr(
            "At its best (epoch {epoch}) the result is as close to the sharp photos as the blurred ones are.",
            epoch=best.epoch,
        )
    if gain > 0:
        return tr(
            "At its best (epoch {epoch}) the result is {gain:.1f} dB closer to the sharp photos than the blur.",
            epoch=best.epoch,
            gain=gain,
        )
    return tr(
        "At its best (epoch {epoch}) the result is {gain:.1f} dB further from the sharp photos than the blurred "
        "ones are: it makes them worse.",
        epoch=best.epoch,
        gain=-gain,
    )


def decibel(figures: EpochFigures) -> str:
    """Return the PSNR on the validation pairs with its unit, or the share that is right where no pictures come out."""
    if not math.isfinite(figures.val_psnr):
        return f"{percent(figures.val_accuracy)} right".replace("%", " %")
    return tr("{val_psnr:.1f} dB", val_psnr=figures.val_psnr)
