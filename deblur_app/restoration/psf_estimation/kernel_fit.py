"""The kernel between a scene and its photograph, when both are known; and what a kernel should look like."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.restoration.numerics import fourier

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_STEPS = 200  # of the solver, at most
_SPARSITY, _KNEE = 0.03, 0.3
"""How much each element must explain to be there, and its share of the brightest one where that has halved."""

_FAINT, _FRAGMENT = 0.03, 0.05
"""Shares of the brightest element, and of all light, below which an element and a separate piece are noise."""


def fit_kernel(autocorrelation: Pixels, correlation: Pixels, kernel: Kernel) -> Kernel:
    """Find the k ≥ 0 that makes ½k'Ak − b'k smallest, a little in favour of few elements.

    A multiplies like a convolution, so that it is never built; the minimum is found by accelerated projected
    gradients (Beck and Teboulle, 2009), which begin anew where they went too far.

    Args:
        autocorrelation: A: that of the scene by displacement, 0 at [0, 0], negative ones at the ends of the axes.
        correlation: b: that of the scene and the photograph, arranged likewise.
        kernel: Where to begin, shape (side, side).

    Returns:
        A kernel of the same side that sums to 1; `kernel` itself where nothing fits.
    """
    side = len(kernel)
    wanted = np.roll(correlation, (side // 2, side // 2), (0, 1))[:side, :side]
    penalty = np.float32(_SPARSITY * float(autocorrelation[0, 0]) / side**2)
    wanted = wanted - penalty / (kernel / kernel.max() + np.float32(_KNEE))
    box = (fourier.fast_length(2 * side - 1),) * 2
    repeated = np.zeros(box, np.float32)
    repeated[np.ix_(*(np.arange(1 - side, side),) * 2)] = autocorrelation[np.ix_(*(np.arange(1 - side, side),) * 2)]
    response = fourier.transform(repeated).real
    if not response.max() > 0:
        return kernel
    pace = np.float32(1.0 / float(response.max()))
    padded = np.zeros(box, np.float32)
    current, ahead, momentum = kernel, kernel, 1.0
    for _ in range(_STEPS):
        padded[:side, :side] = ahead
        slope = fourier.inverse(response * fourier.transform(padded), box)[:side, :side] - wanted
        after = np.maximum(ahead - pace * slope, 0.0)
        if float(((ahead - after) * (after - current)).sum()) > 0.0:
            momentum, ahead = 1.0, after
        else:
            faster = (1.0 + (1.0 + 4.0 * momentum**2) ** 0.5) / 2.0
            ahead = after + np.float32((momentum - 1.0) / faster) * (after - current)
            momentum = faster
        current = after
    return kernel_arrays.normalize(current) if current.any() else kernel


def prune_kernel(kernel: Kernel) -> Kernel:
    """Return the kernel without faint elements and small pieces apart from the rest."""
    bright = np.where(kernel >= _FAINT * kernel.max(), kernel, 0.0)
    count, labels = cv2.connectedComponents((bright > 0).astype(np.uint8), connectivity=8)
    pieces: NDArray[np.int64] = labels.astype(np.int64)
    light = np.bincount(pieces.ravel(), bright.ravel(), minlength=count)
    light[0] = 0.0
    return kernel_arrays.normalize(np.where((light >= _FRAGMENT * light.sum())[pieces], bright, 0.0))


def resample_kernel(kernel: Kernel, scale: float, side: int) -> Kernel:
    """Return the kernel of the same blur in a picture `scale` times as large, on an array of `side`.

    Its centre of mass is moved to the middle by whole pixels.
    """
    middle, before = side // 2, len(kernel) // 2
    matrix = np.array([[scale, 0.0, middle - scale * before], [0.0, scale, middle - scale * before]])
    larger = cv2.warpAffine(kernel, matrix, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_CONSTANT)
    return center_kernel(kernel_arrays.normalize(np.maximum(larger, 0.0)))


def center_kernel(kernel: Kernel) -> Kernel:
    """Return the kernel moved by whole pixels so that its centre of mass lies within half a pixel of the middle."""
    side = len(kernel)
    x, y = (round(offset) for offset in kernel_arrays.centroid(kernel))
    rim = max(abs(x), abs(y))
    return kernel_arrays.normalize(np.pad(kernel, rim)[rim + y : rim + y + side, rim + x : rim + x + side])


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
