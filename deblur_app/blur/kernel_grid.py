"""Kernels for places all over a frame, where its blur differs from place to place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.kernel_arrays import Kernel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.core.picture import Pixels


@dataclass(frozen=True, eq=False)
class KernelGrid:
    """Kernels for places all over a frame.

    Attributes:
        kernels: From the top left, row by row; all of one side.
        centres: Where each holds: (x, y) in pixels from the centre of the top left pixel, a row of the grid after the
            other: `centres[row][column]`.
        confidence: How sure each is, at least 0, arranged likewise.
    """

    kernels: tuple[tuple[Kernel, ...], ...]
    centres: tuple[tuple[tuple[float, float], ...], ...]
    confidence: tuple[tuple[float, ...], ...]

    def __post_init__(self) -> None:
        shapes = {kernel.shape for row in self.kernels for kernel in row}
        widths = {len(row) for rows in (self.kernels, self.centres, self.confidence) for row in rows}
        heights = {len(self.kernels), len(self.centres), len(self.confidence)}
        if not (len(shapes) == len(widths) == len(heights) == 1):
            raise ValueError(f"needs full rows of kernels of one shape, received {shapes=}, {widths=}, {heights=}")

    def at(self, x: float, y: float) -> Kernel:
        """Return the kernel at a place in pixels, blended bilinearly between the centres around it."""
        across, down = (
            self._weights([centre[0] for centre in self.centres[0]], x),
            self._weights([row[0][1] for row in self.centres], y),
        )
        kernels = np.array(self.kernels)
        blended: Kernel = np.tensordot(np.outer(down, across), kernels, axes=([0, 1], [0, 1])).astype(np.float32)
        return blended

    @staticmethod
    def _weights(centres: list[float], place: float) -> list[float]:
        """Return the weight of each centre of an axis at a place: they sum to 1."""
        return [float(np.interp(place, centres, unit)) for unit in np.eye(len(centres))]

    @property
    def rows(self) -> int:
        """Kernels from top to bottom."""
        return len(self.kernels)

    @property
    def columns(self) -> int:
        """Kernels from left to right."""
        return len(self.kernels[0])


type Kernels = Kernel | KernelGrid
"""One kernel for the whole frame, or one for each of its regions."""


def side_of(kernels: Kernels) -> int:
    """Return the side of a kernel, or of those of a grid, in pixels."""
    return len(kernels.kernels[0][0]) if isinstance(kernels, KernelGrid) else len(kernels)


def even_grid(
    kernels: Sequence[Sequence[Kernel]], shape: tuple[int, ...], confidence: Sequence[Sequence[float]] | None = None
) -> KernelGrid:
    """Return a grid whose kernels hold for the middles of equal cells.

    Args:
        kernels: `kernels[row][column]`; of any odd sides, which are filled up to the longest.
        shape: Height and width of the frame in pixels.
        confidence: How sure each is; equally sure where it is None.
    """
    side = max(len(kernel) for row in kernels for kernel in row)
    rows, columns = len(kernels), len(kernels[0])
    xs, ys = ((np.arange(n) + 0.5) * length / n - 0.5 for n, length in ((columns, shape[1]), (rows, shape[0])))
    return KernelGrid(
        tuple(tuple(_pad_kernel(kernel, side) for kernel in row) for row in kernels),
        tuple(tuple((x, y) for x in xs.tolist()) for y in ys.tolist()),
        tuple(map(tuple, confidence)) if confidence else ((1.0,) * columns,) * rows,
    )


def montage(grid: KernelGrid, gap: int = 1) -> Pixels:
    """Return the matrix of kernels as a picture: each at its full contrast, dimmed by its confidence over the highest.

    Args:
        grid: The kernels.
        gap: Pixels of mid-grey between them.

    Returns:
        Float32 array of shape (rows · (side + gap) + gap, columns · (side + gap) + gap, 3), in [0, 1].
    """
    side = len(grid.kernels[0][0])
    step = side + gap
    picture = np.full((grid.rows * step + gap, grid.columns * step + gap), 0.5, np.float32)
    most = max(max(row) for row in grid.confidence) or 1.0
    for row, column in np.ndindex(grid.rows, grid.columns):
        kernel = grid.kernels[row][column]
        top, left = gap + row * step, gap + column * step
        light = 0.25 + 0.75 * grid.confidence[row][column] / most
        picture[top : top + side, left : left + side] = kernel * np.float32(light / max(float(kernel.max()), 1e-12))
    return np.repeat(picture[:, :, None], 3, axis=2)


def _pad_kernel(kernel: Kernel, side: int) -> Kernel:
    """Place the kernel in the middle of a larger square."""
    rim = (side - len(kernel)) // 2
    return np.pad(kernel, rim)
