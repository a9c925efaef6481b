"""Sentences for errors that nobody expected: one line for the user, the traceback for the log."""

from __future__ import annotations

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.log_file import log_traceback

_LONGEST_ERROR = 300
"""Letters of the text of an unexpected error that are shown; some libraries write pages. The log has all of it."""


def explain(error: Exception, name: str = "") -> str:
    """Return the sentence for an error that stops the work on one file, and log the traceback of one that is a defect.

    Args:
        error: What happened.
        name: The file, which is then said to be skipped.
    """
    if isinstance(error, DeblurError):
        return str(error)
    if isinstance(error, MemoryError):
        return (
            f"There is too little memory{f' for “{name}”' if name else ''}. Close other programs or take less at once."
        )
    text = str(error).strip()
    text = text if len(text) <= _LONGEST_ERROR else f"{text[:_LONGEST_ERROR]}…"
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    log = log_traceback(f"Unexpected error{f' with {name}' if name else ''}", error)
    where = f" The log has the details: {log}" if log else ""
    return f"“{name}”: Unexpected error ({what}) – skipped.{where}" if name else f"Unexpected error ({what}).{where}"
