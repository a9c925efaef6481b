"""Blind deconvolution: the kernel of a camera shake from one photograph."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, portion
from deblur_app.deconvolution import kernel_fit, regions, variational

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Pixels

_LARGEST_PATCH, _LEAST_PATCH = 512, 32
_SIDES = 8
"""Kernels that fit into the patch side by side where their size is not given."""

_SIZES = (9, 65)
_COARSEST = 5
_STEP = math.sqrt(2.0)
_ROUNDS = 20
_CAUTIOUS, _FINE = 4e-4, 3e-5
"""Least variances of noise that are assumed in gradients, for a picture of the spread below."""

_SPREAD = 1.0 / 6.0
_FLAT = 1e-3
_WHITE = 0.98
_SLACK = 1.3

_DISAGREES, _AGREES = 0.7, 0.95
"""Similarity of the kernels of the last two scales that means nothing, and that means certainty."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """The blur of a photograph, as far as it can be told from the photograph alone.

    Attributes:
        kernel: The point spread function, centred to within half a pixel; its side is what it needs.
        confidence: How far to trust it, in [0, 1].
        region: Rows and columns that it was estimated from.
        size: Side of the square that the kernel was looked for in, in pixels; odd.
    """

    kernel: Kernel
    confidence: float
    region: tuple[slice, slice]
    size: int


@dataclass(frozen=True, eq=False)
class _Level:
    """The photograph at one scale.

    Attributes:
        plane: Its brightness, shape (height, width).
        known: Which pixels are not clipped, same shape.
        scale: Its size as a share of the full size, in (0, 1].
        size: Largest side of the kernel at this scale in pixels, odd.
    """

    plane: Pixels
    known: NDArray[np.bool_]
    scale: float
    size: int


def estimate(
    light: Pixels,
    *,
    size: int | None = None,
    region: tuple[slice, slice] | None = None,
    start: Kernel | None = None,
) -> Task[Estimate]:
    """The kernel of a camera shake that is the same all over a photograph.

    From coarse to fine, each scale begins with the kernel of the one before (Fergus et al., "Removing camera shake
    from a single photograph", 2006). At each, `variational.solve` finds the kernel that makes the gradients most
    probable. Pixels that clipped are left out, and nothing is assumed of what lies beyond the borders.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        size: Side in pixels of the square that the kernel is looked for in; None begins with an eighth of the patch
            and shrinks it to what is needed.
        region: Rows and columns to look at; None takes the most informative ones. No more than 512 x 512 pixels of
            them are used.
        start: A kernel to begin with, such as that of another method; coarse scales are then left out.

    Raises:
        DeblurError: There is nothing in the region to see the blur by.
    """
    yield Progress(0.0, "Looking for edges")
    place = _patch(light, region)
    patch = light[place]
    limit = _limit(patch, size, start)
    levels = _levels(patch, limit, start is not None)
    kernel = kernel_fit.resampled(start, levels[0].scale, levels[0].size) if start is not None else None
    before, agreement, side = levels[0], 0.0, levels[0].size
    for number, level in enumerate(levels):
        side = level.size
        if kernel is not None and size is None and start is None:
            needed = 2 * math.ceil(_SLACK * kernel_fit.reach(kernel) * level.scale / before.scale) + 5
            side = min(side, needed)
        first = _spread_out(side) if kernel is None else kernel_fit.resampled(kernel, level.scale / before.scale, side)
        seen = variational.gradients(level.plane, level.known, side)
        floors = (_CAUTIOUS,) * _ROUNDS
        if level.scale == 1.0:
            floors = (_CAUTIOUS,) * (_ROUNDS // 2) + (_FINE,) * (_ROUNDS // 2)
        # Each scale takes about twice as long as the one before it.
        done = [2.0 ** (number + i - len(levels)) for i in (0, 1)]
        solution = yield from portion(variational.solve(seen, first, floors), *done)
        kernel = kernel_fit.centred(kernel_fit.pruned(solution.kernel))
        agreement = _similarity(first, kernel)
        before = level
    if kernel is None:
        raise TypeError("there is no scale")
    kernel = kernel_fit.cut(kernel, 2 * kernel_fit.reach(kernel) + 1)
    return Estimate(kernel, _confidence(agreement), place, side)


def _confidence(agreement: float) -> float:
    """How far to trust a kernel that the last two scales agree on so far."""
    return float(np.clip((agreement - _DISAGREES) / (_AGREES - _DISAGREES), 0.0, 1.0))


def _similarity(one: Kernel, other: Kernel) -> float:
    """Normalised correlation of two kernels of one side at their best shift, in [0, 1]."""
    shape = (2 * len(one),) * 2
    product = np.fft.rfft2(one, shape) * np.conj(np.fft.rfft2(other, shape))
    return float(np.fft.irfft2(product, shape).max() / np.sqrt(np.square(one).sum() * np.square(other).sum()))


def _patch(light: Pixels, region: tuple[slice, slice] | None) -> tuple[slice, slice]:
    """Rows and columns of the part to look at, at most `_LARGEST_PATCH` high and wide."""
    spans = [range(*(s.indices(n))) for s, n in zip(region or (slice(None),) * 2, light.shape, strict=False)]
    if min(map(len, spans)) < _LEAST_PATCH:
        raise DeblurError(
            f"There is nothing to see the blur by: choose a region of at least {_LEAST_PATCH} pixels a side."
        )
    part = light[spans[0].start : spans[0].stop, spans[1].start : spans[1].stop]
    if max(part.shape[:2]) <= _LARGEST_PATCH:
        rows, columns = slice(0, part.shape[0]), slice(0, part.shape[1])
    else:
        rows, columns = regions.most_informative(part, _LARGEST_PATCH)
    top, left = spans[0].start, spans[1].start
    return slice(top + rows.start, top + rows.stop), slice(left + columns.start, left + columns.stop)


def _limit(patch: Pixels, size: int | None, start: Kernel | None) -> int:
    """Largest side of the kernel, odd."""
    if size is None and start is not None:
        size = 2 * math.ceil(_SLACK * kernel_fit.reach(start)) + 5
    chosen = min(max(min(patch.shape[:2]) // _SIDES, _SIZES[0]), _SIZES[1]) if size is None else size
    return chosen // 2 * 2 + 1


def _levels(patch: Pixels, size: int, is_started: bool) -> list[_Level]:
    """The patch at all scales, the coarsest first."""
    plane = patch.mean(axis=2, dtype=np.float32)
    seen = (patch.max(axis=2) < _WHITE).astype(np.uint8)
    known = cv2.erode(seen, np.ones((3, 3), np.uint8)).astype(np.uint8)
    spread = float(plane[known > 0].std()) if known.any() else 0.0
    if spread < _FLAT:
        raise DeblurError(
            "There is nothing to see the blur by: the region is of one brightness. Choose one with edges."
        )
    plane = plane * np.float32(_SPREAD / spread)
    sizes = [size]
    while sizes[-1] > _COARSEST and not (is_started and sizes[-1] < size / _STEP):
        smaller = int(sizes[-1] / _STEP)
        sizes.append(max(smaller - (smaller % 2 == 0), 3))
    return [_level(plane, known, side, size) for side in reversed(sizes)]


def _level(plane: Pixels, known: NDArray[np.uint8], side: int, size: int) -> _Level:
    scale = side / size
    if side == size:
        return _Level(plane, known > 0, 1.0, side)
    blur = 0.5 * math.sqrt(1.0 / scale**2 - 1.0)

    def smaller(values: Pixels) -> Pixels:
        return cv2.resize(cv2.GaussianBlur(values, (0, 0), blur), None, fx=scale, fy=scale).astype(np.float32)

    return _Level(smaller(plane), smaller(known.astype(np.float32)) > 0.99, scale, side)


def _spread_out(side: int) -> Kernel:
    """A kernel that knows nothing yet: half in the middle, half all over."""
    kernel = np.full((side, side), 1.0 / side**2)
    kernel[side // 2, side // 2] += 1.0
    return psf.normalised(kernel)
