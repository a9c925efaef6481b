"""Tasks that blend the result with the input: the visible part at once, the whole photo when the sliders rest."""

from __future__ import annotations

from dataclasses import dataclass, replace
from math import ceil
from typing import TYPE_CHECKING

import cv2
import numpy as np
from PySide6.QtCore import QPointF, QRectF

from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine.blend import Blended, blend_photo, blend_pixels
from deblur_app.engine.masks.drawing import Box, find_change, read_weights
from deblur_app.gui.images import qt_image
from deblur_app.gui.images.screen_colours import to_screen
from deblur_app.gui.session import steps

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from deblur_app.core.picture import Picture
    from deblur_app.engine.blend import Blend
    from deblur_app.engine.masks.drawing import Grid
    from deblur_app.gui.session.display import DisplayImage, Result

_MOST_PIXELS, _MOST_PIXELS_PLAIN = 300_000, 4_000_000
"""A larger screen shows a draft that is a little coarser than itself: what counts is that it comes at once. Where
nothing is protected, a draft is a sum of 8-bit values, which takes some milliseconds at the size of the screen."""

_COARSEST = 0.75
"""Pixels of a draft for one of the screen at least, where a small copy has so many: to make a larger one smaller takes
several times as long as to blend it, and the whole photo follows as soon as the slider rests."""


@dataclass(frozen=True, eq=False)
class LiveMask:
    """A blend with its mask as it is drawn, which may be ahead of the blend while a stroke is being painted.

    Attributes:
        blend: The amount and the place of the result.
        weights: The weights of the mask, see `engine.masks.drawing`; None for the whole photo.
    """

    blend: Blend
    weights: Grid | None = None


@dataclass(frozen=True, eq=False)
class Draft:
    """A blend of the visible part.

    Attributes:
        result: The result that is blended with the photo.
        image: The part that is seen.
        place: The place of the part, in shares of width and height.
    """

    result: Result
    image: QImage
    place: QRectF


def draft(display_image: DisplayImage, result: Result, live: LiveMask, part: QRectF, width: float) -> Task[Draft]:
    """Blend a part, at the size of the screen, from the small copies that are there for painting.

    Args:
        display_image: The input.
        result: The result of a method on it.
        live: The amount and the place of the result.
        part: The part, in shares of width and height.
        width: Of the whole photo as it is painted, in screen pixels.
    """
    yield Progress(0.0, tr("Blending"))
    blend = live.blend
    most = _MOST_PIXELS if blend.is_protecting else _MOST_PIXELS_PLAIN
    number = _choose_level(result.plain, part, width, None if blend.is_protecting else most)
    level = result.plain[number]
    box = _find_box(part, level.width(), level.height())
    photo, restored = (
        _read_part(qt_image.values_of(levels[number]), box, most) for levels in (display_image.levels, result.plain)
    )
    alpha = qt_image.alpha_of(level)
    opaque = None if alpha is None else _read_part(alpha, box, most)
    mask = None
    if live.weights is not None:
        weights = read_weights(live.weights, (level.width(), level.height()), box)
        mask = _read_part(weights, Box(0, 0, weights.shape[1], weights.shape[0]), most)
    if blend.is_protecting:
        scale = photo.shape[1] / (box.right - box.left) * level.width() / display_image.picture.width
        values = to_uint8(blend_pixels(from_integer(photo), from_integer(restored), blend, min(scale, 1.0), mask))
    else:
        values = _mix(photo, restored, blend.strength / 100, mask)
    return Draft(result, qt_image.to_qimage(values, opaque), _place_of(box, level.width(), level.height()))


def _mix(
    photo: NDArray[np.uint8], restored: NDArray[np.uint8], share: float, mask: NDArray[np.uint8] | None
) -> NDArray[np.uint8]:
    """Return a sum of 8-bit values: so much of the result, within the mask."""
    if share != 1.0:
        restored = np.asarray(cv2.addWeighted(restored, share, photo, 1.0 - share, 0.0), np.uint8)
    if mask is None:
        return restored
    inner = from_integer(mask)
    return np.asarray(cv2.blendLinear(restored, photo, inner, 1 - inner), np.uint8)


