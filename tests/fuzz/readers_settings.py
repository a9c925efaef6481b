"""Readers of settings: the program's own file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.settings import load_settings, save_settings
from tests.fuzz import mutations
from tests.fuzz.harness import Reader

if TYPE_CHECKING:
    from pathlib import Path
    from random import Random

SETTINGS = {
    "device": "cpu",
    "method": "wiener",
    "values": {"noise": 0.5, "overlap": 8, "model": "/models/a.json"},
    "recent": ["/photos/a.jpg", "/photos/b.jpg"],
    "folder": "/photos",
}


def _settings(random: Random) -> bytes:
    return mutations.damage_json(SETTINGS, random)


def _read(path: Path) -> None:
    """Read them, open a picture, and write them, as each start of the program does."""
    settings = load_settings(path)
    settings.remember(path)
    save_settings(settings, path)
    assert load_settings(path) == settings


READERS = (Reader("settings", "settings.json", _settings, _read),)
