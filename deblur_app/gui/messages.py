"""What went wrong, said to the user."""

from __future__ import annotations

import logging
import re
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LONG_WORD = re.compile(r"\S{60}")
"""A part of a path that is longer than a line of a message: it may break there."""

log = logging.getLogger(__name__)


def sentence(error: Exception) -> str:
    """What to tell the user of `error`, in one or two sentences."""
    if isinstance(error, DeblurError):
        return str(error)
    return f"Deblur made a mistake ({type(error).__name__}: {error}). Nothing of yours was changed."


def show_error(parent: QWidget, error: Exception) -> None:
    """Open a message with the sentence of `error`; a defect of the program comes with details to copy.

    It does not block: the caller goes on at once.
    """
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Deblur")
    box.setTextFormat(Qt.TextFormat.PlainText)  # file names may look like HTML
    box.setText(_LONG_WORD.sub("\\g<0>\N{ZERO WIDTH SPACE}", sentence(error)))
    if not isinstance(error, DeblurError):
        log.error("Unexpected error", exc_info=error)
        box.setDetailedText("".join(traceback.format_exception(error)))
    box.setTextInteractionFlags(box.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
