"""Names of picture files, and reading and writing whole files.

Loads no array library, so that the window may use it before it paints.
"""

from __future__ import annotations

import itertools
import os
import re
import stat
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, TYPE_CHECKING

from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from collections.abc import Iterator

READABLE = frozenset(
    [
        ".avif",
        ".bmp",
        ".gif",
        ".heic",
        ".heif",
        ".jp2",
        ".jpeg",
        ".jpg",
        ".png",
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

WRITABLE = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp")
"""File name endings, in lower case, of the pictures that can be written."""

DEBLURRED = "deblurred"
"""What is put behind the name of a photo for its restored version."""

BLURRED = "blurred"
"""What is put behind the name of a sharp photo for its blurred version."""

COMBINED = "combined"
"""What is put behind the name of the first of several photos for what they give together."""

_LARGEST_FILE = 2_500_000_000
"""Bytes; above 250 megapixels of 16 bits in four channels, uncompressed."""


def is_picture(path: Path) -> bool:
    """Whether the name of `path` looks like a picture that can be opened."""
    return path.suffix.lower() in READABLE


def pictures_in(folder: Path) -> list[Path]:
    """The pictures directly inside `folder`, sorted by name, without hidden ones.

    Raises:
        DeblurError: The folder cannot be listed.
    """
    try:
        found = [path for path in folder.iterdir() if is_picture(path) and not path.name.startswith(".")]
    except OSError as error:
        raise DeblurError(f"The folder {folder} cannot be read: {error.strerror}.") from error
    return sorted(found, key=lambda path: path.name.lower())


def is_result(path: Path, mark: str = DEBLURRED) -> bool:
    """Whether the name of `path` is one that `result_path` gives with this mark."""
    return re.search(rf"_{mark}(-\d+)?$", path.stem) is not None


def result_path(
    photo: Path,
    *,
    bit_depth: int = 8,
    folder: Path | None = None,
    may_exist: bool = False,
    mark: str = DEBLURRED,
) -> Path:
    """A free name for the result of `photo`: “holiday.jpg” becomes “holiday_deblurred.jpg”, then “…_deblurred-2.jpg”.

    Args:
        photo: The original.
        bit_depth: Its bits per channel; a photo whose format cannot be written becomes TIFF at 16 bits, else PNG.
        folder: Where to put the result; None means beside the original.
        may_exist: Whether the first name is taken even if there is such a file.
        mark: What is put behind the name.
    """
    suffix = photo.suffix if photo.suffix.lower() in WRITABLE else ".tif" if bit_depth > 8 else ".png"
    folder = photo.parent if folder is None else folder
    numbers = itertools.chain([""], (f"-{number}" for number in itertools.count(2)))
    names = (f"{photo.stem}_{mark}{number}{suffix}" for number in numbers)
    return next(path for path in map(folder.joinpath, names) if may_exist or not path.exists())


def write_atomic(path: Path, data: bytes | memoryview) -> None:
    """Put `data` into `path` so that whatever happens, the file is the old one or the new one, never a part.

    Raises:
        DeblurError: The folder is missing or cannot be written to, or the disk is full.
    """
    with replacing(path) as file:
        file.write(data)


@contextmanager
def replacing(path: Path) -> Iterator[IO[bytes]]:
    """A file to write to, which takes the place of `path` once it is whole; after an error nothing has changed.

    Raises:
        DeblurError: The folder is missing or cannot be written to, or the disk is full.
    """
    from tempfile import NamedTemporaryFile

    temporary = None
    try:
        with NamedTemporaryFile(dir=path.parent, prefix=".deblur-", delete=False) as file:
            temporary = Path(file.name)
            yield file
            file.flush()
            os.fsync(file.fileno())
        with suppress(OSError):  # some network folders know no modes
            temporary.chmod(0o666 & ~_umask())
        temporary.replace(path)
        temporary = None
    except OSError as error:
        raise DeblurError(
            f"{path} cannot be written: {error.strerror}. Choose a folder that exists, that you may write to and "
            "that has room."
        ) from error
    finally:
        if temporary is not None:
            with suppress(OSError):
                temporary.unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0o022)
    os.umask(mask)
    return mask


def same_file(one: Path, other: Path) -> bool:
    """Whether two paths lead to one file; False where one of them leads nowhere."""
    try:
        return one.samefile(other)
    except OSError:  # one of them is not there
        return False


def content(path: Path) -> bytes:
    """The bytes of a picture file.

    Raises:
        DeblurError: It is missing, empty, no ordinary file, or larger than any picture.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise DeblurError(f"{path} is a folder, not a picture.")
        if not stat.S_ISREG(status.st_mode):
            raise DeblurError(f"{path} is no ordinary file. Save the picture to a file first.")
        if status.st_size > _LARGEST_FILE:
            raise DeblurError(f"{path.name} is no picture: it has {status.st_size / 1e9:.1f} GB.")
        data = path.read_bytes()
    except FileNotFoundError as error:
        raise DeblurError(f"{path} does not exist. Was it moved or renamed?") from error
    except OSError as error:
        raise DeblurError(f"{path} cannot be read: {error.strerror}.") from error
    if not data:
        raise DeblurError(f"{path.name} is empty (0 bytes). Copy it again from where it came from.")
    return data
