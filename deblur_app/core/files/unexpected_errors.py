"""Sentences for errors that nobody expected: one line for the user, the traceback for the log."""

from __future__ import annotations

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.log_file import log_traceback
from deblur_app.core.texts import tr

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
        if name:
            return tr("There is too little memory for “{name}”. Close other programs or take less at once.", name=name)
        return tr("There is too little memory. Close other programs or take less at once.")
    text = str(error).strip()
    text = text if len(text) <= _LONGEST_ERROR else f"{text[:_LONGEST_ERROR]}…"
    what = f"{type(error).__name__}: {text}" if text else type(error).__name__
    log = log_traceback(f"Unexpected error{f' with {name}' if name else ''}", error)
    where = " " + tr("The log has the details: {log}", log=log) if log else ""
    if name:
        return tr("“{name}”: Unexpected error ({what}) – skipped.", name=name, what=what) + where
    return tr("Unexpected error ({what}).", what=what) + where
