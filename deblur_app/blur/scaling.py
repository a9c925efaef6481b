"""A kernel at another scale of the picture: what blurs a photo by 14 pixels blurs its half-size copy by 7."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_grid import KernelField, KernelGrid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel

_LOBES = 3
"""Lobes of the Lanczos window."""


def scale_kernel(kernel: Kernel, scale: float) -> Kernel:
    """Return the kernel of a picture that was made smaller or larger.

    Each value is an even square of light; a new pixel collects what falls on its area. So light is neither lost nor
    made, the centre stays in the middle, and a kernel that does nothing goes on doing nothing.

    Args:
        kernel: The point spread function at the picture's own size.
        scale: Side of the new picture over that of the old one, in (0, 1].
    """
    if not 0.0 < scale <= 1.0:
        raise ValueError(f"needs 0 < scale <= 1, received {scale}")
    if scale == 1.0:
        return kernel
    shares = _shares(len(kernel), scale)
    return kernel_arrays.normalize(_resample(kernel, shares))


def band_limited(kernel: Kernel, scale: float) -> Kernel:
    """Return the kernel of a picture that was made smaller, to undo the blur there rather than to make it.

    `scale_kernel` blurs by a pixel of the new picture more than the kernel does, which whoever undoes it takes for
    blur and sharpens too much. Here each frequency that the new picture still has is passed as the kernel passes it
    (Lanczos's windowed sinc over three pixels), at the price of small negative values.

    Args:
        kernel: The point spread function at the picture's own size, shape (n, n) or (n, n, channels).
        scale: Side of the new picture over that of the old one, in (0, 1].
    """
    if not 0.0 < scale <= 1.0:
        raise ValueError(f"needs 0 < scale <= 1, received {scale}")
    if scale == 1.0:
        return kernel
    side = len(kernel)
    half = math.ceil(side * scale / 2 + _LOBES)
    apart = (np.arange(side) - side // 2) * scale - np.arange(-half, half + 1)[:, None]
    weights = np.where(np.abs(apart) < _LOBES, np.sinc(apart) * np.sinc(apart / _LOBES), 0.0)
    reduced = _resample(kernel, weights)
    return np.ascontiguousarray(reduced / reduced.sum(axis=(0, 1)), np.float32)


def scale_grid(
    grid: KernelGrid, scale: float, corner: tuple[int, int] = (0, 0), size: tuple[int, int] | None = None
) -> KernelGrid:
    """Return the kernels that count in a part of a picture that was made smaller, each as `band_limited` makes it.

    Args:
        grid: The kernels at the picture's own size.
        scale: Side of the new picture over that of the old one, in (0, 1].
        corner: Left and top of the part in pixels of the old picture.
        size: Width and height of the part in pixels of the old picture; None for all the rest.
    """
    xs = [(x + 0.5 - corner[0]) * scale - 0.5 for x, _ in grid.centres[0]]
    ys = [(row[0][1] + 0.5 - corner[1]) * scale - 0.5 for row in grid.centres]
    columns: Sequence[int] = range(grid.columns)
    rows: Sequence[int] = range(grid.rows)
    if size:
        columns = _find_contributing(xs, size[0] * scale)
        rows = _find_contributing(ys, size[1] * scale)
    return KernelGrid(
        tuple(tuple(band_limited(grid.kernels[row][column], scale) for column in columns) for row in rows),
        tuple(tuple((xs[column], ys[row]) for column in columns) for row in rows),
        tuple(tuple(grid.confidence[row][column] for column in columns) for row in rows),
    )


def scale_field(
    field: KernelField, scale: float, corner: tuple[int, int] = (0, 0), size: tuple[int, int] | None = None
) -> KernelField:
    """Return the field of a part of a picture that was made smaller; for the arguments see `scale_grid`."""
    xs = [(x + 0.5 - corner[0]) * scale - 0.5 for x in field.xs]
    ys = [(y + 0.5 - corner[1]) * scale - 0.5 for y in field.ys]
    columns = _find_contributing(xs, size[0] * scale) if size else list(range(len(xs)))
    rows = _find_contributing(ys, size[1] * scale) if size else list(range(len(ys)))
    chosen = np.ix_(rows, columns)
    return KernelField(
        np.stack([_reduce_basis(kernel, scale) for kernel in field.basis]),
        field.weights[chosen],
        tuple(xs[column] for column in columns),
        tuple(ys[row] for row in rows),
        field.confidence[chosen],
    )


def _reduce_basis(kernel: Kernel, scale: float) -> Kernel:
    """Return a basis kernel as `band_limited` makes it; its sum, which may be 0, is kept."""
    if scale == 1.0:
        return kernel
    flat = np.zeros_like(kernel)
    flat[len(kernel) // 2, len(kernel) // 2] = 1.0 - float(kernel.sum())
    reduced = band_limited((kernel + flat).astype(np.float32), scale)
    return reduced - (1.0 - np.float32(kernel.sum())) * band_limited(_point(len(kernel)), scale)


def _point(side: int) -> Kernel:
    point = np.zeros((side, side), np.float32)
    point[side // 2, side // 2] = 1.0
    return point


def _find_contributing(centres: list[float], length: float) -> list[int]:
    """Return the indices of `centres`, growing, with a weight in [0, length); weights fall linearly to the next one."""
    pixels = np.arange(max(round(length), 1))
    return [number for number, unit in enumerate(np.eye(len(centres))) if np.interp(pixels, centres, unit).any()]


def _resample(kernel: Kernel, weights: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the kernel, shape (n, n) or (n, n, channels), with its rows and columns weighted together."""
    along = np.tensordot(weights, kernel.astype(np.float64), axes=(1, 0))
    both: NDArray[np.float64] = np.moveaxis(np.tensordot(along, weights, axes=(1, 1)), -1, 1)
    return both


def _shares(side: int, scale: float) -> NDArray[np.float64]:
    """Return the share of each old pixel on each new one along an axis; shape (new side, side), columns sum to 1."""
    half = math.ceil(max(side * scale / 2 - 0.5, 0.0))
    middles = (np.arange(side) - side // 2) * scale
    new = np.arange(-half, half + 1)[:, None]
    from_, to = np.maximum(middles - scale / 2, new - 0.5), np.minimum(middles + scale / 2, new + 0.5)
    shares: NDArray[np.float64] = np.maximum(to - from_, 0.0) / scale
    return shares
