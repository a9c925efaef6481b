"""Files of named arrays, as `numpy.savez` stores them: a zip of NumPy files that are not compressed."""

from __future__ import annotations

import math
import struct
import zipfile
import zlib
from typing import IO, TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import replacing
from deblur_app.core.files.plain_file import open_plain
from deblur_app.core.formats import npy
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

type Arrays = dict[str, NDArray[Any]]

_ENDING = ".npy"
_PIECE = 1 << 20
"""Bytes that are written at once."""

_MOST_MEMBERS = 10_000
"""Arrays in a file; the largest network has some hundred, with its optimiser."""

_BROKEN = (ValueError, TypeError, LookupError, EOFError, OverflowError, RuntimeError, NotImplementedError, MemoryError,
           OSError, struct.error, zlib.error, zipfile.BadZipFile)  # fmt: skip
"""All that `zipfile` raises about a file that is not as it should be."""


def write_arrays(path: Path, arrays: Arrays) -> None:
    """Write arrays to `path`, whole and on the disk, or not at all.

    Raises:
        DeblurError: The disk is full or the folder is gone.
    """
    with replacing(path) as file:
        _write(file, arrays)


def read_arrays(path: Path) -> Arrays:
    """Return the arrays in a file, which cannot be written to.

    Nothing larger than the file is allocated, and no objects are loaded.

    Raises:
        DeblurError: The file is missing or broken.
    """
    with open_plain(path) as file:
        try:
            size = file.seek(0, 2)
            with zipfile.ZipFile(file) as archive:
                members = archive.infolist()
                _check_members(members, size)
                return {each.filename.removesuffix(_ENDING): _read_member(archive, each) for each in members}
        except _BROKEN as error:
            raise DeblurError(tr("“{path}” is damaged. Its training cannot go on from it.", path=path)) from error


def check_fit(arrays: Mapping[str, NDArray[Any]], shapes: Mapping[str, tuple[int, ...]]) -> None:
    """Refuse arrays that are missing, of another shape, or no numbers.

    Args:
        arrays: What a file has.
        shapes: The shape of each that is needed, by its name.

    Raises:
        DeblurError: One does not fit; the sentence names it.
    """
    for name, shape in shapes.items():
        array = arrays.get(name)
        if array is None:
            raise DeblurError(tr("The weights lack “{name}”: they are those of another network.", name=name))
        if array.shape != tuple(shape) or array.dtype.kind not in "fiu":
            raise DeblurError(
                tr(
                    "The weights “{name}” have the shape {shape} and the type {dtype}, where {tuple} "
                    "numbers are needed: they are those of another network, or damaged.",
                    name=name,
                    shape=array.shape,
                    dtype=array.dtype,
                    tuple=tuple(shape),
                )
            )


def _check_members(members: list[zipfile.ZipInfo], size: int) -> None:
    if len(members) > _MOST_MEMBERS or len({each.filename for each in members}) < len(members):
        raise ValueError("too many members, or one twice")
    if any(each.compress_type != zipfile.ZIP_STORED for each in members):
        raise ValueError("it is compressed")
    if sum(each.file_size for each in members) > size:
        raise ValueError("its members are larger than the file")


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> NDArray[Any]:
    with archive.open(member) as file:
        header = npy.read_header(file)
        if header.dtype.kind not in "fiub" or math.prod(header.shape) * header.dtype.itemsize > member.file_size:
            raise ValueError("an array is not of plain numbers, or larger than its member")
        values = npy.read_values(file, header)
        if file.read(1):  # also has `zipfile` compare the checksum
            raise ValueError("an array is smaller than its member")
        return values


def _write(file: IO[bytes], arrays: Arrays) -> None:
    """Write arrays in the format of `numpy.savez`, in small pieces and without copies.

    `savez` copies 16 MB at a time while it holds Python's lock, which the window feels.
    """
    with zipfile.ZipFile(file, "w", zipfile.ZIP_STORED) as members:
        for name, array in arrays.items():
            with members.open(f"{name}{_ENDING}", "w", force_zip64=True) as member:
                header = np.lib.format.header_data_from_array_1_0(array)
                np.lib.format.write_array_header_1_0(member, header)
                content = memoryview(np.ascontiguousarray(array).reshape(-1)).cast("B")
                for start in range(0, len(content), _PIECE):
                    member.write(content[start : start + _PIECE])
