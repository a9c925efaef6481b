"""A home of its own for a test of the window."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSettings

if TYPE_CHECKING:
    from pathlib import Path

    import pytest

_VARIABLES = (
    "XDG_DATA_HOME",
    "XDG_CONFIG_HOME",
    "XDG_STATE_HOME",
    "XDG_CACHE_HOME",
    "LOCALAPPDATA",
    "APPDATA",
    "XDG_RUNTIME_DIR",
)
"""The variables that name the user's folders on Linux and Windows."""


def move_home(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let settings, logs and runs go to a folder instead of the user's home."""
    for variable in _VARIABLES:
        monkeypatch.setenv(variable, str(home / variable.lower()))
    for kind in (QSettings.Format.NativeFormat, QSettings.Format.IniFormat):
        QSettings.setPath(kind, QSettings.Scope.UserScope, str(home / "qsettings"))
