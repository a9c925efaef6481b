"""The name “-” on the command line: a photo that comes through a pipe, and a result that goes into one."""

from __future__ import annotations

import shutil
import sys
from contextlib import ExitStack, contextmanager, redirect_stdout, suppress
from typing import TYPE_CHECKING

from deblur_app.cli.photos import PIPE
from deblur_app.core.amounts import describe_bytes
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.files.atomic_files import temporary_folder
from deblur_app.streams import is_stdout_closed
from deblur_app.terminal import one_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator
    from pathlib import Path
    from typing import BinaryIO

_PIECE = 1 << 20
"""Bytes that are copied at once."""

_ENDINGS = {
    "AVIF": ".avif", "BMP": ".bmp", "GIF": ".gif", "HEIF": ".heic", "JPEG": ".jpg", "JPEG2000": ".jp2", "MPO": ".jpg",
    "PNG": ".png", "PPM": ".ppm", "TIFF": ".tif", "WEBP": ".webp",
}  # fmt: skip
"""Endings by Pillow's names of formats."""


@contextmanager
def replace_pipes(options: argparse.Namespace) -> Iterator[None]:
    """Replace “-” in the options of a command by temporary files, and write the result to stdout in the end.

    A photo “-” is read from stdin. With the output “-” all messages go to stderr, as stdout holds the picture.

    Raises:
        DeblurError: “-” is named twice, without a place for the result, or is a terminal.
    """
    inputs = {name: getattr(options, name) for name in ("photos", "photo", "result") if hasattr(options, name)}
    paths = [path for value in inputs.values() for path in (value if isinstance(value, list) else [value])]
    reads, writes = paths.count(PIPE), getattr(options, "output", None) == str(PIPE)
    options.pipe_folder = None
    if not reads and not writes:
        yield
        return
    if reads > 1:
        raise DeblurError("“-” stands for one photo, from stdin, and is named twice. Name it once.")
    if reads and "photos" in inputs and not options.output:
        raise DeblurError("Say where the result of “-” goes, with -o: a file, a folder, or - for stdout.")
    if (
        writes
        and (len(paths) > 1 or any(file_names.is_folder(path) for path in paths))
        and options.command != "combine"
    ):
        raise DeblurError("“-o -” takes the result of one photo. Name a folder for several.")
    with temporary_folder() as folder, ExitStack() as stack:
        options.pipe_folder = folder
        if reads:
            spooled = _spool(folder)
            for name, value in inputs.items():
                new = [spooled if path == PIPE else path for path in value] if isinstance(value, list) else value
                setattr(options, name, spooled if new == PIPE else new)
        if not writes:
            yield
            return
        out = _binary_stdout()
        options.output = str(folder / "out")
        stack.enter_context(redirect_stdout(sys.stderr))
        yield
        _deliver(folder / "out", out)


def name_of(path: Path, options: argparse.Namespace) -> str:
    """Return the name of a photo or result as the user gave it: “-” for what goes through a pipe."""
    folder = options.pipe_folder
    return str(PIPE if folder is not None and path.is_relative_to(folder) else path)


def format_name(path: Path, options: argparse.Namespace) -> str:
    """Return the name of a photo or result in one line of text."""
    return one_line(name_of(path, options))


def _spool(folder: Path) -> Path:
    """Copy stdin into a file in `folder` whose ending tells its format."""
    if sys.stdin.isatty():
        raise DeblurError(
            "“-” reads a photo from a pipe, and there is none, as in: cat photo.jpg | deblur restore - -o -"
        )
    file = folder / "stdin"
    try:
        with file.open("wb") as copy:
            while piece := sys.stdin.buffer.read(_PIECE):
                copy.write(piece)
                if copy.tell() > file_names.LARGEST_FILE:
                    raise DeblurError(
                        "The data from stdin is not a picture: it is larger than "
                        f"{describe_bytes(file_names.LARGEST_FILE)}."
                    )
    except OSError as error:
        raise DeblurError(f"The photo cannot be read from stdin: {error.strerror or error}.") from error
    return file.rename(file.with_suffix(_ending(file)))


def _ending(file: Path) -> str:
    from PIL import Image

    with suppress(Exception), Image.open(file) as image:  # what it is, reading the photo tells
        return _ENDINGS.get(image.format or "", "")
    return ""


def _binary_stdout() -> BinaryIO:
    if is_stdout_closed():
        raise DeblurError("The picture cannot be written to stdout, which is closed. Name a file with -o.")
    if sys.stdout.isatty():
        raise DeblurError(
            "The picture would go to the terminal. Send it elsewhere, as in: deblur restore … -o - > out.png"
        )
    return sys.stdout.buffer


def _deliver(folder: Path, out: BinaryIO) -> None:
    """Write the result, the only file in `folder`, to stdout; nothing where the work has failed."""
    for file in folder.iterdir() if folder.is_dir() else ():
        try:
            with file.open("rb") as data:
                shutil.copyfileobj(data, out, _PIECE)
            out.flush()
        except BrokenPipeError:
            raise
        except OSError as error:
            raise DeblurError(f"The picture could not be written to stdout: {error.strerror or error}.") from error
