"""The chunks of a PNG file (ISO/IEC 15948): taken apart, checked, and put together."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

import numpy as np

from deblur_app.core.file_errors import damaged_file_error
from deblur_app.core.image_io.limits import MAX_BLOCK
from deblur_app.core.texts import tr

SIGNATURE = b"\x89PNG\r\n\x1a\n"
CRITICAL = frozenset((b"IHDR", b"PLTE", b"IDAT", b"IEND"))
_SAMPLES = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}
_DEPTHS = {0: {1, 2, 4, 8, 16}, 2: {8, 16}, 3: {1, 2, 4, 8}, 4: {8, 16}, 6: {8, 16}}
_PASSES = ((0, 0, 8, 8), (4, 0, 8, 8), (0, 4, 4, 8), (2, 0, 4, 4), (0, 2, 2, 4), (1, 0, 2, 2), (0, 1, 1, 2))
"""First column, first row, and steps of both, of the passes of an interlaced picture."""

_STEP = 1 << 20
"""Bytes that are unpacked at a time."""


@dataclass(frozen=True)
class Header:
    """The header of a PNG: size in pixels, bits per sample, colour type, and whether it is interlaced."""

    width: int
    height: int
    depth: int
    colour: int
    is_interlaced: bool

    @property
    def samples(self) -> int:
        """Samples of a pixel: 1 to 4."""
        return _SAMPLES[self.colour]

    def row_lengths(self) -> list[tuple[int, int]]:
        """Return for each pass how many rows it has and how many bytes a row, with the byte of its filter."""
        passes = _PASSES if self.is_interlaced else ((0, 0, 1, 1),)
        sizes = [(-(-(self.width - x) // dx), -(-(self.height - y) // dy)) for x, y, dx, dy in passes]
        bits = self.samples * self.depth
        return [(height, 1 + -(-width * bits // 8)) for width, height in sizes if width > 0 and height > 0]


def read_chunks(data: bytes, name: str) -> list[tuple[bytes, bytes]]:
    """Return kind and content of each chunk; those that do not matter to the pixels and are broken are left out.

    Raises:
        DeblurError: A chunk that matters is broken, or the file ends before its last chunk.
    """
    chunks, position = [], len(SIGNATURE)
    while position + 12 <= len(data):
        length, kind = struct.unpack(">I4s", data[position : position + 8])
        content = data[position + 8 : position + 8 + length]
        stored = data[position + 8 + length : position + 12 + length]
        is_sound = len(stored) == 4 and zlib.crc32(content, zlib.crc32(kind)) == int.from_bytes(stored)
        if kind in CRITICAL and not is_sound:
            raise damaged_file_error(name, tr("the checksum of its part {decode} is wrong", decode=kind.decode()))
        if is_sound:
            chunks.append((kind, content))
        if kind == b"IEND":
            return chunks
        position += 12 + length
    raise damaged_file_error(name, tr("it ends too early"))


def read_header(data: bytes, name: str) -> Header:
    """Return what the first chunk of a file says.

    Raises:
        DeblurError: There is none, or it says something that no PNG has.
    """
    content = data[len(SIGNATURE) + 8 : len(SIGNATURE) + 21]
    if data[len(SIGNATURE) : len(SIGNATURE) + 8] != b"\0\0\0\x0dIHDR" or len(content) != 13:
        raise damaged_file_error(name, tr("it has no header"))
    width, height, depth, colour, compression, filtering, interlacing = struct.unpack(">IIBBBBB", content)
    if depth not in _DEPTHS.get(colour, ()) or compression or filtering or interlacing > 1:
        raise damaged_file_error(name, tr("its header is wrong"))
    return Header(width, height, depth, colour, bool(interlacing))


def check_pixels(header: Header, chunks: list[tuple[bytes, bytes]], name: str) -> None:
    """Unpack the pixels once, a megabyte at a time, to see that there are enough: decoders fill up what is missing.

    Raises:
        DeblurError: Rows are missing or have a filter that does not exist.
    """
    starts = _row_starts(header.row_lengths())
    expected = sum(rows * length for rows, length in header.row_lengths())
    unpacker, length = zlib.decompressobj(), 0
    try:
        for packed in (content for kind, content in chunks if kind == b"IDAT"):
            rest = packed
            while rest and length < expected:
                block = unpacker.decompress(rest, _STEP)
                rest = unpacker.unconsumed_tail
                first, last = np.searchsorted(starts, (length, length + len(block)))
                filters = np.frombuffer(block, np.uint8)[starts[first:last] - length]
                if filters.size and filters.max() > 4:
                    raise damaged_file_error(name, tr("its rows are wrong"))
                length += len(block)
                if not block and not rest:
                    break
    except zlib.error as error:
        raise damaged_file_error(name, error) from error
    if length < expected:
        raise damaged_file_error(name, tr("rows are missing"))


def _row_starts(passes: list[tuple[int, int]]) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    starts, begin = [], 0
    for rows, length in passes:
        starts.append(begin + np.arange(rows, dtype=np.int64) * length)
        begin += rows * length
    return np.concatenate(starts)


def unpack(packed: bytes, room: int = MAX_BLOCK) -> bytes | None:
    """Return what a compressed block of metadata holds; None where it is broken or longer than `room`."""
    unpacker = zlib.decompressobj()
    try:
        content = unpacker.decompress(packed, room)
    except zlib.error:
        return None
    return content if unpacker.eof else None


def join(chunks: list[tuple[bytes, bytes]]) -> bytes:
    """Return the file that consists of these chunks."""
    parts = [
        struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(content, zlib.crc32(kind)))
        for kind, content in chunks
    ]
    return SIGNATURE + b"".join(parts)
