"""The log file of the program."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs

if TYPE_CHECKING:
    from collections.abc import Iterator


def log_folder() -> Path:
    """Return the folder of the log files."""
    return Path(platformdirs.user_log_dir("Deblur", appauthor=False))


def log_file() -> Path:
    """Return where the log is written."""
    return log_folder() / "deblur.log"


def open_log() -> logging.Handler | None:
    """Open the log file for appending, and return the handler that writes to it; None where it cannot be written."""
    from deblur_app.core.files.rotating_log import RotatingLog  # brings sockets and queues: not before the first paint

    file = log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handler = RotatingLog(file)
    except OSError:
        return None
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    return handler


def log_traceback(text: str, error: BaseException) -> Path | None:
    """Append `text` and the traceback of `error` to the log file, and return the file; None where it cannot be written.

    For the command line, which keeps no log open: most of its runs have nothing to tell.
    """
    handler = open_log()
    if handler is None:
        return None
    record = logging.LogRecord("deblur", logging.ERROR, "", 0, text, None, (type(error), error, error.__traceback__))
    try:
        handler.handle(record)
    finally:
        handler.close()
    return log_file()


@contextmanager
def warnings_in_log() -> Iterator[None]:
    """Let what is logged as a warning go into the log file, which is opened by the first one.

    Without any handler Python would print it to stderr, tracebacks included, among the sentences for the user.
    """
    handler = _LateHandler(logging.WARNING)
    root = logging.getLogger()
    root.addHandler(handler)
    try:
        yield
    finally:
        root.removeHandler(handler)
        handler.close()


class _LateHandler(logging.Handler):
    """A handler that opens the log file for its first record."""

    _is_open = False
    _file: logging.Handler | None = None

    def emit(self, record: logging.LogRecord) -> None:
        """Write one record; where there is no place for a log, it is dropped."""
        if not self._is_open:
            self._is_open, self._file = True, open_log()
        if self._file is not None:
            self._file.handle(record)

    def close(self) -> None:
        """Close the log file, if it was opened."""
        if self._file is not None:
            self._file.close()
        super().close()
