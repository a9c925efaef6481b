"""The message about a program that ended unexpectedly the last time, with its report."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QMessageBox

from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from deblur_app.core.program.crash_reports import CrashReport

NAME = "crash"
"""The name of the message among the window's children."""


def show_report(parent: QWidget, report: CrashReport) -> QMessageBox:
    """Say that Deblur ended unexpectedly, and offer its report to look at and to copy; does not block."""
    box = QMessageBox(parent)
    box.setObjectName(NAME)
    box.setIcon(QMessageBox.Icon.Information)
    box.setWindowTitle("Deblur")
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(tr("Deblur ended unexpectedly the last time."))
    box.setInformativeText(
        tr(
            "A report says where in the program that happened. It holds no photos and no names of your files, and "
            "stays on "
            "this computer: nothing was sent. If you report the problem, please add it."
        )
    )
    box.setDetailedText(report.text)
    copy = box.addButton(tr("&Copy report"), QMessageBox.ButtonRole.ActionRole)
    folder = box.addButton(tr("Show &folder"), QMessageBox.ButtonRole.ActionRole)
    for button in (copy, folder):
        button.clicked.disconnect()  # so that it does not close the box
    copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report.text))
    folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(report.file.parent))))
    box.addButton(QMessageBox.StandardButton.Close)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
    return box
