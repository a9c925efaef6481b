"""Choice of the ICC profile of the screen: none, or a file."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QPushButton, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.theme import SPACE
from deblur_app.gui.widgets.labels import ElidedLabel


class ProfileEditor(QWidget):
    """The name of the profile, with buttons to choose another one and to take none.

    Attributes:
        file: The profile; "" for none.

    Signals:
        changed: The path of the profile, or "".
    """

    changed = Signal(str)

    def __init__(self, file: str) -> None:
        super().__init__()
        self.file = file
        self._name = ElidedLabel()  # the name of a file may be shortened: the tool tip has all of it
        self.browse, self.none = QPushButton(tr("&Choose…")), QPushButton(tr("None"))
        self.browse.setAccessibleName(tr("Choose the profile of the screen"))
        self.none.setAccessibleName(tr("No profile of the screen"))
        self.browse.clicked.connect(self._ask)
        self.none.clicked.connect(lambda: self.choose(""))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(SPACE)
        layout.addWidget(self._name, 1)
        layout.addWidget(self.browse)
        layout.addWidget(self.none)
        self.setFocusProxy(self.browse)
        self._show()

    def choose(self, file: str) -> None:
        """Take another profile, and tell it."""
        self.file = file
        self._show()
        self.changed.emit(file)

    def _show(self) -> None:
        self._name.setText(self.file or tr("None: the colours of sRGB"))
        self.none.setEnabled(bool(self.file))

    @Slot()
    def _ask(self) -> None:
        dialog = QFileDialog(self, tr("Profile of the screen"), str(Path(self.file).parent) if self.file else "")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setNameFilter(tr("ICC profiles (*.icc *.icm)"))
        dialog.fileSelected.connect(self.choose)
        dialog.open()
