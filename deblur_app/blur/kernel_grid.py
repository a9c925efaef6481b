"""Kernels for places all over a frame, where its blur differs from place to place: a grid of them, or a field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.kernel_arrays import normalize

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels


MOST_BASIS = 12
"""Basis kernels at most."""

_LOST = 1e-3
"""Share of the energy of all kernels, beside their mean, that the basis may leave out."""

_ALIKE = 1e-6
"""Largest difference of mixing weights of places whose kernels count as the same."""


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

    def moved(self, right: float, down: float) -> KernelGrid:
        """Return the same kernels for places so many pixels farther right and down."""
        centres = tuple(tuple((x + right, y + down) for x, y in row) for row in self.centres)
        return replace(self, centres=centres)

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


@dataclass(frozen=True, eq=False)
class KernelField:
    """A field of kernels over a frame (Carbajal et al., "Non-uniform motion blur kernel estimation", 2021).

    Attributes:
        basis: Float32 array of shape (basis kernels, n, n), n odd; those beside the first may have negative values.
        weights: How they are mixed at each place, shape (rows, columns, basis kernels).
        xs: Where the columns lie, in pixels from the centre of the top left pixel, rising.
        ys: Where the rows lie, likewise.
        confidence: How far to trust the kernel of each place, in [0, 1], shape (rows, columns).

    Raises:
        ValueError: The shapes do not fit together.
    """

    basis: NDArray[np.float32]
    weights: NDArray[np.float32]
    xs: tuple[float, ...]
    ys: tuple[float, ...]
    confidence: NDArray[np.float32]

    def __post_init__(self) -> None:
        places = len(self.ys), len(self.xs)
        sides = self.basis.shape[1:]
        if self.weights.shape != (*places, len(self.basis)) or self.confidence.shape != places:
            raise ValueError(f"needs weights and confidence for {places} places, received {self.weights.shape}")
        if len(sides) != 2 or sides[0] != sides[1] or sides[0] % 2 == 0:
            raise ValueError(f"needs square kernels with an odd side, received {sides}")

    @property
    def rows(self) -> int:
        """Places from top to bottom."""
        return len(self.ys)

    @property
    def columns(self) -> int:
        """Places from left to right."""
        return len(self.xs)

    @property
    def side(self) -> int:
        """Side of the kernels in pixels."""
        return int(self.basis.shape[1])

    @property
    def is_uniform(self) -> bool:
        """True if the kernel is the same at all places."""
        return bool(np.ptp(self.weights, axis=(0, 1)).max() <= _ALIKE)

    def at(self, x: float, y: float) -> Kernel:
        """Return the kernel at a place in pixels; weights are blended bilinearly, and kept outside the outermost ones.

        Non-negative, sum 1.
        """
        down = [float(np.interp(y, self.ys, unit)) for unit in np.eye(self.rows)]
        across = [float(np.interp(x, self.xs, unit)) for unit in np.eye(self.columns)]
        return self._mix(np.einsum("i,j,ijk->k", down, across, self.weights))

    def moved(self, right: float, down: float) -> KernelField:
        """Return the same field for places so many pixels farther right and down."""
        return replace(self, xs=tuple(x + right for x in self.xs), ys=tuple(y + down for y in self.ys))

    def confidence_of_pixels(self, height: int, width: int) -> NDArray[np.float32]:
        """Return how far to trust the kernel of each pixel, blended bilinearly, shape (height, width)."""
        down = np.stack([np.interp(np.arange(height), self.ys, unit) for unit in np.eye(self.rows)], axis=1)
        across = np.stack([np.interp(np.arange(width), self.xs, unit) for unit in np.eye(self.columns)], axis=1)
        return (down @ self.confidence @ across.T).astype(np.float32)

    @cached_property
    def grid(self) -> KernelGrid:
        """The kernels of all places, as a grid."""
        kernels = tuple(tuple(self._mix(weights) for weights in row) for row in self.weights)
        centres = tuple(tuple((x, y) for x in self.xs) for y in self.ys)
        return KernelGrid(kernels, centres, tuple(map(tuple, self.confidence.tolist())))

    def _mix(self, weights: NDArray[np.floating]) -> Kernel:
        return normalize(np.maximum(np.tensordot(weights, self.basis, axes=1), 0.0))


def field_of_grid(grid: KernelGrid) -> KernelField:
    """Return a grid of kernels of shape (n, n) as a field: their mean, and what varies most about it."""
    kernels = np.array(grid.kernels, np.float64)
    rows, columns, side = kernels.shape[:3]
    flat = kernels.reshape(rows * columns, -1)
    mean = flat.mean(axis=0)
    left, strength, right = np.linalg.svd(flat - mean, full_matrices=False)
    rest = np.append(np.cumsum((strength**2)[::-1])[::-1], 0.0)  # energy that is left out after so many
    limit = _LOST * float(np.square(mean).sum()) * len(flat)
    count = min(int(np.argmax(rest <= limit)), MOST_BASIS - 1)
    weights = np.concatenate([np.ones((len(flat), 1)), left[:, :count] * strength[:count]], axis=1)
    return KernelField(
        np.concatenate([mean[None], right[:count]]).reshape(-1, side, side).astype(np.float32),
        weights.reshape(rows, columns, -1).astype(np.float32),
        tuple(x for x, _ in grid.centres[0]),
        tuple(row[0][1] for row in grid.centres),
        np.clip(np.array(grid.confidence), 0.0, 1.0).astype(np.float32),
    )


type Kernels = Kernel | KernelGrid | KernelField
"""One kernel for the whole frame, one for each of its regions, or a field of them."""


def side_of(kernels: Kernels) -> int:
    """Return the side of a kernel, or of those of a grid or field, in pixels."""
    if isinstance(kernels, KernelField):
        return kernels.side
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
