"""Noise that grows with the brightness, as photons make it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import CLIPPED
from deblur_app.restoration.denoising.noise_level import fine_detail, robust_deviation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

LEVELS = 16  # of brightness, evenly spaced in its root
_FEWEST_USABLE = 0.05  # share of the pixels that are not cut off from which on the others are left out
_FEWEST = 500  # pixels from which the noise of a level is measured; others are interpolated

_LEAST_NOISE = 1.0 / 4096
"""Noise below this is below the steps of the file."""


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
    noise = np.empty((LEVELS, gaps.shape[1]), np.float32)
    for channel in range(gaps.shape[1]):
        overall = max(robust_deviation(gaps[:, channel]), 1e-6)
        measurements = {}
        for number in range(LEVELS):
            members = gaps[levels[:, channel] == number, channel]
            if len(members) >= _FEWEST:
                measurements[number] = max(robust_deviation(members), 0.1 * overall)
        measurements = measurements or {0: overall}
        noise[:, channel] = np.interp(np.arange(LEVELS), list(measurements), list(measurements.values()))
    return noise


def noise_of(light: Pixels) -> Pixels:
    """Return the standard deviation of the noise at each pixel of one photo, by its level of brightness.

    The median of the fine detail of each level leaves edges and texture out.

    Args:
        light: Float32 array of shape (height, width, channels), linear light in [0, 1].

    Returns:
        An array of the same shape.
    """
    channels = light.shape[2]
    rough = fine_detail(light)
    smooth = np.asarray(cv2.blur(light, (5, 5)), np.float32).reshape(light.shape)
    levels = level(smooth, smooth)
    usable = ((light > 0.0) & (light < CLIPPED)).all(axis=2).ravel()  # what is cut off has no noise
    some = usable if usable.mean() > _FEWEST_USABLE else np.ones_like(usable)
    spread = noise_by_brightness(rough.reshape(-1, channels)[some], levels.reshape(-1, channels)[some])
    return np.maximum(spread[levels, np.arange(channels)], np.float32(_LEAST_NOISE))


def falling(values: NDArray[np.float32], full: float, none: float) -> NDArray[np.float32]:
    """Return a weight that is 1 up to `full`, 0 from `none` on, and a straight line between."""
    weight: NDArray[np.float32] = np.clip((none - values) / np.float32(none - full), 0.0, 1.0)
    return weight
