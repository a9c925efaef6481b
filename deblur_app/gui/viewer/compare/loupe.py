"""A loupe that follows the pointer over the canvas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QMouseEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from deblur_app.gui.viewer.compare import painting
from deblur_app.gui.viewer.compare.viewports import Role

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent

    from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas

_SIDE = 260
"""Points of its diameter."""

_FACTOR = 2.0
"""Magnification beside that of the canvas; the loupe shows the photo at 200 % at least."""


class Loupe(QWidget):
    """The loupe: the photo or its result, whichever is below the pointer, at twice the zoom and at least at 200 %."""

    def __init__(self, canvas: CompareCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._point = QPointF()
        self._is_on = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFixedSize(_SIDE, _SIDE)
        canvas.installEventFilter(self)
        self.hide()

    @property
    def is_on(self) -> bool:
        """True if it shows over the photo."""
        return self._is_on

    def switch(self, on: bool) -> None:
        """Show it over the photo, or not."""
        self._is_on = on
        self._follow(QPointF(self._canvas.mapFromGlobal(self._canvas.cursor().pos())))

    @property
    def scale(self) -> float:
        """Screen pixels for one pixel of the photo."""
        return max(_FACTOR * self._canvas.scale(), 2.0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the pointer, and hide where it leaves the canvas."""
        if self._is_on:
            if isinstance(event, QMouseEvent) and event.type() == QEvent.Type.MouseMove:
                self._follow(event.position())
            elif event.type() == QEvent.Type.Leave:
                self.hide()
        return super().eventFilter(watched, event)

    def _follow(self, point: QPointF) -> None:
        self._point = point
        is_over = self._is_on and self._canvas.read_pixel(point) is not None
        self.move((point - QPointF(_SIDE, _SIDE) / 2).toPoint())
        self.setVisible(is_over)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the photo around the pointer."""
        canvas, circle = self._canvas, QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if not canvas.original:
            return
        painter, path, ratio = QPainter(self), QPainterPath(), self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        path.addEllipse(circle)
        painter.setClipPath(path)
        painter.fillPath(path, QColor(Qt.GlobalColor.black))
        size, place = QSizeF(*canvas.original.size) * (self.scale / ratio), canvas.place(self._point)
        target = QRectF(circle.center() - QPointF(place.x() * size.width(), place.y() * size.height()), size)
        is_result = canvas.role_at(self._point) != Role.ORIGINAL
        levels = canvas.result.levels if is_result else canvas.original.levels
        painting.paint_picture(painter, levels, target, circle)
        painter.setClipping(False)
        for colour, width in ((QColor(0, 0, 0, 160), 4), (QColor(255, 255, 255), 2)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(circle)
