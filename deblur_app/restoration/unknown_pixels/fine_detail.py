"""Fine detail of a photo: how far each pixel is off those around it, of which a blur leaves little."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr_later
from deblur_app.restoration.denoising.noise_level import robust_deviation

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.unknown_pixels.frames import Mask

SHARP = 0.035
"""Difference of a pixel from its neighbourhood where there is fine detail, sRGB-encoded."""

_SIGMAS = 8.0
"""Multiples of the noise that the detail of a large photo must pass as well."""

_RADIUS = 2  # of the neighbourhood in pixels
_PIXELS_AT_ONCE = 4_000_000  # some 0.3 s, after which a cancel is answered
_SAMPLE = 60_000  # pixels that a median is taken of, about
_STAGE = tr_later("Looking for text")


def find_fine_detail(pixels: Pixels) -> Task[Pixels]:
    """Return how far each pixel is off its neighbourhood of 5 × 5 pixels, in the channel where it is farthest.

    Args:
        pixels: The photo, float32, shape (height, width, 3), sRGB-encoded, in [0, 1].
    """
    fine = np.empty(pixels.shape[:2], np.float32)
    for rows, part in _measure_bands(pixels, 1):
        yield Progress(rows.start / len(pixels), _STAGE)
        fine[rows] = part
    return fine


def find_sharp_places(pixels: Pixels, factor: int) -> Task[Mask]:
    """Return where a large photo has fine detail, for the pixels of the photo made `factor` times smaller.

    Args:
        pixels: The photo, float32, shape (height, width, 3), sRGB-encoded, in [0, 1].
        factor: Side in pixels of the squares that become one.

    Returns:
        Truth values, shape (height // factor, width // factor).
    """
    height, width = (length // factor for length in pixels.shape[:2])
    largest = np.empty((height, width), np.float32)
    samples = []
    step = measure_sampling_step(pixels.shape[0] * pixels.shape[1])
    for rows, part in _measure_bands(pixels[: height * factor, : width * factor], factor):
        yield Progress(rows.start / len(pixels), _STAGE)
        samples.append(part[::step, ::step].ravel())
        squares = part.reshape(len(part) // factor, factor, width, factor)
        largest[rows.start // factor : rows.stop // factor] = squares.max(axis=(1, 3))
    noise = robust_deviation(np.concatenate(samples))
    return largest > max(SHARP, _SIGMAS * noise)


def measure_sampling_step(size: int) -> int:
    """Return of how many rows and columns one is enough for the median of so many values."""
    return max(int(math.sqrt(size / _SAMPLE)), 1)


def _measure_bands(pixels: Pixels, unit: int) -> Iterator[tuple[slice, Pixels]]:
    """Yield the fine detail of bands of rows, a multiple of `unit` each, with these rows."""
    height = len(pixels)
    step = max(_PIXELS_AT_ONCE // (pixels.shape[1] * unit), 1) * unit
    for first in range(0, height, step):
        last, top = min(first + step, height), max(first - _RADIUS, 0)
        band = pixels[top : last + _RADIUS]
        red, green, blue = cv2.split(cv2.absdiff(band, cv2.GaussianBlur(band, (2 * _RADIUS + 1, 2 * _RADIUS + 1), 1.0)))
        fine = cv2.max(cv2.max(red, green), blue)[first - top : last - top]
        yield slice(first, last), np.asarray(fine, np.float32)
