"""Copies of a photo at several sizes, each with what the network makes of its blur."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.blur import blur_posterior
from deblur_app.core.picture import reduce_pixels, resize_pixels
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
from deblur_app.engine.estimation.scale_merge import merge_scales, scale_posterior
from deblur_app.engine.estimation.sizes import scale_blur, size_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.blur_posterior import BlurPosterior, Row
    from deblur_app.blur.kinds import Blur
    from deblur_app.blur.spectrum_features import Features
    from deblur_app.core.picture import Pixels

_LOOKS = tuple(2.0 ** (step / 2) for step in range(9))
"""Factors by which a photograph is reduced for a look at it."""

_LEAST_FIRST, _LEAST_TRUSTED = 200, 512
"""Short sides in pixels that a reduced photo has at least to be the first of the sizes that are combined; and to be
believed where it shows a blur that the photo itself does not."""

_LEAST_WITH_TILES, _LEAST_WITH_TILES_AT_FIRST = 384, 256
"""Short sides in pixels from which on small crops are looked at, too: of a reduced photo, and of the photo itself."""

_LEAST_COMBINED = 192
"""Short side in pixels of the smallest photo that the combining network tells: smaller ones have one size only, and
strips of text."""

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


@dataclass(frozen=True, eq=False)
class ScaledPosterior:
    """The network's estimate for a photograph that is made `scale` times smaller, sizes in pixels of that."""

    posterior: BlurPosterior
    light: Pixels
    scale: int = 1
    is_processed: bool = False


def estimate_at_scales(light: Pixels, predict: Callable[[Features], Row]) -> Task[ScaledPosterior]:
    """Return the common estimate from all sizes of a photograph, at the size at which the blur can be fitted."""
    side = min(light.shape[:2])
    looks: dict[float, Row] = {}
    tiles: dict[float, Row] = {}
    is_small = side < _LEAST_COMBINED
    predict = load_predictor(SMALL) if is_small else functools.partial(predict_all_ways, predict=predict)
    scales = [scale for scale in _LOOKS if scale == 1.0 or (not is_small and side / scale >= LEAST_SIDE)]
    for number, scale in enumerate(scales):
        has_tiles = not is_small and side / scale >= (_LEAST_WITH_TILES if scale > 1.0 else _LEAST_WITH_TILES_AT_FIRST)
        looking = _look_at_size(light, scale, predict, has_tiles=has_tiles)
        looks[scale], of_tiles = yield from subtask(looking, number / len(scales), (number + 1) / len(scales))
        if of_tiles is not None:
            tiles[scale] = of_tiles
    posterior = blur_posterior.read_posterior(looks[1.0], temperature=_SMALL_TEMPERATURE)
    if not is_small:
        firsts = [scale for scale in scales if scale == 1.0 or side / scale >= _LEAST_FIRST]
        parts = {first: _combine(looks, tiles, first, side) for first in firsts}
        posterior = merge_scales(parts, [first for first in firsts if side / first >= _LEAST_TRUSTED])
    scale = _fitting_scale(posterior, side)
    finest_looks_sharp = blur_posterior.read_posterior(looks[1.0]).type in blur_posterior.SHARP
    is_hidden = finest_looks_sharp and posterior.type not in blur_posterior.SHARP
    if is_hidden and scale == 1 and side // 2 >= LEAST_REDUCED:
        scale = 2
    return ScaledPosterior(scale_posterior(posterior, 1 / scale), reduce_pixels(light, scale), scale, is_hidden)


def _look_at_size(
    light: Pixels, scale: float, predict: Callable[[Features], Row], *, has_tiles: bool
) -> Task[tuple[Row, Row | None]]:
    """Return what the network makes of a photo that is reduced, and of small crops of it; that copy is not kept."""
    smaller = _reduce_evenly(light, scale)
    whole = yield from subtask(look_at_crops(smaller, predict), 0.0, 0.7)
    if not has_tiles:
        return whole, None
    return whole, (yield from subtask(look_at_crops(smaller, predict, find_tiles), 0.7, 1.0))


def _combine(looks: dict[float, Row], tiles: dict[float, Row], first: float, side: int) -> BlurPosterior:
    """Return the estimate that the sizes from `first` on have in common, in pixels of the photo at that size."""
    steps = [_LOOKS.index(first) + 2 * number for number in range(len(combination.SCALES))]
    rows = [looks.get(_LOOKS[step]) if step < len(_LOOKS) else None for step in steps]
    return combination.combine_looks([*rows, tiles.get(first)], round(side / first), combination.load_combiner())


def _reduce_evenly(light: Pixels, scale: float) -> Pixels:
    """Return a photo `scale` times smaller, which need not be a whole number."""
    if scale.is_integer():
        return reduce_pixels(light, int(scale))
    height, width = (max(round(length / scale), LEAST_SIDE) for length in light.shape[:2])
    return resize_pixels(light, width, height)


def _fitting_scale(posterior: BlurPosterior, side: int) -> int:
    """Return how many times smaller the photo must be for its blur to be in the range that the network knows."""
    if posterior.type not in _LARGEST:
        return 1
    size = posterior.extent if posterior.type == "shake" else size_of(posterior.blurs[posterior.type])
    possible = [scale for scale in _FITTED if scale == 1 or side // scale >= LEAST_REDUCED]
    return next((scale for scale in possible if size / scale <= _LARGEST[posterior.type]), possible[-1])


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
