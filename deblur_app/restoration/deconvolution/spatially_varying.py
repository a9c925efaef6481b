"""Blur that differs over the frame: a grid of kernels, estimated place by place, shown, and restored with."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.kernel_grid import KernelField, KernelGrid, even_grid
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.deconvolution import consensus

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kernel_grid import Kernels
    from deblur_app.core.picture import Pixels

_SHARED = 0.25
"""Distance that the part a kernel is estimated from reaches into its neighbours, in sides of a cell."""

_REACH = 2
"""Sides of the kernel that a block is larger than what is kept of it: from there on the borders are forgotten."""

_LEAST_REACH = 32  # pixels

_FIELD_REACH = 1
"""The same for the blocks of a field, which are many: twice that changed 8.59 dB into 8.58."""

_SEAM = 16
"""Pixels over which neighbouring blocks of a field are blended: their kernels are nearly the same."""

_LEAST_SURE = 1e-6  # confidence that an estimate counts with at least


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
    has_kernel = np.ones((rows, columns), np.bool_)
    reason: DeblurError | None = None
    for row in range(rows):
        kernels.append([])
        confidence.append([])
        for column in range(columns):
            part = light[find_cell(row, column, (rows, columns), light.shape)]
            done = row * columns + column
            try:
                kernel, sure = yield from subtask(estimate(part), done / rows / columns, (done + 1) / rows / columns)
            except DeblurError as error:
                kernel, sure, reason = np.ones((1, 1), np.float32), 0.0, error
                has_kernel[row, column] = False
            kernels[row].append(kernel)
            confidence[row].append(sure)
    if reason is not None and not has_kernel.any():
        raise reason
    grid = even_grid(kernels, light.shape, confidence)
    # An estimate that is not sure at all still counts for more than none.
    trust = np.where(has_kernel, np.maximum(grid.confidence, _LEAST_SURE), 0.0)
    reconciled, sure_of = consensus.reconcile_kernels(np.array(grid.kernels), trust)
    return even_grid(list(map(list, reconciled)), light.shape, sure_of.tolist())


def find_cell(row: int, column: int, grid: tuple[int, int], shape: tuple[int, ...]) -> tuple[slice, slice]:
    """Return the part of a frame that the kernel of a cell is estimated from, with a share of its neighbours.

    Args:
        row: Of the cell; negative ones count from the end.
        column: Likewise.
        grid: Rows and columns of all cells.
        shape: Height and width of the frame in pixels.
    """
    return _cell(row % grid[0], grid[0], shape[0]), _cell(column % grid[1], grid[1], shape[1])


def restore_frame(
    light: Pixels, kernels: Kernels, deconvolve: Callable[[Pixels, Kernel], Task[Pixels]]
) -> Task[Pixels]:
    """Restore a picture with one kernel for all of it, with a grid as `restore` does, or a field as `restore_field`."""
    if isinstance(kernels, KernelField):
        return restore_field(light, kernels, deconvolve)
    return restore(light, kernels, deconvolve) if isinstance(kernels, KernelGrid) else deconvolve(light, kernels)


def restore_field(
    light: Pixels, field: KernelField, deconvolve: Callable[[Pixels, Kernel], Task[Pixels]]
) -> Task[Pixels]:
    """Restore the part around each place of a field with its kernel, and blend the parts over a few pixels.

    There are as many places as it takes to hold between them, so wide blends as `restore` needs would only cost time.
    Of a field that is the same everywhere, the frame is restored in one.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        field: The kernels; of places beside the frame, those that count nowhere in it are left out.
        deconvolve: Restores a block with one kernel, of the same shape.

    Returns:
        An array of the shape of `light`.
    """
    kernels = field.grid.kernels
    if field.is_uniform:
        return (yield from deconvolve(light, kernels[0][0]))
    reach = max(_FIELD_REACH * field.side, _LEAST_REACH)
    down, across = (_seams(places, n) for places, n in zip((field.ys, field.xs), light.shape, strict=False))
    rows, columns = ([number for number, weights in enumerate(axis) if weights.any()] for axis in (down, across))
    counting = [[kernels[row][column] for column in columns] for row in rows]
    spans = [[_span(axis[n], reach) for n in numbers] for axis, numbers in ((down, rows), (across, columns))]
    return (yield from _blend(light, counting, spans, deconvolve))


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
    reach = max(_REACH * len(grid.kernels[0][0]), _LEAST_REACH)
    down = [_span(weights, reach) for weights in _hats([row[0][1] for row in grid.centres], light.shape[0])]
    across = [_span(weights, reach) for weights in _hats([x for x, _ in grid.centres[0]], light.shape[1])]
    return (yield from _blend(light, grid.kernels, [down, across], deconvolve))


def _blend(
    light: Pixels,
    kernels: Sequence[Sequence[Kernel]],
    spans: Sequence[Sequence[_Span]],
    deconvolve: Callable[[Pixels, Kernel], Task[Pixels]],
) -> Task[Pixels]:
    """Restore each block with its kernel and add them up by their weights.

    Args:
        light: The picture.
        kernels: `kernels[row][column]`.
        spans: The rows of blocks, then the columns.
        deconvolve: Restores a block.
    """
    result = np.zeros_like(light)
    down, across = spans
    count = len(down) * len(across)
    for number, (row, column) in enumerate(np.ndindex(len(down), len(across))):
        tall, wide = down[row], across[column]
        work = deconvolve(light[tall.block, wide.block], kernels[row][column])
        restored = yield from subtask(work, number / count, (number + 1) / count)
        result[tall.core, wide.core] += (
            restored[tall.inside, wide.inside] * np.outer(tall.weights, wide.weights)[:, :, None]
        )
    yield Progress(1.0, tr("Blending"))
    return result


@dataclass(frozen=True, eq=False)
class _Span:
    """One axis of a block: what is restored, what is kept of it, where that lies in the block, and its weights."""

    block: slice
    core: slice
    inside: slice
    weights: NDArray[np.float32]


def _span(weights: NDArray[np.float64], reach: int) -> _Span:
    some = np.flatnonzero(weights)
    first, last = int(some[0]), int(some[-1]) + 1
    begin = max(first - reach, 0)
    weights_inside = weights[first:last].astype(np.float32)
    block = slice(begin, min(last + reach, len(weights)))
    return _Span(block, slice(first, last), slice(first - begin, last - begin), weights_inside)


def _hats(centres: list[float], length: int) -> list[NDArray[np.float64]]:
    """Return the weight of each centre at each pixel of an axis: 1 there, falling linearly to 0 at the next; sum 1."""
    pixels = np.arange(length)
    return [np.interp(pixels, centres, unit) for unit in np.eye(len(centres))]


def _seams(centres: Sequence[float], length: int) -> list[NDArray[np.float64]]:
    """Return the weight of each centre at each pixel: 1 up to a short ramp at the middle between two; sum 1."""
    pixels = np.arange(length)
    steps = []
    for one, other in itertools.pairwise(centres):
        ramp = min(_SEAM, (other - one) / 2)
        steps.append(np.clip((pixels - (one + other) / 2) / ramp + 0.5, 0.0, 1.0))
    rising, falling = [np.ones(length), *steps], [*(1.0 - step for step in steps), np.ones(length)]
    return [one * other for one, other in zip(rising, falling, strict=True)]


def _cell(number: int, count: int, length: int) -> slice:
    side = length / count
    first, last = (number - _SHARED) * side, (number + 1 + _SHARED) * side
    return slice(max(round(first), 0), min(round(last), length))
