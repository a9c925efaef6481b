"""What an .npz file of kernels may say of them besides: the size that they belong to, and where they hold.

The arrays are `reduction`, of one number, and `trust` with its `trust_box`; see `Psf` and `TrustMap`.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.blur.kernel_files.arrays import read_array
from deblur_app.blur.trust_map import MOST_CELLS, TrustMap
from deblur_app.core.errors import DeblurError, shorten
from deblur_app.core.formats import strict_zip
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

LIMITS_OF_EXTRAS = (
    (re.compile(r"(reduction|trust_box)\.npy"), 1_000),
    (re.compile(r"trust\.npy"), 1_000 + MOST_CELLS**2 * 8),
)
"""The members, and how many bytes each of them may have."""

_MOST_REDUCED = 64
"""Times that a photo is made smaller at most, as in recipes."""

_FARTHEST = 1e6
"""Pixels of a place, at most."""


@dataclass(frozen=True, eq=False)
class Extras:
    """What is said of kernels besides.

    Attributes:
        reduction: How many times smaller a photo is made to undo them.
        trust: Where they hold; None for everywhere.
    """

    reduction: int = 1
    trust: TrustMap | None = None

    def list_arrays(self) -> dict[str, NDArray[Any]]:
        """Return the arrays of a file by their names: none that would say what holds anyway."""
        arrays: dict[str, NDArray[Any]] = {}
        if self.reduction > 1:
            arrays["reduction"] = np.array([self.reduction], np.float64)
        if self.trust:
            arrays |= {"trust": self.trust.values, "trust_box": np.array(self.trust.box, np.float64)}
        return arrays


NO_EXTRAS = Extras()


def parse_extras(data: bytes, name: str, most_members: int) -> Extras:
    """Return what the content of a file that is called `name` says besides.

    Args:
        data: The content, whose sizes have been checked.
        name: Name of the file.
        most_members: Arrays that it may have.

    Raises:
        DeblurError: It is damaged.
    """
    try:
        with strict_zip.open_zip(io.BytesIO(data), most_members=most_members) as members:
            names = members.namelist()
            reduction, trust = 1.0, None
            if "reduction.npy" in names:
                reduction = float(read_array(members, "reduction", _check_shape)[0])
            if "trust.npy" in names:
                values, box = (read_array(members, part, _check_shape) for part in ("trust", "trust_box"))
                if values.min() < 0.0 or values.max() > 1.0 or np.abs(box).max() > _FARTHEST:
                    raise ValueError("its trust is out of range")
                left, top, width, height = box.tolist()
                trust = TrustMap(values.astype(np.float32), (left, top, width, height))
            if reduction not in range(1, _MOST_REDUCED + 1):
                raise ValueError(f"its reduction is {reduction:g}")
            return Extras(int(reduction), trust)
    except strict_zip.BROKEN as error:
        raise DeblurError(
            tr("“{name}” is damaged ({reason}). Save the kernel again.", name=name, reason=shorten(error))
        ) from error


def _check_shape(name: str, shape: tuple[int, ...]) -> None:
    if name == "trust":
        is_right = len(shape) == 2 and all(1 <= length <= MOST_CELLS for length in shape)
    else:
        is_right = shape == ((4,) if name == "trust_box" else (1,))
    if not is_right:
        raise ValueError(f"its {name} has the shape {shorten(shape, 40)}")
