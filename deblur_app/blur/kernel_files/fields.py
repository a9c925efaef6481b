"""Files of fields of kernels (.npz): a zip of the NumPy arrays `basis`, `weights`, `xs`, `ys` and `confidence`.

They are checked by their headers before anything of their size is allocated, and nothing in them is run.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.kernel_files.arrays import read_array, save_arrays
from deblur_app.blur.kernel_files.extras import LIMITS_OF_EXTRAS, NO_EXTRAS
from deblur_app.blur.kernel_files.grids import LARGEST, MAX_REGIONS
from deblur_app.blur.kernel_files.values import MAX_SIDE
from deblur_app.blur.kernel_grid import MOST_BASIS, KernelField
from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.formats import strict_zip
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from deblur_app.blur.kernel_files.arrays import Numbers
    from deblur_app.blur.kernel_files.extras import Extras

_NAMES = ("basis", "weights", "xs", "ys", "confidence")

_LIMITS = (
    (re.compile(r"basis\.npy"), LARGEST),
    (re.compile(r"weights\.npy"), 1_000 + MAX_REGIONS**2 * MOST_BASIS * 8),
    (re.compile(r"(xs|ys|confidence)\.npy"), 1_000 + MAX_REGIONS**2 * 8),
    *LIMITS_OF_EXTRAS,
)
"""The members, and how many bytes each of them may have."""

MOST_MEMBERS = len(_NAMES) + len(LIMITS_OF_EXTRAS) + 1
"""Arrays of a file, at most."""

_LARGEST_NUMBER = 1e6
"""Elements of kernels of sum 1, and how they are mixed, are far below."""


def is_field(data: bytes) -> bool:
    """Return whether the content of a file, if it is sound, is a field of kernels; that of any other file is not."""
    try:
        with strict_zip.open_zip(io.BytesIO(data), most_members=MOST_MEMBERS) as members:
            return f"{_NAMES[0]}.npy" in members.namelist()
    except strict_zip.BROKEN:
        return False


def parse_field(data: bytes, name: str) -> KernelField:
    """Return the field of kernels in the content of a file that is called `name`.

    Raises:
        DeblurError: It is damaged, too large, or no field.
    """
    try:
        with strict_zip.open_zip(io.BytesIO(data), most_members=MOST_MEMBERS) as members:
            strict_zip.sizes(members, _LIMITS)
            return _field({part: read_array(members, part, _check_shape) for part in _NAMES})
    except strict_zip.BROKEN as error:
        raise DeblurError(
            tr(
                "“{name}” holds no field of kernels ({reason}). Save it again with “deblur psf --field”.",
                name=name,
                reason=shorten(error),
            )
        ) from error


def field_bytes(field: KernelField, extras: Extras = NO_EXTRAS, *, is_packed: bool = False) -> bytes:
    """Return the content of the file of a field, packed where it shall be short."""
    file = io.BytesIO()
    arrays = {
        "basis": field.basis,
        "weights": field.weights,
        "xs": np.array(field.xs),
        "ys": np.array(field.ys),
        "confidence": field.confidence,
    }
    save_arrays(file, arrays | extras.list_arrays(), is_packed=is_packed)
    return file.getvalue()


def _check_shape(name: str, shape: tuple[int, ...]) -> None:
    if name == "basis":
        is_right = len(shape) == 3 and 1 <= shape[0] <= MOST_BASIS and shape[1] == shape[2] <= MAX_SIDE
        is_right = is_right and shape[1] % 2 == 1
    else:
        lengths = {"weights": 3, "confidence": 2}.get(name, 1)
        is_right = len(shape) == lengths and all(1 <= length <= MAX_REGIONS for length in shape)
    if not is_right:
        raise ValueError(f"its {name} have the shape {shorten(shape, 40)}")


def _field(arrays: dict[str, Numbers]) -> KernelField:
    """Return the field after a check of its numbers."""
    xs, ys, confidence = arrays["xs"], arrays["ys"], arrays["confidence"]
    if not all((np.diff(places) > 0).all() for places in (xs, ys)):
        raise ValueError("its places are not in rows and columns")
    if confidence.min() < 0.0 or confidence.max() > 1.0:
        raise ValueError("it has a confidence that is no probability")
    if max(float(np.abs(arrays[name]).max()) for name in ("basis", "weights")) > _LARGEST_NUMBER:
        raise ValueError("its numbers are too large")
    basis, weights = arrays["basis"].astype(np.float32), arrays["weights"].astype(np.float32)
    field = KernelField(basis, weights, tuple(xs.tolist()), tuple(ys.tolist()), confidence.astype(np.float32))
    mixed = np.tensordot(field.weights, field.basis, axes=1)
    if not np.isfinite(mixed).all() or np.maximum(mixed, 0.0).sum(axis=(2, 3)).min() <= 0.0:
        raise ValueError("it has kernels without light")
    return field
