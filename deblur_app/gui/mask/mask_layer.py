"""A layer over the large canvas: it shows the mask, and lets the user paint it."""

from __future__ import annotations

import functools
from enum import Enum
from typing import TYPE_CHECKING

import numpy as np
import qimage2ndarray
from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal, Slot
from PySide6.QtGui import QColor, QImage, QKeyEvent, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from deblur_app.engine.masks.drawing import Box
from deblur_app.gui import theme

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QPaintEvent

    from deblur_app.gui.mask.mask_editor import MaskEditor
    from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas

_OPACITY = 0.5
"""Of the colour over a photo where the mask is full."""

_STEP = 5
"""Of the size of the brush, of 100, by a key."""

_LEAST = 4.0
"""A gradient or a rectangle of fewer screen pixels was a click."""


class Tool(Enum):
    """The tool that the left button of the mouse has on the canvas."""

    MOVE = 0
    BRUSH = 1
    GRADIENT = 2
    SUBJECT = 3


@functools.cache
def _make_colours() -> NDArray[np.uint32]:
    """Return the colour of each weight from 0 to 255, as QImage has it: blue, green, red and opacity."""
    colour = np.array((*reversed(_read_colour(theme.MASK)), 255))
    values = (np.arange(256)[:, np.newaxis] * (colour * _OPACITY / 255) + 0.5).astype(np.uint8)
    return values.view(np.uint32)[:, 0]


def _read_colour(name: str) -> tuple[int, int, int]:
    colour = QColor(name)
    return colour.red(), colour.green(), colour.blue()


