"""Kernels as arrays: centred, normalised, measured, and drawn from points of light."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

type Kernel = NDArray[np.float32]
"""A point spread function: float32, square with an odd side, non-negative, sum 1, centred on its middle element.

Shape (n, n), or (n, n, 3) with one of sum 1 for each colour.
"""

_CENTRED = 0.05
"""Pixels by which the centre of mass may lie off the middle."""

_CUT_OFF = 0.1
"""Mean response from which down detail counts as lost."""


@dataclass(frozen=True)
class KernelFacts:
    """The measured properties of a kernel.

    Attributes:
        side: Side of the array in pixels.
        extent: Width and height in pixels of the box that holds everything above 1 % of the brightest pixel.
        centroid: Centre of mass (x, y) in pixels from the middle, x to the right and y downwards.
        peak: Share of the light that falls into the brightest pixel, in (0, 1]; 1 blurs nothing.
        cut_off: Spatial frequency in cycles per pixel where the mean response over all directions first falls to
            10 %; finer detail is as good as lost. None where it never does up to 0.5, the finest that pixels hold.
    """

    side: int
    extent: tuple[int, int]
    centroid: tuple[float, float]
    peak: float
    cut_off: float | None


def rasterize_points(
    x: NDArray[np.float64], y: NDArray[np.float64], light: NDArray[np.float64] | None = None
) -> Kernel:
    """Return the kernel of points, each shared by the four pixels around it by area (bilinearly).

    Args:
        x: Places in pixels from the middle, to the right.
        y: Places in pixels from the middle, downwards; of the same length.
        light: How bright each is, at least 0; equally bright where it is None.
    """
    half = math.ceil(max(np.abs(x).max(), np.abs(y).max()) + 1)
    kernel = np.zeros((2 * half + 1, 2 * half + 1))
    _deposit(kernel, x + half, y + half, np.ones(len(x)) if light is None else light)
    return normalize(kernel)


def normalize(array: NDArray[np.float64] | Kernel) -> Kernel:
    """Return `array`, non-negative, scaled so that each channel sums to 1: blurring keeps the brightness."""
    return (array / array.sum(axis=(0, 1), dtype=np.float64)).astype(np.float32)


def grey(kernel: Kernel) -> Kernel:
    """Return the mean of all colours, shape (n, n), of a kernel of shape (n, n) or (n, n, channels)."""
    return kernel if kernel.ndim == 2 else normalize(kernel.mean(axis=2, dtype=np.float64))


def center_kernel(values: NDArray[np.float64]) -> Kernel:
    """Return a kernel from values that may lie anywhere: an odd square around their centre of mass that sums to 1.

    They are moved by parts of a pixel, which softens them a little, only where whole pixels do not suffice. Channels
    are moved together, so that colours that lie apart stay so.

    Args:
        values: Non-negative, of any shape (height, width) or (height, width, channels), somewhere above 0.
    """
    height, width = values.shape[:2]
    x, y = centroid(values)
    if height == width and height % 2 == 1 and max(abs(x), abs(y)) <= _CENTRED:
        return normalize(values)
    planes = np.dstack([values])
    rows, columns = np.nonzero(planes.any(axis=2))
    right, down = columns - (width - 1) / 2 - x, rows - (height - 1) / 2 - y
    off = np.array([right[0] - round(right[0]), down[0] - round(down[0])])
    if np.abs(off).max() <= _CENTRED:
        right, down = np.rint(right), np.rint(down)
    half = math.ceil(max(np.abs(right).max(), np.abs(down).max()))
    side = 2 * half + 3  # with a border for the shares of the outermost pixels
    square = np.zeros((side, side, planes.shape[2]))
    for channel in range(planes.shape[2]):
        _deposit(square[:, :, channel], right + half + 1, down + half + 1, planes[rows, columns, channel])
    return normalize(square.reshape(side, side, *values.shape[2:]))


def centroid(kernel: NDArray[np.float64] | Kernel) -> tuple[float, float]:
    """Return the centre of mass (x, y) in pixels from the middle of the array, x to the right and y downwards."""
    height, width = kernel.shape[:2]
    weights = np.dstack([kernel]).astype(np.float64)
    weights = (weights / weights.sum(axis=(0, 1))).mean(axis=2)
    x = weights.sum(axis=0) @ (np.arange(width) - (width - 1) / 2)
    y = weights.sum(axis=1) @ (np.arange(height) - (height - 1) / 2)
    return float(x), float(y)


def frequency_response(kernel: Kernel, side: int) -> NDArray[np.float32]:
    """Return the share of each spatial frequency that passes: the modulus |H| of the kernel's Fourier transform.

    Args:
        kernel: The point spread function.
        side: Side of the result, at least 1; a kernel with a longer side is sampled at as many frequencies.

    Returns:
        An array of shape (side, side) in [0, 1], frequency 0 at [side // 2, side // 2], frequencies growing to
        ± 0.5 cycles per pixel at the borders.
    """
    copies = -(-len(kernel) // side)
    fill = copies * side - len(kernel)
    folded = np.pad(grey(kernel).astype(np.float64), (0, fill)).reshape(copies, side, copies, side).sum(axis=(0, 2))
    return np.abs(np.fft.fftshift(np.fft.fft2(folded))).astype(np.float32)


def describe(kernel: Kernel) -> KernelFacts:
    """Return the properties of `kernel`, of the mean of its colours."""
    kernel = grey(kernel)
    rows, columns = np.nonzero(kernel > 0.01 * kernel.max())
    extent = (int(np.ptp(columns)) + 1, int(np.ptp(rows)) + 1)
    return KernelFacts(len(kernel), extent, centroid(kernel), float(kernel.max()), _find_cut_off(kernel))


def _find_cut_off(kernel: Kernel) -> float | None:
    side = 256
    response = frequency_response(kernel, side)
    axis = np.arange(side) - side // 2
    ring = np.rint(np.hypot(axis[:, None], axis[None, :])).astype(int).ravel()
    means = (np.bincount(ring, response.ravel()) / np.bincount(ring))[: side // 2 + 1]
    below = np.nonzero(means <= _CUT_OFF)[0]
    if not len(below):
        return None
    first = int(below[0])  # at least 1: the response to frequency 0 is 1
    before, after = means[first - 1], means[first]
    return float((first - 1 + (before - _CUT_OFF) / (before - after)) / side)


def _deposit(
    array: NDArray[np.float64], x: NDArray[np.float64], y: NDArray[np.float64], light: NDArray[np.float64]
) -> None:
    """Add points to `array` in place, each shared by the four pixels around it by area."""
    last = len(array) - 1  # a point on the border has no share in what lies beyond
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    for dy in (0, 1):
        for dx in (0, 1):
            share = (1 - abs(y - top - dy)) * (1 - abs(x - left - dx))
            np.add.at(array, (np.minimum(top + dy, last), np.minimum(left + dx, last)), light * share)
