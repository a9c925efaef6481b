"""Noise that grows with the brightness, as photons make it: measured on two estimates of the same light."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

LEVELS = 16  # of brightness, evenly spaced in its root
_FEWEST = 500  # pixels from which the noise of a level is measured; others are interpolated
_MEDIAN = np.float32(0.6745)
"""Median of the absolute value of Gaussian noise of standard deviation 1."""


def level(one: Pixels, other: Pixels) -> NDArray[np.uint8]:
    """Return the level of brightness of each pixel of two pictures of one light, growing with its root like the noise.

    Args:
        one: Linear light of any shape.
        other: The same shape.

    Returns:
        Whole numbers from 0 to `LEVELS` - 1, same shape.
    """
    root = np.sqrt(np.clip((one + other) * np.float32(0.5), 0.0, 1.0))
    levels: NDArray[np.uint8] = np.minimum(root * LEVELS, LEVELS - 1).astype(np.uint8)
    return levels


def noise_by_brightness(differences: Pixels, levels: NDArray[np.uint8]) -> Pixels:
    """Return the standard deviation of differences by level of brightness.

    It comes from the median of each level, so that what moved in the scene hardly changes it. Levels with few pixels
    take what lies between their neighbours.

    Args:
        differences: Shape (n, channels).
        levels: Same shape.

    Returns:
        Shape (`LEVELS`, channels), above 0.
    """
    gaps = np.abs(differences)
    found = np.empty((LEVELS, gaps.shape[1]), np.float32)
    for channel in range(gaps.shape[1]):
        overall = max(float(np.median(gaps[:, channel])), 1e-6)
        known = {}
        for number in range(LEVELS):
            members = gaps[levels[:, channel] == number, channel]
            if len(members) >= _FEWEST:
                known[number] = max(float(np.median(members)), 0.1 * overall)
        known = known or {0: overall}
        found[:, channel] = np.interp(np.arange(LEVELS), list(known), list(known.values()))
    return found / _MEDIAN


def falling(values: NDArray[np.float32], full: float, none: float) -> NDArray[np.float32]:
    """Return a weight that is 1 up to `full`, 0 from `none` on, and a straight line between."""
    weight: NDArray[np.float32] = np.clip((none - values) / np.float32(none - full), 0.0, 1.0)
    return weight
