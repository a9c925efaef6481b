"""Estimation of the noise of a blurred photograph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import srgb_to_linear

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deblur_app.core.picture import Pixels

_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
"""Noise of standard deviation 1 keeps it under this mask; planes and edges along the axes vanish."""

_MEDIAN = 0.6745
"""Median of the absolute value of Gaussian noise of standard deviation 1."""

_SMALL_BLOCK = 16  # side in pixels of the blocks of a plane
_QUIET_BIAS = 0.940
"""Root mean square of the quiet blocks of white noise alone over its standard deviation: the lowest quarter of many
uncertain values is too low."""

_DARK, _WHITE = 0.03, 0.9
"""Mean light of 5 × 5 pixels, 1 is white, outside of which noise may be cut off at black or white."""
_FEWEST = 0.05  # share of usable pixels from which on the others are left out

_BLOCK = 32  # side in pixels
_PATCH = 256  # side in pixels of the parts that are looked at
_MOST_PATCHES = 8  # along one axis
_QUIET = 0.25
"""Share of the blocks that are quieter than the one whose noise counts."""


def noise_level(light: Pixels) -> float:
    """Estimate the standard deviation of noise, in units of `light`, after Immerkær (1996) with a median for the mean.

    Blur leaves so little fine detail that what is fine is noise. Black and white regions, where noise is cut off,
    are left out unless there is little else.

    Args:
        light: Float32 array of shape (height, width, channels).

    Returns:
        The level; 0 where the picture is smaller than 3 × 3.
    """
    if min(light.shape[:2]) < 3:
        return 0.0
    fine = np.abs(fine_detail(light))[1:-1, 1:-1]
    local = cv2.blur(light, (5, 5)).reshape(light.shape)[1:-1, 1:-1]
    is_usable = (local > _DARK) & (local < _WHITE)
    samples = fine[is_usable] if is_usable.mean() > _FEWEST else fine
    return robust_deviation(samples)


def fine_detail(pixels: Pixels) -> Pixels:
    """Return what bends in both directions: white noise with its standard deviation, no planes, no edges along an axis.

    Args:
        pixels: Float32 array of shape (height, width) or (height, width, channels).

    Returns:
        Signed values of the same shape (Immerkær, "Fast noise variance estimation", 1996).
    """
    return np.asarray(cv2.filter2D(pixels, cv2.CV_32F, _MASK), np.float32).reshape(pixels.shape)


def robust_deviation(sizes: Pixels) -> float:
    """Return the standard deviation of Gaussian noise of such absolute values, by their median (Donoho)."""
    return float(np.median(sizes)) / _MEDIAN


def noise_level_of_photo(pixels: Pixels) -> float:
    """Estimate the standard deviation of the noise in linear light of a photo that may be sharp.

    Fine texture passes for noise in `noise_level`. Here each block is measured alone, and a quiet one counts: three
    quarters of a photo may be textured. Blocks that are black or white do not count.

    Args:
        pixels: Float32 array of shape (height, width, 3), sRGB-encoded. Of a large one 8 × 8 patches, evenly spread,
            are looked at.
    """
    levels = [level for patch in _patches(pixels) for level in _levels_of_blocks(srgb_to_linear(patch))]
    if not levels:
        return noise_level(srgb_to_linear(np.ascontiguousarray(next(_patches(pixels)))))
    return float(np.quantile(levels, _QUIET))


def noise_level_of_plane(plane: Pixels) -> float:
    """Estimate the standard deviation of the noise of one plane that may be sharp, such as a difference of colours.

    As in `noise_level_of_photo` quiet blocks count, but without regard to black and white, and by their mean squares:
    on six photographs with noise of 3 and 6 % of white, denoising gains 0.2 dB by that over medians of larger blocks.

    Args:
        plane: Float32 array of shape (height, width), of any range.

    Returns:
        The level; 0 where nothing can be measured.
    """
    fine = fine_detail(plane)
    rows, columns = (max(length // _SMALL_BLOCK, 1) for length in plane.shape)
    height, width = (min(_SMALL_BLOCK, length) for length in plane.shape)
    blocks = fine[: rows * height, : columns * width].reshape(rows, height, columns, width)
    levels = np.sqrt(np.mean(blocks * blocks, axis=(1, 3)))
    levels = levels[levels > 0]
    return float(np.quantile(levels, _QUIET) / _QUIET_BIAS) if len(levels) else 0.0


def _patches(pixels: Pixels) -> Iterator[Pixels]:
    """Yield patches whose sides are `_PATCH`, or those of a smaller photo."""
    tops, lefts = (_places(length) for length in pixels.shape[:2])
    for top in tops:
        for left in lefts:
            yield pixels[top : top + _PATCH, left : left + _PATCH]


def _places(length: int) -> list[int]:
    count = min(-(-length // _PATCH), _MOST_PATCHES)
    return [round(index * max(length - _PATCH, 0) / max(count - 1, 1)) for index in range(count)]


def _levels_of_blocks(light: Pixels) -> Iterator[float]:
    fine = np.abs(fine_detail(light))
    local = cv2.blur(light, (5, 5))
    is_usable = (local > _DARK) & (local < _WHITE)
    for top in range(1, light.shape[0] - _BLOCK, _BLOCK):
        for left in range(1, light.shape[1] - _BLOCK, _BLOCK):
            block = slice(top, top + _BLOCK), slice(left, left + _BLOCK)
            if is_usable[block].mean() > 0.5:
                yield robust_deviation(fine[block][is_usable[block]])
