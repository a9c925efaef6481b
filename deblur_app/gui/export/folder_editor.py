"""Choice of the folder of results: beside each photo, or one folder."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QComboBox, QFileDialog, QHBoxLayout, QPushButton, QWidget

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.theme import SPACE

_BESIDE = tr_later("Beside the photo")
_LETTERS = 40
"""The most letters of a folder in the choice; the tool tip has all of them."""


class FolderEditor(QWidget):
    """A choice between the folder of the photo and a folder of one's own.

    Attributes:
        folder: The folder; "" for that of each photo.

    Signals:
        changed: The folder is another.
    """

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.folder = ""
        self.choice = QComboBox()
        self.choice.setAccessibleName(tr("Folder"))
        self.choice.setMinimumContentsLength(_LETTERS // 2)
        self.browse = QPushButton(tr("&Choose…"))
        self.browse.setAccessibleName(tr("Choose a folder"))
        self.browse.clicked.connect(self._ask)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self.choice, 1)
        layout.addWidget(self.browse)
        self.setFocusProxy(self.choice)
        self.choice.currentIndexChanged.connect(self._take)
        self.set_folder("")

    def set_folder(self, folder: str) -> None:
        """Show a folder, without a signal."""
        with QSignalBlocker(self.choice):
            self.choice.clear()
            self.choice.addItem(tr(_BESIDE), "")
            if folder:
                name = folder if len(folder) <= _LETTERS else f"…{folder[1 - _LETTERS :]}"
                self.choice.addItem(name, folder)
                self.choice.setItemData(1, folder, Qt.ItemDataRole.ToolTipRole)
            self.choice.setCurrentIndex(1 if folder else 0)
        self.folder = folder
        self.choice.setToolTip(folder)

    @Slot()
    def _take(self) -> None:
        self.folder = str(self.choice.currentData())
        self.choice.setToolTip(self.folder)
        self.changed.emit()

    @Slot()
    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Folder of the results"), self.folder or str(Path.home()))
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(self.choose)
        dialog.open()

    @Slot(str)
    def choose(self, folder: str) -> None:
        """Take a folder as the user does."""
        self.set_folder(folder)
        self.changed.emit()
