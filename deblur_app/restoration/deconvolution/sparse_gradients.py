"""The step of sparse deconvolution that looks at gradients: weak ones vanish, strong ones stay."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor

import cv2
import numpy as np
from numpy.typing import NDArray

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

_ROWS = 32
"""Rows that are worked on at once: what stays in the processor's cache."""

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
    height = scene.shape[1]

    def band(start: int) -> None:
        stop = min(start + _ROWS, height)
        if start and stop < height:
            rows: slice | NDArray[np.intp] = slice(start - 1, stop + 1)
        else:
            rows = np.arange(start - 1, stop + 1) % height  # one more at each side: the scene repeats
        divergence[:, start:stop] = _band(scene[:, rows], importance[rows][:-1], strength, exponent)

    starts = range(0, height, _ROWS)
    if scene.size <= _SMALL:
        for start in starts:
            band(start)
    else:
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            for _ in pool.map(band, starts):
                pass
    return divergence


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


def _band(scene: Planes, importance: NDArray[np.float32], strength: float, exponent: float) -> Planes:
    """Return the rows of `scene` but the first and the last."""
    colour = len(scene) == 3
    planes = np.tensordot(_OPPONENT, scene, axes=1) if colour else scene
    above = planes[:, :-1]
    right = np.empty_like(above)
    np.subtract(above[:, :, 1:], above[:, :, :-1], out=right[:, :, :-1])
    np.subtract(above[:, :, 0], above[:, :, -1], out=right[:, :, -1])
    down = planes[:, 1:] - above
    energy = right * right
    energy += down * down
    energy *= importance
    if colour:
        energy[1:] *= _COLOUR
        energy += _SHARED * energy.sum(axis=0) + _FLAT
    else:
        energy *= 3 * (1 + _SHARED)  # as three equal channels
        energy += _FLAT
    loss = _power(energy, exponent / 2 - 1)
    loss *= importance * np.float32(strength * exponent)
    if colour:
        loss[1:] *= _COLOUR
    loss += 1.0
    right /= loss
    down /= loss
    result = down[:, :-1] - down[:, 1:]
    right = right[:, 1:]
    result -= right
    result[:, :, 1:] += right[:, :, :-1]
    result[:, :, 0] += right[:, :, -1]
    return np.tensordot(_OPPONENT.T, result, axes=1) if colour else result


def _power(values: NDArray[np.float32], exponent: float) -> NDArray[np.float32]:
    """Return `values` to the power `exponent`, by OpenCV, which is several times faster than NumPy."""
    return cv2.pow(values.reshape(-1), exponent).reshape(values.shape).astype(np.float32, copy=False)
