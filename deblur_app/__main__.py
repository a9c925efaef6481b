"""`deblur`: without arguments, or with photos only, the window; else the command line."""

from __future__ import annotations

import io
import os
import sys
from pathlib import Path

from deblur_app.terminal import BAD_INPUT, complain


def main() -> int:
    """Run the program with the arguments of the process, and return its exit code."""
    arguments = sys.argv[1:]
    if not arguments:
        return _window([])
    _never_fail_on_names()
    from deblur_app import cli

    if arguments[0] not in cli.COMMANDS and all(Path(argument).exists() for argument in arguments):
        return _window([Path(argument) for argument in arguments])
    return cli.main(arguments)


def _window(photos: list[Path]) -> int:
    if _has_no_display():
        complain("There is no display to open a window on. Take the command line, see “deblur --help”.")
        return BAD_INPUT
    try:
        from deblur_app.app import run
    except ImportError as error:
        complain(_what_is_missing(error))
        return BAD_INPUT
    return run(photos)


def _has_no_display() -> bool:
    """Whether Qt would find no screen, on which it ends the process; a platform that was asked for is taken as one."""
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in displays)


def _what_is_missing(error: ImportError) -> str:
    """The sentence for a window that cannot be imported; a defect of the program is raised again."""
    library = (error.name or "").partition(".")[0]
    if isinstance(error, ModuleNotFoundError) and library in {"PySide6", "pyqtgraph", "qimage2ndarray"}:
        return (
            f'The window needs {library}, which is not installed: pip install "deblur[gui]". Without it there is the '
            "command line, see “deblur --help”."
        )
    if "shared object" in str(error):  # what the loader of Linux says
        return (
            f"The window needs a library that this system lacks ({error}). Install it with the system's packages, or "
            "take the command line, see “deblur --help”."
        )
    raise error


def _never_fail_on_names() -> None:
    """Let file names be printed that the terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
