"""Drawing on a kernel: strokes, sides, centring. Plain arrays; the widgets are in `canvas` and `editor`.

A *field* is a kernel under the brush: float32, square with an odd side, values in [0, 1] with no rule for their sum.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel

    type Field = NDArray[np.float32]

SIDES = (15, 21, 31, 45, 63, 91, 127, 181, 255, 361, 511)
"""Sides of fields in pixels, each about 1.4 times the one before."""

_BLACK = 1e-6
"""Values up to this one count as black."""


def field_of(kernel: Kernel, least: int = SIDES[0]) -> Field:
    """Return a field around a kernel, with room to draw, the brightest pixel at 1.

    Args:
        kernel: The point spread function; of one in colour, the mean of its colours.
        least: The smallest side that the field may have.
    """
    kernel = kernel_arrays.grey(kernel)
    needed = max(len(kernel) + 2, least)
    side = next((side for side in SIDES if side >= needed), len(kernel))
    return resize_field((kernel / kernel.max()).astype(np.float32), side)


def resize_field(field: Field, side: int) -> Field:
    """Return the middle of a field in another side: black is added around it, or its rim is cut off."""
    cut = max((len(field) - side) // 2, 0)
    field = field[cut : len(field) - cut, cut : len(field) - cut]
    around = (side - len(field)) // 2
    return np.pad(field, around)


def draw_stroke(
    field: Field,
    start: tuple[float, float],
    end: tuple[float, float],
    *,
    size: float,
    strength: float,
    erases: bool = False,
) -> Field:
    """Return a field with one straight stroke of a round brush, its edge shared with the pixels it crosses.

    Args:
        field: The field that is drawn on; it stays as it is.
        start: The start of the stroke: x to the right and y downwards, in pixels, (0, 0) the middle of the first one.
        end: The end of the stroke.
        size: Diameter of the brush in pixels.
        strength: In (0, 1]: how bright it draws, 1 as bright as the brightest; or how much it takes away.
        erases: Whether it takes away.
    """
    covered = strength * _stroke_coverage(len(field), start, end, size)
    combined = field * (1.0 - covered) if erases else np.maximum(field, covered)
    return combined.astype(np.float32)


def kernel_of(field: Field) -> Kernel | None:
    """Return the kernel of a field: its sum is 1, black rims are left out. None while the field is black."""
    lit = field > _BLACK
    if not lit.any():
        return None
    middle = len(field) // 2
    rows, columns = np.nonzero(lit)
    half = int(max(np.abs(rows - middle).max(), np.abs(columns - middle).max()))
    part = slice(middle - half, middle + half + 1)
    return kernel_arrays.normalize(np.where(lit, field, 0.0)[part, part])


def center_field(field: Field) -> Field:
    """Return the same light with its centre of mass in the middle, so that the restored photo does not shift."""
    if not (field > _BLACK).any():
        return field
    kernel = kernel_arrays.center_kernel(np.where(field > _BLACK, field, 0.0).astype(np.float64))
    side = max(len(field), next((side for side in SIDES if side >= len(_trim(kernel))), len(kernel)))
    return resize_field((kernel / kernel.max()).astype(np.float32), side)


def facts_text(kernel: Kernel) -> str:
    """Return size and centre of a kernel in a few words."""
    facts = kernel_arrays.describe(kernel)
    x, y = (value + 0.0 if abs(value) >= 0.05 else 0.0 for value in facts.centroid)  # no −0.0
    where = tr("centred") if x == y == 0.0 else tr("off centre by {x:.1f}, {y:.1f} px", x=x, y=y).replace("-", "−")
    return f"{facts.extent[0]} × {facts.extent[1]} px · {where}"


def _trim(kernel: Kernel) -> Kernel:
    trimmed = kernel_of(kernel)
    return kernel if trimmed is None else trimmed


def _stroke_coverage(
    side: int, start: tuple[float, float], end: tuple[float, float], size: float
) -> NDArray[np.float64]:
    """Return the share of each pixel that a stroke covers, in [0, 1]."""
    y, x = np.mgrid[:side, :side].astype(np.float64)
    along = np.subtract(end, start)
    length = float(along @ along)
    x, y = x - start[0], y - start[1]
    share = np.clip((x * along[0] + y * along[1]) / length, 0.0, 1.0) if length else np.zeros_like(x)
    distance = np.hypot(x - share * along[0], y - share * along[1])
    covered: NDArray[np.float64] = np.clip(size / 2 + 0.5 - distance, 0.0, 1.0)
    return covered
