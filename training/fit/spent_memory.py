"""Release of memory that a training has used and that the C library keeps for later use."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def trim_heap() -> None:
    """Give free memory back to the system; does nothing elsewhere than on Linux with glibc, where none is kept."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL("libc.so.6").malloc_trim(0)
