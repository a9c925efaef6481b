"""Planes of numbers from .mat files of MATLAB 5 to 7.

SciPy's reader crashes the process on some damaged files; of the format only arrays of numbers are needed here
(MathWorks, "MAT-File Format", "Level 5 MAT-File Format").
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from numpy.typing import NDArray

_HEADER = 128
"""Bytes before the first element; the last two of them tell the order of all others."""

_KINDS = {1: "i1", 2: "u1", 3: "i2", 4: "u2", 5: "i4", 6: "u4", 7: "f4", 9: "f8", 12: "i8", 13: "u8"}
"""Types of numbers."""

_ARRAY, _PACKED = 14, 15
"""Types of elements that are an array, and an array packed by zlib."""

_NUMBER_CLASSES = range(6, 16)
"""Classes of arrays whose values are numbers."""


def read_planes(content: bytes, names: Collection[str], longest_side: int) -> dict[str, NDArray[np.generic]]:
    """Return the arrays of two dimensions with one of these names.

    Args:
        content: The file.
        names: Of the arrays that are wanted; others are passed over.
        longest_side: Rows and columns of an array at most.

    Raises:
        ValueError: It is no such file, is damaged, or an array is larger.
    """
    order = {b"IM": "<", b"MI": ">"}.get(content[_HEADER - 2 : _HEADER])
    if order is None:
        raise ValueError("it is no MATLAB file of version 5 to 7")
    planes = {}
    most = 8 * longest_side**2 + _HEADER
    for kind, data in _elements(content[_HEADER:], order):
        if kind == _PACKED:
            unpacked = _unpack(data, most)
            parts = [part for inner, part in _elements(unpacked, order) if inner == _ARRAY]
        else:
            parts = [data] if kind == _ARRAY else []
        for part in parts:
            found = _read_plane(part, order, names, longest_side)
            if found:
                planes[found[0]] = found[1]
    return planes


def _unpack(data: bytes, most: int) -> bytes:
    try:
        return zlib.decompressobj().decompress(data, most)
    except zlib.error as error:
        raise ValueError("it is damaged") from error


def _elements(data: bytes, order: str) -> Iterator[tuple[int, bytes]]:
    """Yield the type and the content of each element."""
    place = 0
    while place + 8 <= len(data):
        kind, length = struct.unpack_from(f"{order}II", data, place)
        start = place + 8
        if kind >> 16:  # up to four bytes stand within the tag
            kind, length, start = kind & 0xFFFF, kind >> 16, place + 4
            place += 8
        else:
            place = start + (length if kind == _PACKED else -(-length // 8) * 8)
        if start + length > min(len(data), place):
            raise ValueError("it ends too early")
        yield kind, data[start : start + length]


def _read_plane(
    data: bytes, order: str, names: Collection[str], longest_side: int
) -> tuple[str, NDArray[np.generic]] | None:
    """Return the name and the values of an array; None where it is another one, or not of numbers in two dimensions."""
    parts = list(_elements(data, order))
    if len(parts) < 4:
        return None
    (_, flags), (_, sides), (_, label), (kind, values) = parts[:4]
    name = label.decode("ascii", "replace")
    if name not in names or len(flags) < 4 or len(sides) != 8:
        return None
    array_class = struct.unpack(f"{order}I", flags[:4])[0] & 0xFF
    height, width = struct.unpack(f"{order}ii", sides)
    if array_class not in _NUMBER_CLASSES or kind not in _KINDS:
        return None
    if not 0 < min(height, width) <= max(height, width) <= longest_side:
        raise ValueError(f"its array “{name}” has {height} × {width} numbers")
    numbers = np.dtype(order + _KINDS[kind])
    if len(values) != height * width * numbers.itemsize:
        raise ValueError("it is damaged")
    plane = np.frombuffer(values, numbers).reshape((height, width), order="F")
    return name, plane.astype(numbers.newbyteorder("="))
