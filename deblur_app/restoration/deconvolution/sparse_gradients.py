"""The step of sparse deconvolution that looks at gradients: weak ones vanish, strong ones stay."""

from __future__ import annotations

import math
from collections import deque
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
from numpy.typing import NDArray

from deblur_app.restoration.numerics.threads import THREADS

type Planes = NDArray[np.float32]
"""Float32, shape (channels, height, width): each channel in one piece, as transforms want it."""

_ENCODING = 1 / 2.4 - 1
"""The slope of the sRGB encoding goes with this power of the light."""

_BLACK = 0.01  # light added to the brightness, a bound for dark parts
_MIDDLE = 0.2
"""Light of a grey whose gradients count as they are."""

_NEIGHBOURHOOD = 1.0  # standard deviation in pixels of the Gaussian for the brightness around
_COLOUR = np.float32(4.0)
"""Weight of the energy of colour beside than that of brightness."""

_SHARED = np.float32(0.3)
"""Weight of the energy of all three for each: where there is an edge, it is in all of them."""

_OPPONENT = np.array([[1, 1, 1], [1, 0, -1], [1, -2, 1]], np.float32)
_OPPONENT /= np.linalg.norm(_OPPONENT, axis=1, keepdims=True)
"""Orthonormal: brightness, red against blue, both against green."""

_BAND, _LEAST_ROWS = 24_000, 16
"""Values worked on at once, which stay in the processor's cache, and rows at least, as each band needs two more."""

_SMALL = 500_000
"""Values up to which one core works on a scene: handing it to others takes longer than the work itself."""

_FLAT = np.float32(1e-12)
"""Added to the squared gradient, in units of light squared: a negative power of 0 would be infinite."""


def shrunk_divergence(scene: Planes, strength: float, exponent: float) -> Planes:
    """Shrink the gradients g of a scene towards 0, weak ones more, and bring them together again as Dᵀg.

    Each is multiplied by 1 / (1 + s·p·w²·rᵖ⁻²), where r is the size of the gradient, w·r what it looks like once
    encoded for a screen: one step of iteratively reweighted least squares for s·(w·r)ᵖ + ½|g − ∇x|².

    Args:
        scene: 1 or 3 channels, taken to repeat beyond its borders.
        strength: s, the weight of sparsity over that of keeping the gradient.
        exponent: p, in [0.5, 1].

    Returns:
        An array of the shape of `scene`.
    """
    importance = _importance(scene)
    divergence = np.empty_like(scene)
    count, height, width = scene.shape
    spare: deque[_Scratch] = deque()
    band_rows = max(_BAND // (count * width), _LEAST_ROWS)

    def band(start: int) -> None:
        stop = min(start + band_rows, height)
        if start and stop < height:
            rows: slice | NDArray[np.intp] = slice(start - 1, stop + 1)
        else:
            rows = np.arange(start - 1, stop + 1) % height  # one more at each side: the scene repeats
        try:
            scratch = spare.pop()
        except IndexError:  # all others are used by other threads
            scratch = _Scratch(count * (band_rows + 2) * width)
        divergence[:, start:stop] = _band(scene[:, rows], importance[rows][:-1], (strength, exponent), scratch)
        spare.append(scratch)

    starts = range(0, height, band_rows)
    if scene.size <= _SMALL:
        for start in starts:
            band(start)
    else:
        with ThreadPoolExecutor(THREADS) as pool:
            for _ in pool.map(band, starts):
                pass
    return divergence


class _Scratch:
    """Arrays that bands use one after the other: new memory for each would take longer than the work itself."""

    def __init__(self, values: int) -> None:
        self._arrays = [np.empty(values, np.float32) for _ in range(5)]

    def take(self, number: int, shape: tuple[int, ...]) -> NDArray[np.float32]:
        """Return one of the arrays, with whatever is in it, in a shape."""
        return self._arrays[number][: math.prod(shape)].reshape(shape)


def _importance(scene: Planes) -> NDArray[np.float32]:
    """Return w² for each pixel, from the brightness around it."""
    brightness = scene[0].copy()
    for plane in scene[1:]:
        brightness += plane
    brightness *= np.float32(1 / len(scene))
    np.maximum(brightness, 0.0, out=brightness)
    around: NDArray[np.float32] = cv2.GaussianBlur(brightness, (0, 0), _NEIGHBOURHOOD).astype(np.float32, copy=False)
    around += np.float32(_BLACK)
    around *= np.float32(1 / _MIDDLE)
    return _power(around, 2 * _ENCODING)


def _band(scene: Planes, importance: NDArray[np.float32], penalty: tuple[float, float], scratch: _Scratch) -> Planes:
    """Return the rows of `scene` but the first and the last, in memory of `scratch`."""
    strength, exponent = penalty
    is_colour = len(scene) == 3
    planes = _mix(_OPPONENT, scene, scratch.take(0, scene.shape)) if is_colour else scene
    above = planes[:, :-1]
    right, down, energy, other = (scratch.take(number, above.shape) for number in range(1, 5))
    np.subtract(above[:, :, 1:], above[:, :, :-1], out=right[:, :, :-1])
    np.subtract(above[:, :, 0], above[:, :, -1], out=right[:, :, -1])
    np.subtract(planes[:, 1:], above, out=down)
    np.multiply(right, right, out=energy)
    energy += np.multiply(down, down, out=other)
    energy *= importance
    if is_colour:
        energy[1:] *= _COLOUR
        energy += _SHARED * energy.sum(axis=0) + _FLAT
    else:
        energy *= 3 * (1 + _SHARED)  # as three equal channels
        energy += _FLAT
    loss = other
    cv2.pow(energy.reshape(-1), exponent / 2 - 1, dst=loss.reshape(-1))
    loss *= importance * np.float32(strength * exponent)
    if is_colour:
        loss[1:] *= _COLOUR
    loss += 1.0
    right /= loss
    down /= loss
    result = np.subtract(
        down[:, :-1], down[:, 1:], out=scratch.take(3, (len(scene), above.shape[1] - 1, scene.shape[2]))
    )
    right = right[:, 1:]
    result -= right
    result[:, :, 1:] += right[:, :, :-1]
    result[:, :, 0] += right[:, :, -1]
    return _mix(_OPPONENT.T, result, scratch.take(0, result.shape)) if is_colour else result


def _mix(matrix: NDArray[np.float32], planes: Planes, out: Planes) -> Planes:
    """Write other combinations of three planes to `out`, and return it."""
    np.matmul(matrix, planes.reshape(3, -1), out=out.reshape(3, -1))
    return out


def _power(values: NDArray[np.float32], exponent: float) -> NDArray[np.float32]:
    """Return `values` to the power `exponent`, by OpenCV, which is several times faster than NumPy."""
    return cv2.pow(values.reshape(-1), exponent).reshape(values.shape).astype(np.float32, copy=False)
