"""Zips from strangers: a strict kind, whose sizes are all known and bounded before anything is allocated.

No comments, nothing before the first or after the last member, few members, and no names but those that are expected.
"""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING

from deblur_app.core.errors import shorten

if TYPE_CHECKING:
    import re
    from collections.abc import Sequence

type Limits = Sequence[tuple[re.Pattern[str], int]]
"""Names that members may have, as patterns, and how many bytes each of them, unpacked."""

BROKEN = (zipfile.BadZipFile, zlib.error, struct.error, ValueError, TypeError, LookupError, EOFError, OverflowError,
          NotImplementedError, RuntimeError)  # fmt: skip
"""All that `zipfile` and the checks here raise about a file that is not as it should be."""

_BYTES_OF_AN_ENTRY = 256
"""Of the directory, for each member: a head of 46 and a name."""

_FREE_BYTES, _MOST_RATIO = 10_000_000, 100
"""Above so many bytes, a member unpacks to at most so many times its size: weights hardly shrink, texts tenfold."""

_LARGEST = 500_000_000
"""Bytes of all members, unpacked."""

_END = struct.Struct("<4s4H2LH")
_ZIP64_LOCATOR = 20
"""Bytes of the ZIP64 locator, which lies before the end record."""


def open_zip(file: IO[bytes], most_members: int = 64) -> zipfile.ZipFile:
    """Return the zip after a check of its end: `zipfile` would read a directory of any size, and search for one.

    Args:
        file: What holds it and nothing else.
        most_members: A zip of more is refused before its directory is read.

    Raises:
        ValueError: It is cut off, no zip, or not of the strict kind.
    """
    size = file.seek(0, os.SEEK_END)
    length = _END.size + _ZIP64_LOCATOR
    if size < length:
        raise ValueError("it is cut off")
    file.seek(size - length)
    tail = file.read(length)
    sign, disk, first_disk, here, count, directory, start, comment = _END.unpack(tail[_ZIP64_LOCATOR:])
    if sign != b"PK\5\6" or comment or disk or first_disk or here != count or start + directory + _END.size != size:
        raise ValueError("it is cut off, or no zip of ours")
    if tail.startswith(b"PK\6\7") or not 0 < count <= most_members or directory > count * _BYTES_OF_AN_ENTRY:
        raise ValueError("it has too many members")
    return zipfile.ZipFile(file)


def sizes(archive: zipfile.ZipFile, limits: Limits) -> dict[str, int]:
    """Return the bytes of each member once unpacked, by its name; all are allowed and within their limits.

    Raises:
        ValueError: One is not allowed, too large, there twice, or packed in another way than it may be.
    """
    sizes_by_name: dict[str, int] = {}
    for member in archive.infolist():
        name = member.filename
        if name in sizes_by_name:
            raise ValueError(f"{shorten(name)} is there twice")
        if member.file_size > limit(name, limits):
            raise ValueError(f"{shorten(name)} has {member.file_size} bytes")
        if member.flag_bits & 1 or member.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise ValueError(f"{shorten(name)} is packed in a way that is not allowed")
        if member.file_size > _FREE_BYTES + _MOST_RATIO * member.compress_size:
            raise ValueError(f"{shorten(name)} unpacks to {member.file_size} bytes")
        sizes_by_name[name] = member.file_size
    if sum(sizes_by_name.values()) > _LARGEST:
        raise ValueError(f"it would take {sum(sizes_by_name.values())} bytes")
    return sizes_by_name


def limit(name: str, limits: Limits) -> int:
    """Return the most bytes that the member called `name` may have, unpacked.

    Raises:
        ValueError: No member is called so.
    """
    for pattern, most in limits:
        if pattern.fullmatch(name):
            return most
    raise ValueError(f"“{shorten(name)}” does not belong into it")
