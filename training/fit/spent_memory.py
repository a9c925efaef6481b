"""Memory that a training has used and that the C library keeps for the next one, given back to the system."""

from __future__ import annotations

import ctypes
import sys
from contextlib import suppress


def trim_heap() -> None:
    """Give back what is free; elsewhere than on Linux with glibc nothing happens, because nothing is kept there."""
    if sys.platform == "linux":
        with suppress(OSError, AttributeError):
            ctypes.CDLL("libc.so.6").malloc_trim(0)
