"""The error that JPEG leaves in a photo: by the quantisation table of its file, or by what the pixels tell of one.

JPEG rounds each coefficient of the cosine transform of 8 × 8 pixels to a multiple of its step q, an error of variance
q²/12, and most fine detail to 0. So there is almost no noise where a blurred photo is looked at for it, and a filter
that trusts this amplifies the rounding of everything coarser.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import scipy.fft

from deblur_app.core.picture import to_uint8
from deblur_app.restoration.deconvolution.gcv import srgb_slope
from deblur_app.restoration.deconvolution.quadratic import GRADIENT

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.deconvolution.gcv import GcvCurve

_FACTOR, _POWER = 0.03, 1.0 / 3.0
"""Regularisation by first differences: factor · (1 + mean square radius / spread) · (error over signal)^power.

A line through what was best for 5 photographs, 9 kernels and qualities of 60 to 98, where it loses 0.06 dB on average
against the best of each.
"""

_SPREAD = 16.0
"""Mean square radius of a kernel, in square pixels, from which on more is lost in it and beyond the borders."""

_BENDING = 0.14
"""Share of that for second differences, for a square pixel of the kernel's mean square radius; from the same."""

_ROUNDING = 1.28e-6
"""Error of 8-bit values, which every picture has: 1/12 of the square of a level."""

_LEAST_SIGNAL = 1e-6  # bound against a division by zero
_EQUIVALENT = 0.0021
"""Square of the equivalent noise over the standard deviation of the rounding, in linear light; from the same."""

_SAMPLES = 512  # about as many rows and columns are looked at for the slope
_SIDE = 8  # of a JPEG block in pixels
_LUMA = np.array([0.299, 0.587, 0.114], np.float32)
"""Weights of red, green and blue in the luma that JPEG encodes."""

_STANDARD = np.array(
    [
        [16, 11, 10, 16, 24, 40, 51, 61],
        [12, 12, 14, 19, 26, 58, 60, 55],
        [14, 13, 16, 24, 40, 57, 69, 56],
        [14, 17, 22, 29, 51, 87, 80, 62],
        [18, 22, 37, 56, 68, 109, 103, 77],
        [24, 35, 55, 64, 81, 104, 113, 92],
        [49, 64, 78, 87, 103, 121, 120, 101],
        [72, 92, 95, 98, 112, 100, 103, 99],
    ],
    np.float64,
)
"""The luma table of the standard's annex K, for quality 50; most encoders scale it."""

_LOOKED_AT = ((0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1), (2, 2), (0, 3), (3, 0))
"""Coefficients, row and column, that a blurred photo still has enough of to tell their step by."""

_STEPS = np.arange(3, 81)
"""Steps that are looked for, in 8-bit levels: finer ones drown in the rounding of pixels."""

_FEWEST = 40
"""Coefficients beyond half a step that are needed to tell it."""

_REGULAR = 0.55
"""Mean cosine of the phase within a step from which on coefficients keep to its multiples; noise gives about 0."""

_AGREEING = 3  # least number of coefficients that must tell of a table
_MOST_BLOCKS = 2000  # about as many are looked at
_LEAST_SIDE = 32  # in pixels; smaller photos hold too few blocks


def error_of(table: NDArray[np.uint16] | None) -> float:
    """Return the variance of the error of a pixel, sRGB-encoded in [0, 1], if every coefficient is rounded.

    Args:
        table: Luma quantisation table, shape (8, 8), in 8-bit levels; None for a picture that is no JPEG.
    """
    return 0.0 if table is None else float(np.mean(np.square(table.astype(np.float64) / 255.0))) / 12.0


def least_regularisation(table: NDArray[np.uint16] | None, curve: GcvCurve, kernel: Kernel, order: int) -> float:
    """Return the weakest regularisation of a linear filter that does not amplify what rounding left.

    Cross-validation goes by the fine detail, where rounding to 0 leaves no error to see. Were the error N/P everywhere
    that of `error_of`, over the power of the scene, Wiener's filter would take that; but most coefficients are rounded
    to 0, which is no more wrong than they were large. What was best grows with the cube root of N/P.

    Args:
        table: Luma quantisation table of the photo; None for one that is no JPEG, which was rounded all the same.
        curve: What cross-validation found, with errors as they are seen.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        order: `GRADIENT` or `LAPLACIAN`; second differences are smaller the coarser the detail that is left.
    """
    error = error_of(table) + _ROUNDING
    weight = _FACTOR * math.pow(error / max(curve.signal, _LEAST_SIGNAL), _POWER)
    radius = _mean_square_radius(kernel)
    weight *= 1.0 + radius / _SPREAD
    return weight if order == GRADIENT else weight * _BENDING * radius


