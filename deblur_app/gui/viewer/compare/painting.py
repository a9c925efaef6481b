"""Painting of the visible part of a picture, from the smallest of its levels that has all the detail a screen shows."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter, QTransform

from deblur_app.gui import theme

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.gui.viewer.parts_canvas import ShownPart

_CHECK = 8
"""Side in points of a square of the checkerboard that shows what is transparent."""

_ROUNDING = 1e-6
"""Screen pixels by which sizes of whole pixels may miss them."""

_PIXELS_SEEN = 3.0
"""Screen pixels for one of the photo from which on pixels are painted as squares."""


@functools.cache
def checkerboard() -> QImage:
    """Return the pattern that programs for photos show behind transparent pixels, in light or dark windows alike."""
    pattern = QImage(2 * _CHECK, 2 * _CHECK, QImage.Format.Format_RGB32)
    pattern.fill(QColor(theme.CHECKERS[0]))
    painter = QPainter(pattern)
    for corner in (0, _CHECK):
        painter.fillRect(corner, corner, _CHECK, _CHECK, QColor(theme.CHECKERS[1]))
    painter.end()
    return pattern


def snap(target: QRectF, picture: QSizeF) -> QRectF:
    """Return a rectangle with its corners on whole screen pixels, and its size a whole multiple where it nearly is.

    So that pixels of the photo are painted at 1:1 as they are, and as equal squares at 2:1.

    Args:
        target: The rectangle of the whole picture, in screen pixels.
        picture: The size of the picture.
    """
    scale = target.width() / picture.width()
    if scale > 0.5 and abs(scale - round(scale)) < 1e-3 * scale:
        target = QRectF(target.topLeft(), picture * round(scale))
    size = QSizeF(math.ceil(target.width() - _ROUNDING), math.ceil(target.height() - _ROUNDING))
    return QRectF(QPointF(round(target.left()), round(target.top())), size)


def paint_picture(
    painter: QPainter, levels: Sequence[QImage], target: QRectF, clip: QRectF, parts: Sequence[ShownPart] = ()
) -> None:
    """Paint what is visible of a picture, and of parts that lie over it.

    Args:
        painter: A painter whose unit is one pixel of the screen.
        levels: The picture, see `qt_image.pyramid`.
        target: The rectangle of the whole picture.
        clip: The rectangle that is painted.
        parts: Pictures of parts.
    """
    visible = QRectF(target.intersected(clip).toRect())  # whole pixels, or else Qt would stretch them a little
    if visible.isEmpty():
        return
    painter.save()
    painter.setClipRect(clip, Qt.ClipOperation.IntersectClip)
    _paint_level(painter, _choose_level(levels, target), target, visible)
    for part in parts:
        place = place_rectangle(target, part.place)
        visible_rect = QRectF(place.intersected(clip).toRect())
        if not visible_rect.isEmpty():
            _paint_level(painter, part.image, place, visible_rect)
    painter.restore()


def paint_in_points(
    painter: QPainter, levels: Sequence[QImage], target: QRectF, clip: QRectF, parts: Sequence[ShownPart] = ()
) -> None:
    """Paint as `paint_picture` does with a painter of a widget, whose unit is a point, at whole screen pixels."""
    ratio = painter.device().devicePixelRatioF()
    painter.save()
    painter.setTransform(QTransform.fromScale(1 / ratio, 1 / ratio))
    whole = snap(scale_rectangle(target, ratio), QSizeF(levels[0].size()))
    paint_picture(painter, levels, whole, scale_rectangle(clip, ratio), parts)
    painter.restore()


def place_rectangle(target: QRectF, place: QRectF) -> QRectF:
    """Return the rectangle of a part of a picture that as a whole fills `target`; `place` in shares of it."""
    return QRectF(
        target.left() + place.left() * target.width(),
        target.top() + place.top() * target.height(),
        place.width() * target.width(),
        place.height() * target.height(),
    )


def scale_rectangle(rectangle: QRectF, factor: float) -> QRectF:
    """Return a rectangle in another unit, of which one of the old is `factor`."""
    return QRectF(rectangle.topLeft() * factor, rectangle.size() * factor)


def _choose_level(levels: Sequence[QImage], target: QRectF) -> QImage:
    """Return the smallest level that is at least as wide as it is painted."""
    wide = target.width() * (1 - 1e-6)
    return next((level for level in reversed(levels) if level.width() >= wide), levels[0])


def _paint_level(painter: QPainter, image: QImage, target: QRectF, visible: QRectF) -> None:
    """Paint the part `visible` of an image that as a whole fills `target`."""
    across, down = image.width() / target.width(), image.height() / target.height()
    source = QRectF(
        (visible.left() - target.left()) * across,
        (visible.top() - target.top()) * down,
        visible.width() * across,
        visible.height() * down,
    )
    if image.hasAlphaChannel():  # it takes the place of what lies below
        painter.fillRect(visible, QBrush(checkerboard()))
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, across > 1 / _PIXELS_SEEN)
    painter.drawImage(visible, image, source)


def render(size: QSize, levels: Sequence[QImage], target: QRectF, parts: Sequence[ShownPart] = ()) -> QImage:
    """Return what is seen of a picture on a screen of `size` pixels, on black; for the rest see `paint_picture`."""
    image = QImage(size, QImage.Format.Format_RGB32)
    image.fill(0xFF000000)
    painter = QPainter(image)
    paint_picture(painter, levels, target, QRectF(0, 0, size.width(), size.height()), parts)
    painter.end()
    return image


def subtract(first: QImage, second: QImage, gain: float) -> QImage:
    """Return the absolute difference of two images of one size, times `gain`; black where they are equal."""
    import cv2  # here, because the window paints before any array library is loaded (ADR 6); so below
    import qimage2ndarray

    result = QImage(first.size(), QImage.Format.Format_RGB32)
    values = [qimage2ndarray.byte_view(image, byteorder="little") for image in (first, second, result)]
    cv2.convertScaleAbs(cv2.absdiff(values[0], values[1]), dst=values[2], alpha=gain)
    values[2][..., 3] = 255
    return result


def read_pixel(image: QImage, place: QPointF) -> tuple[int, int, int]:
    """Return red, green and blue, 0 to 255, at a place in shares of width and height."""
    column = min(max(math.floor(place.x() * image.width()), 0), image.width() - 1)
    row = min(max(math.floor(place.y() * image.height()), 0), image.height() - 1)
    colour = image.pixelColor(column, row)
    return colour.red(), colour.green(), colour.blue()


def find_clipped(image: QImage) -> QImage:
    """Return red where a channel of an image is full, blue where all are empty, and transparent elsewhere."""
    import numpy as np
    import qimage2ndarray

    values = qimage2ndarray.byte_view(image, byteorder="little")
    result = QImage(image.size(), QImage.Format.Format_ARGB32)
    result.fill(0)
    marks = qimage2ndarray.byte_view(result, byteorder="little")
    largest = np.max(values[..., :3], axis=2)
    marks[largest == 255] = (0, 0, 255, 255)  # blue, green, red, alpha
    marks[largest == 0] = (255, 0, 0, 255)
    return result
