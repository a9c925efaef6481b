"""The page that Help shows: the program's name and version, and the folder of its log."""

from __future__ import annotations

import platform
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QIcon
from PySide6.QtWidgets import QMessageBox

from deblur_app import __version__
from deblur_app.core.files.log_file import log_folder
from deblur_app.core.resources import resource

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


def show_about(parent: QWidget) -> None:
    """Show name, version, origin and licence of the program; does not block."""
    box = QMessageBox(parent)
    box.setWindowTitle("About Deblur")
    box.setIconPixmap(QIcon(str(resource("icons", "deblur.svg"))).pixmap(64, 64))
    box.setText(f"<b>Deblur {__version__}</b><br>Repairs blurred photographs.")
    box.setInformativeText(
        "It grew from the paper “Image Deblurring” (2024), whose autoencoder it contains. MIT licence.\n\n"
        f"Python {platform.python_version()} on {platform.platform()}"
    )
    box.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()


def show_log_folder() -> None:
    """Open the folder of the log in the system's file manager."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_folder())))
