"""Choice of the region of a photograph in which its blur is seen best."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import is_clipped
from deblur_app.core.picture import max_of_channels, mean_of_channels

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_REDUCED = 1024
"""Long side in pixels at which edges are looked for: a picture of 100 megapixels is no slower than one of 1."""

_NOISE = 3.0
"""Multiples of the noise that a gradient must exceed to be an edge."""

_SATURATION = 0.1
"""Gradient from which on a stronger edge counts no more, in [0, 1] of brightness to the power 1/2.2 per pixel."""


def most_informative(light: Pixels, side: int) -> tuple[slice, slice]:
    """Find the square where the blur is seen best: many strong edges in many directions, nothing clipped.

    Edges of one direction only tell about the blur across them. So the gradients of each square are summed up as a
    structure tensor (Förstner and Gülch 1987), and its smaller eigenvalue is taken: what the weakest direction has.
    Clipped pixels are counted out with their surroundings.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        side: Side of the square in pixels, above 0; where the picture is smaller, all of its height or width.

    Returns:
        Rows and columns, inside the picture.
    """
    height, width = light.shape[:2]
    return most_informative_of_parts(light, [(slice(0, height), slice(0, width))], side)[0]


def most_informative_of_parts(
    light: Pixels, parts: Sequence[tuple[slice, slice]], side: int
) -> list[tuple[slice, slice]]:
    """Find the square of each part of a picture where the blur is seen best, see `most_informative`.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        parts: Rows and columns of each part.
        side: Side of the squares in pixels, above 0; where a part is smaller, all of its height or width.
    """
    small, scale = _reduce_picture(light)
    sides = [tuple(min(side, span.stop - span.start) for span in part) for part in parts]
    boxes = {lengths: tuple(max(round(length * scale), 1) for length in lengths) for lengths in sides}
    worth = {lengths: _worth(small, box) for lengths, box in boxes.items()}
    squares = []
    for part, lengths in zip(parts, sides, strict=True):
        places = [_places(span, box, scale) for span, box in zip(part, boxes[lengths], strict=True)]
        window = worth[lengths][places[0], places[1]]
        starts = np.unravel_index(int(np.argmax(window)), window.shape)
        rows, columns = (
            _span((place.start + int(start)) / scale, length, span)
            for place, start, length, span in zip(places, starts, lengths, part, strict=True)
        )
        squares.append((rows, columns))
    return squares


def _places(span: slice, box: int, scale: float) -> slice:
    """Return where boxes may begin along an axis of the reduced picture, so that they lie in a part."""
    start = math.ceil(span.start * scale)
    return slice(start, max(math.floor(span.stop * scale) - box, start) + 1)


def _reduce_picture(light: Pixels) -> tuple[Pixels, float]:
    """Return the picture with a long side of at most `_REDUCED`, and its scale."""
    height, width = light.shape[:2]
    scale = min(1.0, _REDUCED / max(height, width))
    if scale == 1.0:
        return light, 1.0
    size = max(math.ceil(width * scale), 1), max(math.ceil(height * scale), 1)
    small = cv2.resize(light, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
    return small.reshape(size[1], size[0], light.shape[2]), scale


def _worth(small: Pixels, box: tuple[int, ...]) -> NDArray[np.float32]:
    """Rate how well the box that begins at each pixel shows the blur; boxes that leave the picture score low."""
    grey = np.power(np.clip(mean_of_channels(small), 0.0, 1.0), 1 / 2.2, dtype=np.float32)
    grey = cv2.GaussianBlur(grey, (0, 0), 1.0).astype(np.float32, copy=False)
    x, y = (cv2.Sobel(grey, cv2.CV_32F, dx, dy, scale=1 / 8) for dx, dy in ((1, 0), (0, 1)))
    strength = np.hypot(x, y)
    floor = _NOISE * float(np.median(strength[::2, ::2])) / 4 + 1e-6
    weight = np.minimum(strength, _SATURATION) / (strength + floor) ** 2 * np.maximum(strength - floor, 0.0)
    clipped = is_clipped(max_of_channels(small)).astype(np.uint8)
    weight *= 1.0 - cv2.dilate(clipped, np.ones((5, 5), np.uint8))
    sums = [
        cv2.boxFilter(
            product, cv2.CV_32F, (box[1], box[0]), anchor=(0, 0), normalize=True, borderType=cv2.BORDER_CONSTANT
        )
        for product in (weight * x * x, weight * y * y, weight * x * y)
    ]
    across, down, both = sums
    return np.asarray((across + down) / 2 - np.hypot((across - down) / 2, both), np.float32)


def _span(start: float, side: int, part: slice) -> slice:
    first = min(max(round(start), part.start), part.stop - side)
    return slice(first, first + side)
