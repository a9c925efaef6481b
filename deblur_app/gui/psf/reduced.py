"""A small copy of a part of a photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.engine.reduced import Choices

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

    from deblur_app.core.picture import Picture, Pixels

type Box = tuple[int, int, int, int]
"""A part of a picture in pixels: left, top, right, bottom."""

_BAND = 512
"""Rows of the photo that are converted to linear light at a time."""


class Reducer:
    """A cache of the small copy of a photo that a preview works on; it keeps the last, as a slider does not change it.

    Attributes:
        choices: The choices that previews have made for the photo.
    """

    def __init__(self) -> None:
        self.choices = Choices()
        self._of: tuple[Picture, Box, float] | None = None
        self._pixels: Pixels | None = None

    def reduce(self, picture: Picture, box: Box, scale: float) -> Task[Pixels]:
        """Scale the part `box` (left, top, right, bottom, in pixels) of a picture, averaging in linear light."""
        key = (picture, box, scale)
        if self._pixels is None or self._of is None or self._of[0] is not picture or self._of[1:] != key[1:]:
            self._pixels = yield from _reduce(picture.pixels, box, scale)
            self._of = key
        return self._pixels


def box_of(picture: Picture, part: QRectF, reach: int) -> Box:
    """Return the pixels of a part with `reach` pixels around it, as far as the picture goes."""
    return (
        max(int(part.left() * picture.width) - reach, 0),
        max(int(part.top() * picture.height) - reach, 0),
        min(max(round(part.right() * picture.width), 1) + reach, picture.width),
        min(max(round(part.bottom() * picture.height), 1) + reach, picture.height),
    )


def _reduce(pixels: Pixels, box: Box, scale: float) -> Task[Pixels]:
    left, top, right, bottom = box
    part = pixels[top:bottom, left:right]
    if scale == 1.0:
        return np.ascontiguousarray(part)
    size = max(round(part.shape[1] * scale), 1), max(round(part.shape[0] * scale), 1)
    # Linear light first shrinks along the rows, band by band, so that a large photo is never held twice.
    narrow = np.empty((part.shape[0], size[0], 3), np.float32)
    for start in range(0, len(part), _BAND):
        yield Progress(0.9 * start / len(part), tr("Reducing the photo"))
        band = srgb_to_linear(part[start : start + _BAND])
        narrow[start : start + _BAND] = resize_pixels(band, size[0], len(band))
    return linear_to_srgb(resize_pixels(narrow, *size))
