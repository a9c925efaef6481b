"""The kernel of a camera shake that a search found, and what else in the photo contradicts it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.task import Task, subtask
from deblur_app.engine.estimation.psf_estimate import UNSURE, PsfEstimate, is_believed

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.psf_estimation.search.blind import Estimate

_CONTRADICTING = 0.6
"""Misfit of a kernel in a quarter of the reduced photo from which on it is not the blur there: blurs that were made in
code have 0.06 to 0.24."""

MOST_CONTRADICTING = 0.5
"""Share of the quarters of a photo that contradict a kernel from which on it is not the blur of the photo. In a street
with people two of four did, with misfits of 1.3 and 1.5; for four shakes of a real camera none, with 0.3 at most.
Chosen on these, whose gains docs/methods/real-photos.md tells."""

SHORTEST = 0.6
"""Side of a kernel, as a share of the extent that the network tells, below which it is not the path. 13 such kernels of
scenes that the search believed in gained 0.1 dB in the mean, the blind network 0.5; 84 longer ones 4 dB. Of two photos
with lamps that draw streaks of 20 pixels and more, kernels of 3 and 5 pixels were told, “sure”."""


@dataclass(frozen=True, eq=False)
class ShakeKernel:
    """The kernel of a camera shake.

    Attributes:
        found: What the search gives, with the confidence of its own.
        quarters: Misfits of the quarters of the reduced photo; empty where the photo is too small to be reduced.
        extent: How long the network tells that the blur is, in pixels; None where nothing is known.
    """

    found: Estimate
    quarters: tuple[float, ...]
    extent: float | None = None

    @property
    def contradicting_share(self) -> float:
        """Share of the quarters of the photo in which the kernel leaves much unexplained."""
        return sum(misfit > _CONTRADICTING for misfit in self.quarters) / max(len(self.quarters), 1)

    @property
    def is_contradicted(self) -> bool:
        """True if at least half of the photo contradicts the kernel."""
        return bool(self.quarters) and self.contradicting_share >= MOST_CONTRADICTING

    @property
    def is_too_short(self) -> bool:
        """True if the kernel is far shorter than the blur that the network tells."""
        return self.extent is not None and len(self.found.kernel) < SHORTEST * self.extent

    def as_estimate(self) -> PsfEstimate:
        """Return the estimate of the photo; it is unsure where parts of the photo or the network contradict it."""
        is_doubted = is_believed(self.found.confidence) and (self.is_contradicted or self.is_too_short)
        confidence = UNSURE if is_doubted else self.found.confidence
        return PsfEstimate(self.found.kernel, None, confidence, reduction=self.found.scale)


def search_shake(light: Pixels, extent: float | None = None) -> Task[ShakeKernel]:
    """Look for the kernel of a camera shake, and ask each quarter of the photo for it.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        extent: How long the blur is, roughly, in pixels; None where nothing is known.

    Raises:
        UnmeasurableBlurError: The photo has too little contrast to measure its blur.
    """
    from deblur_app.restoration.psf_estimation import reduced_evidence
    from deblur_app.restoration.psf_estimation.search import search_scales

    found = yield from subtask(search_scales.estimate(light, extent), 0.0, 0.95)
    if reduced_evidence.reduction_for(light, len(found.kernel)) == 1:
        return ShakeKernel(found, (), extent)
    quarters = yield from subtask(reduced_evidence.measure_quarters(light, found.kernel), 0.95, 1.0)
    return ShakeKernel(found, quarters, extent)
