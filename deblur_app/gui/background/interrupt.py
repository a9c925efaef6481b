"""The end of the program by Ctrl+C, within a second, whatever the window does at that moment."""

from __future__ import annotations

import logging
import os
import signal
import socket
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSocketNotifier, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

log = logging.getLogger(__name__)

INTERRUPTED = 130
"""Exit code that shells give for a program that Ctrl+C has ended: 128 + SIGINT."""

_PATIENCE = 0.6
"""Seconds that the window has to answer, before the process is ended without it."""


class Interrupt(QObject):
    """A listener for SIGINT, the signal of Ctrl+C.

    Python runs handlers of signals only between two of its own instructions in the main thread, which may be a long
    time in a decoder, a modal dialog or a loop of Qt. So the signal is written to a socket, at once, by the handler
    in C: the event loop reads one end of it and ends in order; a thread that waits beside it ends the process where
    the event loop does not.
    """

    def __init__(self, end: Callable[[], object], parent: QObject) -> None:
        """Listen; `end` is called in the window's thread, does what must be done in order, and has half a second."""
        super().__init__(parent)
        self._end = end
        self._sender, self._receiver = socket.socketpair()
        self._stop_sender, self._stop_receiver = socket.socketpair()
        for side in (self._sender, self._receiver, self._stop_sender, self._stop_receiver):
            side.setblocking(False)
        self._receiver.setblocking(True)
        signal.signal(signal.SIGINT, lambda *_: None)  # what is written to the socket counts
        signal.set_wakeup_fd(self._sender.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._stop_receiver.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._end_in_order)
        threading.Thread(target=self._watch, name="Ctrl+C", daemon=True).start()

    def _watch(self) -> None:
        """Pass the first SIGINT to the window, and end the process where that does not; in a thread of its own."""
        while signal.SIGINT not in self._receiver.recv(64):
            pass
        with suppress(OSError):
            self._stop_sender.send(b"!")
        threading.Event().wait(_PATIENCE)
        exit_at_once()

    @Slot()
    def _end_in_order(self) -> None:
        self._notifier.setEnabled(False)
        try:
            self._end()
        except Exception:
            log.exception("Ending by Ctrl+C")
        exit_at_once()


def exit_at_once() -> None:
    """End the process and those that it started, without waiting for threads: what they do may never end."""
    if multiprocessing := sys.modules.get("multiprocessing"):  # without it, none were started
        for child in multiprocessing.active_children():
            with suppress(Exception):
                child.terminate()
    os._exit(INTERRUPTED)
