"""The contact sheet: one part of the photo as every suitable method restores it; the user chooses the best."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui import theme
from deblur_app.gui.contact_sheet.sheet_cell import SheetCell

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QImage, QResizeEvent

    from deblur_app.gui.contact_sheet.sheet_steps import CellDone

_COLUMNS = 3
"""Pictures beside each other."""

_ARROW_STEP = 60.0
"""Points that an arrow key moves the part."""

_ARROWS = {
    Qt.Key.Key_Left: QPointF(_ARROW_STEP, 0),
    Qt.Key.Key_Right: QPointF(-_ARROW_STEP, 0),
    Qt.Key.Key_Up: QPointF(0, _ARROW_STEP),
    Qt.Key.Key_Down: QPointF(0, -_ARROW_STEP),
}


class ContactSheet(QWidget):
    """The pictures in a grid, the photo as it is first. The keys 1 to 9 or a click choose a method, Esc closes.

    Attributes:
        cells: The pictures, that of the photo as it is first.

    Signals:
        chosen: The name of a method; "" for the photo as it is.
        moved: The part was moved by so many points.
        part_wanted: The pictures are to be made anew: the part, or the room for it, is another.
        closed: The sheet is to be closed.
    """

    chosen = Signal(str)
    moved = Signal(QPointF)
    part_wanted = Signal()
    closed = Signal()

    def __init__(self, methods: Sequence[tuple[str, str]], parent: QWidget | None = None) -> None:
        """Make a sheet for methods, each by its name and title."""
        super().__init__(parent)
        named = [
            ("", tr("Original"), ""),
            *((*method, str(n) if n < 10 else "") for n, method in enumerate(methods, 1)),
        ]
        self.cells = [SheetCell(name, title, key) for name, title, key in named]
        self.setAccessibleName(tr("Contact sheet"))
        grid = QGridLayout(self)
        grid.setContentsMargins(*[theme.SPACE] * 4)
        grid.setSpacing(theme.SPACE)
        for number, cell in enumerate(self.cells):
            grid.addWidget(cell, number // _COLUMNS, number % _COLUMNS)
            cell.chosen.connect(partial(self.chosen.emit, cell.name))
            cell.dragged.connect(self._move)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(theme.SETTLE)
        self._timer.timeout.connect(self.part_wanted)

    def part_size(self) -> QSize:
        """Return the room for the part, in screen pixels."""
        sizes = [cell.picture_size() for cell in self.cells]
        return QSize(max(min(size.width() for size in sizes), 16), max(min(size.height() for size in sizes), 16))

    def wait_with(self, image: QImage | None) -> None:
        """Show the part as it is in all pictures while the methods work."""
        for cell in self.cells:
            cell.wait_with(image)

    def show_done(self, done: CellDone) -> None:
        """Show what one method gave, and mark the best."""
        for cell in self.cells:
            if cell.name == done.name:
                cell.show_done(done)
        figures = {cell: cell.done.psnr for cell in self.cells if cell.done and cell.done.psnr is not None}
        for cell in self.cells:
            cell.mark_best(len(figures) > 1 and figures.get(cell) == max(figures.values()))

    def _move(self, way: QPointF) -> None:
        self.moved.emit(way)
        self._timer.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Ask for pictures that fill the room."""
        super().resizeEvent(event)
        self._timer.start()

    def event(self, event: QEvent) -> bool:
        """Take the keys that elsewhere choose the way of comparison."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent) and self._is_ours(event):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose, move or close."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in _ARROWS:
            self._move(_ARROWS[Qt.Key(event.key())])
        elif self._is_ours(event):
            self.chosen.emit(self.cells[int(event.text())].name)
        else:
            super().keyPressEvent(event)

    def _is_ours(self, event: QKeyEvent) -> bool:
        """Return whether a key chooses a picture or closes the sheet."""
        is_number = event.text().isdecimal() and 0 < int(event.text()) < min(len(self.cells), 10)
        return is_number or event.key() == Qt.Key.Key_Escape
