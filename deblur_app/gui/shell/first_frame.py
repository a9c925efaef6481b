"""What the window shows until its parts are there: its surfaces, and the invitation to drop photos."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPen

from deblur_app.core.texts import tr
from deblur_app.gui import theme
from deblur_app.gui.theme import LOOSE, RADIUS, SPACE, TIGHT

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

BAR_HEIGHT = 48
"""The height of the top bar, in points."""
PANEL_WIDTH = 320
"""The usual width of the panel beside the picture, in points."""

_EXAMPLES = 195
"""The height of the examples below the invitation, in points."""


def paint_first_frame(window: QWidget) -> None:
    """Paint the surfaces of the window where they will be; without Qt's layouts, which take longer than all of this."""
    colours, letters = theme.colours_of(window.palette()), window.fontMetrics()
    width, height = window.width(), window.height()
    menus, status = letters.height() + 5, letters.height() + 5
    painter = QPainter(window)
    painter.fillRect(0, 0, width, height, QColor(colours.ground))
    painter.fillRect(0, menus, width, BAR_HEIGHT, QColor(colours.panel))
    painter.fillRect(0, menus + BAR_HEIGHT - 1, width, 1, QColor(colours.line))
    painter.fillRect(width - PANEL_WIDTH - TIGHT, menus + BAR_HEIGHT, 1, height, QColor(colours.line))
    top = menus + BAR_HEIGHT + 3 * SPACE
    area = QRectF(3 * SPACE, top, width - PANEL_WIDTH - TIGHT - 6 * SPACE, height - top - _EXAMPLES - status)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colours.edge), 1.5)
    pen.setDashPattern([6, 5])
    painter.setPen(pen)
    painter.drawRoundedRect(area.adjusted(1.5, 1.5, -1.5, -1.5), RADIUS, RADIUS)
    font = window.font()
    font.setPointSizeF(font.pointSizeF() * theme.TITLE_SIZE / theme.BODY_SIZE)
    painter.setFont(font)
    painter.setPen(QColor(colours.text))
    words = tr("Drop photos or a folder")
    text_width = painter.fontMetrics().horizontalAdvance(words)
    painter.drawText(round(area.center().x() - text_width / 2), round(area.center().y()) + LOOSE, words)
    painter.end()
