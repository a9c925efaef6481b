"""A rectangle on a canvas that selects a part of the photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from deblur_app.gui import theme
from deblur_app.gui.viewer.compare.painting import place_rectangle
from deblur_app.gui.viewer.view import ARROWS

if TYPE_CHECKING:
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent

    from deblur_app.gui.viewer.canvas import Canvas
    from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas

_LEAST = 4.0
"""A rectangle of fewer screen pixels a side was a click."""

_STEP = 0.02
"""The share of the picture's width or height that an arrow key moves the selection at zoom 1."""

_HANDLE = 8.0
"""Screen pixels beside a side or a corner in which it is taken hold of."""

_SIDES = ("Left", "Right"), ("Top", "Bottom")


class Selection(QWidget):
    """A layer over a canvas that lets all events through but a drag with Shift, or any drag while it is armed.

    Sides and corners of the rectangle are dragged with the mouse, and it is moved by the handle in its middle. While it
    is hidden it takes nothing. By keyboard, with the canvas in focus: Shift and an arrow make and move the
    rectangle, Ctrl and an arrow change its size, Esc takes it away.

    Attributes:
        rectangle: The part, in shares of the picture's width and height; None for the whole picture.

    Signals:
        changed: The rectangle is another, or there is none any more, or a drag has ended.
    """

    changed = Signal()

    def __init__(self, canvas: Canvas | CompareCanvas) -> None:
        super().__init__(canvas)
        self.rectangle: QRectF | None = None
        self._canvas = canvas
        self._from: QPointF | None = None
        self._held: tuple[str, ...] = ()  # the sides that are dragged
        self._is_armed = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.installEventFilter(self)
        canvas.view.changed.connect(self.update)
        self.resize(canvas.size())
        self.show()
        self.raise_()

    @property
    def is_armed(self) -> bool:
        """True if the next drag selects without Shift."""
        return self._is_armed

    def arm(self, armed: bool) -> None:
        """Let the next drag select without Shift, or not."""
        self._is_armed = armed
        if armed:
            self._canvas.setCursor(Qt.CursorShape.CrossCursor)
        else:
            self._canvas.unsetCursor()

    def select(self, rectangle: QRectF | None) -> None:
        """Select a part, cut to the picture; None selects the whole picture."""
        if rectangle is not None:
            rectangle = rectangle.normalized().intersected(QRectF(0, 0, 1, 1))
            if rectangle.isEmpty():
                rectangle = None
        if rectangle != self.rectangle:
            self.rectangle = rectangle
            self.changed.emit()
        self.update()

    def pixels(self) -> tuple[int, int, int, int] | None:
        """Return left, top, width and height in pixels of the picture; None for the whole picture."""
        image = self._canvas.image
        if self.rectangle is None or image is None:
            return None
        left, right = (round(x * image.width()) for x in (self.rectangle.left(), self.rectangle.right()))
        top, bottom = (round(y * image.height()) for y in (self.rectangle.top(), self.rectangle.bottom()))
        return left, top, max(right - left, 1), max(bottom - top, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take the drags and keys that select; all others stay the canvas's."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._canvas.size())
        elif not self.isVisible():
            return False
        elif isinstance(event, QMouseEvent) and self._canvas.image is not None:
            return self._take_mouse(event)
        elif event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and self._canvas.image is not None:
            return self._take_key(event)
        return super().eventFilter(watched, event)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the rectangle."""
        if self.rectangle is None or self._canvas.image is None:
            return
        target = self._canvas.target()
        place = place_rectangle(target, self.rectangle)
        painter = QPainter(self)
        painter.setPen(QPen(Qt.GlobalColor.black, 3))
        painter.drawRect(place)
        painter.setPen(QPen(QColor(theme.MARK), 1, Qt.PenStyle.DashLine))
        painter.drawRect(place)
        painter.setPen(QPen(Qt.GlobalColor.black, 1))
        painter.setBrush(QColor(theme.MARK))
        middle, half = place.center(), _HANDLE / 2
        for x in (place.left(), middle.x(), place.right()):
            for y in (place.top(), middle.y(), place.bottom()):
                if (x, y) != (middle.x(), middle.y()):
                    painter.drawRect(QRectF(x - half, y - half, _HANDLE, _HANDLE))
        painter.setBrush(Qt.BrushStyle.NoBrush)  # the photo is seen through the handle in the middle
        for colour, width in ((QColor(Qt.GlobalColor.black), 3), (QColor(theme.MARK), 1)):
            painter.setPen(QPen(colour, width))
            painter.drawEllipse(middle, half, half)

    def _take_mouse(self, event: QMouseEvent) -> bool:
        kind, place = event.type(), self._canvas.place(event.position())
        shift = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._held = () if shift or self._is_armed else self._sides_at(event.position())
            if not (shift or self._is_armed or self._held):
                return False
            self._from = place
            if not self._held:
                self.select(None)
        elif kind == QEvent.Type.MouseMove and self._from is not None:
            self._follow(place)
        elif kind == QEvent.Type.MouseButtonRelease and self._from is not None:
            self._follow(place)
            self._from = None
            self.arm(False)
            self.changed.emit()  # also where nothing was selected: it is not armed any more
        else:
            return False
        return True

    def _sides_at(self, point: QPointF) -> tuple[str, ...]:
        """Return the sides whose handle is at a point: one, two at a corner, all in the middle, none elsewhere."""
        if self.rectangle is None:
            return ()
        target, held = self._canvas.target(), []
        for (first, last), start, length, value, low, high in (
            (_SIDES[0], target.left(), target.width(), point.x(), self.rectangle.left(), self.rectangle.right()),
            (_SIDES[1], target.top(), target.height(), point.y(), self.rectangle.top(), self.rectangle.bottom()),
        ):
            places = {first: start + low * length, last: start + high * length, "": start + (low + high) / 2 * length}
            near = [side for side, where in places.items() if abs(value - where) <= _HANDLE]
            if not near:
                return ()
            held.append(near[0])
        return tuple(side for side in held if side) or tuple(side for pair in _SIDES for side in pair)

    def _follow(self, place: QPointF) -> None:
        """Draw the rectangle to a place, or drag its sides or all of it there."""
        if not self._held or self._from is None or self.rectangle is None:
            self._stretch(place)
            return
        box, moved, self._from = QRectF(self.rectangle), place - self._from, place
        if len(self._held) == 4:
            self.select(_within(box.translated(moved)))
            return
        for side in self._held:
            shift = moved.x() if side in _SIDES[0] else moved.y()
            getattr(box, f"set{side}")(getattr(box, side.lower())() + shift)
        if min(box.width(), box.height()) > 0:
            self.select(box)

    def _stretch(self, place: QPointF) -> None:
        if self._from is None:
            return
        target, drawn = self._canvas.target(), QRectF(self._from, place).normalized()
        is_click = min(drawn.width() * target.width(), drawn.height() * target.height()) < _LEAST
        self.select(None if is_click else drawn)

    def _take_key(self, event: QKeyEvent) -> bool:
        key, keys = Qt.Key(event.key()), event.modifiers()
        shift = bool(keys & Qt.KeyboardModifier.ShiftModifier)
        control = bool(keys & Qt.KeyboardModifier.ControlModifier)
        if key == Qt.Key.Key_Escape and (self.rectangle is not None or self._is_armed):
            self.arm(False)
            self.select(None)
            return True
        if key not in ARROWS or not (shift or control):
            return False
        view = self._canvas.view
        if self.rectangle is None:
            side = 0.5 / view.zoom
            self.select(QRectF(view.centre.x() - side / 2, view.centre.y() - side / 2, side, side))
            return True
        step = ARROWS[key] * (_STEP / view.zoom)
        box = QRectF(self.rectangle)
        if shift:
            box = _within(box.translated(step))
        else:
            box.setBottomRight(box.bottomRight() + step)
        if min(box.width(), box.height()) > 0:
            self.select(box)
        return True


def _within(box: QRectF) -> QRectF:
    """Return a rectangle moved into the picture."""
    box.moveLeft(min(max(box.left(), 0.0), 1.0 - box.width()))
    box.moveTop(min(max(box.top(), 0.0), 1.0 - box.height()))
    return box
