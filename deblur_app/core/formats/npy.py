"""Read headers of NumPy files (.npy) of others.

NumPy's own reader evaluates the header as Python: brackets nested a thousand deep end in one of a dozen exceptions, and
a backslash prints a warning. This one knows just the form that `numpy.save` writes for plain numbers.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import IO, Any

import numpy as np

_MAGIC = b"\x93NUMPY"
_LONGEST = 1000
"""Bytes of a header; NumPy writes 118 for arrays of numbers."""

_FORM = re.compile(
    rb"""\{\s*'descr':\s*'(?P<kind>[<>|=][biufcSUVMmO]\d{0,6})',
    \s*'fortran_order':\s*(?P<fortran>True|False),
    \s*'shape':\s*\((?P<shape>[0-9, ]*)\)\s*,?\s*\}\s*""",
    re.VERBOSE,
)
"""A description of format 1.0 to 3.0 (NumPy Enhancement Proposal 1), keys in the order that NumPy writes."""


@dataclass(frozen=True)
class Header:
    """The header of a NumPy file: shape, order and type of its array.

    Attributes:
        shape: Sides of the array; not yet compared with the size of the file.
        is_fortran: Whether the first index runs fastest.
        dtype: Type of its numbers; it may be one of objects, which must not be loaded.
    """

    shape: tuple[int, ...]
    is_fortran: bool
    dtype: np.dtype[Any]


def read_header(file: IO[bytes]) -> Header:
    """Read the header at the beginning of a NumPy file; the numbers follow in `file`.

    Raises:
        ValueError: It is no NumPy file, or its header is not of the form that NumPy writes for plain arrays.
    """
    start = file.read(8)
    if start[:6] != _MAGIC or start[6:] not in {b"\1\0", b"\2\0", b"\3\0"}:
        raise ValueError("it does not begin as a NumPy file")
    length = int.from_bytes(file.read(2 if start[6] == 1 else 4), "little")
    text = file.read(min(length, _LONGEST + 1))
    form = _FORM.fullmatch(text) if len(text) == length else None
    if form is None:
        raise ValueError("its header is not one of a plain array")
    try:
        dtype = np.dtype(form["kind"].decode("ascii"))
    except TypeError as error:
        raise ValueError("its header names an unknown type of numbers") from error
    return Header(_shape(form["shape"]), form["fortran"] == b"True", dtype)


def read_values(file: IO[bytes], header: Header) -> np.ndarray[Any, Any]:
    """Read the numbers that follow a header; its shape and type have to be checked before.

    Returns:
        An array of the header's shape and type that cannot be written to.

    Raises:
        ValueError: They are objects, or end too early.
    """
    if header.dtype.hasobject:
        raise ValueError("it holds objects")
    count = math.prod(header.shape)
    data = file.read(count * header.dtype.itemsize)
    if len(data) < count * header.dtype.itemsize:
        raise ValueError("its numbers end too early")
    return np.frombuffer(data, header.dtype, count).reshape(header.shape, order="F" if header.is_fortran else "C")


def _shape(text: bytes) -> tuple[int, ...]:
    """Return the sides in the text of a tuple, such as “3, 4” or “5,”."""
    text = text.strip().removesuffix(b",")
    try:
        return tuple(int(side) for side in text.split(b",")) if text else ()
    except ValueError as error:
        raise ValueError("its header is not one of a plain array") from error
