"""Read the values in kernel files of others: everything is bounded by headers before it is decoded."""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

log = logging.getLogger(__name__)

MAX_SIDE = 511
"""Longest side of a kernel file in pixels, ten times the strongest blur that a photograph survives."""

_LARGEST_FILE = 16_000_000
"""Bytes of a kernel file: twice what 16-bit colour with transparency or float64 take for `MAX_SIDE`, and metadata."""


def read_values(path: Path) -> NDArray[np.float64]:
    """Read the amounts of light in a NumPy file (.npy) or a picture.

    Returns:
        Values as they stand in the file, of shape (height, width) or (height, width, 3), sides up to `MAX_SIDE`; of a
        picture in [0, 1], 0 where it is transparent. They may be negative or no numbers.

    Raises:
        DeblurError: The file is missing, no ordinary file, damaged, too large, or holds no numbers.
    """
    return _read_array(path) if path.suffix.lower() == ".npy" else _read_picture(path)


def _read_array(path: Path) -> NDArray[np.float64]:
    from deblur_app.core.formats import npy

    file = io.BytesIO(_content(path))
    try:
        header = npy.read_header(file)
        _check_shape(header.shape, path)
        _check_type(header.dtype, path)
        return npy.read_values(file, header).astype(np.float64)
    except ValueError as error:
        raise DeblurError(
            tr("“{name}” is damaged, or no NumPy file ({error}). Save the kernel again.", name=path.name, error=error)
        ) from error


def _read_picture(path: Path) -> NDArray[np.float64]:
    from deblur_app.core import image_io

    _check_picture(path)
    picture = image_io.read(path)
    _check_shape((picture.height, picture.width), path)
    light = picture.pixels.astype(np.float64)
    return light if picture.alpha is None else light * picture.alpha[:, :, None]  # what is transparent is no light


def _check_picture(path: Path) -> None:
    """Refuse by its header a picture that is larger than a kernel, before its pixels are decoded."""
    from PIL import Image

    data = _content(path)
    try:
        with Image.open(io.BytesIO(data)) as image:
            size = image.height, image.width
    except Exception as error:  # broken headers make Pillow raise anything; who reads the file says what it is
        log.info("The size of %s is not known", path, exc_info=error)
        return
    _check_shape(size, path)


def _content(path: Path) -> bytes:
    """Return the bytes of a file that is small enough to hold a kernel."""
    from deblur_app.core.files.plain_file import read_plain

    if not (data := read_plain(path, _LARGEST_FILE)):
        raise DeblurError(tr("“{name}” is empty (0 bytes). Save the kernel again.", name=path.name))
    return data


def _check_type(kind: np.dtype[Any], path: Path) -> None:
    if kind.kind not in "biuf" or kind.itemsize > 8:
        raise DeblurError(
            tr(
                "“{name}” is not a kernel: its values are of type {kind}. Save it as float32 numbers.",
                name=path.name,
                kind=kind,
            )
        )


def _check_shape(shape: tuple[int, ...], path: Path) -> None:
    if len(shape[:2]) != 2 or shape[2:] not in ((), (3,)) or not all(1 <= length <= MAX_SIDE for length in shape[:2]):
        size = shorten(" × ".join(map(str, shape)), 60) or tr("one number")
        raise DeblurError(
            tr(
                "“{name}” is not a kernel: its size is {size}. A kernel has two sides of 1 to {max_side} pixels.",
                name=path.name,
                size=size,
                max_side=MAX_SIDE,
            )
        )
