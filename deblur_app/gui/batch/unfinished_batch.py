"""The folder of a batch that has not come to its end, kept from one start to the next.

The window asks for it before NumPy is loaded, so it stands apart from the work of a batch.
"""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QSettings

_FOLDER = "batch/unfinished"
"""The setting with the folder."""


def find_unfinished() -> Path | None:
    """Return the folder of a batch that has not come to its end; None where there is none."""
    name = str(QSettings("Deblur", "Deblur").value(_FOLDER, ""))
    return Path(name) if name else None


def keep_unfinished(folder: Path) -> None:
    """Keep the folder of a batch that has begun, so that the next start can offer to go on with it."""
    QSettings("Deblur", "Deblur").setValue(_FOLDER, str(folder))


def forget_unfinished() -> None:
    """Offer no earlier batch any more."""
    QSettings("Deblur", "Deblur").remove(_FOLDER)
