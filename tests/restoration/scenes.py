"""Photographs with a known truth, for the tests of several pictures."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
from skimage import data

from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

MOVED = np.array([[1.0, 0.004, 2.4], [-0.004, 1.0, -1.7], [0.0, 0.0, 1.0]])
"""A hand that turned by a quarter of a degree and moved by some pixels."""


def light(name: str = "astronaut", height: int = 256, width: int = 256) -> Pixels:
    """The upper left part of one of scikit-image's photographs, in linear light."""
    return srgb_to_linear(from_integer(getattr(data, name)()[:height, :width]))


def noisy(light: Pixels, noise: float, seed: int = 0) -> Pixels:
    """Light with Gaussian noise; nothing is cut off."""
    return light + np.float32(noise) * np.random.default_rng(seed).standard_normal(light.shape, np.float32)


def blur_light(light: Pixels, kernel: Kernel) -> Pixels:
    """Light under one kernel, mirrored at the borders."""
    return cv2.filter2D(light, -1, np.ascontiguousarray(kernel[::-1, ::-1]), borderType=cv2.BORDER_REFLECT)


def error(result: Pixels, truth: Pixels) -> float:
    """Root of the mean squared error, without 16 pixels at each border, where there are no neighbours to know."""
    inner = slice(16, -16), slice(16, -16)
    return float(np.sqrt(np.mean((result[inner] - truth[inner]) ** 2)))


def gain(before: Pixels, after: Pixels, truth: Pixels) -> float:
    """By how many decibels `after` is nearer to the truth than `before`."""
    return 20 * float(np.log10(error(before, truth) / error(after, truth)))
