"""The version resource of the programs for Windows: what Explorer shows in the properties of a file."""

from __future__ import annotations

import re
from typing import Any

PUBLISHER = "The Deblur authors"


def numbers(version: str) -> tuple[int, int, int, int]:
    """Return a version as the four numbers that Windows wants; what is not a number, such as rc1, is left out."""
    major, minor, patch = ([int(part) for part in re.findall(r"\d+", version.partition("+")[0])] + [0, 0, 0])[:3]
    return major, minor, patch, 0


def describe(version: str, program: str) -> Any:
    """Return PyInstaller's description of the version resource of a program; on Windows alone."""
    from PyInstaller.utils.win32 import versioninfo as win

    number = numbers(version)
    texts = {
        "CompanyName": PUBLISHER,
        "FileDescription": "Deblur",
        "FileVersion": version,
        "InternalName": program,
        "LegalCopyright": "MIT licence",
        "OriginalFilename": f"{program}.exe",
        "ProductName": "Deblur",
        "ProductVersion": version,
    }
    table = win.StringTable("040904B0", [win.StringStruct(key, value) for key, value in texts.items()])
    return win.VSVersionInfo(
        ffi=win.FixedFileInfo(filevers=number, prodvers=number),
        kids=[win.StringFileInfo([table]), win.VarFileInfo([win.VarStruct("Translation", [0x0409, 1200])])],
    )
