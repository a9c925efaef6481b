"""A message for a person where there may be no window: on stderr, and in a dialog of the system where it has one."""

from __future__ import annotations

import ctypes
import shutil
import subprocess
import sys

_LINUX = (
    ("zenity", "--error", "--no-markup", "--title=Deblur", "--text={}"),
    ("kdialog", "--title", "Deblur", "--error", "{}"),
    ("xmessage", "-center", "{}"),
)
"""The programs of Linux desktops that show a message, in the order in which they are asked."""
_ERROR_ICON = 0x10
"""MB_ICONERROR of Windows."""


def show_plain(text: str) -> bool:
    """Show a message in a dialog that needs neither Qt nor a library of ours; return whether there was one.

    It waits until the dialog is closed.
    """
    if sys.platform == "win32":
        return bool(ctypes.windll.user32.MessageBoxW(None, text, "Deblur", _ERROR_ICON))
    if sys.platform == "darwin":
        script = 'on run argv\ndisplay alert "Deblur" message (item 1 of argv) as critical\nend run'
        return _has_run(["osascript", "-e", script, text])
    return any(shutil.which(program[0]) and _has_run([part.format(text) for part in program]) for program in _LINUX)


def _has_run(command: list[str]) -> bool:
    """Return whether a program has shown the message; closing its window gives code 1 with some of them."""
    try:
        return subprocess.run(command, capture_output=True, check=False).returncode in {0, 1}
    except OSError:
        return False
