"""How noisy a blurred photograph is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

_MASK = np.array([[1, -2, 1], [-2, 4, -2], [1, -2, 1]], np.float32) / 6
"""Noise of standard deviation 1 keeps it under this mask; planes and edges along the axes vanish."""

_MEDIAN = 0.6745
"""Median of the absolute value of Gaussian noise of standard deviation 1."""

_DARK, _WHITE = 0.03, 0.9
_FEWEST = 0.05


def noise_level(light: Pixels) -> float:
    """Standard deviation of the noise, in the units of `light`, after Immerkær (1996) with a median for the mean.

    Blur leaves so little fine detail that what is fine is noise. Black and white regions, where noise is cut off,
    are left out unless there is little else.

    Args:
        light: Float32 array of shape (height, width, channels).

    Returns:
        The level; 0 where the picture is smaller than 3 × 3.
    """
    if min(light.shape[:2]) < 3:
        return 0.0
    fine = np.abs(cv2.filter2D(light, cv2.CV_32F, _MASK)).reshape(light.shape)[1:-1, 1:-1]
    local = cv2.blur(light, (5, 5)).reshape(light.shape)[1:-1, 1:-1]
    is_usable = (local > _DARK) & (local < _WHITE)
    chosen = fine[is_usable] if is_usable.mean() > _FEWEST else fine
    return float(np.median(chosen)) / _MEDIAN
