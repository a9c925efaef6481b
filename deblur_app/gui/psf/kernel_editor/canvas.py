"""A kernel, enlarged, on which the user draws with a brush by mouse and keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui import theme
from deblur_app.gui.images.kernel_images import draw_light
from deblur_app.gui.psf.kernel_editor import drawing as psf_drawing
from deblur_app.gui.viewer.view import LinkedView, picture_rectangle

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QFocusEvent, QImage, QKeyEvent, QMouseEvent, QPaintEvent, QWheelEvent

    from deblur_app.gui.psf.kernel_editor.drawing import Field

_CROSS = QColor(theme.SECOND_MARK)
"""The colour of the cross in the middle."""

_MARK = QColor(theme.MARK)
"""The colour of the circle of the brush."""

_STRIDE = 5
"""Field pixels that an arrow key moves the brush together with Shift; alone it moves by one."""

_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}
_HELP = tr_later(
    "Draw with the left button, take away with the right one, zoom with the wheel, move with the middle button. By "
    "keyboard: arrows move the brush (with Shift five pixels at once), Space draws, Delete takes away; held down "
    "while the brush moves they draw a line. + and − zoom, 0 shows all."
)


class KernelCanvas(QWidget):
    """A canvas that shows a field and lets the user draw on it.

    Attributes:
        field: The field that is drawn on.
        view: The part of it that is seen.
        brush_size: Diameter of the brush in field pixels.
        strength: The amount it draws or takes away, in (0, 1].

    Signals:
        begun: A stroke begins; the field is still as it was.
        ended: A stroke has ended.
    """

    begun = Signal()
    ended = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.field: Field = np.zeros((psf_drawing.SIDES[0],) * 2, np.float32)
        self.view = LinkedView(self)
        self.brush_size, self.strength = 1.5, 1.0
        self._image: QImage | None = None
        self._instead: QImage | None = None
        self._pen: QPointF | None = None  # where the brush is, in field pixels
        self._erases: bool | None = None  # what the stroke that is being drawn does; None between strokes
        self._drag_from: QPointF | None = None
        self.view.changed.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.setMinimumSize(160, 160)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setToolTip(tr(_HELP))
        self.setAccessibleName(tr("The kernel: what becomes of one point of light"))
        self.setAccessibleDescription(tr(_HELP))

    # --- what it is told --------------------------------------------------------------------------------------------

    def set_field(self, field: Field) -> None:
        """Show another field; the brush goes to its middle where it would lie outside."""
        if len(field) != len(self.field):
            self._pen = None
        self.field = field
        self._image = None
        self.update()

    def show_instead(self, image: QImage | None) -> None:
        """Show a picture that cannot be drawn on in place of the field; None brings the field back."""
        self._instead = image
        self.update()

    def sizeHint(self) -> QSize:
        """Return a square size."""
        return QSize(240, 240)

    def heightForWidth(self, width: int) -> int:
        """Return the height: a square, as long as that leaves room for the rest of the page."""
        return min(width, 320)

    # --- drawing ----------------------------------------------------------------------------------------------------

    def _press(self, place: QPointF, *, erases: bool) -> None:
        if self._erases is None and self._instead is None:
            self.begun.emit()
            self._erases = erases
            self._pen = place
            self._draw_to(place)

    def _draw_to(self, place: QPointF) -> None:
        if self._erases is not None:
            start = self._pen or place
            self.field = psf_drawing.draw_stroke(
                self.field,
                (start.x(), start.y()),
                (place.x(), place.y()),
                size=self.brush_size,
                strength=self.strength,
                erases=self._erases,
            )
            self._image = None
        self._pen = place
        self.update()

    def end_stroke(self) -> None:
        """End the stroke that is being drawn, if one is."""
        if self._erases is not None:
            self._erases = None
            self.ended.emit()

    def _place(self, point: QPointF) -> QPointF:
        """Return the place of a point of the widget, in field pixels."""
        target, side = self._target(), len(self.field)
        return QPointF(
            (point.x() - target.left()) / target.width() * side - 0.5,
            (point.y() - target.top()) / target.height() * side - 0.5,
        )

    def _target(self) -> QRectF:
        side = float(len(self.field))
        return picture_rectangle(self.view, QSizeF(side, side), QSizeF(self.size()))

    @property
    def _middle(self) -> QPointF:
        half = float(len(self.field) // 2)
        return QPointF(half, half)

    # --- Qt's events ------------------------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Begin a stroke, or begin to move the kernel."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag_from = event.position()
        elif event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton):
            self._press(self._place(event.position()), erases=event.button() == Qt.MouseButton.RightButton)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Go on with the stroke or the move."""
        if self._drag_from is not None:
            moved, target = self._drag_from - event.position(), self._target()
            self._drag_from = event.position()
            self.view.move_by(QPointF(moved.x() / target.width(), moved.y() / target.height()))
        else:
            self._draw_to(self._place(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """End the stroke or the move."""
        if event.button() == Qt.MouseButton.MiddleButton:
            self._drag_from = None
        else:
            self.end_stroke()

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer; without the focus the wheel is the page's."""
        if not self.hasFocus():
            event.ignore()
            return
        place, side = self._place(event.position()), len(self.field)
        around = QPointF((place.x() + 0.5) / side, (place.y() + 0.5) / side)
        self.view.zoom_by(event.angleDelta().y() / 120, around)

    def leaveEvent(self, event: QEnterEvent) -> None:  # type: ignore[override]
        """Hide the mark of the brush as the pointer leaves, unless keys move it."""
        if self._erases is None and not self.hasFocus():
            self._pen = None
            self.update()
        super().leaveEvent(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """End a stroke of the keyboard when the focus goes elsewhere."""
        self.end_stroke()
        super().focusOutEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the brush with the arrows, draw with Space, take away with Delete, zoom with + − 0."""
        key = Qt.Key(event.key())
        if key in _ARROWS:
            self._move_pen(key, _STRIDE if event.modifiers() & Qt.KeyboardModifier.ShiftModifier else 1)
        elif key in (Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            if not event.isAutoRepeat():
                self._press(self._pen or self._middle, erases=key != Qt.Key.Key_Space)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Minus):
            self.view.zoom_by(1 if key == Qt.Key.Key_Plus else -1)
        elif key == Qt.Key.Key_0:
            self.view.fit()
        else:
            super().keyPressEvent(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """End a stroke of the keyboard."""
        if event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and not event.isAutoRepeat():
            self.end_stroke()
        super().keyReleaseEvent(event)

    def _move_pen(self, key: Qt.Key, step: int) -> None:
        pen, last = self._pen or self._middle, len(self.field) - 1
        x, y = (value + step * way for value, way in zip((pen.x(), pen.y()), _ARROWS[key], strict=True))
        self._draw_to(QPointF(min(max(round(x), 0), last), min(max(round(y), 0), last)))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the field with single pixels to be seen, the middle, and the brush."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.black)
        target = self._target()
        if self._image is None:
            self._image = draw_light(self.field)
        image = self._instead or self._image
        shrinks = image.width() > target.width() * self.devicePixelRatioF()
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, shrinks or self._instead is not None)
        painter.drawImage(target, image)
        if self._instead is None:
            self._paint_marks(painter, target)
        if self.hasFocus():
            painter.setPen(self.palette().color(self.palette().ColorRole.Highlight))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))

    def _paint_marks(self, painter: QPainter, target: QRectF) -> None:
        """Paint the middle as a cross, the brush as a circle of its size."""
        pixel = target.width() / len(self.field)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(_CROSS, 1))
        middle, arm = target.center(), max(pixel, 5.0)
        for way in (QPointF(arm, 0), QPointF(0, arm)):
            painter.drawLine(middle - way, middle - way * 0.5)
            painter.drawLine(middle + way * 0.5, middle + way)
        if self._pen is not None:
            painter.setPen(QPen(_MARK, 1))
            place = target.topLeft() + (self._pen + QPointF(0.5, 0.5)) * pixel
            radius = max(self.brush_size * pixel / 2, 2.0)
            painter.drawEllipse(place, radius, radius)
