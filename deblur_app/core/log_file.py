"""The log file of the program."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from deblur_app.core import settings

if TYPE_CHECKING:
    from pathlib import Path

_LARGEST = 1_000_000
"""Bytes; a file that has grown larger makes room for a new one and is kept as the old one."""


def log_file() -> Path:
    """Return where the log is written."""
    return settings.log_folder() / "deblur.log"


def open_log() -> logging.Handler | None:
    """Open the log file for appending, and return the handler that writes to it; None where it cannot be written."""
    file = log_file()
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        if file.exists() and file.stat().st_size > _LARGEST:
            file.replace(file.with_suffix(".old.log"))
        handler = logging.FileHandler(file, encoding="utf-8", errors="backslashreplace")
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
