"""The estimated blur of a photo, with its confidence, and as people are told of it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from deblur_app.blur.psf import Origin, Psf
from deblur_app.core.task import Progress
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from deblur_app.blur.kernel_grid import Kernels
    from deblur_app.blur.kinds import Blur
    from deblur_app.blur.trust_map import TrustMap
    from deblur_app.engine.choice.expected_gain import RestorationChoice

_SURE = 0.6
"""Confidence from which an estimate is shown as sure."""

_LIKELY = 0.3
"""Confidence from which an estimate is shown as probable, and is worth more than none."""

UNSURE = 0.25
"""Confidence, at most, of what other evidence contradicts: the spectrum, parts of the photo, or the expected gain."""


@dataclass(frozen=True, eq=False)
class PsfEstimate:
    """The estimated blur of a photo.

    Attributes:
        kernels: The kernel, or the kernels of all regions; None where the photo is sharp.
        model: The kind of blur with its values, where it is one.
        confidence: From 0, a guess, to 1, certain.
        is_processed: Whether the blur showed only once the photo was reduced: the camera has smoothed and sharpened
            its fine detail, which no kernel explains.
        is_linear: Whether the photo is explained best as one whose values are proportional to light, not encoded for
            screens.
        choice: The way to restore the photo, chosen by expected gain; None where gains cannot be told: a photo too
            small, a blur whose kind was given.
        reduction: How many times smaller the photo is made to undo the blur; see `Psf`.
        trust: Where the kernels hold; see `Psf`.
        may_vary: Whether parts of the photo may have another blur than its one kernel.
    """

    kernels: Kernels | None
    model: Blur | None
    confidence: float
    is_processed: bool = False
    is_linear: bool = False
    choice: RestorationChoice | None = None
    reduction: int = 1
    trust: TrustMap | None = None
    may_vary: bool = False

    @cached_property
    def psf(self) -> Psf | None:
        """The PSF; None where the photo is sharp."""
        if self.kernels is None:
            return None
        return Psf(self.kernels, Origin.ESTIMATED, self.model, self.confidence, self.reduction, self.trust)

    def moved(self, right: float, down: float) -> PsfEstimate:
        """Return the estimate for a picture that begins so many pixels farther left and up; see `Psf.moved`."""
        psf = self.psf.moved(right, down) if self.psf and (right or down) else None
        return self if psf is None else replace(self, kernels=psf.kernels, trust=psf.trust)

    @property
    def label(self) -> str:
        """The estimate in words, such as “Motion blur, 14 px at 32°, sure”."""
        return f"{self.words}, {self.certainty}"

    @property
    def words(self) -> str:
        """The blur in words, such as “Motion blur, 14 px at 32°”."""
        return self.psf.describe() if self.psf else tr("No blur found: the photo looks sharp")

    @property
    def certainty(self) -> str:
        """The word for the confidence."""
        if is_sure(self.confidence):
            return tr("sure")
        return tr("probably") if self.confidence >= _LIKELY else tr("unsure")


@dataclass(frozen=True, eq=False)
class BlurEstimated(Progress):
    """The progress at which the blur of a photo is known, and its restoration begins.

    Attributes:
        estimate: The blur, in places of the photo.
    """

    estimate: PsfEstimate | None = None


def is_sure(confidence: float) -> bool:
    """Return whether an estimate of this confidence is shown to the user as sure."""
    return confidence >= _SURE


def is_believed(confidence: float) -> bool:
    """Return whether an estimate of this confidence is worth more than none."""
    return confidence >= _LIKELY
