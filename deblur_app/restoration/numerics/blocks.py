"""Exact convolution of large planes, block by block: several at a time, and no spectrum of the whole in memory."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.threads import THREADS

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside

_LARGEST = 768
"""Side of a block in pixels up to which what it takes to transform it stays in the cache of one core, or near to it."""

_STEP = 64
"""Divisor of the sides of blocks: other lengths take up to half as long again for each pixel."""

_SIDES_OF_KERNEL = 8  # sides of the kernel in the bound of the side of a block, if that is more


def convolve_blocks[Result](
    plane: Pixels, kernel: Kernel, use: Callable[[Inside, Pixels], Result], *, mirrored: bool = False
) -> list[Result]:
    """Make use of the blocks of the convolution of `plane` with `kernel`, with darkness beyond the borders.

    They are those of one convolution of the whole, up to rounding: each is cut from a transform that saw all the
    kernel reaches ("overlap-save"). Blocks are worked on at the same time, one a core, which leaves no core waiting
    for another as a transform on all of them does, and what follows the convolution shares their caches.

    Args:
        plane: Float32 array of shape (height, width).
        kernel: Shape (n, n), n odd.
        use: Takes rows and columns, and the values there, which it may write to. It is called on several threads,
            and must not change `plane` while other blocks are read.
        mirrored: Whether to convolve with the kernel turned by half a turn: the adjoint operation.

    Returns:
        What `use` gave for each block.
    """
    half = len(kernel) // 2
    shape = (_side(plane.shape[0], half), _side(plane.shape[1], half))
    rows, columns = (_spans(length, side - 2 * half) for length, side in zip(plane.shape, shape, strict=True))
    transfer = fourier.transfer_function(kernel, shape)
    if mirrored:
        transfer = np.conj(transfer)
    places = list(product(rows, columns))
    workers = min(THREADS, len(places))

    def work(place: tuple[tuple[int, int], tuple[int, int]]) -> Result:
        (top, height), (left, width) = place
        seen_rows, block_rows = _block_extent(top, height, half, plane.shape[0])
        seen_columns, block_columns = _block_extent(left, width, half, plane.shape[1])
        block = np.zeros(shape, np.float32)
        block[block_rows, block_columns] = plane[seen_rows, seen_columns]
        spectrum = fourier.transform(block)
        spectrum *= transfer
        values = fourier.inverse(spectrum, shape, overwrite=True)
        inside = values[half : half + height, half : half + width]
        return use((slice(top, top + height), slice(left, left + width)), inside)

    if workers == 1:
        return [work(place) for place in places]
    with fourier.side_by_side(workers) as pool:
        return list(pool.map(work, places))


def convolution(plane: Pixels, kernel: Kernel, *, mirrored: bool = False) -> Pixels:
    """Return the whole convolution in one new array."""
    result = np.empty(plane.shape, np.float32)
    convolve_blocks(plane, kernel, result.__setitem__, mirrored=mirrored)
    return result


def _side(length: int, half: int) -> int:
    """Return the side of the blocks along an axis: that with the least to transform in all."""
    largest = max(_LARGEST, _SIDES_OF_KERNEL * (2 * half + 1))
    if length + 2 * half <= largest:
        return fourier.fast_length(length + 2 * half)
    if largest > _LARGEST:
        return fourier.fast_length(largest)
    sides = range(largest, 4 * half, -_STEP)
    return min(sides, key=lambda side: -(-length // (side - 2 * half)) * side)


def _spans(length: int, longest: int) -> list[tuple[int, int]]:
    """Return the start and the length of each block, the first being the longest."""
    count = -(-length // longest)
    step = -(-length // count)
    return [(start, min(step, length - start)) for start in range(0, length, step)]


def _block_extent(start: int, count: int, half: int, length: int) -> tuple[slice, slice]:
    """Return the part of one axis of the plane that a block reads, and the place of that part in the block."""
    first, last = max(start - half, 0), min(start + count + half, length)
    offset = first - (start - half)
    return slice(first, last), slice(offset, offset + last - first)
