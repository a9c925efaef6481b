"""The pictures of a dropped folder, beside the panes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QToolButton, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QAction

_WIDTH = 150


class PictureList(QListWidget):
    """Names to choose from; choosing one opens it.

    Signals:
        chosen: The path of the picture the user went to.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName("Pictures")
        self.setTextElideMode(Qt.TextElideMode.ElideMiddle)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(True)
        self.currentItemChanged.connect(self._tell)

    def sizeHint(self) -> QSize:
        """Narrow: the room is for the pictures, and the user can widen it."""
        return QSize(_WIDTH, super().sizeHint().height())

    def set_pictures(self, pictures: list[Path]) -> None:
        """List other pictures and choose the first, without telling."""
        self.blockSignals(True)
        self.clear()
        for path in pictures:
            item = QListWidgetItem(path.name, self)
            item.setToolTip(str(path))
            item.setData(Qt.ItemDataRole.UserRole, str(path))
        self.setCurrentRow(0)
        self.blockSignals(False)

    def paths(self) -> list[Path]:
        """All that are listed."""
        return [Path(self.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.count())]

    def _tell(self, item: QListWidgetItem | None) -> None:
        if item:
            self.chosen.emit(Path(item.data(Qt.ItemDataRole.UserRole)))


def with_button(pictures: PictureList, action: QAction) -> QWidget:
    """The list with a button below it that does what `action` does."""
    button = QToolButton()
    button.setDefaultAction(action)
    button.setText("Combine…")
    button.setToolTip("Make one photo of several of the same scene (Ctrl+M)")
    widget = QWidget()
    layout = QVBoxLayout(widget)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(pictures)
    layout.addWidget(button)
    return widget
