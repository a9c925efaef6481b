"""`deblur`: without arguments, or with photos only, the window; else the command line."""

from __future__ import annotations

import io
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
    try:
        from deblur_app.app import run
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] not in {"PySide6", "pyqtgraph", "qimage2ndarray"}:
            raise
        complain(
            f"The window needs {error.name}, which is not installed: pip install “deblur[gui]”. Without it there is "
            "the command line, see “deblur --help”."
        )
        return BAD_INPUT
    return run(photos)


def _never_fail_on_names() -> None:
    """Let file names be printed that the terminal's encoding lacks."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


if __name__ == "__main__":
    sys.exit(main())
