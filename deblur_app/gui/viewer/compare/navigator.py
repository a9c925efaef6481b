"""The whole photo as a small picture with the visible part marked, while one is zoomed in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from deblur_app.core.texts import tr
from deblur_app.gui import theme
from deblur_app.gui.viewer.compare import painting

if TYPE_CHECKING:
    from PySide6.QtGui import QMouseEvent, QPaintEvent

    from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas

_SIDE = 160
"""Points of the longer side."""

_VEIL = QColor(0, 0, 0, 130)
"""Over what is not visible."""


class Navigator(QWidget):
    """The small picture; a click or a drag on it moves the view. It hides while the whole photo is visible."""

    def __init__(self, canvas: CompareCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._is_on = True
        self.setAccessibleName(tr("Navigator"))
        self.setToolTip(tr("The visible part; drag to move it"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        canvas.visible_region_changed.connect(self._follow)
        self.hide()

    def sizeHint(self) -> QSize:
        """Return the size of the small picture."""
        width, height = self._canvas.original.size
        scale = _SIDE / max(width, height, 1)
        return QSize(max(round(width * scale), 24), max(round(height * scale), 24))

    @property
    def is_on(self) -> bool:
        """True if it shows while one is zoomed in."""
        return self._is_on

    def switch(self, is_on: bool) -> None:
        """Let it show while one is zoomed in, or never."""
        self._is_on = is_on
        self._follow()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the photo, dark where it is not visible."""
        canvas, whole = self._canvas, QRectF(self.rect())
        if not canvas.original:
            return
        painter = QPainter(self)
        painting.paint_picture(painter, (canvas.result or canvas.original).levels, whole, whole)
        veil = QPainterPath()
        veil.addRect(whole)
        visible_rect = self._visible_rect()
        hole = QPainterPath()
        hole.addRect(visible_rect)
        painter.fillPath(veil.subtracted(hole), _VEIL)
        painter.setPen(QPen(QColor(theme.MARK), 1))
        painter.drawRect(visible_rect.adjusted(0, 0, -1, -1))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Show the place that was clicked in the middle."""
        self._go_to(event.position())

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show the place below the pointer in the middle."""
        self._go_to(event.position())

    def _go_to(self, point: QPointF) -> None:
        view = self._canvas.view
        view.look_at(QPointF(point.x() / self.width(), point.y() / self.height()), view.zoom)

    def _visible_rect(self) -> QRectF:
        part, width, height = self._canvas.visible(), self.width(), self.height()
        return QRectF(part.left() * width, part.top() * height, part.width() * width, part.height() * height)

    def _follow(self) -> None:
        canvas = self._canvas
        part = canvas.visible() if canvas.original else QRectF(0, 0, 1, 1)
        is_part = min(part.width(), part.height()) < 0.999
        self.setFixedSize(self.sizeHint())
        self.setVisible(self._is_on and is_part)
        self.update()
