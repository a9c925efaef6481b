"""Models of section 2 of "Image Deblurring" (2024): the kernels of motion, defocus and turbulence."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.kernel_arrays import normalize, rasterize_points

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel

_SUBPIXELS = 16
"""Samples of a segment for each pixel of its length; a disk takes four times as many for each row."""


def motion(length: float, angle: float) -> Kernel:
    """Return h = 1/L on the segment of length L at angle θ through the centre, 0 elsewhere: motion (section 2.1).

    Each point of the segment is shared by the four pixels around it by area (bilinearly), so that length and angle
    may take any value and no stairs appear.

    Args:
        length: L in pixels, above 0.
        angle: θ in degrees, counter-clockwise from the horizontal.
    """
    samples = max(int(length * _SUBPIXELS), 1)
    along = ((np.arange(samples) + 0.5) / samples - 0.5) * length
    theta = math.radians(angle)
    return rasterize_points(along * math.cos(theta), -along * math.sin(theta))


def defocus(radius: float) -> Kernel:
    """Return h = 1/(πR²) in the disk of radius R, 0 elsewhere: defocus (section 2.3), by the area inside each pixel.

    Args:
        radius: R in pixels, above 0.
    """
    half = math.ceil(radius)
    middles = np.arange(-half, half + 1)
    # Rows in strips, each strip as long as the chord of the disk that lies in the pixel.
    top, bottom = np.clip(middles - 0.5, -radius, radius), np.clip(middles + 0.5, -radius, radius)
    steps = (np.arange(_SUBPIXELS * 4) + 0.5) / (_SUBPIXELS * 4)
    y = top[:, None] + (bottom - top)[:, None] * steps
    chord = np.sqrt(np.maximum(radius**2 - y**2, 0.0))[:, :, None]
    inside = np.minimum(chord, middles + 0.5) - np.maximum(-chord, middles - 0.5)
    kernel = np.maximum(inside, 0.0).mean(axis=1) * (bottom - top)[:, None]
    return normalize(kernel + kernel.T)  # strips run along x; the disk knows no such direction


def turbulence(sigma: float) -> Kernel:
    """Turbulence in a long exposure: h = Z·exp(−(i² + j²)/2σ²) (section 2.2), its mean over the area of each pixel.

    Args:
        sigma: σ in pixels, above 0. The kernel ends at 4 σ, where 0.01 % of the light is left out.
    """
    half = math.ceil(4 * sigma)
    edges = (np.arange(-half, half + 2) - 0.5) / (sigma * math.sqrt(2))
    profile = np.diff([math.erf(edge) for edge in edges])
    return normalize(np.outer(profile, profile))
