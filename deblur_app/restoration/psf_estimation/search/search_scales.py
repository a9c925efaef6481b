"""The size of a photograph at which the kernel of its shake is looked for.

Cameras take out noise and sharpen, and JPEG leaves out fine detail: the finest scale of a photo does not tell its blur.
Reduced, the photo is honest again, its edges are a few pixels wide, and a search takes a fraction of the time. So the
kernel is looked for in the reduced photo first, and in the photo itself where that gives nothing.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.picture import reduce_pixels
from deblur_app.core.task import Task, subtask
from deblur_app.restoration.psf_estimation import kernel_fit
from deblur_app.restoration.psf_estimation.evidence import mirror_test
from deblur_app.restoration.psf_estimation.evidence.kernel_evidence import FAR_AHEAD
from deblur_app.restoration.psf_estimation.regions import most_informative
from deblur_app.restoration.psf_estimation.search import blind, salient_edges

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.psf_estimation.evidence.mirror_test import Consistency
    from deblur_app.restoration.psf_estimation.search.blind import Estimate

_SCALES = (8, 4, 2)
"""Factors by which a photograph is reduced, the largest first."""

_HALF = 2
"""Reduction beyond which only large shakes are looked for."""

_LEAST_SIDE, _LEAST_SIDE_IF_LARGE = 256, 160
"""Shorter sides in pixels that a reduced photograph has at least: usually, and where the blur is `_LARGE` in it."""

_LARGE, _RATHER_LARGE = 7.0, 4.0
"""Extents in pixels from which on a blur is looked for first in a photograph that is reduced so far, and at last before
the photograph itself: the kernels of two shakes of a real camera, 60 pixels and more, gain 7.5 and 3.9 dB if looked for
at a quarter of the size, and 3.0 and 1.8 dB at half of it. Such extents are told at half of what they are, or less.
The two are among the 12 pictures that docs/methods/real-photos.md tells the gains of."""

_PATCH = 320
"""Side in pixels of the part of a reduced photograph that is looked at, at most."""

_LEAST_REACH = 3
"""Pixels that a kernel of a reduced photograph reaches from its middle at least: a smaller one shows too little."""

_ALIKE = 0.6
"""Correlation of the finer kernel with the one that it was made of, at least."""

_CLEAR = 0.5
"""Share of the misfit of the coarser kernel up to which that of the finer one decides alone."""

_LARGEST_EXTENT = 35.0
"""Extent in pixels up to which a kernel is looked for at a scale, where a smaller one is there."""

_REFINING_PATCH = 320
"""Side in pixels of the part of a photograph that makes a kernel finer."""

_QUICK_SIZES, _QUICK_SLACK = (17, 35), 1.3
"""Sides in pixels of the squares of a quick look, and multiples of the expected extent that they have room for."""

_LIKELY, _TRUSTED = 0.3, 0.5
"""Confidences from which a kernel of the reduced photograph is taken, and no finer one is looked for: where the edges
of the photograph itself bear it out, and in any case."""


def estimate(light: Pixels, extent: float | None = None) -> Task[Estimate]:
    """Estimate the kernel of a camera shake at the scale that shows it, as `blind.estimate` does at one scale.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        extent: How long the blur is, roughly, in pixels; None where nothing is known.

    Raises:
        UnmeasurableBlurError: The photo has too little contrast to measure its blur.
    """
    best: Estimate | None = None
    scales = scales_for(min(light.shape[:2]), extent)
    for number, scale in enumerate(scales):
        start, end = number / (len(scales) + 1), (number + 1) / (len(scales) + 1)
        result = yield from subtask(_estimate_reduced(light, extent, scale), start, end)
        if result and result.confidence >= _LIKELY:
            result = yield from _refine_at_finer_scales(light, result)
            if result.confidence >= _TRUSTED or result.scale < scale:
                return result
        if result and (best is None or result.confidence > best.confidence):
            best = result
    result = yield from subtask(blind.estimate(light, extent=extent), len(scales) / (len(scales) + 1), 1.0)
    return best if best and best.confidence > result.confidence else result


def is_shake_visible(light: Pixels, extent: float) -> Task[bool]:
    """Return whether one quick look shows a shake of about `extent` pixels: in one square, in a small part."""
    scale = next(iter(scales_for(min(light.shape[:2]), extent)), 1)
    size = next((size for size in _QUICK_SIZES if size >= _QUICK_SLACK * extent / scale), _QUICK_SIZES[-1])
    try:
        estimated = yield from blind.estimate(reduce_pixels(light, scale), size=size, reduced=scale, patch=_PATCH)
    except UnmeasurableBlurError:
        return False
    return estimated.confidence >= _TRUSTED and kernel_fit.reach(estimated.kernel) >= _LEAST_REACH


def scales_for(side: int, extent: float | None) -> list[int]:
    """Return how many times smaller a photograph is made, one after the other, before it is looked at as it is.

    Args:
        side: Its shorter side in pixels.
        extent: How long its blur is, roughly, in pixels; None where nothing is known.
    """
    possible = [scale for scale in _SCALES if side // scale >= _LEAST_SIDE]
    if extent is None:
        return possible[-1:]
    coarse = [scale for scale in _SCALES if side // scale >= _LEAST_SIDE_IF_LARGE and scale > _HALF]
    large, rather_large = ([s for s in coarse if extent / s >= least][:1] for least in (_LARGE, _RATHER_LARGE))
    large_enough = [scale for scale in possible if extent / scale >= 2 * _LEAST_REACH]
    fitting = [scale for scale in large_enough if extent / scale <= _LARGEST_EXTENT]
    usual = fitting[-1:] or large_enough[:1]
    return list(dict.fromkeys(large + usual + rather_large))


def _refine_at_finer_scales(light: Pixels, reduced: Estimate) -> Task[Estimate]:
    """Return a kernel made finer down to half of the size, as far as the photograph bears it out there.

    At its full size the photograph is not restored, so it is asked there only where the reduced one is not trusted.
    """
    result = reduced
    while result.scale > _HALF:
        finer = yield from _refine_at_next_scale(light, result)
        if finer.scale == result.scale:
            return result
        result = finer
    if reduced.scale == _HALF and reduced.confidence < _TRUSTED:
        result = yield from _refine_at_next_scale(light, result)
    return result


def _refine_at_next_scale(light: Pixels, reduced: Estimate) -> Task[Estimate]:
    """Return a kernel made finer by the edges of the photograph at twice the size, where these bear it out; else it."""
    scale = reduced.scale // 2
    larger = reduce_pixels(light, scale)
    place = most_informative(larger, min(_REFINING_PATCH, *larger.shape[:2]))
    try:
        plane, is_known = blind.brightness_plane(larger[place])
    except UnmeasurableBlurError:
        return reduced
    kernel = kernel_fit.scale_kernel(reduced.kernel, 1.0 / scale)
    finer = yield from subtask(salient_edges.refine_kernel(plane, is_known, kernel), 0.0, 0.9)
    before = yield from subtask(mirror_test.compare_with_mirror(plane, is_known, kernel, reduced=scale), 0.9, 0.95)
    after = yield from subtask(mirror_test.compare_with_mirror(plane, is_known, finer, reduced=scale), 0.95, 1.0)
    is_better = kernel_fit.similarity(finer, kernel) >= _ALIKE and is_borne_out(before, after)
    return replace(reduced, kernel=kernel_fit.scale_kernel(finer, float(scale)), scale=scale) if is_better else reduced


def is_borne_out(before: Consistency, after: Consistency) -> bool:
    """Return whether a photograph bears out a finer kernel, from how well it agrees with the coarser and with that.

    A kernel found in coarse pixels is wide, which makes its mirror image worse still: where the finer one leaves much
    less unexplained, it may be less far ahead.
    """
    is_agreed = after.advantage >= before.advantage and after.misfit <= before.misfit
    is_clear = after.advantage >= FAR_AHEAD and after.misfit <= _CLEAR * before.misfit
    return is_agreed or is_clear


def _estimate_reduced(light: Pixels, extent: float | None, scale: int) -> Task[Estimate | None]:
    """Return the kernel of a reduced photograph as one of the photograph itself; None where it shows none."""
    smaller = reduce_pixels(light, scale)
    reduced_extent = extent / scale if extent else None
    try:
        result = yield from blind.estimate(smaller, extent=reduced_extent, reduced=scale, patch=_PATCH)
    except UnmeasurableBlurError:
        return None
    if kernel_fit.reach(result.kernel) < _LEAST_REACH:
        return None
    kernel = kernel_fit.scale_kernel(result.kernel, float(scale))
    rows, columns = (slice(part.start * scale, part.stop * scale) for part in result.region)
    return blind.Estimate(kernel, result.confidence, (rows, columns), result.size * scale, scale)
