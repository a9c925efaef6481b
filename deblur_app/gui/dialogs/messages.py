"""Error messages for the user."""

from __future__ import annotations

import logging
import re
import traceback
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMessageBox

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_LONG_WORD = re.compile(r"\S{60}")
"""A part of a path that is longer than a line of a message: it may break there."""

_MOST_LETTERS = 300
"""Letters of an exception in the sentence; all of them are in the details."""

_MOST_DETAILS = 20_000
"""The most letters of the details of an error."""

_NAME = "error"

log = logging.getLogger(__name__)


def sentence(error: Exception) -> str:
    """Return one or two sentences that tell the user of `error`."""
    if isinstance(error, DeblurError):
        return str(error)
    what = f"{type(error).__name__}: {error}"
    what = what if len(what) <= _MOST_LETTERS else f"{what[:_MOST_LETTERS]}…"
    return tr("Unexpected error ({what}). You can go on working. Please report it with the details.", what=what)


def show_error(parent: QWidget, error: Exception) -> None:
    """Open a message with the sentence of `error`; a defect of the program comes with details to copy.

    It does not block: the caller goes on at once. A message that is open already is not opened twice: what fails at
    every paint would fill the screen.
    """
    text = _LONG_WORD.sub("\\g<0>\N{ZERO WIDTH SPACE}", sentence(error))
    if any(box.isVisible() and box.text() == text for box in parent.findChildren(QMessageBox, _NAME)):
        return
    box = QMessageBox(parent)
    box.setObjectName(_NAME)
    box.setIcon(QMessageBox.Icon.Warning)
    box.setWindowTitle("Deblur")
    box.setTextFormat(Qt.TextFormat.PlainText)  # file names may look like HTML
    box.setText(text)
    box.setStandardButtons(QMessageBox.StandardButton.Ok)
    if not isinstance(error, DeblurError):
        log.error("Unexpected error", exc_info=error)
        details = "".join(traceback.format_exception(error))
        details = details if len(details) <= _MOST_DETAILS else f"{details[:_MOST_DETAILS]}\n…"
        box.setDetailedText(details)
        copy = box.addButton(tr("&Copy details"), QMessageBox.ButtonRole.ActionRole)
        copy.clicked.disconnect()  # so that it does not close the box
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(details))
    box.setTextInteractionFlags(box.textInteractionFlags() | Qt.TextInteractionFlag.TextSelectableByMouse)
    box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    box.open()
