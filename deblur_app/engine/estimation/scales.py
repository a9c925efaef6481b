"""Copies of a photo at several sizes, each with what the network makes of its blur."""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deblur_app.blur import blur_posterior
from deblur_app.core.picture import reduce_pixels
from deblur_app.core.task import Task, subtask
from deblur_app.engine.estimation import combination
from deblur_app.engine.estimation.blur_network import (
    LEAST_SIDE,
    SMALL,
    find_tiles,
    load_predictor,
    look_at_crops,
    predict_all_ways,
)
from deblur_app.engine.estimation.sizes import scale_blur, size_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.blur_posterior import BlurPosterior, Row
    from deblur_app.blur.kinds import Blur
    from deblur_app.blur.spectrum_features import Features
    from deblur_app.core.picture import Pixels

_LOOKS = (1, 2, 4, 8, 16)
"""Factors by which a photograph is reduced for a look at it."""

_FIRST_SIDE = 512
"""Short side in pixels that a reduced photo has at least to be the first of the sizes that are combined: those that the
combining network has learnt from are about as large."""

_FITTED = (1, 2, 3, 4, 6, 8)
"""Factors by which a photograph is reduced to fit a blur that is larger than the network knows."""

_REDUCTIONS = (2, 3, 4)
"""Factors by which a photograph is reduced that may be explained better then."""

LEAST_REDUCED = 256
"""Side in pixels below which no photograph is reduced to fit its blur."""

_LARGEST = {"motion": 22.0, "shake": 24.0, "defocus": 7.5, "turbulence": 4.0}
"""Sizes in pixels up to which the network is sure of its answer."""

_SMALL_TEMPERATURE = 0.65
"""Divisor of the logits where a small photo is told by its crops alone: several together are too modest."""

_SURELY = 0.8
"""Probability of a blur of the reduced photograph above which a full-sized one that looks sharp counts as processed by
its camera."""


@dataclass(frozen=True, eq=False)
class ScaledPosterior:
    """The network's estimate for a photograph that is made `scale` times smaller, sizes in pixels of that."""

    posterior: BlurPosterior
    light: Pixels
    scale: int = 1
    is_processed: bool = False


def estimate_at_scales(light: Pixels, predict: Callable[[Features], Row]) -> Task[ScaledPosterior]:
    """Return the common estimate from all sizes of a photograph, at the size at which the blur can be fitted.

    What shows a blur at a smaller size only is believed where that is nearly certain: no optics does that, but
    denoising and sharpening hide a blur in the finest detail.
    """
    side = min(light.shape[:2])
    scales = [scale for scale in _LOOKS if scale == 1 or side // scale >= LEAST_SIDE]
    firsts = [scale for scale in scales if scale == 1 or side // scale >= _FIRST_SIDE]
    predict = load_predictor(SMALL) if len(scales) == 1 else functools.partial(predict_all_ways, predict=predict)
    looks: dict[int, Row] = {}
    tiles: dict[int, Row] = {}
    for number, scale in enumerate(scales):
        start, middle, end = ((number + part) / len(scales) for part in (0.0, 0.7, 1.0))
        smaller = reduce_pixels(light, scale)
        looks[scale] = yield from subtask(look_at_crops(smaller, predict), start, middle)
        if scale in firsts:
            tiles[scale] = yield from subtask(look_at_crops(smaller, predict, find_tiles), middle, end)
    estimates = {first: _combine(looks, tiles, first, side) for first in firsts}
    posterior = estimates[1]
    for first, smaller_posterior in estimates.items():
        blurred = sum(
            share for kind, share in smaller_posterior.probabilities.items() if kind not in blur_posterior.SHARP
        )
        if (
            posterior.type in blur_posterior.SHARP
            and blurred > _SURELY
            and smaller_posterior.type not in blur_posterior.SHARP
        ):
            posterior = _scale_posterior(smaller_posterior, first)
    scale = _fitting_scale(posterior, side)
    finest_looks_sharp = blur_posterior.read_posterior(looks[1]).type in blur_posterior.SHARP
    is_hidden = finest_looks_sharp and posterior.type not in blur_posterior.SHARP
    if is_hidden and scale == 1 and side // 2 >= LEAST_REDUCED:
        scale = 2
    return ScaledPosterior(_scale_posterior(posterior, 1 / scale), reduce_pixels(light, scale), scale, is_hidden)


def _combine(looks: dict[int, Row], tiles: dict[int, Row], first: int, side: int) -> BlurPosterior:
    """Return the estimate that the sizes from `first` on have in common, in pixels of the photo at that size.

    A photo so small that there is one size only is told by its crops alone: the combining network has seen none.
    """
    if len(looks) == 1:
        return blur_posterior.read_posterior(looks[1], temperature=_SMALL_TEMPERATURE)
    rows = [looks.get(first * scale) for scale in combination.SCALES]
    return combination.combine_looks([*rows, tiles[first]], side // first, combination.load_combiner())


def _fitting_scale(posterior: BlurPosterior, side: int) -> int:
    """Return how many times smaller the photo must be for its blur to be in the range that the network knows."""
    if posterior.type not in _LARGEST:
        return 1
    size = posterior.extent if posterior.type == "shake" else size_of(posterior.blurs[posterior.type])
    possible = [scale for scale in _FITTED if scale == 1 or side // scale >= LEAST_REDUCED]
    return next((scale for scale in possible if size / scale <= _LARGEST[posterior.type]), possible[-1])


def _scale_posterior(posterior: BlurPosterior, scale: float) -> BlurPosterior:
    """Return an estimate with sizes `scale` times as large."""
    blurs = {kind: scale_blur(blur, scale) for kind, blur in posterior.blurs.items()}
    return replace(posterior, blurs=blurs, extent=posterior.extent * scale)


def is_processed(light: Pixels, blur: Blur) -> Task[bool]:
    """Return whether a blur explains the reduced photograph better: its finest detail was processed."""
    from deblur_app.restoration.psf_estimation import parametric

    whole = yield from subtask(parametric.gain(light, blur), 0.0, 0.5)
    for number, scale in enumerate(_REDUCTIONS):
        if min(light.shape[:2]) // scale < LEAST_REDUCED:
            break
        start, end = (0.5 + 0.5 * step / len(_REDUCTIONS) for step in (number, number + 1))
        smaller = reduce_pixels(light, scale)
        gain = yield from subtask(parametric.gain(smaller, scale_blur(blur, 1 / scale)), start, end)
        if gain > max(whole, 0.0):
            return True
    return False
