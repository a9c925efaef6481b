"""Point spread functions of section 2 of the paper "Image Deblurring" (2024): how one point of the scene is smeared."""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

type Kernel = NDArray[np.float32]
"""A point spread function: float32, square with an odd side, non-negative, sum 1, centred on its middle element."""

_SUBPIXELS = 16


def motion(length: float, angle: float) -> Kernel:
    """Object motion: h = 1/L on the segment of length L at angle θ through the centre, 0 elsewhere (section 2.1).

    The segment is spread over the pixels it crosses by the length that lies in each of them, interpolated
    bilinearly between neighbours, so that length and angle may take any value.

    Args:
        length: L in pixels, above 0.
        angle: θ in degrees, counter-clockwise from the horizontal.
    """
    radius = length / 2
    side = 2 * math.ceil(radius + 1) + 1
    samples = max(int(length * _SUBPIXELS), 1)
    along = ((np.arange(samples) + 0.5) / samples - 0.5) * length
    theta = math.radians(angle)
    x = side // 2 + along * math.cos(theta)
    y = side // 2 - along * math.sin(theta)
    kernel = np.zeros((side, side))
    left, top = np.floor(x).astype(int), np.floor(y).astype(int)
    for dy in (0, 1):
        for dx in (0, 1):
            np.add.at(kernel, (top + dy, left + dx), (1 - abs(y - top - dy)) * (1 - abs(x - left - dx)))
    return _normalised(kernel)


def defocus(radius: float) -> Kernel:
    """Defocus: h = 1/(πR²) in the disk of radius R, 0 elsewhere (section 2.3), each pixel by the area that lies inside.

    Args:
        radius: R in pixels, above 0.
    """
    half = math.ceil(radius)
    side = 2 * half + 1
    axis = (np.arange(side * _SUBPIXELS) + 0.5) / _SUBPIXELS - side / 2
    inside = np.hypot(axis[:, None], axis[None, :]) <= radius
    kernel = inside.reshape(side, _SUBPIXELS, side, _SUBPIXELS).sum(axis=(1, 3)).astype(float)
    if kernel.sum() == 0:  # a disk that is smaller than the sampling
        kernel[half, half] = 1.0
    return _normalised(kernel)


def _normalised(kernel: NDArray[np.float64]) -> Kernel:
    return (kernel / kernel.sum()).astype(np.float32)