def whole(picture: Picture, result: Result, live: LiveMask) -> Task[Result]:
    """Return the result with another blend, at full size, ready for the screen; for errors see `blend_photo`.

    Where its mask differs from that of the result by strokes only, only what these cover is computed.
    """
    restored, blend = result.restored.picture, live.blend
    if blend.is_plain:
        display_image = replace(result.display_image, picture=restored, levels=result.plain)
    elif changed := _find_change(picture, result, blend):
        display_image = yield from _replace_part(picture, result, live, changed)
    else:
        task = blend_photo(picture.pixels, restored.pixels, blend, live.weights)
        pixels = yield from subtask(task, 0.0, 0.7)
        display_image = yield from subtask(
            steps.show(replace(restored, pixels=pixels), white=result.display_image.white), 0.7, 1.0
        )
    return replace(result, display_image=display_image, blend=blend)


def _find_change(picture: Picture, result: Result, blend: Blend) -> Box | None:
    """Return the part in which a blend differs from that of a result; None where that may be anywhere."""
    if blend.amounts != result.blend.amounts or result.restored.picture.alpha is not None:
        return None
    return find_change(result.blend.mask, blend.mask, picture.width, picture.height)


def _replace_part(picture: Picture, result: Result, live: LiveMask, box: Box) -> Task[DisplayImage]:
    """Return the result as it is shown, with another mask in a part of the photo."""
    shown = result.display_image
    before = Blended(shown.picture.pixels, box)
    task = blend_photo(picture.pixels, result.restored.picture.pixels, live.blend, live.weights, before)
    pixels = yield from subtask(task, 0.0, 0.7)
    values = to_screen(qt_image.quantize_for_display(pixels[box.slices], shown.white), shown.picture.icc)
    levels = qt_image.replace_part(shown.levels, values, box.left, box.top)
    return replace(shown, picture=replace(result.restored.picture, pixels=pixels), levels=levels)


def _choose_level(levels: list[QImage], part: QRectF, width: float, most: int | None) -> int:
    """Return the number of the level that a draft is made from.

    It is the smallest that is about as wide as the painted photo, or a smaller one where its part has more than `most`
    pixels.
    """
    least = width if most is None else _COARSEST * width
    number = next((n for n in reversed(range(len(levels))) if levels[n].width() >= least), 0)
    while most is not None and number + 1 < len(levels):
        if part.width() * levels[number].width() * part.height() * levels[number].height() <= most:
            break
        number += 1
    return number


def _find_box(part: QRectF, width: int, height: int) -> Box:
    """Return the whole pixels of a picture that hold a part, in shares."""
    left, top = max(int(part.left() * width), 0), max(int(part.top() * height), 0)
    right = min(max(ceil(part.right() * width), left + 1), width)
    bottom = min(max(ceil(part.bottom() * height), top + 1), height)
    return Box(min(left, right - 1), min(top, bottom - 1), right, bottom)


def _place_of(box: Box, width: int, height: int) -> QRectF:
    """Return the place of a box of a picture, in shares."""
    return QRectF(QPointF(box.left / width, box.top / height), QPointF(box.right / width, box.bottom / height))


def _read_part(values: NDArray[np.uint8], box: Box, most: int) -> NDArray[np.uint8]:
    """Return the values of a part, made smaller where there are more than `most`."""
    values = np.ascontiguousarray(values[box.slices])
    factor = (most / max(values.shape[0] * values.shape[1], 1)) ** 0.5
    if factor < 1.0:
        size = max(round(values.shape[1] * factor), 1), max(round(values.shape[0] * factor), 1)
        values = np.asarray(cv2.resize(values, size, interpolation=cv2.INTER_AREA), np.uint8)
    return values