class MaskLayer(QWidget):
    """The layer of a canvas.

    Attributes:
        tool: The tool.

    Signals:
        tool_wanted: Another tool was asked for, by Esc.
        shown_changed: Whether the mask is shown over the photo.
        size_wanted: How much larger the brush shall be.
    """

    tool_wanted = Signal(object)
    shown_changed = Signal(bool)
    size_wanted = Signal(int)

    def __init__(self, canvas: CompareCanvas, editor: MaskEditor) -> None:
        super().__init__(canvas)
        self._canvas, self._editor = canvas, editor
        self.tool = Tool.MOVE
        self._is_shown = False
        self._image: QImage | None = None
        self._from: QPointF | None = None  # where a drag began, in shares
        self._pointer: QPointF | None = None
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        canvas.installEventFilter(self)
        canvas.view.changed.connect(self.update)
        editor.drawn.connect(self._colour)
        self.resize(canvas.size())
        self.show()

    def choose(self, tool: Tool) -> None:
        """Take another tool; one that paints shows the mask."""
        self.tool = tool
        self._editor.cancel()
        self._from = None
        if tool is Tool.MOVE:
            self._canvas.unsetCursor()
        else:
            self._canvas.setCursor(Qt.CursorShape.CrossCursor)
            self.set_shown(True)
        self.update()

    @property
    def is_shown(self) -> bool:
        """True if the mask is shown over the photo."""
        return self._is_shown

    def set_shown(self, shown: bool) -> None:
        """Show the mask over the photo, or not."""
        if shown != self._is_shown:
            self._is_shown = shown
            self._colour(QRectF(0, 0, 1, 1))
            self.shown_changed.emit(shown)

    # --- painting ---------------------------------------------------------------------------------------------------

    @Slot(QRectF)
    def _colour(self, part: QRectF) -> None:
        """Colour a part of the image of the mask anew."""
        columns, rows = self._editor.size
        if not (self._is_shown and columns):
            self._image = None
        else:
            if self._image is None or (self._image.width(), self._image.height()) != (columns, rows):
                self._image = QImage(columns, rows, QImage.Format.Format_ARGB32_Premultiplied)
                part = QRectF(0, 0, 1, 1)
            left, top = int(part.left() * columns), int(part.top() * rows)
            box = Box(left, top, min(round(part.right() * columns) + 1, columns),
                      min(round(part.bottom() * rows) + 1, rows))  # fmt: skip
            weights = self._editor.read_weights(box)
            pixels = qimage2ndarray.byte_view(self._image, byteorder="little").view(np.uint32)[..., 0]
            pixels[box.slices] = np.take(_make_colours(), weights)
        if self._canvas.image is None or part.contains(QRectF(0, 0, 1, 1)):
            self.update()
        else:
            for rectangle in self._canvas.find_rectangles(part):
                self.update(rectangle)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the mask, and what is being drawn."""
        canvas = self._canvas
        if canvas.image is None or canvas.holds_original:
            return
        painter = QPainter(self)
        if self._image:
            painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
            for port in canvas.viewports():
                painter.setClipRect(port.clip)
                self._paint_mask(painter, canvas.target(port.frame), port.clip)
            painter.setClipping(False)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for colour, width in ((QColor(Qt.GlobalColor.black), 3), (QColor(theme.MARK), 1)):
            painter.setPen(QPen(colour, width))
            self._paint_tool(painter)

    def _paint_mask(self, painter: QPainter, target: QRectF, clip: QRectF) -> None:
        """Paint what is visible of the mask, from the cells that are needed for it."""
        if self._image is None:
            return
        seen = target.intersected(clip)
        across, down = self._image.width() / target.width(), self._image.height() / target.height()
        source = QRectF(
            (seen.left() - target.left()) * across,
            (seen.top() - target.top()) * down,
            seen.width() * across,
            seen.height() * down,
        )
        painter.drawImage(seen, self._image, source)

    def _paint_tool(self, painter: QPainter) -> None:
        if self._pointer is None:
            return
        if self.tool is Tool.BRUSH:
            radius = self._radius()
            painter.drawEllipse(self._pointer, radius, radius)
            if self._editor.brush.hardness < 1:
                painter.drawEllipse(self._pointer, *[radius * self._editor.brush.hardness] * 2)
        elif self._from is not None and self.tool is Tool.GRADIENT:
            painter.drawLine(self._point_of(self._from), self._pointer)
            painter.drawEllipse(self._point_of(self._from), 4.0, 4.0)
        elif self._from is not None and self.tool is Tool.SUBJECT:
            painter.drawRect(QRectF(self._point_of(self._from), self._pointer).normalized())

    def _point_of(self, place: QPointF) -> QPointF:
        """Return the point of the canvas at a place in shares of the photo, in the part of it where the pointer is."""
        frame = next(
            (p.frame for p in self._canvas.viewports() if self._pointer and p.clip.contains(self._pointer)), None
        )
        target = self._canvas.target(frame)
        return QPointF(target.left() + place.x() * target.width(), target.top() + place.y() * target.height())

    # --- what the user does -----------------------------------------------------------------------------------------

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what paints, while there is a tool that does; all else stays the canvas's."""
        if event.type() == QEvent.Type.Resize:
            self.resize(self._canvas.size())
        elif event.type() == QEvent.Type.Leave:
            self._pointer = None
            self.update()
        elif isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and not event.modifiers():
            return self._take_key(event)
        elif isinstance(event, QMouseEvent) and self.tool is not Tool.MOVE and self._canvas.image is not None:
            return self._take_mouse(event)
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if event.key() == Qt.Key.Key_O:
            self.set_shown(not self._is_shown)
        elif self.tool is Tool.MOVE:
            return False
        elif event.key() == Qt.Key.Key_Escape:
            if self._from is not None:
                self._from = None
                self._editor.cancel()
                self.update()
            else:
                self.tool_wanted.emit(Tool.MOVE)
        elif event.text() in ("[", "]") and self.tool is Tool.BRUSH:
            self.size_wanted.emit(_STEP if event.text() == "]" else -_STEP)
        else:
            return False
        return True

    def _take_mouse(self, event: QMouseEvent) -> bool:
        """Paint with the left button; the middle one, and the left one with the key of the original, move the photo."""
        kind = event.type()
        self._move_pointer(event.position())
        if kind == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            if self._canvas.holds_original or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                return False
            self._canvas.setFocus()
            self._begin(self._canvas.place(event.position()))
        elif kind == QEvent.Type.MouseMove and self._from is not None:
            self._go_on(self._canvas.place(event.position()))
        elif kind == QEvent.Type.MouseButtonRelease and self._from is not None:
            self._end(self._canvas.place(event.position()))
        else:
            return kind == QEvent.Type.MouseButtonDblClick
        return True

    def _move_pointer(self, point: QPointF) -> None:
        """Paint what follows the pointer at another point: the brush, or what is being dragged."""
        radius = 0.0 if self.tool is not Tool.BRUSH else self._radius() + 3
        for centre in filter(None, (self._pointer, point)):
            self.update(QRectF(centre.x() - radius, centre.y() - radius, 2 * radius, 2 * radius).toAlignedRect())
        self._pointer = point
        if self.tool is not Tool.BRUSH:
            self.update()

    def _radius(self) -> float:
        """Return the radius of the brush in points of the canvas."""
        target = self._canvas.target()
        return self._editor.brush.radius * max(target.width(), target.height())

    def _begin(self, place: QPointF) -> None:
        self._from = place
        if self.tool is Tool.BRUSH:
            self._editor.begin_stroke(place.toTuple())

    def _go_on(self, place: QPointF) -> None:
        if self._from is None:
            return
        if self.tool is Tool.BRUSH:
            self._editor.extend_stroke(place.toTuple())
        elif self.tool is Tool.GRADIENT and self._is_drag():
            self._editor.stretch_gradient(self._from.toTuple(), place.toTuple())

    def _end(self, place: QPointF) -> None:
        begin, is_drag, self._from = self._from, self._is_drag(), None
        if begin is None:
            return
        if self.tool is Tool.BRUSH:
            self._editor.end_stroke()
        elif self.tool is Tool.GRADIENT:
            if is_drag:
                self._editor.end_gradient(begin.toTuple(), place.toTuple())
            else:
                self._editor.cancel()
        elif is_drag:
            self._editor.add_subject(QRectF(begin, place))

    def _is_drag(self) -> bool:
        """Return whether the pointer is away from where the button was pressed."""
        if self._from is None or self._pointer is None:
            return False
        away = self._pointer - self._point_of(self._from)
        return max(abs(away.x()), abs(away.y())) >= _LEAST