def equivalent_noise(table: NDArray[np.uint16] | None, light: Pixels) -> float:
    """Return the noise, in linear light, that asks for the same regularisation by sparse gradients as the rounding.

    Args:
        table: Luma quantisation table of the photo; None for one that is no JPEG.
        light: The photo, linear light: rounding of an encoded value is larger in the light than in the dark.
    """
    if table is None:
        return 0.0
    slopes = srgb_slope(light[:: max(light.shape[0] // _SAMPLES, 1), :: max(light.shape[1] // _SAMPLES, 1)])
    error = math.sqrt(error_of(table) * float(np.mean(np.square(1.0 / slopes), dtype=np.float64)))
    return math.sqrt(_EQUIVALENT * error)


def _mean_square_radius(kernel: Kernel) -> float:
    """Return the second moment of a kernel about its middle, in square pixels, at least that of a blur of one pixel."""
    places = np.arange(len(kernel)) - len(kernel) // 2
    plane = kernel if kernel.ndim == 2 else kernel.mean(axis=2)
    radius = np.square(places)[:, None] + np.square(places)[None, :]
    return max(float((plane * radius).sum() / plane.sum()), 1.0)


def find_table(pixels: Pixels) -> NDArray[np.uint16] | None:
    """Estimate the luma quantisation table of a picture that once was a JPEG; None for one that was none.

    Coefficients of a JPEG lie near multiples of their steps, those of other pictures anywhere. Where the picture was
    cut, its blocks begin elsewhere: at the lines across which neighbours differ most.

    Args:
        pixels: Shape (height, width, 3), sRGB-encoded in [0, 1], at most processed by rounding to 8 bits.

    Returns:
        Shape (8, 8); steps that the pixels do not tell are those of the standard's table at the same scale.
    """
    height, width = pixels.shape[:2]
    if min(height, width) < _LEAST_SIDE:
        return None
    luma = to_uint8(pixels).astype(np.float32) @ _LUMA
    top, left = (_first_block(luma, axis) for axis in (0, 1))
    for origin in dict.fromkeys(((0, 0), (top, left))):
        ratios = _scales(luma[origin[0] :, origin[1] :])
        if len(ratios) >= _AGREEING:
            return np.clip(np.round(_STANDARD * np.median(ratios)), 1, 255).astype(np.uint16)
    return None


def _first_block(luma: NDArray[np.float32], axis: int) -> int:
    """Return the row or column, up to 7, where a block begins."""
    jumps = np.abs(np.diff(luma, axis=axis)).mean(axis=1 - axis)
    jumps = jumps[: len(jumps) // _SIDE * _SIDE].reshape(-1, _SIDE).mean(axis=0)
    return (int(jumps.argmax()) + 1) % _SIDE


def _scales(luma: NDArray[np.float32]) -> list[float]:
    """Return the steps that coefficients keep to, each over that of the standard's table."""
    rows, columns = (length // _SIDE for length in luma.shape)
    blocks = luma[: rows * _SIDE, : columns * _SIDE].reshape(rows, _SIDE, columns, _SIDE).swapaxes(1, 2)
    blocks = blocks.reshape(-1, _SIDE, _SIDE)[:: max(rows * columns // _MOST_BLOCKS, 1)]
    coefficients = scipy.fft.dctn(blocks, axes=(1, 2), norm="ortho")
    steps = {place: _step(np.abs(coefficients[:, place[0], place[1]])) for place in _LOOKED_AT}
    return [step / float(_STANDARD[place]) for place, step in steps.items() if step]


def _step(sizes: NDArray[np.float32]) -> int:
    """Return the largest step whose multiples the coefficients keep to; 0 for none."""
    for step in _STEPS[::-1]:
        beyond = sizes[sizes > 0.5 * step]
        if len(beyond) >= _FEWEST and float(np.cos(2.0 * np.pi / step * beyond).mean()) > _REGULAR:
            return int(step)
    return 0
