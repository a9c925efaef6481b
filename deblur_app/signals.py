"""Ctrl+C and SIGTERM on the command line: work ends by an exception, or at once where that has no effect."""

from __future__ import annotations

import os
import signal
import socket
import threading
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING

from deblur_app.core.files.atomic_files import remove_temporary_files

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from types import FrameType

_STOP = b"\0"
"""Number that tells the watching thread that the work has ended; no signal has the number 0."""


class Terminated(KeyboardInterrupt):
    """The system or another program asked this one to end.

    Attributes:
        code: The exit code that shells expect: 128 and the number of the signal.
    """

    def __init__(self, number: int) -> None:
        super().__init__()
        self.code = 128 + number


@contextmanager
def ending_by_signals(patience: float, say_goodbye: Callable[[], None]) -> Iterator[None]:
    """Let SIGTERM and SIGHUP raise `Terminated`, and end the process where no exception ends it after such a signal.

    Python handles a signal between two of its own instructions, but a library may compute for seconds without one.
    A thread waits beside it: `patience` seconds after the first signal, or at the second one, it removes the temporary
    files and ends the process. Outside the main thread nothing is changed.

    Args:
        patience: Seconds between the first signal and that end.
        say_goodbye: Called before that end.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    reader, writer = socket.socketpair()
    writer.setblocking(False)
    numbers = [number for number in _ending_signals() if signal.getsignal(number) is signal.SIG_DFL]
    before = {number: signal.signal(number, _terminate) for number in numbers}
    descriptor = signal.set_wakeup_fd(writer.fileno(), warn_on_full_buffer=False)
    thread = threading.Thread(target=_watch, args=(reader, patience, say_goodbye), daemon=True)
    thread.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(descriptor)
        for number, handler in before.items():
            signal.signal(number, handler)
        with suppress(OSError):
            writer.send(_STOP)
        thread.join()
        reader.close()
        writer.close()


def _ending_signals() -> list[signal.Signals]:
    return [signal.SIGTERM, *([signal.SIGHUP] if hasattr(signal, "SIGHUP") else [])]


def _terminate(number: int, _: FrameType | None) -> None:
    raise Terminated(number)


def _watch(reader: socket.socket, patience: float, say_goodbye: Callable[[], None]) -> None:
    """Wait for a signal, then for the end of the work or a second signal, and end the process if it has not."""
    ending = {int(number) for number in (signal.SIGINT, *_ending_signals())}
    number = 0
    while number not in ending:
        received = reader.recv(1)
        if received in {_STOP, b""}:
            return
        number = received[0]
    reader.settimeout(patience)
    with suppress(TimeoutError):
        while (received := reader.recv(1)) not in {_STOP, b""} and received[0] not in ending:
            pass
        if received in {_STOP, b""}:
            return
    remove_temporary_files()
    say_goodbye()
    os._exit(128 + number)
