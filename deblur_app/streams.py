"""The standard streams of the process, made safe before anything else is imported."""

from __future__ import annotations

import io
import os
import sys

_closed: set[int] = set()
"""Numbers of the standard streams that were closed when the program started."""


def prepare_streams() -> None:
    """Give standard streams that are closed a place to go, and let names be printed that the encoding lacks.

    Without the first, a photo that is opened later would get the number of stderr, and whatever a library prints would
    be written into it.
    """
    _closed.update(number for number in range(3) if _open_closed(number))
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if getattr(sys, name) is None:
            setattr(sys, name, open(number, "w" if number else "r", encoding="utf-8", closefd=False))  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def is_stdout_closed() -> bool:
    """Return whether nobody can receive what is written to stdout."""
    return 1 in _closed


def _open_closed(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        nowhere = os.open(os.devnull, os.O_RDWR)  # gets the lowest free number, which is nearly always this one
        if nowhere != number:
            os.dup2(nowhere, number)
            os.close(nowhere)
        os.set_inheritable(number, True)
        return True
    return False
