"""The memory that the program may use: what is free, or less where the user says so; and its release."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress

import psutil

GIGABYTE = 1_000_000_000
"""Bytes."""

_limit: int | None = None


def set_memory_limit(gigabytes: float) -> None:
    """Let the program plan with so much memory in all, from now on; 0 for all that is free."""
    global _limit  # noqa: PLW0603 -- one program, one limit
    _limit = round(gigabytes * GIGABYTE) if gigabytes > 0 else None


def find_free_memory() -> int:
    """Return how many bytes may still be taken: what is free, and within the limit of the user."""
    free = int(psutil.virtual_memory().available)
    if _limit is None:
        return free
    return max(min(free, _limit - int(psutil.Process().memory_info().rss)), 0)


def trim_heap() -> None:
    """Give free memory back to the system; does nothing elsewhere than on Linux with glibc, where none is kept."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL("libc.so.6").malloc_trim(0)
