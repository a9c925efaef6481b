"""A message of the system when long work ends and the window is not in front."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, QTimer, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

LONG = 30.0
"""Seconds from which on work is long."""

_SHOWN = 10_000
"""Milliseconds for which a message is shown."""


class Notifier(QObject):
    """A watcher of work: where some has taken long, its end is told."""

    def __init__(
        self,
        window: QWidget,
        is_wanted: Callable[[], bool],
        send: Callable[[str], object] | None = None,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Tell of the work of `window` where `is_wanted`; `send` tells it, by the system where it is None."""
        super().__init__(window)
        self._window, self._is_wanted, self._clock = window, is_wanted, clock
        self._send = send or self._send_by_system
        self._began: dict[str, float] = {}
        self._icon: QSystemTrayIcon | None = None

    def watch(self, kind: str, describe: Callable[[], str]) -> Callable[[bool], None]:
        """Return what is to be told whether there is work of a kind; `describe` says what has ended."""

        def take(is_busy: bool) -> None:
            if is_busy:
                self._began.setdefault(kind, self._clock())
                return
            began = self._began.pop(kind, None)
            if began is not None and self._clock() - began >= LONG and self._is_wanted() and not is_in_front():
                self._send(describe())

        return take

    def _send_by_system(self, text: str) -> None:
        """Mark the window in the task bar, and show a message where there is a place for it."""
        QApplication.alert(self._window)
        if not (QSystemTrayIcon.isSystemTrayAvailable() and QSystemTrayIcon.supportsMessages()):
            return
        if self._icon is None:
            self._icon = QSystemTrayIcon(QApplication.windowIcon(), self)
            self._icon.messageClicked.connect(self._come_to_front)
        self._icon.show()
        self._icon.showMessage("Deblur", text, QApplication.windowIcon(), _SHOWN)
        QTimer.singleShot(_SHOWN, self._icon, self._icon.hide)

    @Slot()
    def _come_to_front(self) -> None:
        self._window.raise_()
        self._window.activateWindow()


def is_in_front() -> bool:
    """Return whether a window of the program has the focus."""
    return QGuiApplication.applicationState() == Qt.ApplicationState.ApplicationActive
