"""Paths of the files that come with the program."""

from __future__ import annotations

from pathlib import Path

import resources as bundled


def resource(*parts: str) -> Path:
    """Return the path of a bundled file, such as `resource("samples", "blurred.jpg")`."""
    return Path(bundled.__path__[0], *parts)
