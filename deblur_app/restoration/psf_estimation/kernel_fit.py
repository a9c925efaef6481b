"""The kernel between a scene and its photograph, when both are known; and what a kernel should look like."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_edits import resize_kernel, shift_to_middle_by_pixels, weigh_components
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.acceleration import minimize_non_negative

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_STEPS = 200  # of the solver, at most
_SETTLED = 5e-4
"""Share of the light of the kernel that a step moves, below which the solver has converged."""
_LARGEST_MATRIX = 23
"""Side in pixels of a kernel up to which a matrix of all its elements is faster than transforms; NumPy would multiply a
larger one on several threads, which takes longer."""

_SPARSITY, _KNEE = 0.03, 0.3
"""Share that each element must explain to be kept, and its share of the brightest one where that has halved."""

_FAINT, _FRAGMENT = 0.03, 0.05
"""Shares of the brightest element, and of all light, below which an element and a separate piece are noise."""


def fit_kernel(autocorrelation: Pixels, correlation: Pixels, kernel: Kernel) -> Kernel:
    """Find the k ≥ 0 that makes ½k'Ak − b'k smallest, a little in favour of few elements.

    The minimum is found by accelerated projected gradients (Beck and Teboulle, 2009), which begin anew where they went
    too far. A multiplies like a convolution: for large kernels by transforms, for small ones faster as a matrix.

    Args:
        autocorrelation: A: that of the scene by displacement, 0 at [0, 0], negative ones at the ends of the axes.
        correlation: b: that of the scene and the photograph, arranged likewise.
        kernel: Where to begin, shape (side, side).

    Returns:
        A kernel of the same side that sums to 1; `kernel` itself where nothing fits.
    """
    side = len(kernel)
    target = np.roll(correlation, (side // 2, side // 2), (0, 1))[:side, :side]
    penalty = np.float32(_SPARSITY * float(autocorrelation[0, 0]) / side**2)
    target = target - penalty / (kernel / kernel.max() + np.float32(_KNEE))
    box = (fourier.fast_length(2 * side - 1),) * 2
    near = autocorrelation[np.ix_(*(np.arange(1 - side, side),) * 2)]
    repeated = np.zeros(box, np.float32)
    repeated[np.ix_(*(np.arange(1 - side, side),) * 2)] = near
    response = fourier.transform(repeated).real
    if not response.max() > 0:
        return kernel
    padded = np.zeros(box, np.float32)
    matrix = _matrix(near, side) if side <= _LARGEST_MATRIX else None

    def slope(point: Pixels) -> Pixels:
        if matrix is not None:
            return (matrix @ point.reshape(-1)).reshape(side, side) - target
        padded[:side, :side] = point
        return fourier.inverse(response * fourier.transform(padded), box)[:side, :side] - target

    fitted = minimize_non_negative(slope, kernel, pace=1.0 / float(response.max()), steps=_STEPS, settled=_SETTLED)
    return kernel_arrays.normalize(fitted) if fitted.any() else kernel


def _matrix(autocorrelation: Pixels, side: int) -> Pixels:
    """Return the matrix that multiplies a kernel as a vector, from its entries by displacement, 0 in the middle."""
    windows = np.lib.stride_tricks.sliding_window_view(autocorrelation, (side, side))
    return windows[:, :, ::-1, ::-1].reshape(side**2, side**2)


def prune_kernel(kernel: Kernel) -> Kernel:
    """Return the kernel without faint elements and small pieces apart from the rest."""
    bright = np.where(kernel >= _FAINT * kernel.max(), kernel, 0.0)
    pieces, light = weigh_components(bright)
    return kernel_arrays.normalize(np.where((light >= _FRAGMENT * light.sum())[pieces], bright, 0.0))


def resample_kernel(kernel: Kernel, scale: float, side: int) -> Kernel:
    """Return the kernel of the same blur in a picture `scale` times as large, on an array of `side`.

    Its centre of mass is moved to the middle by whole pixels.
    """
    return shift_to_middle_by_pixels(resize_kernel(kernel, scale, side))


def scale_kernel(kernel: Kernel, scale: float) -> Kernel:
    """Return the kernel of a photo as that of one `scale` times as large, with a side as small as it needs."""
    if scale == 1.0:
        return kernel
    side = math.ceil(scale * (len(kernel) + 1)) // 2 * 2 + 1
    return trim_kernel(resample_kernel(kernel, scale, side))


def reach(kernel: Kernel) -> int:
    """Return the largest distance from the middle at which the kernel has light, in pixels along the axes."""
    rows, columns = np.nonzero(kernel)
    middle = len(kernel) // 2
    return int(max(np.abs(rows - middle).max(), np.abs(columns - middle).max()))


def trim_kernel(kernel: Kernel) -> Kernel:
    """Return the kernel on an array as small as it needs, its middle kept."""
    return crop_kernel(kernel, 2 * reach(kernel) + 1)


def crop_kernel(kernel: Kernel, side: int) -> Kernel:
    """Return the kernel on an array of another odd side, its middle kept."""
    margin = (len(kernel) - side) // 2
    if margin >= 0:
        return kernel_arrays.normalize(kernel[margin : len(kernel) - margin, margin : len(kernel) - margin])
    return np.pad(kernel, -margin)


def similarity(one: Kernel, other: Kernel) -> float:
    """Return the normalised correlation of two kernels of any sides at their best shift, in [0, 1]."""
    shape = (len(one) + len(other),) * 2
    product = np.fft.rfft2(one, shape) * np.conj(np.fft.rfft2(other, shape))
    return float(np.fft.irfft2(product, shape).max() / np.sqrt(np.square(one).sum() * np.square(other).sum()))
