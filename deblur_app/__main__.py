"""`deblur`: without arguments, or with photos only, the window; else the command line."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.streams import prepare_streams

if TYPE_CHECKING:
    from collections.abc import Callable


NEW_WINDOW = "--new-window"
"""The option for a window of its own, where there is one already."""
TIME_PAINT = "--time-first-paint"
"""How a benchmark starts the program."""
DECODE = "--decode-pictures"
"""How an installed program starts its decoding process."""


def main() -> int:
    """Run the program with the arguments of the process, and return its exit code."""
    prepare_streams()
    arguments = [argument for argument in sys.argv[1:] if argument != NEW_WINDOW]
    is_new_window = NEW_WINDOW in sys.argv[1:]
    if not arguments:
        return _window([], is_new_window=is_new_window)
    if arguments == [DECODE]:
        return _decode()
    if arguments == [TIME_PAINT]:
        from deblur_app.app import time_first_paint

        return time_first_paint()
    from deblur_app.cli import main as cli

    if arguments[0] not in cli.COMMANDS:
        from deblur_app.core.files import file_names

        photos = [photo for argument in arguments for photo in _expand_pattern(argument)]
        if all(file_names.has_file(photo) for photo in photos):
            return _window(photos, is_new_window=is_new_window)
    return cli.main(arguments)


def gui_main() -> int:
    """Run the window with the arguments of the process, whatever they are: what a double click starts.

    Nobody reads what it writes to stderr, so that a failure is shown in a dialog of the system, too.
    """
    prepare_streams()
    arguments = [argument for argument in sys.argv[1:] if argument != NEW_WINDOW]
    if arguments in ([DECODE], [TIME_PAINT]):
        return main()
    photos = [photo for argument in arguments for photo in _expand_pattern(argument)]
    try:
        return _window(photos, is_new_window=NEW_WINDOW in sys.argv[1:], tell=_tell_in_dialog)
    except Exception as error:  # noqa: BLE001 – `explain` logs it
        from deblur_app.core.files.unexpected_errors import explain

        return _refuse(f"Deblur cannot start. {explain(error)}", _tell_in_dialog)


def _decode() -> int:
    from deblur_app.core.image_io import worker

    worker.main()
    return 0


def _expand_pattern(argument: str) -> list[Path]:
    """Return the file or folder of that name, or what it matches as a pattern, which shells of Windows leave to us."""
    from deblur_app.cli.photos import is_pattern, matches

    path = Path(argument)
    return (matches(path) if is_pattern(path) else []) or [path]


def _window(photos: list[Path], *, is_new_window: bool, tell: Callable[[str], object] | None = None) -> int:
    if _has_no_display():
        return _refuse("There is no display to open a window on. Take the command line, see “deblur --help”.", tell)
    try:
        from deblur_app.app import run
    except ImportError as error:
        return _refuse(_what_is_missing(error), tell)
    return run(photos, is_new_window=is_new_window)


def _refuse(reason: str, tell: Callable[[str], object] | None) -> int:
    """Say why the window does not open, by `tell` or on stderr, and return the exit code for it."""
    from deblur_app.terminal import BAD_INPUT, print_error  # brings sockets: not before the first paint

    (tell or print_error)(reason)
    return BAD_INPUT


def _tell_in_dialog(text: str) -> None:
    from deblur_app.core.program.plain_message import show_plain
    from deblur_app.terminal import print_error

    print_error(text)
    if sys.stderr is None or not sys.stderr.isatty():
        show_plain(text)


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
    if "GLIBC" in str(error):  # versions that the loader of Linux does not find
        return f"This system is too old for the window ({error}). Take a newer one, or an older Deblur."
    if "shared object" in str(error):  # what the loader of Linux says
        return (
            f"The window needs a library that this system lacks ({error}). Install it with the system's packages, or "
            "take the command line, see “deblur --help”."
        )
    raise error


if __name__ == "__main__":
    sys.exit(main())
