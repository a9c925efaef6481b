"""All readers of files of others, by name: what the tests of this folder and `dev.py fuzz` give files to."""

from __future__ import annotations

import importlib
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.fuzz.harness import Reader


def all_readers() -> dict[str, Reader]:
    """The readers of all modules of this folder called `readers_….py`, each of which has a tuple `READERS`."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("readers_*.py"))
    modules = [importlib.import_module(f"tests.fuzz.{name}") for name in names]
    return {reader.name: reader for module in modules for reader in module.READERS}
