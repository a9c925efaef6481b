"""Small pictures with a line below each."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt
from PySide6.QtGui import QImage, QPainter, QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_LEAST = 72
"""The least width and height of the picture, in pixels."""


class Tile:
    """A picture as large as there is room, with its title above and a line below, in a grid.

    Titles, pictures and lines of one row of tiles have a row of the grid each, so that the pictures are equally high
    whatever the lines say.

    Attributes:
        title: The title.
        canvas: The picture.
        caption: The line below.
    """

    def __init__(self, title: str) -> None:
        self.title = QLabel(title)
        self.canvas = _Canvas()
        self.canvas.setAccessibleName(title)
        self.caption = QLabel()
        self.caption.setWordWrap(True)
        self.caption.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        for label in (self.title, self.caption):
            label.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def place(self, grid: QGridLayout, row: int, column: int) -> None:
        """Put the tile into a row and a column of tiles of `grid`; all columns are equally wide."""
        for number, widget in enumerate((self.title, self.canvas, self.caption)):
            grid.addWidget(widget, 3 * row + number, column)
        grid.setRowStretch(3 * row + 1, 1)
        grid.setColumnStretch(column, 1)

    def show_image(self, image: QImage | None, caption: str = "") -> None:
        """Show a picture; None for none."""
        self.canvas.image = image or QImage()
        self.canvas.update()
        self.caption.setText(caption)

    def set_visible(self, visible: bool) -> None:
        """Show or hide the tile."""
        for widget in (self.title, self.canvas, self.caption):
            widget.setVisible(visible)

    @property
    def image(self) -> QImage:
        """The image that is shown; a null image for none."""
        return self.canvas.image


def create_tile_grid() -> QGridLayout:
    """Return an empty grid for tiles."""
    grid = QGridLayout()
    grid.setContentsMargins(0, 0, 0, 0)
    grid.setVerticalSpacing(2)
    return grid


class _Canvas(QWidget):
    def __init__(self) -> None:
        super().__init__()
        self.image = QImage()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.setMinimumSize(_LEAST, _LEAST)

    def sizeHint(self) -> QSize:
        return QSize(160, 160)

    def heightForWidth(self, width: int) -> int:
        return min(width, 260)

    def paintEvent(self, _: QPaintEvent) -> None:
        painter = QPainter(self)
        if self.image.isNull():
            painter.setPen(self.palette().color(QPalette.ColorRole.Mid))
            painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
            return
        room, size = QSizeF(self.size()), QSizeF(self.image.size())
        scale = min(room.width() / size.width(), room.height() / size.height())
        size_on_screen = size * scale
        corner = QPointF((room.width() - size_on_screen.width()) / 2, (room.height() - size_on_screen.height()) / 2)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, scale < 4)
        painter.drawImage(QRectF(corner, size_on_screen), self.image)
