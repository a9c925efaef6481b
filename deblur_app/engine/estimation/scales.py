"""Copies of a photo at several sizes, each with what the network makes of its blur."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import Task, subtask
from deblur_app.engine.estimation.blur_network import estimate_posterior
from deblur_app.engine.estimation.sizes import scale_blur, size_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.blur_posterior import BlurPosterior, Row
    from deblur_app.blur.kinds import Blur
    from deblur_app.blur.spectrum_features import Features
    from deblur_app.core.picture import Pixels

_REDUCED = (2, 3, 4, 6, 8)
"""How many times smaller a photograph is made, while its blur is larger than the network knows."""

_HONEST = (2, 3, 4)
"""How many times smaller a photograph is made that may be explained better then."""

LEAST_REDUCED = 256
"""Side in pixels below which no photograph is reduced."""

_LARGEST = {"motion": 22.0, "shake": 24.0, "defocus": 7.5, "turbulence": 4.0}
"""Sizes in pixels up to which the network is sure of its answer."""

_DOUBTFUL = 0.7
"""Probability of a type below which the reduced photograph is asked as well."""

_SURELY = 0.8
"""Confidence in a blur of the reduced photograph above which a full-sized one counts as processed by its camera."""


@dataclass(frozen=True, eq=False)
class ScaledPosterior:
    """The network's estimate for a photograph that is made `scale` times smaller."""

    posterior: BlurPosterior
    light: Pixels
    scale: int = 1
    is_processed: bool = False


def estimate_at_scales(light: Pixels, predict: Callable[[Features], Row]) -> Task[ScaledPosterior]:
    """Return the estimate at the size of the photograph that shows the blur best."""
    found = ScaledPosterior((yield from subtask(estimate_posterior(light, predict), 0.0, 0.5)), light)
    for number, scale in enumerate(_REDUCED):
        height, width = (length // scale for length in light.shape[:2])
        is_sharp = found.posterior.type == "none"
        if min(height, width) < LEAST_REDUCED or not (is_sharp or _is_open(found.posterior)):
            break
        start, end = (0.5 + 0.5 * step / len(_REDUCED) for step in (number, number + 1))
        smaller = resize_pixels(light, width, height)
        seen = yield from subtask(estimate_posterior(smaller, predict), start, end)
        if seen.type == "none":  # a blur that is too large for the network, or no blur: nothing new
            continue
        if is_sharp and seen.probabilities[seen.type] > _SURELY:
            found = ScaledPosterior(seen, smaller, scale, is_processed=True)
        elif not is_sharp and (seen.type == found.posterior.type or seen.confidence > found.posterior.confidence):
            found = ScaledPosterior(seen, smaller, scale, found.is_processed)
    return found


def _is_open(posterior: BlurPosterior) -> bool:
    """Return whether the blur may be larger than the network knows."""
    kind = posterior.type
    if posterior.probabilities[kind] < _DOUBTFUL:
        return True
    if kind == "shake":
        return posterior.extent > _LARGEST[kind]
    return kind in _LARGEST and size_of(posterior.blurs[kind]) > _LARGEST[kind]


def is_processed(light: Pixels, blur: Blur) -> Task[bool]:
    """Return whether a blur explains the reduced photograph better: its finest detail was processed."""
    from deblur_app.restoration.psf_estimation import parametric

    whole = yield from subtask(parametric.gain(light, blur), 0.0, 0.5)
    for number, scale in enumerate(_HONEST):
        height, width = (length // scale for length in light.shape[:2])
        if min(height, width) < LEAST_REDUCED:
            break
        start, end = (0.5 + 0.5 * step / len(_HONEST) for step in (number, number + 1))
        smaller = resize_pixels(light, width, height)
        gain = yield from subtask(parametric.gain(smaller, scale_blur(blur, 1 / scale)), start, end)
        if gain > max(whole, 0.0):
            return True
    return False
