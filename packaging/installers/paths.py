"""Where the build keeps its parts, and what they are called."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build" / "package"
GENERATED = BUILD / "generated"
"""Licences and the list of components, which the frozen folder takes in."""
DIST = ROOT / "dist"
FOLDER = DIST / "deblur"
"""The frozen folder."""
INNER = FOLDER / "_internal"
"""Where PyInstaller puts all but the programs."""
BUNDLE = DIST / "Deblur.app"
"""What macOS calls an application."""
LICENCES = INNER / "resources" / "licences"
ICONS = ROOT / "resources" / "icons"


QUICK = "DEBLUR_QUICK_PACKAGES"
"""The variable that has packages packed ten times faster and a third larger, for trying them out."""


def source_date() -> int:
    """Return the time, in seconds, that files of the packages carry: that of the commit, so that builds are alike."""
    import subprocess

    if given := os.environ.get("SOURCE_DATE_EPOCH"):
        return int(given)
    command = ["git", "-C", str(ROOT), "log", "-1", "--format=%ct"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return int(done.stdout or 0)
