"""Exact convolution of large planes, block by block, so that memory holds no spectrum of the whole."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.deconvolution import fourier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.deconvolution.fourier import Inside

_SIDE = 768
_SIDES_OF_KERNEL = 8


def convolved(plane: Pixels, kernel: Kernel, *, mirrored: bool = False) -> Iterator[tuple[Inside, Pixels]]:
    """The blocks of the convolution of `plane` with `kernel`, with darkness beyond the borders.

    They are those of one convolution of the whole, up to rounding: each is cut from a transform that saw all the
    kernel reaches ("overlap-save"). What has been yielded may be changed in `plane`'s place of origin only if that
    is another array.

    Args:
        plane: Float32 array of shape (height, width).
        kernel: Shape (n, n), n odd.
        mirrored: Whether to convolve with the kernel turned by half a turn: the adjoint operation.

    Yields:
        Rows and columns, and the values there.
    """
    half = len(kernel) // 2
    rows, columns = (_spans(length, half) for length in plane.shape)
    shape = (rows[0][1] + 2 * half, columns[0][1] + 2 * half)
    shape = (fourier.fast_length(shape[0]), fourier.fast_length(shape[1]))
    transfer = fourier.transfer_function(kernel, shape)
    if mirrored:
        transfer = np.conj(transfer)
    block = np.empty(shape, np.float32)
    for (top, height), (left, width) in product(rows, columns):
        block[:] = 0.0
        seen_rows, block_rows = _seen(top, height, half, plane.shape[0])
        seen_columns, block_columns = _seen(left, width, half, plane.shape[1])
        block[block_rows, block_columns] = plane[seen_rows, seen_columns]
        spectrum = fourier.transform(block)
        spectrum *= transfer
        values = fourier.inverse(spectrum, shape, overwrite=True)[half : half + height, half : half + width]
        yield (slice(top, top + height), slice(left, left + width)), values


def convolution(plane: Pixels, kernel: Kernel, *, mirrored: bool = False) -> Pixels:
    """All of `convolved` in one new array."""
    result = np.empty(plane.shape, np.float32)
    for place, values in convolved(plane, kernel, mirrored=mirrored):
        result[place] = values
    return result


def _spans(length: int, half: int) -> list[tuple[int, int]]:
    """Where blocks begin and how long they are, the first being the longest."""
    longest = max(_SIDE, _SIDES_OF_KERNEL * (2 * half + 1)) - 2 * half
    count = -(-length // longest)
    step = -(-length // count)
    return [(start, min(step, length - start)) for start in range(0, length, step)]


def _seen(start: int, count: int, half: int, length: int) -> tuple[slice, slice]:
    """What a block sees of one axis of the plane, and where in the block that goes."""
    first, last = max(start - half, 0), min(start + count + half, length)
    offset = first - (start - half)
    return slice(first, last), slice(offset, offset + last - first)
