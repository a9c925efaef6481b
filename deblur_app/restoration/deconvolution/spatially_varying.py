"""Blur that differs over the frame: a grid of kernels, estimated place by place, shown, and restored with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.restoration.deconvolution import consensus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Pixels

_SHARED = 0.25
"""How far the part that a kernel is estimated from reaches into its neighbours, in sides of a cell."""

_REACH = 2
"""Sides of the kernel that a block is larger than what is kept of it: from there on the borders are forgotten."""

_LEAST_REACH = 32  # pixels
_LEAST_SURE = 1e-6  # confidence that an estimate counts with at least


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

    @property
    def rows(self) -> int:
        """Kernels from top to bottom."""
        return len(self.kernels)

    @property
    def columns(self) -> int:
        """Kernels from left to right."""
        return len(self.kernels[0])


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


def estimate_grid(
    light: Pixels, rows: int, columns: int, estimate: Callable[[Pixels], Task[tuple[Kernel, float]]]
) -> Task[KernelGrid]:
    """Estimate a kernel for each cell, then replace those that are unsure or fit no neighbour.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        rows: Cells from top to bottom, at least 1.
        columns: Cells from left to right, at least 1.
        estimate: Takes a part of `light`, somewhat larger than a cell; a task that returns a kernel and how sure it
            is, at least 0. A `DeblurError` in it means that the part tells nothing: its neighbours decide.

    Raises:
        DeblurError: No cell tells anything.
    """
    kernels: list[list[Kernel]] = []
    confidence: list[list[float]] = []
    told = np.ones((rows, columns), np.bool_)
    reason: DeblurError | None = None
    for row in range(rows):
        kernels.append([])
        confidence.append([])
        for column in range(columns):
            part = light[_cell(row, rows, light.shape[0]), _cell(column, columns, light.shape[1])]
            done = row * columns + column
            try:
                kernel, sure = yield from subtask(estimate(part), done / rows / columns, (done + 1) / rows / columns)
            except DeblurError as error:
                kernel, sure, reason = np.ones((1, 1), np.float32), 0.0, error
                told[row, column] = False
            kernels[row].append(kernel)
            confidence[row].append(sure)
    if reason is not None and not told.any():
        raise reason
    grid = even_grid(kernels, light.shape, confidence)
    # An estimate that is not sure at all still counts for more than none.
    trust = np.where(told, np.maximum(grid.confidence, _LEAST_SURE), 0.0)
    agreed, sure_of = consensus.reconcile_kernels(np.array(grid.kernels), trust)
    return even_grid(list(map(list, agreed)), light.shape, sure_of.tolist())


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


def restore(light: Pixels, grid: KernelGrid, deconvolve: Callable[[Pixels, Kernel], Task[Pixels]]) -> Task[Pixels]:
    """Restore block by block, each with its own kernel, and blend the blocks bilinearly between their centres.

    This is the overlap-add of Nagy and O'Leary ("Restoring images degraded by spatially variant blur", 1998). Outside
    the outermost centres their kernels hold.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        grid: The kernels; their centres lie in the frame.
        deconvolve: Restores a block with one kernel, of the same shape.

    Returns:
        An array of the shape of `light`.
    """
    result = np.zeros_like(light)
    reach = max(_REACH * len(grid.kernels[0][0]), _LEAST_REACH)
    down = [_span(weights, reach) for weights in _hats([row[0][1] for row in grid.centres], light.shape[0])]
    across = [_span(weights, reach) for weights in _hats([x for x, _ in grid.centres[0]], light.shape[1])]
    count = grid.rows * grid.columns
    for number, (row, column) in enumerate(np.ndindex(grid.rows, grid.columns)):
        tall, wide = down[row], across[column]
        work = deconvolve(light[tall.block, wide.block], grid.kernels[row][column])
        restored = yield from subtask(work, number / count, (number + 1) / count)
        result[tall.kept, wide.kept] += (
            restored[tall.inside, wide.inside] * np.outer(tall.weights, wide.weights)[:, :, None]
        )
    yield Progress(1.0, "Blending")
    return result


@dataclass(frozen=True, eq=False)
class _Span:
    """One axis of a block: what is restored, what is kept of it, where that lies in the block, and its weights."""

    block: slice
    kept: slice
    inside: slice
    weights: NDArray[np.float32]


def _span(weights: NDArray[np.float64], reach: int) -> _Span:
    some = np.flatnonzero(weights)
    first, last = int(some[0]), int(some[-1]) + 1
    begin = max(first - reach, 0)
    kept = weights[first:last].astype(np.float32)
    block = slice(begin, min(last + reach, len(weights)))
    return _Span(block, slice(first, last), slice(first - begin, last - begin), kept)


def _hats(centres: list[float], length: int) -> list[NDArray[np.float64]]:
    """Return the weight of each centre at each pixel of an axis: 1 there, falling linearly to 0 at the next; sum 1."""
    pixels = np.arange(length)
    return [np.interp(pixels, centres, unit) for unit in np.eye(len(centres))]


def _cell(number: int, count: int, length: int) -> slice:
    """Return the range of a cell along one axis with a share of its neighbours."""
    side = length / count
    first, last = (number - _SHARED) * side, (number + 1 + _SHARED) * side
    return slice(max(round(first), 0), min(round(last), length))


def _pad_kernel(kernel: Kernel, side: int) -> Kernel:
    """Place the kernel in the middle of a larger square."""
    rim = (side - len(kernel)) // 2
    return np.pad(kernel, rim)
