"""The estimated blur of a photo, with its confidence, and as people are told of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays

if TYPE_CHECKING:
    from deblur_app.blur.kinds import Blur
    from deblur_app.engine.method import Psf

_IN_WORDS = {
    "motion": "Motion blur, {length} px at {angle}°",
    "defocus": "Out of focus, radius {radius} px",
    "turbulence": "Air turbulence, σ {sigma} px",
}
"""What a user is told of each kind of blur that has values."""

_SURE = 0.6
"""Confidence from which an estimate is shown as sure."""
_LIKELY = 0.3
"""Confidence from which an estimate is shown as probable, and is worth more than none."""


@dataclass(frozen=True, eq=False)
class PsfEstimate:
    """The estimated blur of a photo.

    Attributes:
        psf: The kernel, or the kernels of all regions; None where the photo is sharp.
        blur: The same as a kind of blur with its values, where it is one.
        confidence: From 0, a guess, to 1, certain.
        is_processed: Whether the blur showed only once the photo was reduced: the camera has smoothed and sharpened
            its fine detail, which no kernel explains.
    """

    psf: Psf | None
    blur: Blur | None
    confidence: float
    is_processed: bool = False

    @property
    def label(self) -> str:
        """The estimate in words, such as “Motion blur, 14 px at 32°, sure”."""
        sure = "sure" if is_sure(self.confidence) else "probably" if self.confidence >= _LIKELY else "unsure"
        return f"{self._what()}, {sure}"

    def _what(self) -> str:
        if self.psf is None:
            return "No blur found: the photo looks sharp"
        if self.blur:
            values = {name: f"{float(value):.3g}" for name, value in self.blur.values.items()}
            if "angle" in values:
                values["angle"] = f"{float(self.blur.values['angle']) % 180.0:.0f}"
            return _IN_WORDS[self.blur.kind].format(**values)
        if isinstance(self.psf, np.ndarray):
            width, height = kernel_arrays.describe(self.psf).extent
            return f"Camera shake, {width} × {height} px"
        return "Blur that varies over the frame"


def is_sure(confidence: float) -> bool:
    """Return whether an estimate of this confidence is shown to the user as sure."""
    return confidence >= _SURE


def is_believed(confidence: float) -> bool:
    """Return whether an estimate of this confidence is worth more than none."""
    return confidence >= _LIKELY
