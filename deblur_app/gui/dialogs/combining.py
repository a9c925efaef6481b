"""The dialog that asks what several photos of one scene are, so that they can be combined into one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QDialog, QDialogButtonBox, QLabel, QRadioButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.engine.combine import COMBINATIONS
from deblur_app.gui.theme import SPACE

if TYPE_CHECKING:
    from collections.abc import Callable

_WIDTH = 460
"""The least width of the dialog, in pixels."""

_INDENT = 24
"""The indent of the explanation below each way, in pixels."""


class CombineDialog(QDialog):
    """The dialog with the ways to combine so many photos, and the choice of the photo the result is to look like.

    Attributes:
        ways: A button for each way, by its name.
        first: The photo that the result looks like.
    """

    def __init__(self, paths: list[Path], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths = paths
        self.setWindowTitle(tr("Combine photos"))
        self.setMinimumWidth(_WIDTH)
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel(tr("How were these {count} photos taken?", count=len(paths))))
        self.ways: dict[str, QRadioButton] = {}
        for how in COMBINATIONS.values():
            button = QRadioButton(tr(how.label))
            button.setEnabled(len(paths) <= how.most)
            button.setChecked(not any(way.isChecked() for way in self.ways.values()) and button.isEnabled())
            self.ways[how.name] = button
            explanation = QLabel(tr(how.explanation))
            explanation.setWordWrap(True)
            explanation.setIndent(_INDENT)
            explanation.setForegroundRole(explanation.palette().ColorRole.PlaceholderText)
            layout.addWidget(button)
            layout.addWidget(explanation)
        self.first = QComboBox()
        for path in paths:
            self.first.addItem(path.name, str(path))
        label = QLabel(tr("&Base photo (of a flash pair: the one without flash)"))
        label.setBuddy(self.first)
        layout.addSpacing(SPACE)
        layout.addWidget(label)
        layout.addWidget(self.first)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Ok | QDialogButtonBox.StandardButton.Cancel)
        buttons.button(QDialogButtonBox.StandardButton.Ok).setText(tr("&Combine"))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        layout.addSpacing(SPACE)
        layout.addWidget(buttons)

    def list_photos(self) -> tuple[list[Path], str]:
        """Return the photos, the reference first, and the name of the way; "" where none takes so many."""
        first = Path(self.first.currentData())
        others = [path for path in self._paths if path != first]
        return [first, *others], next((name for name, way in self.ways.items() if way.isChecked()), "")


def ask_what_they_are(parent: QWidget, paths: list[Path], take: Callable[[list[Path], str], object]) -> CombineDialog:
    """Ask, and call `take` with the answer; does not block."""
    dialog = CombineDialog(paths, parent)
    dialog.accepted.connect(lambda: take(*dialog.list_photos()))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
    return dialog
