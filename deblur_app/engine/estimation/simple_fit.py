"""Motion, defocus and turbulence fitted to the spectrum of a photo, in its own size and reduced."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.core.picture import reduce_pixels
from deblur_app.core.task import Task, subtask
from deblur_app.engine.estimation.scales import LEAST_REDUCED
from deblur_app.engine.estimation.sizes import scale_blur

if TYPE_CHECKING:
    from deblur_app.blur.kinds import Blur
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.psf_estimation.parametric import Candidate

_REDUCED = (1, 2, 3, 4)
"""Factors by which a photo is reduced to look for a simple blur, down to sides of `LEAST_REDUCED`."""


def estimate_simple(light: Pixels) -> Task[tuple[tuple[Candidate, ...], int]]:
    """Return the simple blurs, best first, and how many times smaller the photo is that shows them best.

    Cameras take out noise and sharpen, which hides a long blur in the finest detail; where a photo is reduced, its
    detail is honest again. The size whose best blur explains the most is believed.
    """
    from deblur_app.restoration.psf_estimation import parametric

    best: tuple[Candidate, ...] = ()
    reduction = 1
    for number, scale in enumerate(_REDUCED):
        if best and min(light.shape[:2]) // scale < LEAST_REDUCED:
            break
        start, end = number / len(_REDUCED), (number + 1) / len(_REDUCED)
        found = yield from subtask(parametric.estimate(reduce_pixels(light, scale)), start, end)
        if not best or _best_gain(found) > max(_best_gain(best), 0.0):
            best, reduction = tuple(_scale_candidate(candidate, scale) for candidate in found), scale
    return best, reduction


def measure_gain(light: Pixels, blur: Blur) -> Task[float]:
    """Return how much better a blur explains the spectrum of a photo than none does."""
    from deblur_app.restoration.psf_estimation import parametric

    return (yield from parametric.gain(light, blur))


def _best_gain(candidates: tuple[Candidate, ...]) -> float:
    """Return how much better the best blur explains a photo than none does."""
    return max(candidate.score for candidate in candidates if candidate.blur)


def _scale_candidate(candidate: Candidate, scale: int) -> Candidate:
    """Return a candidate for a reduced photo as one for the photo itself."""
    if candidate.blur is None or scale == 1:
        return candidate
    return replace(candidate, blur=scale_blur(candidate.blur, scale))
