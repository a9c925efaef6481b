"""The brush of the blur map: strokes over what moves by itself, and over what stands still."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPen

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui import theme
from deblur_app.gui.widgets.segmented import SegmentedControl

if TYPE_CHECKING:
    from deblur_app.engine.masks.mask import Stroke
    from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas

RADIUS = 0.03
"""Radius of the brush, in shares of the photo's longer side: half of a head in a group."""

_STROKE = 110
"""Opacity of a stroke, of 255."""


class MapBrush(Enum):
    """What the left button does on the map."""

    LOOK = 0
    MOVES = 1
    STAYS = 2


_BRUSHES = (
    (MapBrush.LOOK, tr_later("Look"), "hand", tr_later("Click a place to enlarge its blur")),
    (
        MapBrush.MOVES,
        tr_later("Moves"),
        "brush",
        tr_later("Paint over what moved by itself: it is restored without the blur of the camera"),
    ),
    (
        MapBrush.STAYS,
        tr_later("Stays"),
        "brush",
        tr_later("Paint over what stood still: the blur of the camera is removed there"),
    ),
)


class MapBrushes(SegmentedControl):
    """The choice of the brush, over the canvas.

    Attributes:
        brush: The brush.

    Signals:
        stroked: A stroke has been painted: a `Stroke`, and whether what it covers moves.
        painted: A stroke that is being painted is longer.
    """

    stroked = Signal(object, bool)
    painted = Signal()

    def __init__(self, canvas: CompareCanvas) -> None:
        super().__init__(tr("Brush of the blur map"), canvas)
        self._canvas = canvas
        self.brush = MapBrush.LOOK
        self._points: list[QPointF] = []  # in shares of the photo
        for _, text, icon, tip in _BRUSHES:
            self.add(tr(text), icon, tr(tip))
        self.choose(0)
        self.setAutoFillBackground(True)
        self.chosen.connect(self._take)
        self.adjustSize()
        self.hide()

    def leave(self) -> None:
        """Go back to looking."""
        self._points = []
        self.choose(MapBrush.LOOK.value)
        self._take(MapBrush.LOOK.value)

    def take_event(self, event: QEvent) -> bool:
        """Paint, where a brush is chosen and the event is of the pointer; return whether it was taken."""
        if self.brush is MapBrush.LOOK:
            return False
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() == Qt.Key.Key_Escape:
            self.leave()
            return True
        if not isinstance(event, QMouseEvent) or event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
            return False
        place = self._canvas.place(event.position())
        if event.type() == QEvent.Type.MouseButtonPress and event.button() == Qt.MouseButton.LeftButton:
            self._points = [place]
        elif event.type() == QEvent.Type.MouseMove and self._points:
            self._points.append(place)
        elif event.type() == QEvent.Type.MouseButtonRelease and self._points:
            self._end()
        else:
            return event.type() == QEvent.Type.MouseButtonDblClick
        self.painted.emit()
        return True

    def paint(self, painter: QPainter) -> None:
        """Paint the stroke that is being drawn."""
        if not self._points:
            return
        target = self._canvas.target()
        colour = QColor(theme.MASK if self.brush is MapBrush.MOVES else theme.SECOND_MARK)
        colour.setAlpha(_STROKE)
        width = 2 * RADIUS * max(target.width(), target.height())
        painter.setPen(QPen(colour, width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin))
        points = [
            QPointF(target.left() + place.x() * target.width(), target.top() + place.y() * target.height())
            for place in self._points
        ]
        painter.drawPolyline(points if len(points) > 1 else points * 2)

    def _end(self) -> None:
        from deblur_app.engine.masks.mask import MOST_POINTS, round_place

        points, self._points = self._points, []
        step = -(-len(points) // MOST_POINTS)
        places = tuple(round_place(*place.toTuple()) for place in points[::step])
        self.stroked.emit(_make_stroke(places), self.brush is MapBrush.MOVES)

    def _take(self, number: int) -> None:
        self.brush = MapBrush(number)
        if self.brush is MapBrush.LOOK:
            self._canvas.unsetCursor()
        else:
            self._canvas.setCursor(Qt.CursorShape.CrossCursor)


def _make_stroke(places: tuple[tuple[float, float], ...]) -> Stroke:
    from deblur_app.engine.masks.mask import Stroke

    return Stroke(places, RADIUS)
