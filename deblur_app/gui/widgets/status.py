"""The status line: what was said last, the pixel below the pointer, and whether the program has loaded."""

from __future__ import annotations

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QLabel, QStatusBar, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.widgets.labels import ElidedLabel


class StatusStrip(QStatusBar):
    """The line with the sentence that was said last, the pixel below the pointer, and the state of the program."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_busy = False
        self.stage = ElidedLabel()
        self.pixel = QLabel()
        self.engine = QLabel(tr("Loading…"))
        self.addWidget(self.stage, 1)
        self.addPermanentWidget(self.pixel)
        self.addPermanentWidget(self.engine)

    @Slot(bool)
    def set_busy(self, busy: bool) -> None:
        """Take away what was said before the work that begins now."""
        if busy and not self._is_busy:
            self.stage.setText("")
        self._is_busy = busy

    def say(self, text: str) -> None:
        """Show a sentence until the next work begins."""
        self.stage.setText(text)
