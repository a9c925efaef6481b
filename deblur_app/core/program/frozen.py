"""The installed program, which has no interpreter to start other processes with, but programs side by side."""

from __future__ import annotations

import sys
from pathlib import Path


def is_frozen() -> bool:
    """Return whether this is the installed program, and not Python that runs the source."""
    return bool(getattr(sys, "frozen", False))


def program_beside(name: str) -> Path:
    """Return the path of another program of the installed folder, such as “deblur-train”."""
    return Path(sys.executable).with_name(f"{name}.exe" if sys.platform == "win32" else name)
