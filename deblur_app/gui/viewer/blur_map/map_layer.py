"""The blur map as a layer over the canvas: small kernels on a grid, one of them large, and how far its estimate is."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Slot
from PySide6.QtGui import QColor, QImage, QMouseEvent, QPainter, QPen
from PySide6.QtWidgets import QWidget

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui import theme
from deblur_app.gui.viewer.blur_map.map_brush import MapBrush, MapBrushes
from deblur_app.gui.viewer.blur_map.map_cells import paint_cell, paint_trust

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtCore import QObject
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

    from deblur_app.gui.viewer.blur_map.map_cells import BlurMap, MapCell
    from deblur_app.gui.viewer.compare.compare_canvas import CompareCanvas

_FILL = 0.85
"""Share of its cell that the largest kernel of the map fills."""

_LARGE = 168
"""Points of the side of the enlarged kernel."""

_SHADE, _PANEL = QColor(0, 0, 0, 110), QColor(20, 20, 20, 230)
_WORDS = QColor("#e6e6e6")

_LEGENDS = {
    MapBrush.LOOK: tr_later("Blue: sure · Orange: unsure · Click a place to enlarge its blur"),
    MapBrush.MOVES: tr_later("Paint over what moved by itself · Esc ends"),
    MapBrush.STAYS: tr_later("Paint over what stood still · Esc ends"),
}

_CLICK = 4
"""Points that the pointer may move between press and release of a click."""


class MapLayer(QWidget):
    """The layer; clicks and drags go on to the canvas below it.

    Attributes:
        blur_map: The map that is shown; None before there is one.
        selected: The cell that is shown large; None for none.
        words: What is said in place of the map, such as how far its estimate is.
        brushes: The brush by which the user marks what moves and what stays.
    """

    def __init__(self, canvas: CompareCanvas) -> None:
        super().__init__(canvas)
        self._canvas = canvas
        self.blur_map: BlurMap | None = None
        self.selected: MapCell | None = None
        self.words = ""
        self._images: list[QImage] = []
        self._marks: QImage | None = None
        self._pressed = QPointF()
        self.brushes = MapBrushes(canvas)
        self.brushes.painted.connect(self.update)
        self.brushes.chosen.connect(self._change_brush)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAccessibleName(tr("Blur map"))
        canvas.installEventFilter(self)
        canvas.view.changed.connect(self.update)
        self.hide()

    def show_map(self, blur_map: BlurMap | None, *, can_mark: bool = False) -> None:
        """Show a map, or none; where places can be marked on it, with the brushes."""
        self.blur_map, self.selected = blur_map, None
        self._images = [_as_image(paint_cell(cell)) for cell in blur_map.cells] if blur_map else []
        self._marks = _paint_marks(blur_map) if blur_map else None
        if not (blur_map and can_mark):
            self.brushes.leave()
        self.brushes.setVisible(bool(blur_map) and can_mark)
        self.brushes.raise_()
        self.say(tr(_LEGENDS[self.brushes.brush]) if blur_map else "")

    def say(self, words: str) -> None:
        """Say something over the photo; "" for nothing."""
        self.words = words
        self.setAccessibleDescription(self.selected.label if self.selected else words)
        self.update()

    def select(self, point: QPointF) -> None:
        """Show the kernel at a point of the canvas large, or none where it is beside the photo or shown already."""
        place = self._canvas.place(point)
        is_inside = 0 <= place.x() < 1 and 0 <= place.y() < 1
        cell = self.blur_map.cell_at(place.x(), place.y()) if self.blur_map and is_inside else None
        self.selected = None if cell is self.selected else cell
        self.say(self.words)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover the canvas, and take clicks on the photo, which stay the canvas's."""
        if event.type() == QEvent.Type.Resize:
            self.setGeometry(self._canvas.rect())
            self._place_brushes()
        elif self.isVisible() and self._canvas.original and self.brushes.take_event(event):
            return True
        elif isinstance(event, QMouseEvent) and self.isVisible() and event.button() == Qt.MouseButton.LeftButton:
            if event.type() == QEvent.Type.MouseButtonPress:
                self._pressed = event.position()
            elif event.type() == QEvent.Type.MouseButtonRelease:
                moved = event.position() - self._pressed
                if abs(moved.x()) + abs(moved.y()) <= _CLICK and self._canvas.original:
                    self.select(event.position())
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        """Show the brushes above the map."""
        super().showEvent(event)
        self._place_brushes()
        self.brushes.raise_()

    def hideEvent(self, event: QHideEvent) -> None:
        """Leave the brushes with the map."""
        super().hideEvent(event)
        self.brushes.leave()
        self.brushes.hide()

    def _place_brushes(self) -> None:
        self.brushes.adjustSize()
        self.brushes.move((self._canvas.width() - self.brushes.width()) // 2, 2 * theme.SPACE)
        self.brushes.raise_()

    @Slot(int)
    def _change_brush(self) -> None:
        self.selected = None
        self.say(tr(_LEGENDS[self.brushes.brush]))

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002
        """Paint the map, the chosen kernel, and words."""
        if not self._canvas.original:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        if self.blur_map:
            self._paint_map(painter, self.blur_map)
        self.brushes.paint(painter)
        if self.selected:
            self._paint_selected(painter, self.selected)
        if self.words:
            self._paint_words(painter)

    def _paint_map(self, painter: QPainter, blur_map: BlurMap) -> None:
        target = self._canvas.target()
        painter.setClipRect(target.intersected(QRectF(self.rect())))
        painter.fillRect(target, _SHADE)
        if self._marks:
            painter.drawImage(target, self._marks)
        wide, tall = target.width() / blur_map.columns, target.height() / blur_map.rows
        scale = _FILL * min(wide, tall) / max(image.width() for image in self._images)
        for cell, image in zip(blur_map.cells, self._images, strict=True):
            centre = QPointF(target.left() + cell.x * target.width(), target.top() + cell.y * target.height())
            painter.drawImage(_around(centre, image.width() * scale), image)
            if cell is self.selected:
                painter.setPen(QPen(QColor(theme.MARK), 2))
                painter.drawRect(QRectF(centre - QPointF(wide, tall) / 2, centre + QPointF(wide, tall) / 2))
        painter.setClipping(False)

    def _paint_selected(self, painter: QPainter, cell: MapCell) -> None:
        line, gap = self.fontMetrics().height(), theme.SPACE
        panel = QRectF(2 * gap, 2 * gap, _LARGE + 2 * gap, _LARGE + line + 3 * gap)
        painter.fillRect(panel, _PANEL)
        image = _as_image(paint_cell(cell))
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, on=False)
        painter.drawImage(QRectF(panel.left() + gap, panel.top() + gap, _LARGE, _LARGE), image)
        painter.setPen(_WORDS)
        words = QRectF(panel.left() + gap, panel.bottom() - line - gap, _LARGE, line)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, cell.label)

    def _paint_words(self, painter: QPainter) -> None:
        line, gap = self.fontMetrics().height(), theme.SPACE
        width = self.fontMetrics().horizontalAdvance(self.words) + 4 * gap
        box = QRectF((self.width() - width) / 2, self.height() - line - 5 * gap, width, line + 2 * gap)
        painter.fillRect(box, _PANEL)
        painter.setPen(_WORDS)
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, self.words)


def _around(centre: QPointF, side: float) -> QRectF:
    return QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)


def _paint_marks(blur_map: BlurMap) -> QImage | None:
    """Return what is marked as moving, for the whole photo; None where nothing is."""
    if blur_map.trust is None:
        return None
    colour = QColor(theme.MASK)
    return _as_image(paint_trust(blur_map.trust, (colour.red(), colour.green(), colour.blue())))


def _as_image(values: NDArray[np.uint8]) -> QImage:
    height, width = values.shape[:2]
    return QImage(values.tobytes(), width, height, 4 * width, QImage.Format.Format_RGBA8888).copy()
