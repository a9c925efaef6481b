"""Read archives (.tgz) of others, member by member, within bounds on what they unpack to.

`tarfile` follows headers that tell of the next header by calling itself, takes a header of any size into memory, and
`gzip` reads a name in its header letter by letter: a file of 12 kB ends in a RecursionError, one of some megabytes in a
long wait. Here zlib unpacks and `tarfile` only interprets blocks of 512 bytes; what a packer of npm writes is read, and
headers that only describe the next member are passed over.
"""

from __future__ import annotations

import tarfile
import zlib
from typing import IO, TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_BLOCK = tarfile.BLOCKSIZE
_PIECE = 1 << 16
"""Bytes that are read and unpacked at a time."""
_GZIP = 16 + zlib.MAX_WBITS
"""The `wbits` that make zlib read the format of gzip."""
_LARGEST_NOTE = 65_536
"""Bytes of a header that describes the next member: names have some hundred."""

_NOTES = frozenset((tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK, tarfile.XHDTYPE, tarfile.XGLTYPE))


class Member(NamedTuple):
    """A file, folder, link or device in an archive; only of a file the bytes can be read.

    Attributes:
        name: As in the archive.
        is_file: Whether it is an ordinary file.
        is_folder: Whether it is a folder.
        size: Bytes that follow.
    """

    name: str
    is_file: bool
    is_folder: bool
    size: int


class Archive:
    """The members of an archive in their order, read once."""

    def __init__(self, file: IO[bytes], most_members: int, most_bytes: int) -> None:
        self._stream = _Unpacked(file, most_bytes)
        self._most_members = most_members
        self._left = 0

    def members(self) -> Iterator[Member]:
        """Yield the members; before the next one, `read` gives the bytes of this one.

        Raises:
            ValueError: The archive is broken, or has too many members or bytes.
        """
        count = 0
        while header := self._header():
            count += 1
            if count > self._most_members:
                raise ValueError("it holds too many files")
            if header.size < 0:
                raise ValueError("a file in it has a negative size")
            has_content = header.type not in {tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.DIRTYPE, tarfile.FIFOTYPE,
                                              tarfile.CHRTYPE, tarfile.BLKTYPE}  # fmt: skip
            size = header.size if has_content else 0
            if header.type in _NOTES:
                if size > _LARGEST_NOTE:
                    raise ValueError(f"a header in it has {size} bytes")
            else:
                self._left = size
                is_file = header.type in {tarfile.REGTYPE, tarfile.AREGTYPE}
                yield Member(header.name, is_file, header.type == tarfile.DIRTYPE, size)
                size, self._left = self._left, 0
            self._stream.skip(size + -header.size % _BLOCK if has_content else 0)

    def read(self) -> bytes:
        """Return the bytes of the member that was yielded last; its size has to be checked before.

        Raises:
            ValueError: They end too early.
        """
        size, self._left = self._left, 0
        return self._stream.read(size)

    def _header(self) -> tarfile.TarInfo | None:
        """Return the next header; None at the end of the archive."""
        block = self._stream.read(_BLOCK, may_end=True)
        if not block.strip(b"\0"):
            return None
        try:
            return tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape")
        except tarfile.HeaderError as error:
            raise ValueError(f"a header in it is broken: {error}") from error


class _Unpacked:
    """The content of a gzip file, unpacked as it is read, up to a limit."""

    def __init__(self, file: IO[bytes], most_bytes: int) -> None:
        self._file = file
        self._left = most_bytes
        self._unpacker = zlib.decompressobj(_GZIP)
        self._pending = bytearray()

    def read(self, size: int, *, may_end: bool = False) -> bytes:
        """Return `size` bytes, or none at the end if `may_end`.

        Raises:
            ValueError: There are not so many, the file is broken, or it unpacks to too much.
        """
        while len(self._pending) < size and (piece := self._next()):
            self._pending += piece
        if len(self._pending) < size and (self._pending or not may_end):
            raise ValueError("it is cut off")
        data = bytes(self._pending[:size])
        del self._pending[:size]
        return data

    def skip(self, size: int) -> None:
        """Skip `size` bytes."""
        while size > 0:
            size -= len(self.read(min(size, _PIECE)))

    def _next(self) -> bytes:
        """Return some more bytes; none at the end."""
        while not self._unpacker.eof:
            packed = self._unpacker.unconsumed_tail or self._file.read(_PIECE)
            try:
                piece = self._unpacker.decompress(packed, _PIECE)
            except zlib.error as error:
                raise ValueError("it is damaged") from error
            self._left -= len(piece)
            if self._left < 0:
                raise ValueError("it unpacks to more than any network needs")
            if piece:
                return piece
            if not packed:
                raise ValueError("it is cut off")
        return b""
