"""Arrays of plain numbers in .npz files, read with a check of their headers first."""

from __future__ import annotations

from typing import IO, TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from deblur_app.core.formats import npy

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Callable, Mapping

type Numbers = NDArray[np.float64]


def read_array(members: zipfile.ZipFile, name: str, check_shape: Callable[[str, tuple[int, ...]], None]) -> Numbers:
    """Return a member as numbers of 64 bits.

    Args:
        members: The open file.
        name: Name of the array.
        check_shape: Raises ValueError where an array of this name cannot have a shape.
    """
    with members.open(f"{name}.npy") as member:
        header = npy.read_header(member)
        if header.dtype.kind != "f" or header.dtype.itemsize > 8:
            raise ValueError(f"its {name} are of type {header.dtype}")
        check_shape(name, header.shape)
        array: Numbers = npy.read_values(member, header).astype(np.float64)
    if not np.isfinite(array).all():
        raise ValueError(f"its {name} are no numbers")
    return array


def save_arrays(file: IO[bytes], arrays: Mapping[str, NDArray[Any]], *, is_packed: bool = False) -> None:
    """Write arrays into an .npz file, packed where it shall be short."""
    save: Callable[..., None] = np.savez_compressed if is_packed else np.savez
    save(file, **arrays)
