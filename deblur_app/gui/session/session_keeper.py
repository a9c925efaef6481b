"""Writing down which photos are open, a moment after each change."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from deblur_app.gui.session.last_session import LastSession, write_session

if TYPE_CHECKING:
    from collections.abc import Callable

_SETTLE = 500
"""Milliseconds after a change within which others are written down with it."""


class SessionKeeper(QObject):
    """A writer of what is open, for the next start."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._describe: Callable[[], LastSession] | None = None
        self._written: LastSession | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLE)
        self._timer.timeout.connect(self.write)

    def begin(self, describe: Callable[[], LastSession]) -> None:
        """Write down what `describe` returns, from now on."""
        self._describe = describe

    @Slot()
    def note_change(self) -> None:
        """Write down what is open in a moment."""
        if self._describe and not self._timer.isActive():
            self._timer.start()

    @Slot()
    def write(self) -> None:
        """Write down what is open, where it is something else than before."""
        session = self._describe() if self._describe else None
        if session is not None and session != self._written:
            self._written = session
            write_session(session)

    def end(self) -> None:
        """Write down that the program ends as it should."""
        self._timer.stop()
        if self._describe:
            write_session(replace(self._describe(), is_ended=True))
