"""The shared view of all canvases: one centre and one zoom for all of them."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPointF, QRectF, QSizeF, Qt, Signal

_MOST_ZOOM = 64.0
"""The largest zoom where nothing else is said; at 1 the whole picture is visible."""

_LEAST_SCALE, _MOST_SCALE = 0.25, 8.0
"""Screen pixels for one pixel of the photo at the smallest and the largest zoom: 25 % and 800 %."""

_MOST_FITS = 4.0
"""The zoom that a photo can have at least, so that one that is smaller than the screen can be looked into, too."""

_STEP = 1.25
"""The factor of one step of the zoom."""

ARROWS = {
    Qt.Key.Key_Left: QPointF(-1, 0),
    Qt.Key.Key_Right: QPointF(1, 0),
    Qt.Key.Key_Up: QPointF(0, -1),
    Qt.Key.Key_Down: QPointF(0, 1),
}
"""The way of each arrow key."""

ARROW_SHARE = 0.1
"""The share of the visible part that an arrow key moves the photo."""


class LinkedView(QObject):
    """The part of the picture that is shown, shared by all canvases.

    Positions are shares of the picture's width and height, so that pictures of different sizes show the same place.

    Attributes:
        centre: The place in the middle of each canvas, in [0, 1]².
        zoom: 1 shows the whole picture; 2 shows half its width and height.

    Signals:
        changed: Centre or zoom is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.centre = QPointF(0.5, 0.5)
        self.zoom = 1.0
        self._least, self._most = 1.0, _MOST_ZOOM

    def set_limits(self, least: float, most: float) -> None:
        """Set the smallest and the largest zoom; `least` is at most 1, so that the whole picture can be seen."""
        self._least, self._most = min(least, 1.0), max(most, 1.0)
        self.set_zoom(self.zoom)

    def fit(self) -> None:
        """Show the whole picture."""
        self._set(QPointF(0.5, 0.5), 1.0)

    def zoom_by(self, steps: float, around: QPointF | None = None) -> None:
        """Zoom in (steps > 0) or out, keeping the place `around` (in [0, 1]²) where it is."""
        self.set_zoom(self.zoom * _STEP**steps, around)

    def set_zoom(self, zoom: float, around: QPointF | None = None) -> None:
        """Zoom, keeping the place `around` (in [0, 1]²) where it is, or else the centre."""
        zoom = min(max(zoom, self._least), self._most)
        around = self.centre if around is None else around
        self._set(around + (self.centre - around) * (self.zoom / zoom), zoom)

    def move_by(self, shift: QPointF) -> None:
        """Move the centre by shares of the picture."""
        self._set(self.centre + shift, self.zoom)

    def look_at(self, centre: QPointF, zoom: float) -> None:
        """Show the place `centre` (in [0, 1]²) in the middle, at `zoom`."""
        self._set(centre, min(max(zoom, self._least), self._most))

    def _set(self, centre: QPointF, zoom: float) -> None:
        reach = min(0.5 / zoom, 0.5)  # further out there is nothing to see
        centre = QPointF(*(min(max(value, reach), 1.0 - reach) for value in (centre.x(), centre.y())))
        if (centre, zoom) != (self.centre, self.zoom):
            self.centre, self.zoom = centre, zoom
            self.changed.emit()


def picture_rectangle(view: LinkedView, picture: QSizeF, canvas: QSizeF) -> QRectF:
    """Return the rectangle of a whole picture on a canvas, in canvas coordinates; it may reach far beyond it."""
    scale = view.zoom * fit_scale(picture, canvas)
    size = picture * scale
    left = _center_axis(canvas.width(), size.width(), view.centre.x())
    top = _center_axis(canvas.height(), size.height(), view.centre.y())
    return QRectF(QPointF(left, top), size)


def fit_scale(picture: QSizeF, canvas: QSizeF) -> float:
    """Return how large a picture is painted that just fits into a canvas, as a factor of its own size."""
    return min(canvas.width() / picture.width(), canvas.height() / picture.height())


def zoom_limits(fit: float) -> tuple[float, float]:
    """Return the smallest and the largest zoom of a photo that fits at `fit` screen pixels for one of its own."""
    return min(_LEAST_SCALE / fit, 1.0), max(_MOST_SCALE / fit, _MOST_FITS)


def _center_axis(canvas: float, picture: float, centre: float) -> float:
    """Return the start of a picture along one axis: centred while it fits, else by the view's centre, without gaps."""
    if picture <= canvas:
        return (canvas - picture) / 2
    return min(max(canvas / 2 - centre * picture, canvas - picture), 0.0)
