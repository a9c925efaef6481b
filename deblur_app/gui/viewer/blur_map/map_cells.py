"""The kernels of a blur map as small pictures, their colours and their places; needs no window."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_grid import KernelField, KernelGrid
from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.psf import Psf

_ALONG_LONG_SIDE = 9
"""Kernels along the longer side of a photo, so that each can be seen."""

_UNSURE, _SURE = np.array([1.0, 0.58, 0.20]), np.array([0.35, 0.80, 1.0])
"""sRGB of confidence 0 and 1: orange and blue, which the colour-blind tell apart."""

_MARKED = 120
"""Opacity of what the user has marked as moving, of 255."""

_LEAST_LIGHT = 0.02
"""Share of the brightest element, in light, below which nothing is painted."""


@dataclass(frozen=True, eq=False)
class MapCell:
    """The kernel of one place.

    Attributes:
        x: The place of its middle, as a share of the width of the photo.
        y: Likewise, of its height.
        kernel: The kernel.
        confidence: How far to trust it, in [0, 1].
    """

    x: float
    y: float
    kernel: Kernel
    confidence: float

    @property
    def label(self) -> str:
        """The kernel in words, for its place."""
        width, height = kernel_arrays.describe(self.kernel).extent
        return tr(
            "{width} × {height} px, confidence {confidence:.0%}", width=width, height=height, confidence=self.confidence
        )


@dataclass(frozen=True, eq=False)
class BlurMap:
    """The kernels of a photo on an even grid of places.

    Attributes:
        cells: Row by row, from the top left.
        rows: Rows of the grid.
        columns: Its columns.
        size: Width and height of the photo in pixels.
        trust: How far the kernels are used, in [0, 1], for fine cells over the photo; None for wholly.
    """

    cells: tuple[MapCell, ...]
    rows: int
    columns: int
    size: tuple[int, int]
    trust: NDArray[np.float32] | None = None

    def cell_at(self, x: float, y: float) -> MapCell:
        """Return the cell around a place, in shares of the photo."""
        column = min(max(int(x * self.columns), 0), self.columns - 1)
        row = min(max(int(y * self.rows), 0), self.rows - 1)
        return self.cells[row * self.columns + column]


def list_cells(psf: Psf, size: tuple[int, int]) -> BlurMap:
    """Return the map of a PSF for a photo of a size (width, height) in pixels; one kernel holds at all places.

    Where a user has marked what moves, the trust in the kernels takes the place of their confidence.
    """
    width, height = size
    step = max(width, height) / _ALONG_LONG_SIDE
    columns, rows = max(round(width / step), 1), max(round(height / step), 1)
    cells = []
    trust = psf.trust.of_pixels(height, width) if psf.trust else None
    for row, column in np.ndindex(rows, columns):
        x, y = (column + 0.5) / columns, (row + 0.5) / rows
        kernel, confidence = _look_up(psf, x * width - 0.5, y * height - 0.5)
        if trust is not None:
            confidence = float(trust[row * height // rows : (row + 1) * height // rows,
                                     column * width // columns : (column + 1) * width // columns].mean())  # fmt: skip
        cells.append(MapCell(x, y, kernel, confidence))
    return BlurMap(tuple(cells), rows, columns, size, psf.trust.values if psf.trust else None)


def paint_cell(cell: MapCell) -> NDArray[np.uint8]:
    """Return the kernel as a picture in the colour of its confidence, trimmed: 8-bit RGBA of shape (n, n, 4)."""
    light = kernel_arrays.grey(cell.kernel)
    light = light / max(float(light.max()), 1e-12)
    rows, columns = (np.flatnonzero(light.max(axis=axis) > _LEAST_LIGHT) for axis in (1, 0))
    middle = len(light) // 2
    reach = int(max(abs(places - middle).max() for places in (rows, columns)))
    light = light[middle - reach : middle + reach + 1, middle - reach : middle + reach + 1]
    picture = np.empty((*light.shape, 4), np.float32)
    picture[..., :3] = _UNSURE + (_SURE - _UNSURE) * min(max(cell.confidence, 0.0), 1.0)
    picture[..., 3] = linear_to_srgb(np.where(light > _LEAST_LIGHT, light, 0.0).astype(np.float32))
    return np.asarray(np.rint(picture * 255.0), np.uint8)


def paint_trust(trust: NDArray[np.float32], colour: tuple[int, int, int]) -> NDArray[np.uint8]:
    """Return the cells in which kernels are not used as a picture of one colour: 8-bit RGBA, clear elsewhere."""
    picture = np.empty((*trust.shape, 4), np.uint8)
    picture[..., :3] = colour
    picture[..., 3] = np.rint((1.0 - trust) * _MARKED)
    return picture


def _look_up(psf: Psf, x: float, y: float) -> tuple[Kernel, float]:
    kernels = psf.kernels
    if isinstance(kernels, KernelField):
        rows, columns = (
            int(np.argmin(np.abs(np.array(places) - at))) for places, at in ((kernels.ys, y), (kernels.xs, x))
        )
        return kernels.at(x, y), float(kernels.confidence[rows, columns])
    if isinstance(kernels, KernelGrid):
        xs, ys = [centre[0] for centre in kernels.centres[0]], [row[0][1] for row in kernels.centres]
        row, column = (int(np.argmin(np.abs(np.array(places) - at))) for places, at in ((ys, y), (xs, x)))
        return kernels.at(x, y), min(kernels.confidence[row][column], 1.0)
    return kernels, psf.confidence
