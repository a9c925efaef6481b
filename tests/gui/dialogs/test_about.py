"""The pages about the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QLabel, QWidget

from deblur_app import __version__
from deblur_app.gui.dialogs.about import show_about

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def test_version_licences_photographs_and_privacy_are_told(qtbot: QtBot) -> None:
    """The licence of the chosen component stands beside the list."""
    window = QWidget()
    qtbot.addWidget(window)
    dialog = show_about(window)
    assert any(__version__ in label.text() for label in dialog.findChildren(QLabel))
    dialog.show_page(1)
    names = [dialog.licences.item(row).text() for row in range(dialog.licences.count())]
    dialog.licences.setCurrentRow(next(row for row, name in enumerate(names) if name.startswith("numpy ")))
    assert "Redistribution and use in source and binary forms" in dialog.text.toPlainText()
    dialog.show_page(2)
    assert dialog.photographs.rowCount() > 5
    dialog.show_page(3)
    assert any("opens no connection to a network" in label.text() for label in dialog.findChildren(QLabel))
    dialog.close()
