"""Files of kernel grids (.npz): a zip of the NumPy arrays `kernels`, `centres` and `confidence`; see also `extras`.

They are checked by their headers before anything of their size is allocated, and nothing in them is run.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.blur.kernel_arrays import normalize
from deblur_app.blur.kernel_files.arrays import read_array, save_arrays
from deblur_app.blur.kernel_files.extras import LIMITS_OF_EXTRAS, NO_EXTRAS
from deblur_app.blur.kernel_files.values import MAX_SIDE
from deblur_app.blur.kernel_grid import KernelGrid
from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.formats import strict_zip
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_files.arrays import Numbers
    from deblur_app.blur.kernel_files.extras import Extras

SUFFIX = ".npz"
"""Ending of these files, in lower case."""

MAX_REGIONS = 32
"""Rows and columns of a grid at most."""

LARGEST = 100_000_000
"""Bytes of a file and of its kernels: a grid of 9 × 9 with sides of 511 pixels takes 85 million in float32."""

_LIMITS = (
    (re.compile(r"kernels\.npy"), LARGEST),
    (re.compile(r"(centres|confidence)\.npy"), 1_000 + MAX_REGIONS**2 * 16),
    *LIMITS_OF_EXTRAS,
)
"""The members, and how many bytes each of them may have."""

MOST_MEMBERS = 4 + len(LIMITS_OF_EXTRAS)
"""Arrays of a file, at most."""

_NEGATIVE = -1e-4
"""Value of a kernel that sums to 1 from which down it is no rounding: light is never negative."""


def parse_grid(data: bytes, name: str) -> KernelGrid:
    """Return the kernels of all regions in the content of a file that is called `name`, each scaled to sum 1.

    Raises:
        DeblurError: It is damaged, too large, or no such grid.
    """
    try:
        with strict_zip.open_zip(io.BytesIO(data), most_members=MOST_MEMBERS) as members:
            strict_zip.sizes(members, _LIMITS)
            names = ("kernels", "centres", "confidence")
            return _grid({part: read_array(members, part, _check_shape) for part in names})
    except strict_zip.BROKEN as error:
        raise DeblurError(
            tr(
                "“{name}” holds no kernels of regions ({reason}). Save them again with “deblur psf --grid”.",
                name=name,
                reason=shorten(error),
            )
        ) from error


def grid_bytes(grid: KernelGrid, extras: Extras = NO_EXTRAS, *, is_packed: bool = False) -> bytes:
    """Return the content of the file of a grid, packed where it shall be short."""
    file = io.BytesIO()
    arrays: dict[str, NDArray[Any]] = {
        "kernels": np.array(grid.kernels, np.float32),
        "centres": np.array(grid.centres, np.float64),
        "confidence": np.array(grid.confidence, np.float64),
    }
    save_arrays(file, arrays | extras.list_arrays(), is_packed=is_packed)
    return file.getvalue()


def _check_shape(name: str, shape: tuple[int, ...]) -> None:
    grid, rest = shape[:2], shape[2:]
    is_right = len(grid) == 2 and all(1 <= length <= MAX_REGIONS for length in grid)
    if name == "kernels":
        side = rest[0] if rest else 0
        is_right &= rest in ((side, side), (side, side, 3)) and side % 2 == 1 and side <= MAX_SIDE
    else:
        is_right &= rest == ((2,) if name == "centres" else ())
    if not is_right:
        raise ValueError(f"its {name} have the shape {shorten(shape, 40)}")


def _grid(arrays: dict[str, Numbers]) -> KernelGrid:
    """Return the grid after a check of its numbers."""
    kernels, centres, confidence = arrays["kernels"], arrays["centres"], arrays["confidence"]
    if not kernels.shape[:2] == centres.shape[:2] == confidence.shape:
        raise ValueError("its arrays are of different numbers of regions")
    sums = kernels.sum(axis=(2, 3))
    if sums.min() <= 0.0 or (kernels.min(axis=(2, 3)) < _NEGATIVE * sums).any():
        raise ValueError("it has kernels without light")
    xs, ys = centres[..., 0], centres[..., 1]
    if np.ptp(xs, axis=0).any() or np.ptp(ys, axis=1).any() or not (_is_rising(xs[0]) and _is_rising(ys[:, 0])):
        raise ValueError("its kernels are not in rows and columns")
    if confidence.min() < 0.0 or confidence.max() > 1.0:
        raise ValueError("it has a confidence that is no probability")
    return KernelGrid(
        tuple(tuple(normalize(np.maximum(kernel, 0.0)) for kernel in row) for row in kernels),
        tuple(tuple((x, y) for x, y in row) for row in centres.tolist()),
        tuple(map(tuple, confidence.tolist())),
    )


def _is_rising(values: Numbers) -> bool:
    return bool((np.diff(values) > 0).all())
