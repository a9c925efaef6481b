"""Questions about a batch."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget


def ask_about_settings(
    parent: QWidget, folder: Path, redo: Callable[[], object], keep: Callable[[], object]
) -> QMessageBox:
    """Ask what to do with results that were made with other settings; returns at once.

    Args:
        parent: The window.
        folder: The folder of the results.
        redo: The function of “Restore again”.
        keep: The function of “Keep them”.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle("Deblur")
    box.setTextFormat(Qt.TextFormat.PlainText)  # file names may look like HTML
    box.setText(tr("The results in this folder were made with other settings. Restore those photos again?"))
    box.setInformativeText(tr("“{folder}”. Results that you have changed since are never replaced.", folder=folder))
    again = box.addButton(tr("&Restore again"), QMessageBox.ButtonRole.AcceptRole)
    kept = box.addButton(tr("&Keep them"), QMessageBox.ButtonRole.ActionRole)
    box.addButton(QMessageBox.StandardButton.Cancel)
    again.clicked.connect(redo)
    kept.clicked.connect(keep)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
