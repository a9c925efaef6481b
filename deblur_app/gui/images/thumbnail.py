"""Painting of thumbnails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor

from deblur_app.gui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPainter


def paint_thumbnail(painter: QPainter, place: QRect, image: QImage | None, colours: theme.Colours) -> None:
    """Paint a thumbnail in the middle of a place, as large as fits; a plain area where there is none yet."""
    if image is None or image.isNull():
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colours.line))
        painter.drawRoundedRect(place, theme.TIGHT, theme.TIGHT)
        return
    size = image.size().scaled(place.size(), Qt.AspectRatioMode.KeepAspectRatio)
    target = QRect(place.center().x() - size.width() // 2, place.center().y() - size.height() // 2, 0, 0)
    target.setSize(size)
    painter.setRenderHint(painter.RenderHint.SmoothPixmapTransform)
    painter.drawImage(target, image)
