"""Files of pixels: 16-bit values with transparency, as NumPy writes them.

Rounding the values to 8 bits gives what the pixels themselves give.
"""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.picture import from_integer, to_uint16

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.core.picture import Picture, Pixels

_BYTES = 3
"""Bytes for each value of a pixel: two, and room for transparency."""


def write_pixels(picture: Picture, file: Path) -> None:
    """Write the pixels of a picture with its transparency.

    Raises:
        OSError: They cannot be written.
    """
    values = to_uint16(picture.pixels)
    np.save(file, values if picture.alpha is None else np.dstack([values, to_uint16(picture.alpha)]))


def read_pixels(file: Path) -> tuple[Pixels, NDArray[np.float32] | None]:
    """Return the pixels of a file and the transparency, or None without one.

    Raises:
        OSError: It cannot be read.
        ValueError: It holds no pixels.
    """
    values = from_integer(np.load(file, allow_pickle=False))
    alpha = values[..., 3].copy() if values.shape[2] == 4 else None
    return np.ascontiguousarray(values[..., :3]), alpha


def with_pixels(picture: Picture, file: Path) -> Picture:
    """Return a picture with the pixels of a file; for errors see `read_pixels`."""
    pixels, alpha = read_pixels(file)
    return replace(picture, pixels=pixels, alpha=alpha)


def without_pixels(picture: Picture) -> Picture:
    """Return all of a picture but its pixels."""
    alpha = None if picture.alpha is None else np.empty((0, 0), np.float32)
    return replace(picture, pixels=np.empty((0, 0, 3), np.float32), alpha=alpha)


def count_bytes(*pictures: Picture | None) -> int:
    """Return the bytes that the pixels of pictures take on the disk, or a little more."""
    return sum(picture.pixels.size * _BYTES for picture in pictures if picture is not None)


def delete_result(file: Path) -> None:
    """Delete the files of a kept result, given without an ending; those that are gone do not matter."""
    for ending in (".npy", ".rejected.npy", ".json"):
        with suppress(OSError):
            file.with_suffix(ending).unlink(missing_ok=True)
