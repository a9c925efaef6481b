"""Fourier transforms of pictures and kernels, and the border that a picture needs before it is transformed."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import lru_cache
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import scipy.fft
from numpy.typing import NDArray

from deblur_app.restoration.numerics.threads import THREADS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

type Spectrum = NDArray[np.complex64]
"""Half of the Fourier transform of real values: complex64, shape (height, width // 2 + 1), and channels if any."""

type FullSpectrum = NDArray[np.complex64]
"""Fourier transform of two real planes, packed as real and imaginary part: complex64, shape (height, width)."""

type Shape = tuple[int, int]
"""Height and width in pixels."""

type Inside = tuple[slice, slice]
"""Rows and columns that cut a framed picture back to what it was."""

_CACHED = 8  # results that are kept
_AXES = (0, 1)  # rows and columns; channels are transformed each for itself
_OF_THREAD = threading.local()
_SMALL = 250_000
"""Values up to which a transform is done on one core: handing it to others takes longer than the work itself."""


def side_by_side(workers: int) -> ThreadPoolExecutor:
    """Return threads that each transform on one core, for several arrays at a time: no core then waits for another."""
    return ThreadPoolExecutor(workers, initializer=_take_one_core)


@contextmanager
def side_by_side_or_alone(count: int, values: int) -> Iterator[Callable[..., Iterable[Any]]]:
    """Give a function that maps as `map` does: on threads of `side_by_side` where that pays, else on this one.

    Args:
        count: Calls at a time.
        values: Numbers that all calls work on together.
    """
    workers = min(count, getattr(_OF_THREAD, "cores", THREADS))
    if workers == 1 or values <= _SMALL:
        yield map
    else:
        with side_by_side(workers) as pool:
            yield pool.map


def transform(light: Pixels) -> Spectrum:
    """Return the Fourier transform over the first two axes, on all cores unless the thread is one of `side_by_side`.

    Args:
        light: Float32 array of shape (height, width) or (height, width, channels).
    """
    return _complex64(scipy.fft.rfft2(light.astype(np.float32, copy=False), axes=_AXES, workers=_cores(light.size)))


def inverse(spectrum: Spectrum, shape: Shape, *, overwrite: bool = False) -> Pixels:
    """Return the inverse transform of `spectrum`: float32, of `shape` and as many channels as the spectrum has.

    Args:
        spectrum: Half of a transform.
        shape: Height and width in pixels of what was transformed.
        overwrite: Whether the spectrum may be destroyed, which takes less time and memory.
    """
    cores = _cores(2 * spectrum.size)
    if 2 * spectrum.size <= _SMALL:
        small: Pixels = scipy.fft.irfft2(spectrum, shape, axes=_AXES, overwrite_x=overwrite)
        return small
    # In two steps: `irfft2` makes a copy of its own in between, and new memory takes longer than the transform.
    rows = scipy.fft.ifft(spectrum, axis=0, overwrite_x=overwrite, workers=cores)
    values: Pixels = scipy.fft.irfft(rows, n=shape[1], axis=1, overwrite_x=True, workers=cores)
    return values


def transform_pair(planes: Pixels) -> FullSpectrum:
    """Return the Fourier transform of two planes at once, as real and imaginary part of one: fewer and simpler steps.

    Args:
        planes: Float32 array of shape (height, width, 2), in one piece.
    """
    packed = planes.view(np.complex64)[:, :, 0]
    return _complex64(scipy.fft.fft2(packed, workers=_cores(planes.size)))


def inverse_pair(spectrum: FullSpectrum, *, overwrite: bool = False) -> Pixels:
    """Return the two planes whose `transform_pair` is `spectrum`: float32, shape (height, width, 2).

    Args:
        spectrum: The transform, in one piece.
        overwrite: Whether it may be destroyed, which takes less time and memory.
    """
    packed = scipy.fft.ifft2(spectrum, overwrite_x=overwrite, workers=_cores(2 * spectrum.size))
    planes: Pixels = _complex64(packed)[:, :, None].view(np.float32)
    return planes


def transfer_function_of_pair(kernel: Kernel, shape: Shape) -> FullSpectrum:
    """Return what a blur multiplies each frequency of a `transform_pair` with.

    Args:
        kernel: Shape (n, n), n odd; its centre lies at the origin.
        shape: Height and width of the planes in pixels, each at least n.
    """
    side, half = len(kernel), len(kernel) // 2
    rows = np.zeros((side, shape[1]), np.float32)
    rows[:, :side] = kernel
    columns = np.zeros(shape, np.complex64)
    columns[:side] = scipy.fft.fft(np.roll(rows, -half, axis=1), axis=1, workers=1)
    moved = np.roll(columns, -half, axis=0)
    return _complex64(scipy.fft.fft(moved, axis=0, overwrite_x=True, workers=_cores(2 * moved.size)))


def shift_pair(spectrum: FullSpectrum, offset: tuple[float, float]) -> FullSpectrum:
    """Return the `transform_pair` of planes that are moved, around the ends of their axes, by parts of a pixel.

    Args:
        spectrum: The transform.
        offset: How far, in pixels: to the right and downwards.
    """
    right, down = offset
    rows = np.exp(-2j * np.pi * down * scipy.fft.fftfreq(spectrum.shape[0])).astype(np.complex64)
    columns = np.exp(-2j * np.pi * right * scipy.fft.fftfreq(spectrum.shape[1])).astype(np.complex64)
    return _complex64(spectrum * rows[:, None] * columns)


def transfer_function(kernel: Kernel, shape: Shape) -> Spectrum:
    """Return the transform of a kernel whose centre lies at the origin: what a blur multiplies each frequency with.

    The last few are kept, so that a method may ask again instead of carrying it along.

    Args:
        kernel: Shape (n, n), or (n, n, channels) where each channel has its own; n odd.
        shape: Height and width of the picture in pixels, each at least n.

    Returns:
        An array that must not be written to, of shape (height, width // 2 + 1), and channels if the kernel has any.
    """
    return _transfer_function(np.ascontiguousarray(kernel, np.float32).tobytes(), kernel.shape, shape)


def power(spectrum: NDArray[np.complex64]) -> NDArray[np.float32]:
    """Return the squared magnitude of each frequency."""
    squared: NDArray[np.float32] = np.square(spectrum.real)
    squared += np.square(spectrum.imag)
    return squared


def repeat_for_parts(factors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return real factors of a spectrum twice each: one for the real part, one for the imaginary part beside it.

    NumPy takes real factors of complex values for complex ones, which takes several times as long. Multiply
    `spectrum.view(np.float32)` by what this gives.
    """
    return np.repeat(factors, 2, axis=-1)


def per_channel(transfer: Spectrum) -> Spectrum:
    """Return a transfer function with a channel axis, to multiply the transform of (height, width, channels)."""
    return transfer if transfer.ndim == 3 else transfer[:, :, None]


def of_channel(kernel: Kernel, channel: int) -> Kernel:
    """Return the kernel of one channel, shape (n, n): from (n, n), which all of them share, or (n, n, channels)."""
    return kernel if kernel.ndim == 2 else kernel[:, :, channel]


def roughness(shape: Shape) -> NDArray[np.float32]:
    """Return the power response of the differences of neighbours at each frequency: 4 sin²(πu) + 4 sin²(πv).

    Its square is that of the Laplacian. Shape as that of a transform of `shape`; 0 at frequency 0, up to 8.
    """
    down = 4.0 * np.sin(np.pi * scipy.fft.fftfreq(shape[0])) ** 2
    right = 4.0 * np.sin(np.pi * scipy.fft.rfftfreq(shape[1])) ** 2
    total: NDArray[np.float32] = down.astype(np.float32)[:, None] + right.astype(np.float32)[None, :]
    return total


def pad_periodic(light: Pixels, reach: int) -> tuple[Pixels, Inside]:
    """Return the picture with a border that leads smoothly from each side to the opposite one.

    A Fourier transform takes the picture for a tile that repeats; without a border its edges would ring through all
    of it. The border mirrors the picture and fades into the mean colour; the sides get lengths that transforms are
    fast for. `borders.extend_borders` gives a better one where the kernel is known.

    Args:
        light: Float32 array of shape (height, width, channels).
        reach: Fewest pixels to add at each side, such as the side of the kernel.

    Returns:
        The larger array, and the slices that cut it back.
    """
    mean = np.array([cv2.mean(light[:, :, channel])[0] for channel in range(light.shape[2])], np.float32)
    height, width = light.shape[:2]
    below, after = (fast_length(length + 2 * reach) - length - reach for length in (height, width))
    mirrored = cv2.copyMakeBorder(light, reach, below, reach, after, cv2.BORDER_REFLECT)
    # OpenCV drops an axis of length 1.
    extended = mirrored.astype(np.float32, copy=False).reshape(*mirrored.shape[:2], light.shape[2])
    for axis, (before, behind) in enumerate(((reach, below), (reach, after))):
        lines = np.moveaxis(extended, axis, 0)
        for rim, fade in ((lines[:before], _ramp(before)), (lines[len(lines) - behind :], _ramp(behind)[::-1])):
            rim[:] = mean + (rim - mean) * fade[:, None, None]
    return extended, (slice(reach, reach + height), slice(reach, reach + width))


def fast_length(length: int) -> int:
    """Return the smallest number from `length` on that real Fourier transforms are fast for."""
    return int(scipy.fft.next_fast_len(length, real=True))


def _take_one_core() -> None:
    _OF_THREAD.cores = 1


def _cores(values: int) -> int:
    """Return how many cores to take for a transform of so many values."""
    if values <= _SMALL:
        return 1
    cores: int = getattr(_OF_THREAD, "cores", THREADS)
    return cores


def _ramp(length: int) -> NDArray[np.float32]:
    """Return a ramp from near 0 to near 1 along half a cosine."""
    return (0.5 - 0.5 * np.cos(np.pi * (np.arange(length) + 0.5) / max(length, 1))).astype(np.float32)


@lru_cache(maxsize=_CACHED)
def _transfer_function(values: bytes, kernel_shape: tuple[int, ...], shape: Shape) -> Spectrum:
    kernel = np.frombuffer(values, np.float32).reshape(kernel_shape)
    height, width = shape
    side = len(kernel)
    if side > min(shape):
        raise ValueError(f"needs a picture of at least the size of the kernel, received {shape=}, {side=}")
    columns = np.zeros((side, width, *kernel_shape[2:]), np.float32)
    columns[:, :side] = kernel
    rows = np.zeros((height, width // 2 + 1, *kernel_shape[2:]), np.complex64)
    # Only the rows of the kernel are transformed along x: all others are zero.
    rows[:side] = scipy.fft.rfft(np.roll(columns, -(side // 2), axis=1), axis=1, workers=_cores(columns.size))
    rows = np.roll(rows, -(side // 2), axis=0)
    transfer = _complex64(scipy.fft.fft(rows, axis=0, overwrite_x=True, workers=_cores(rows.size)))
    transfer.setflags(write=False)
    return transfer


def _complex64(spectrum: NDArray[np.complexfloating]) -> Spectrum:
    """Check that a spectrum is complex64, and return it: float64 by mistake would take twice the time and memory."""
    if spectrum.dtype != np.complex64:
        raise TypeError(f"needs complex64, received {spectrum.dtype}")
    return spectrum
