"""The kernels of all regions of a photo as a matrix, each with its confidence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui import theme
from deblur_app.gui.images.kernel_images import draw_kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage, QKeyEvent, QMouseEvent, QPaintEvent

    from deblur_app.blur.kernel_arrays import Kernel

_GAP = 3
"""The gap between two cells, in pixels."""

_CHOSEN = QColor(theme.MARK)
"""The colour of the frame of the chosen cell."""

_ARROWS = {Qt.Key.Key_Left: (0, -1), Qt.Key.Key_Right: (0, 1), Qt.Key.Key_Up: (-1, 0), Qt.Key.Key_Down: (1, 0)}
"""Rows and columns that each arrow key moves the choice."""


class GridView(QWidget):
    """A matrix of kernels; one of them can be taken for the whole photo.

    Attributes:
        cell: Row and column of the cell with the frame.

    Signals:
        cell_chosen: Row and column of the kernel that is to be used for the whole photo.
    """

    cell_chosen = Signal(int, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cell = (0, 0)
        self._images: list[list[QImage]] = []
        self._confidence: Sequence[Sequence[float]] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMinimumSize(160, 160)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setAccessibleName(tr("The kernels of the regions of the photo"))
        self.setToolTip(
            tr(
                "One kernel for each region, with how sure it is. Arrows or a click choose one; Enter or a double "
                "click "
                "take it for the whole photo."
            )
        )

    def show_grid(self, kernels: Sequence[Sequence[Kernel]], confidence: Sequence[Sequence[float]]) -> None:
        """Show rows of kernels with their confidence, at least 0."""
        self._images = [[draw_kernel(kernel) for kernel in row] for row in kernels]
        self._confidence = confidence
        self.cell = (len(kernels) // 2, len(kernels[0]) // 2)
        self._tell()

    def sizeHint(self) -> QSize:
        """Return a square size."""
        return QSize(240, 240)

    def heightForWidth(self, width: int) -> int:
        """Return the height: a square, as long as that leaves room for the rest of the page."""
        return min(width, 320)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose a cell with the arrows, take it with Enter."""
        key = Qt.Key(event.key())
        if not self._images:
            super().keyPressEvent(event)
        elif key in _ARROWS:
            row, column = (place + way for place, way in zip(self.cell, _ARROWS[key], strict=True))
            self._choose(row, column)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.cell_chosen.emit(*self.cell)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the cell under the pointer."""
        if self._images:
            self._choose(*self._cell_at(event.position().toPoint()))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Take the cell under the pointer."""
        if self._images:
            self._choose(*self._cell_at(event.position().toPoint()))
            self.cell_chosen.emit(*self.cell)

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint all kernels, a bar below each for its confidence."""
        painter = QPainter(self)
        if not self._images:
            return
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        for row, images in enumerate(self._images):
            for column, image in enumerate(images):
                self._paint_cell(painter, row, column, image)

    def _paint_cell(self, painter: QPainter, row: int, column: int, image: QImage) -> None:
        place, sure = self._place(row, column), min(self._confidence[row][column], 1.0)
        painter.fillRect(place, Qt.GlobalColor.black)
        side = min(place.width(), place.height())
        square = QRectF(place.center().x() - side / 2, place.center().y() - side / 2, side, side)
        painter.drawImage(square, image)
        painter.setPen(QPen(Qt.GlobalColor.white if sure >= 0.5 else Qt.GlobalColor.lightGray))
        painter.drawText(place.adjusted(3, 0, -3, -1), Qt.AlignmentFlag.AlignBottom, f"{sure:.0%}")
        if (row, column) == self.cell:
            painter.setPen(QPen(_CHOSEN, 2))
            painter.drawRect(place)

    def _place(self, row: int, column: int) -> QRectF:
        width = (self.width() - _GAP) / len(self._images[0]) - _GAP
        height = (self.height() - _GAP) / len(self._images) - _GAP
        return QRectF(_GAP + column * (width + _GAP), _GAP + row * (height + _GAP), width, height)

    def _cell_at(self, point: QPoint) -> tuple[int, int]:
        rows, columns = len(self._images), len(self._images[0])
        return int(point.y() / self.height() * rows), int(point.x() / self.width() * columns)

    def _choose(self, row: int, column: int) -> None:
        self.cell = min(max(row, 0), len(self._images) - 1), min(max(column, 0), len(self._images[0]) - 1)
        self._tell()

    def _tell(self) -> None:
        row, column = self.cell
        sure = min(self._confidence[row][column], 1.0)
        self.setAccessibleDescription(
            tr("Row {row}, column {column}: {sure:.0%} sure", row=row + 1, column=column + 1, sure=sure)
        )
        self.update()
