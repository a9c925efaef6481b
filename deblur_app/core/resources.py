"""Where the files that come with the program are."""

from __future__ import annotations

from pathlib import Path

import resources as bundled


def resource(*parts: str) -> Path:
    """The path of a bundled file, such as `resource("samples", "blurred.jpg")`."""
    return Path(bundled.__path__[0], *parts)
