"""A folder that is typed, or chosen with a dialog."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QGridLayout, QLabel, QLineEdit, QPushButton, QWidget

from deblur_app.core.texts import tr


class FolderRow(QWidget):
    """A line for the path of a folder, and a button that asks for one.

    Signals:
        changed: Another folder was typed or chosen.
    """

    changed = Signal()

    def __init__(self, label: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = tr("Choose {meaning}", meaning=meaning)
        self._text = ""
        self.caption = QLabel(label)
        self.edit = QLineEdit()
        self.edit.setAcceptDrops(False)  # a drop belongs to the wizard
        self.edit.setToolTip(tr("The path of {meaning}", meaning=meaning))
        self.edit.setAccessibleName(tr("Path of {meaning}", meaning=meaning))
        self.button = QPushButton(tr("Choose…"))
        self.button.setToolTip(self._title)
        self.button.setAccessibleName(self._title)
        self.caption.setBuddy(self.edit)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.caption, 0, 0, 1, 2)
        layout.addWidget(self.edit, 1, 0)
        layout.addWidget(self.button, 1, 1)
        self.edit.editingFinished.connect(self._take_typed)
        self.button.clicked.connect(self._choose)

    @property
    def path(self) -> Path | None:
        """The folder, or None where nothing is typed."""
        text = self.edit.text().strip()
        return Path(text).expanduser() if text else None

    def show_path(self, path: Path | None) -> None:
        """Show a folder without a signal."""
        self._text = str(path or "")
        self.edit.setText(self._text)

    @Slot()
    def _take_typed(self) -> None:
        if self.edit.text() != self._text:
            self._text = self.edit.text()
            self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        dialog = choose_folder(self, self._title, self.path)
        dialog.fileSelected.connect(self._take_chosen)

    @Slot(str)
    def _take_chosen(self, name: str) -> None:
        self.edit.setText(name)
        self._take_typed()


def choose_folder(parent: QWidget, title: str, start: Path | None) -> QFileDialog:
    """Return a dialog that asks for a folder; it is open already and emits `fileSelected`."""
    dialog = QFileDialog(parent, title, str(start or Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog
