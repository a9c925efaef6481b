"""The log in a window of its own: its last lines, to read, to search and to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, QUrl, Slot
from PySide6.QtGui import QDesktopServices, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLineEdit, QPlainTextEdit, QPushButton, QVBoxLayout

from deblur_app.core.files import log_file
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtWidgets import QWidget

_SIZE = 820, 520
"""Width and height of the window, in points."""

_LAST = 200_000
"""Bytes of the end of the log that are shown: some 2,000 lines."""

_REFRESH = 1000
"""Milliseconds between two looks at the file."""


class LogWindow(QDialog):
    """The end of the log, which goes on while the window is open.

    Attributes:
        text: The lines.
        search: Only lines that hold this are shown.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(tr("Log"))
        self.resize(*_SIZE)
        self._lines: list[str] = []
        self._stamp: tuple[int, int] | None = None
        self.search = QLineEdit()
        self.search.setPlaceholderText(tr("Show only lines with …"))
        self.search.setAccessibleName(tr("Search the log"))
        self.search.setClearButtonEnabled(True)
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.text.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self.text.setAccessibleName(tr("Log"))
        self.copy, self.folder = QPushButton(tr("&Copy all")), QPushButton(tr("Show &folder"))
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        for button in (self.copy, self.folder):
            buttons.addButton(button, QDialogButtonBox.ButtonRole.ActionRole)
            button.setAutoDefault(False)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.search, self.text, buttons):
            layout.addWidget(widget)
        self.search.textChanged.connect(self._show)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self.text.toPlainText()))
        self.folder.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(log_file.log_folder()))))
        self._timer = QTimer(self)
        self._timer.setInterval(_REFRESH)
        self._timer.timeout.connect(self.refresh)
        self._timer.start()
        self.refresh()

    @Slot()
    def refresh(self) -> None:
        """Read the end of the log, where there is more than before."""
        file = log_file.log_file()
        try:
            status = file.stat()
            stamp = status.st_mtime_ns, status.st_size
            if stamp == self._stamp:
                return
            self._stamp, self._lines = stamp, _read_end(file)
        except OSError:
            self._stamp, self._lines = None, []
        self._show()

    @Slot()
    def _show(self) -> None:
        words = self.search.text().casefold()
        lines = [line for line in self._lines if words in line.casefold()]
        bar = self.text.verticalScrollBar()
        is_at_end = bar.value() >= bar.maximum()
        self.text.setPlainText("\n".join(lines) or tr("Nothing was logged yet."))
        if is_at_end:
            bar.setValue(bar.maximum())


def _read_end(file: Path) -> list[str]:
    """Return the last lines of a file."""
    with file.open("rb") as stream:
        size = stream.seek(0, 2)
        stream.seek(max(size - _LAST, 0))
        lines = stream.read().decode(errors="replace").splitlines()
    return lines[1:] if size > _LAST else lines


def show_log(parent: QWidget) -> LogWindow:
    """Open the log beside which one can go on working."""
    window = LogWindow(parent)
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    window.show()
    return window
