"""Tasks that blend the result with the input: the visible part at once, the whole photo when the sliders rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.engine.blend import blend_photo, blend_pixels
from deblur_app.gui.images import qt_image
from deblur_app.gui.session import steps

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QRectF
    from PySide6.QtGui import QImage

    from deblur_app.core.picture import Picture
    from deblur_app.engine.blend import Blend
    from deblur_app.gui.session.display import DisplayImage, Result

_MOST_PIXELS, _MOST_PIXELS_PLAIN = 300_000, 4_000_000
"""A larger screen shows a draft that is a little coarser than itself: what counts is that it comes at once. Where
nothing is protected, a draft is a sum of 8-bit values, which takes some milliseconds at the size of the screen."""


@dataclass(frozen=True, eq=False)
class Draft:
    """A blend of the visible part.

    Attributes:
        result: The result that is blended with the photo.
        blend: The amount and the place of the result.
        image: The part that is seen.
        place: The place of the part, in shares of width and height.
    """

    result: Result
    blend: Blend
    image: QImage
    place: QRectF


def draft(display_image: DisplayImage, result: Result, blend: Blend, part: QRectF, width: float) -> Task[Draft]:
    """Blend the visible part, at the size of the screen, from the small copies that are there for painting.

    Args:
        display_image: The input.
        result: The result of a method on it.
        blend: The amount and the place of the result.
        part: The visible part, in shares of width and height.
        width: Of the whole photo as it is painted, in screen pixels.
    """
    yield Progress(0.0, "Blending")
    number = _level(result.plain, width)
    most = _MOST_PIXELS if blend.is_protecting else _MOST_PIXELS_PLAIN
    photo, restored = (
        _read_part(qt_image.values_of(levels[number]), part, most) for levels in (display_image.levels, result.plain)
    )
    alpha = qt_image.alpha_of(result.plain[number])
    opaque = None if alpha is None else _read_part(alpha, part, most)
    if blend.is_protecting:
        scale = photo.shape[1] / max(part.width() * display_image.picture.width, 1.0)
        pixels = blend_pixels(from_integer(photo), from_integer(restored), blend, min(scale, 1.0))
        values = to_uint8(pixels)
    else:
        share = blend.strength / 100
        values = np.asarray(cv2.addWeighted(restored, share, photo, 1.0 - share, 0.0), np.uint8)
    return Draft(result, blend, qt_image.to_qimage(values, opaque), part)


def whole(picture: Picture, result: Result, blend: Blend) -> Task[Result]:
    """Return the result with another blend, at full size, ready for the screen; for errors see `blend_photo`."""
    restored = result.restored.picture
    if blend.is_plain:
        display_image = replace(result.display_image, picture=restored, levels=result.plain)
    else:
        pixels = yield from subtask(blend_photo(picture.pixels, restored.pixels, blend), 0.0, 0.7)
        display_image = yield from subtask(
            steps.show(replace(restored, pixels=pixels), white=result.display_image.white), 0.7, 1.0
        )
    return replace(result, display_image=display_image, blend=blend)


def _level(levels: list[QImage], width: float) -> int:
    """Return the number of the smallest level that is as wide as the painted photo."""
    return next((n for n in reversed(range(len(levels))) if levels[n].width() >= width), 0)


def _read_part(values: NDArray[np.uint8], part: QRectF, most: int) -> NDArray[np.uint8]:
    """Return the values of a part, made smaller where there are more than `most`."""
    height, width = values.shape[:2]
    left, top = int(part.left() * width), int(part.top() * height)
    right = min(max(round(part.right() * width), left + 1), width)
    bottom = min(max(round(part.bottom() * height), top + 1), height)
    values = np.ascontiguousarray(values[top:bottom, left:right])
    factor = (most / max(values.shape[0] * values.shape[1], 1)) ** 0.5
    if factor < 1.0:
        size = max(round(values.shape[1] * factor), 1), max(round(values.shape[0] * factor), 1)
        values = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.uint8)
    return values
