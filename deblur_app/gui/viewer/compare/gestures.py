"""Gestures on the large canvas: wheel, pinch, drag, double click, keys."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QNativeGestureEvent, QWheelEvent

from deblur_app.gui.viewer.compare.chips import divider_line
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.view import ARROW_SHARE, ARROWS

if TYPE_CHECKING:
    from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas

_STEP = 1.25
"""The factor of one notch of the wheel, and of one press of a key."""

_REACH = 8.0
"""Points beside the divider in which it is taken hold of."""

_DIVIDER_STEP = 0.02
"""The share of the canvas that a key moves the divider."""

_ORIGINAL_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Backslash)


class Gestures(QObject):
    """A filter of the canvas's events, which moves, zooms and compares.

    Signals:
        mode_wanted: Compare in this way.
        pixel_hovered: The `PixelReading` below the pointer; None beside the photo.
        neighbour_wanted: The photo before (-1) or after (1) is wanted: an arrow key, where there is nothing to move.
    """

    neighbour_wanted = Signal(int)
    mode_wanted = Signal(object)
    pixel_hovered = Signal(object)

    def __init__(self, canvas: CompareCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self._drag_from: QPointF | None = None
        self._drags_divider = False
        canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take what the user does with a photo; all else stays the canvas's."""
        if not self._canvas.original:
            return super().eventFilter(watched, event)
        if isinstance(event, QWheelEvent):
            return self._take_wheel(event)
        if isinstance(event, QNativeGestureEvent):
            return self._take_pinch(event)
        if isinstance(event, QMouseEvent):
            return self._take_mouse(event)
        if isinstance(event, QKeyEvent) and event.type() in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            return self._take_key(event)
        if event.type() == QEvent.Type.Leave:
            self.pixel_hovered.emit(None)
        elif event.type() == QEvent.Type.FocusOut:
            self._canvas.hold_original(held=False)
        return super().eventFilter(watched, event)

    # --- zoom -------------------------------------------------------------------------------------------------------

    def _take_wheel(self, event: QWheelEvent) -> bool:
        if event.angleDelta().y():
            self._zoom(_STEP ** (event.angleDelta().y() / 120), event.position())
        return True

    def _take_pinch(self, event: QNativeGestureEvent) -> bool:
        if event.gestureType() != Qt.NativeGestureType.ZoomNativeGesture:
            return False
        self._zoom(1.0 + event.value(), event.position())
        return True

    def _zoom(self, factor: float, around: QPointF | None = None) -> None:
        self._canvas.set_scale(self._canvas.scale() * factor, around)

    # --- mouse ------------------------------------------------------------------------------------------------------

    def _take_mouse(self, event: QMouseEvent) -> bool:
        kind, point = event.type(), event.position()
        is_left = event.button() in (Qt.MouseButton.LeftButton, Qt.MouseButton.MiddleButton)
        if kind == QEvent.Type.MouseButtonPress and is_left:
            self._drag_from, self._drags_divider = point, self._is_on_divider(point)
            if not self._drags_divider:
                self._canvas.setCursor(Qt.CursorShape.ClosedHandCursor)
        elif kind == QEvent.Type.MouseMove:
            self._drag(point)
            self.pixel_hovered.emit(self._canvas.read_pixel(point))
        elif kind == QEvent.Type.MouseButtonRelease and self._drag_from is not None:
            self._drag_from = None
            self._show_cursor(point)
        elif kind == QEvent.Type.MouseButtonDblClick and is_left:
            self._zoom_to_pixels(point)
        else:
            return False
        return True

    def _drag(self, point: QPointF) -> None:
        if self._drag_from is None:
            self._show_cursor(point)
        elif self._drags_divider:
            self._place_divider(point)
        else:
            target, moved = self._canvas.target(), self._drag_from - point
            self._drag_from = point
            self._canvas.view.move_by(QPointF(moved.x() / target.width(), moved.y() / target.height()))

    def _zoom_to_pixels(self, point: QPointF) -> None:
        """Show the photo at 100 % around the pointer, or the whole of it where that is so already."""
        if abs(self._canvas.scale() - 1.0) > 0.01:
            self._canvas.set_scale(1.0, point)
        else:
            self._canvas.fit()

    def _is_on_divider(self, point: QPointF) -> bool:
        canvas = self._canvas
        if canvas.mode != CompareMode.SPLIT or not canvas.result:
            return False
        start, _ = divider_line(canvas.divider, QRectF(canvas.rect()))
        away = point.x() - start.x() if canvas.divider.is_vertical else point.y() - start.y()
        return abs(away) <= _REACH

    def _place_divider(self, point: QPointF) -> None:
        canvas = self._canvas
        share = point.x() / canvas.width() if canvas.divider.is_vertical else point.y() / canvas.height()
        canvas.set_divider(replace(canvas.divider, share=share))

    def _show_cursor(self, point: QPointF) -> None:
        if self._is_on_divider(point):
            vertical = self._canvas.divider.is_vertical
            self._canvas.setCursor(Qt.CursorShape.SplitHCursor if vertical else Qt.CursorShape.SplitVCursor)
        elif self._canvas.cursor().shape() != Qt.CursorShape.CrossCursor:  # that of a selection
            self._canvas.unsetCursor()

    # --- keys -------------------------------------------------------------------------------------------------------

    def _take_key(self, event: QKeyEvent) -> bool:
        key = Qt.Key(event.key())
        if key in _ORIGINAL_KEYS:
            if not event.isAutoRepeat():
                self._canvas.hold_original(held=event.type() == QEvent.Type.KeyPress)
            return True
        if event.type() != QEvent.Type.KeyPress:
            return False
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        mode = next((mode for mode in CompareMode if mode.key == event.text()), None)
        if mode and not control:
            self.mode_wanted.emit(mode)
        elif key in ARROWS and event.modifiers() & Qt.KeyboardModifier.AltModifier:
            self._move_divider(ARROWS[key])
        elif key in ARROWS and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self._take_arrow(ARROWS[key])
        elif event.text() in ("+", "=") and not control:
            self._zoom(_STEP)
        elif event.text() == "-" and not control:
            self._zoom(1 / _STEP)
        else:
            return self._take_gain(event.text())
        return True

    def _take_arrow(self, way: QPointF) -> None:
        """Move a photo that is larger than the canvas; where all of it shows, go to the one beside it."""
        zoom = self._canvas.view.zoom
        if zoom > 1.0:
            self._canvas.view.move_by(way * (ARROW_SHARE / zoom))
        elif way.x():
            self.neighbour_wanted.emit(int(way.x()))

    def _take_gain(self, text: str) -> bool:
        """Amplify a difference more or less by “]” and “[”."""
        if text not in ("[", "]") or self._canvas.mode != CompareMode.DIFFERENCE:
            return False
        self._canvas.set_gain(self._canvas.gain * (2.0 if text == "]" else 0.5))
        return True

    def _move_divider(self, way: QPointF) -> None:
        step = (way.x() if self._canvas.divider.is_vertical else way.y()) * _DIVIDER_STEP
        self._canvas.set_divider(replace(self._canvas.divider, share=self._canvas.divider.share + step))
