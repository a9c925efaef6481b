"""Marks that lie over the pictures: chips with their names, and the divider of the split view."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from deblur_app.gui import theme

if TYPE_CHECKING:
    from deblur_app.gui.viewer.compare.viewports import Divider

_INK, _GROUND = QColor(255, 255, 255), QColor(0, 0, 0, 160)
"""White on a dark veil: seen on any photo, in dark and light windows alike."""

_KNOB = 14.0
"""Radius in points of the handle of the divider."""


def paint_chip(painter: QPainter, text: str, clip: QRectF, *, is_second: bool, divider: Divider) -> None:
    """Paint the name of a picture into a corner of the rectangle where it is seen.

    The first of two has it in the upper left corner, the second in the upper right one, or in the lower left one
    where they lie above each other; nothing is painted where there is no room.
    """
    font = painter.font()
    font.setPixelSize(theme.CAPTION_SIZE)
    painter.setFont(font)
    metrics = QFontMetricsF(font)
    width, height = metrics.horizontalAdvance(text) + 2 * theme.SPACE, metrics.height() + theme.SPACE
    edge = float(theme.SPACE)
    if clip.width() < width + 2 * edge or clip.height() < height + 2 * edge:
        return
    corner = clip.topLeft() + QPointF(edge, edge)
    if is_second and divider.is_vertical:
        corner = QPointF(clip.right() - width - edge, clip.top() + edge)
    elif is_second:
        corner = QPointF(clip.left() + edge, clip.bottom() - height - edge)
    box = QRectF(corner.x(), corner.y(), width, height)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_GROUND)
    painter.drawRoundedRect(box, theme.RADIUS, theme.RADIUS)
    painter.setPen(_INK)
    painter.drawText(box, Qt.AlignmentFlag.AlignCenter, text)
    painter.restore()


def divider_line(divider: Divider, canvas: QRectF) -> tuple[QPointF, QPointF]:
    """Return the ends of the divider."""
    if divider.is_vertical:
        x = round(divider.share * canvas.width())
        return QPointF(x, canvas.top()), QPointF(x, canvas.bottom())
    y = round(divider.share * canvas.height())
    return QPointF(canvas.left(), y), QPointF(canvas.right(), y)


def paint_divider(painter: QPainter, divider: Divider, canvas: QRectF) -> None:
    """Paint the divider with its handle, white with a dark edge."""
    start, end = divider_line(divider, canvas)
    middle = (start + end) / 2
    painter.save()
    for colour, width in ((QColor(0, 0, 0, 120), 4), (_INK, 2)):
        painter.setPen(QPen(colour, width))
        painter.drawLine(start, end)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(QColor(0, 0, 0, 120), 1))
    painter.setBrush(_INK)
    painter.drawEllipse(middle, _KNOB, _KNOB)
    painter.setPen(QPen(QColor(theme.DARK.ground), 2, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
    along = QPointF(1, 0) if divider.is_vertical else QPointF(0, 1)
    across = QPointF(0, 1) if divider.is_vertical else QPointF(1, 0)
    for side in (-1, 1):
        tip = middle + along * (8 * side)
        painter.drawLine(tip, tip - along * (4 * side) + across * 4)
        painter.drawLine(tip, tip - along * (4 * side) - across * 4)
    painter.restore()
