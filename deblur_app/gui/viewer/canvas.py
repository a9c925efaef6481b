"""A picture, painted at the place and zoom of the shared view, which the user moves and zooms on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QSizePolicy, QWidget

from deblur_app.gui.viewer.compare import painting
from deblur_app.gui.viewer.parts_canvas import PartsCanvas
from deblur_app.gui.viewer.view import ARROW_SHARE, ARROWS, picture_rectangle

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from deblur_app.gui.viewer.view import LinkedView

_DARKER = 115
"""Brightness of the ground behind a picture relative to the window, in per cent: neutral, so that it does not tint the
photo."""


class Canvas(PartsCanvas):
    """The canvas that paints one picture from its pyramid, at the place and zoom of the shared view.

    Attributes:
        view: The shared view.

    Signals:
        zoom_to_pixels: The user asks for one picture pixel on one screen pixel.
    """

    zoom_to_pixels = Signal()

    def __init__(self, view: LinkedView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.view = view
        self._levels: list[QImage] = []
        self._drag_from: QPointF | None = None
        view.changed.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumSize(120, 120)
        self.zoom_to_pixels.connect(self.show_pixels)

    def set_levels(self, levels: list[QImage]) -> None:
        """Show a picture, given as `qt_image.pyramid` makes it; an empty list shows none."""
        self._levels = levels
        self._parts = []
        self.update()

    @property
    def image(self) -> QImage | None:
        """The picture at full size, or None."""
        return self._levels[0] if self._levels else None

    def scale(self) -> float:
        """Return the number of screen pixels for one picture pixel; 0 without a picture."""
        if not self._levels:
            return 0.0
        return self.target().width() * self.devicePixelRatioF() / self._levels[0].width()

    def show_pixels(self) -> None:
        """Zoom so that one picture pixel is one screen pixel, or to the whole picture where that is so already."""
        scale = self.scale()
        if scale and abs(scale - 1.0) > 0.01:
            self.view.set_zoom(self.view.zoom / scale)
        else:
            self.view.fit()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the visible part from the smallest level that still has all the detail the screen can show."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().color(QPalette.ColorRole.Window).darker(_DARKER))
        if self._levels:
            painting.paint_in_points(painter, self._levels, self.target(), QRectF(self.rect()), self._parts)
        if self.hasFocus():
            painter.setPen(self.palette().color(QPalette.ColorRole.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def target(self) -> QRectF:
        """Return the rectangle of the whole picture, in the canvas's coordinates; only where there is a picture."""
        return picture_rectangle(self.view, QSizeF(self._levels[0].size()), QSizeF(self.size()))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        if self._levels:
            self.view.zoom_by(event.angleDelta().y() / 120, self.place(event.position()))

    def visible(self) -> QRectF:
        """Return the visible part of the picture, in shares of its width and height; only where there is a picture."""
        target = self.target()
        visible_rect = target.intersected(QRectF(self.rect()))
        return QRectF(self.place(visible_rect.topLeft()), self.place(visible_rect.bottomRight()))

    def place(self, point: QPointF) -> QPointF:
        """Return the place of a point of the canvas, in shares of the picture's width and height."""
        target = self.target()
        return QPointF((point.x() - target.left()) / target.width(), (point.y() - target.top()) / target.height())

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin to move the picture."""
        if event.button() == Qt.MouseButton.LeftButton and self._levels:
            self._drag_from = event.position()
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move the picture with the pointer."""
        if self._drag_from is not None and self._levels:
            target, moved = self.target(), self._drag_from - event.position()
            self._drag_from = event.position()
            self.view.move_by(QPointF(moved.x() / target.width(), moved.y() / target.height()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """End moving the picture."""
        self._drag_from = None
        self.unsetCursor()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:  # noqa: ARG002
        """Change between single pixels and the whole picture."""
        self.zoom_to_pixels.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the picture with the arrow keys."""
        if event.key() in ARROWS:
            self.view.move_by(ARROWS[Qt.Key(event.key())] * (ARROW_SHARE / self.view.zoom))
        else:
            super().keyPressEvent(event)
