"""Shifts between small windows of a blurred picture and of its sharp one, with the blur accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur.kernel_edits import find_largest_component, shift_to_middle

if TYPE_CHECKING:
    from numpy.typing import NDArray

_WINDOWS = 400  # at most
_CLEAR = 0.9
"""Correlation from which on a window counts as found."""

_SMOOTHING = 1.5
"""Gaussian sigma in pixels that both pictures get, against noise and the grid of the pixels."""

_REGULAR = 0.02
"""Share of the mean power that is added to each frequency of the sharp picture when it is divided by."""


def compare(
    sharp: NDArray[np.float32], blurred: NDArray[np.float32], usable: NDArray[np.uint8]
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Measure shifts of the sharp picture against the blurred one, at places with detail in two directions.

    Args:
        sharp: Brightness in [0, 255], shape (height, width), already lying roughly on the blurred picture.
        blurred: The same frame.
        usable: 255 where `sharp` is defined.

    Returns:
        The places, shape (n, 2) as (x, y), and how far from there the same detail lies in `sharp`, same shape; in
        pixels. None where the two are too small or too different.
    """
    none = np.empty((0, 2), np.float32)
    side = min(blurred.shape)
    half, reach = min(max(side // 14, 12), 48), min(max(side // 40, 4), 12)
    margin = half + reach + 1
    inner = cv2.erode(usable, np.ones((2 * margin + 1, 2 * margin + 1), np.uint8), borderValue=0)
    if not inner.any():
        return none, none
    kernel = estimate_kernel(sharp, blurred, min(side // 10, 40))
    alike = _smooth(cv2.filter2D(sharp, -1, np.ascontiguousarray(kernel[::-1, ::-1])).astype(np.float32, copy=False))
    smooth_blurred = _smooth(blurred)
    corners = cv2.goodFeaturesToTrack(smooth_blurred, _WINDOWS, 0.002, max(side // 40, 6), mask=inner, blockSize=15)
    if corners is None:
        return none, none
    places = corners[:, 0].astype(int)
    shifts = np.array([_shift(alike, smooth_blurred, place, half, reach) for place in places.tolist()], np.float32)
    clear = np.isfinite(shifts[:, 0])
    return places[clear].astype(np.float32), shifts[clear]


def estimate_kernel(sharp: NDArray[np.float32], blurred: NDArray[np.float32], radius: int) -> NDArray[np.float32]:
    """Estimate the one blur that best explains `blurred` from `sharp`: least squares on gradients by Fourier transform.

    Args:
        sharp: Brightness, shape (height, width).
        blurred: The same frame.
        radius: The kernel has 2 radius + 1 elements a side.

    Returns:
        A kernel of sum 1, its centroid on the middle element, so that it moves nothing.
    """
    height, width = sharp.shape
    window = cv2.createHanningWindow((width, height), cv2.CV_32F)
    cross, power = np.zeros((height, width // 2 + 1), np.complex64), np.zeros((height, width // 2 + 1), np.float32)
    for dx, dy in ((1, 0), (0, 1)):
        one, other = (np.fft.rfft2(cv2.Sobel(p, cv2.CV_32F, dx, dy) * window) for p in (sharp, blurred))
        cross += np.conj(one) * other
        power += np.abs(one) ** 2
    whole = np.fft.irfft2(cross / (power + power.mean() * _REGULAR + 1e-9), s=(height, width))
    kernel = np.roll(whole, (radius, radius), axis=(0, 1))[: 2 * radius + 1, : 2 * radius + 1].astype(np.float32)
    return shift_to_middle(_one_piece(kernel))


def _one_piece(kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the strongest connected part of what stands out of the noise, with sum 1."""
    kernel = np.maximum(kernel - 0.1 * kernel.max(), 0)
    if not kernel.any():  # nothing in common
        kernel[kernel.shape[0] // 2, kernel.shape[1] // 2] = 1.0
        return kernel
    kernel[~find_largest_component(kernel)] = 0
    return kernel / kernel.sum()


def _smooth(picture: NDArray[np.float32]) -> NDArray[np.float32]:
    return cv2.GaussianBlur(picture, (0, 0), _SMOOTHING).astype(np.float32, copy=False)


def _shift(
    sharp: NDArray[np.float32], blurred: NDArray[np.float32], place: list[int], half: int, reach: int
) -> tuple[float, float]:
    """Return the shift of the window around a place, at most `reach` pixels; NaN where it is not clear."""
    x, y = place
    wide = half + reach
    template = blurred[y - half : y + half + 1, x - half : x + half + 1]
    around = sharp[y - wide : y + wide + 1, x - wide : x + wide + 1]
    scores = cv2.matchTemplate(around, template, cv2.TM_CCOEFF_NORMED)
    _, best, _, (i, j) = cv2.minMaxLoc(scores)
    if best < _CLEAR or not (0 < i < 2 * reach and 0 < j < 2 * reach):
        return np.nan, np.nan
    row, column = scores[j, i - 1 : i + 2].tolist(), scores[j - 1 : j + 2, i].tolist()
    return i - reach + _peak(row), j - reach + _peak(column)


def _peak(three: list[float]) -> float:
    """Return the offset of the top of a parabola through three neighbouring values from the middle one."""
    left, middle, right = three
    bend = left - 2 * middle + right
    return 0.0 if bend >= 0 else (left - right) / (2 * bend)
