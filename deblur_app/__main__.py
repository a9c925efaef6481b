"""`deblur`: without arguments, or with photos only, the window; else the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path

from deblur_app.terminal import BAD_INPUT, prepare_streams, print_error


def main() -> int:
    """Run the program with the arguments of the process, and return its exit code."""
    prepare_streams()
    arguments = sys.argv[1:]
    if not arguments:
        return _window([])
    if arguments == ["--decode-pictures"]:  # how an installed bundle starts its decoding process
        from deblur_app.core.image_io import worker

        worker.main()
        return 0
    from deblur_app.cli import main as cli

    if arguments[0] not in cli.COMMANDS:
        from deblur_app.core.files import file_names

        photos = [photo for argument in arguments for photo in _expand_pattern(argument)]
        if all(file_names.has_file(photo) for photo in photos):
            return _window(photos)
    return cli.main(arguments)


def _expand_pattern(argument: str) -> list[Path]:
    """Return the file or folder of that name, or what it matches as a pattern, which shells of Windows leave to us."""
    from deblur_app.cli.photos import is_pattern, matches

    path = Path(argument)
    return (matches(path) if is_pattern(path) else []) or [path]


def _window(photos: list[Path]) -> int:
    if _has_no_display():
        print_error("There is no display to open a window on. Take the command line, see “deblur --help”.")
        return BAD_INPUT
    try:
        from deblur_app.app import run
    except ImportError as error:
        print_error(_what_is_missing(error))
        return BAD_INPUT
    return run(photos)


def _has_no_display() -> bool:
    """Return whether Qt would find no screen, on which it ends the process; a requested platform counts as a screen."""
    displays = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    return sys.platform == "linux" and not any(os.environ.get(name) for name in displays)


def _what_is_missing(error: ImportError) -> str:
    """Return the sentence for a window that cannot be imported; a defect of the program is raised again."""
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


if __name__ == "__main__":
    sys.exit(main())
