"""A log file that makes room for itself."""

from __future__ import annotations

from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import logging

_LARGEST = 1_000_000
"""Bytes; a file that would grow larger makes room for a new one and is kept as the old one."""


class RotatingLog(RotatingFileHandler):
    """A handler that appends to a log file; what has grown too large is kept once, as the old log.

    Raises:
        OSError: The file cannot be written.
    """

    def __init__(self, file: Path) -> None:
        super().__init__(file, maxBytes=_LARGEST, backupCount=1, encoding="utf-8", errors="backslashreplace")

    def rotation_filename(self, default_name: str) -> str:
        """Return the name of the old log."""
        return str(Path(default_name).with_suffix("").with_suffix(".old.log"))

    def handleError(self, record: logging.LogRecord) -> None:
        """Go on without the record: a full disk, or another program that holds the file, must not end the work."""
