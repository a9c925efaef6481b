"""Names of picture files, and reading whole files; for writing see `atomic_files`.

Loads no array library, so that the window may use it before it paints.
"""

from __future__ import annotations

import itertools
import os
import re
import stat
from typing import TYPE_CHECKING

from deblur_app.core.amounts import describe_bytes
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.plain_file import open_plain
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

READABLE = frozenset(
    [
        ".avif",
        ".bmp",
        ".exr",
        ".fit",
        ".fits",
        ".gif",
        ".heic",
        ".heif",
        ".jp2",
        ".jpeg",
        ".jpg",
        ".jxl",
        ".pbm",
        ".pfm",
        ".pgm",
        ".png",
        ".pnm",
        ".ppm",
        ".tif",
        ".tiff",
        ".webp",
        ".arw",
        ".cr2",
        ".cr3",
        ".dng",
        ".nef",
        ".orf",
        ".raf",
        ".rw2",
    ]
)
"""File name endings, in lower case, of the pictures that can be opened."""

WRITABLE = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".avif", ".bmp")
"""File name endings, in lower case, of the pictures that can be written."""

_SHALLOW = frozenset((".avif",))
"""Endings of formats that are read with more bits per channel than they are written with, which is 8."""

DEBLURRED = "deblurred"
"""Suffix to the name of a photo for its restored version."""

BLURRED = "blurred"
"""Suffix to the name of a sharp photo for its blurred version."""

COMBINED = "combined"
"""Suffix to the name of the first of several photos for their common result."""

RECIPE_SUFFIX = ".deblur.json"
"""Suffix to the name of a picture for its recipe in a file of its own."""

_LONGEST_NAME = 255
"""Longest file name of nearly all file systems."""

LARGEST_FILE = 2_500_000_000
"""Bytes; above 250 megapixels of 16 bits in four channels, uncompressed."""


def is_picture(path: Path) -> bool:
    """Return whether the name of `path` looks like a picture that can be opened."""
    return path.suffix.lower() in READABLE


def pictures_in(folder: Path) -> list[Path]:
    """Return the pictures directly inside `folder`, sorted by name, without hidden ones.

    Raises:
        DeblurError: The folder cannot be listed.
    """
    try:
        pictures = [path for path in folder.iterdir() if is_picture(path) and not path.name.startswith(".")]
    except OSError as error:
        raise DeblurError(
            tr("The folder “{folder}” cannot be read: {reason}.", folder=folder, reason=error.strerror)
        ) from error
    return sorted(pictures, key=lambda path: path.name.lower())


def is_result(path: Path, mark: str = DEBLURRED) -> bool:
    """Return whether the name of `path` is one that `result_path` gives with this mark."""
    return re.search(rf"_{mark}(-\d+)?$", path.stem) is not None


def result_names(
    photo: Path,
    *,
    bit_depth: int = 8,
    folder: Path | None = None,
    mark: str = DEBLURRED,
    suffix: str | None = None,
    stem: str | None = None,
) -> Iterator[Path]:
    """Return names for the result of `photo`, without end: “p_deblurred.jpg”, then “p_deblurred-2.jpg” and so on.

    Args:
        photo: The original.
        bit_depth: Its bits per channel; a photo whose format cannot be written, or not with so many bits, becomes TIFF
            at 16 bits, else PNG.
        folder: Where to put the result; None means beside the original.
        mark: What is put behind the name.
        suffix: The ending; None keeps that of the photo where it can be written.
        stem: The whole name before the ending; None puts the mark behind that of the photo.
    """
    suffix = suffix or choose_suffix(photo.suffix, bit_depth)
    return iterate_names(
        photo.parent if folder is None else folder, stem or photo.stem, "" if stem else f"_{mark}", suffix
    )


def choose_suffix(own: str, bit_depth: int) -> str:
    """Return the ending of the result of a photo with the ending `own` and so many bits per channel."""
    is_kept = own.lower() in WRITABLE and not (bit_depth > 8 and own.lower() in _SHALLOW)
    return own if is_kept else ".tif" if bit_depth > 8 else ".png"


def iterate_names(folder: Path, stem: str, mark: str, suffix: str) -> Iterator[Path]:
    """Return the names STEM MARK SUFFIX, STEM MARK-2 SUFFIX, … in `folder`; a long stem is shortened to what fits."""
    longest = longest_name(folder)
    for number in itertools.chain([""], (f"-{number}" for number in itertools.count(2))):
        tail = f"{mark}{number}{suffix}"
        yield folder / f"{_shorten_stem(stem, longest - _length(tail))}{tail}"


def longest_name(folder: Path) -> int:
    """Return how long a file name in `folder` may be, in the unit of `_length`."""
    try:
        return os.pathconf(folder, "PC_NAME_MAX")
    except (AttributeError, OSError, ValueError):  # no such question on Windows; a folder that is not there yet
        return _LONGEST_NAME


def has_fitting_name(path: Path) -> bool:
    """Return whether the name of `path` is short enough for its folder."""
    return _length(path.name) <= longest_name(path.parent)


def _length(name: str) -> int:
    """Return the length of a name as file systems count it: in bytes, on Windows in units of UTF-16."""
    return len(name.encode("utf-16-le", "surrogatepass")) // 2 if os.name == "nt" else len(os.fsencode(name))


def _shorten_stem(stem: str, longest: int) -> str:
    while stem and _length(stem) > longest:
        stem = stem[:-1]
    return stem


def result_path(
    photo: Path, *, bit_depth: int = 8, folder: Path | None = None, mark: str = DEBLURRED, suffix: str | None = None
) -> Path:
    """Return the first of `result_names` that no file has at this moment, for a dialog that proposes it.

    Another process may take the name meanwhile: whoever writes without asking writes to a `Target`.
    """
    names = result_names(photo, bit_depth=bit_depth, folder=folder, mark=mark, suffix=suffix)
    return next(path for path in names if not os.path.lexists(path))


def has_file(path: Path) -> bool:
    """Return whether there is a file or folder at `path`, also for names that no file system can hold."""
    return os.path.exists(path)  # noqa: PTH110 – `Path.exists` raises an error for a name that is too long


def is_folder(path: Path) -> bool:
    """Return whether `path` is a folder, also for names that no file system can hold."""
    return os.path.isdir(path)  # noqa: PTH112 – as above


def same_file(one: Path, other: Path) -> bool:
    """Return whether two paths lead to one file; False where one of them leads nowhere."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def content(path: Path) -> bytes:
    """Return the bytes of a picture file.

    Raises:
        DeblurError: It is missing, empty, no ordinary file, or larger than any picture.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise DeblurError(tr("“{path}” is a folder, not a picture.", path=path))
        if not stat.S_ISREG(status.st_mode):
            raise DeblurError(tr("“{path}” is not an ordinary file. Save the picture to a file first.", path=path))
        if status.st_size > LARGEST_FILE:
            raise DeblurError(
                tr("“{name}” is not a picture: it has {bytes}.", name=path.name, bytes=describe_bytes(status.st_size))
            )
        with open_plain(path) as file:
            data = file.read(LARGEST_FILE + 1)
    except FileNotFoundError as error:
        raise DeblurError(tr("“{path}” does not exist. Was it moved or renamed?", path=path)) from error
    except OSError as error:
        raise DeblurError(tr("“{path}” cannot be read: {reason}.", path=path, reason=error.strerror)) from error
    if not data:
        raise DeblurError(tr("“{name}” is empty (0 bytes). Copy it again from where it came from.", name=path.name))
    return data
