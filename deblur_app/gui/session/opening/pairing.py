"""The decision whether two pictures are a photo and its ground truth, by their content."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Picture, Pixels

_SIDE = 96
"""Pixels of the longer side at which contents are compared: blur of up to 1/50 of the photo hardly shows there."""

_SHIFT = 0.1
"""Share of the shorter side by which two pictures of one scene may lie apart."""

_FINEST, _COARSEST = 1.5, _SIDE / 8
"""Standard deviations, in pixels of the small copies, between which structure counts: neither blur nor plain ground."""

_PAIR = 0.78
"""Correlation from which two pictures are a pair by their content. Measured: 4186 couples of unrelated photographs had
at most 0.70 (99 % below 0.44), 14 real pairs of sharp and blurred photographs (shake, defocus, not aligned) 0.86 and
more."""

_UNRELATED = 0.6
"""Correlation below which a ground truth that was given by hand is said to show something else."""

_SHARPER = 1.25
"""Factor by which the gradients of the sharp one are stronger at least; the 14 real pairs had 1.5 and more."""

_GRADIENT_SIDE = 512
"""The longer side of the copies whose gradients are compared, in pixels."""

_FLAT = 1e-3
"""The standard deviation below which a picture has no structure to correlate."""


def order_by_content(one: Picture, other: Picture) -> tuple[Picture, Picture] | None:
    """Return the blurred and the sharp picture of a pair, or None where two pictures are not a pair.

    They are a pair where they have one size, show the same scene, and one is clearly sharper than the other.
    """
    if one.pixels.shape != other.pixels.shape or correlation(one.pixels, other.pixels) < _PAIR:
        return None
    first, second = _gradient(one.pixels), _gradient(other.pixels)
    if max(first, second) < _SHARPER * min(first, second):
        return None
    return (one, other) if first < second else (other, one)


def is_unrelated(picture: Picture, truth: Picture) -> bool:
    """Return whether a ground truth clearly shows something else than the picture; False where one is plain."""
    return correlation(picture.pixels, truth.pixels, plain=1.0) < _UNRELATED


def correlation(one: Pixels, other: Pixels, *, plain: float = 0.0) -> float:
    """Return the correlation of two pictures of one shape at small size, in [-1, 1]: 1 for the same scene.

    Args:
        one: Shape (height, width, 3).
        other: Same shape; it may lie up to a tenth of the shorter side apart.
        plain: The value to return where one of them has no structure.
    """
    first, second = _structure(one), _structure(other)
    if min(float(first.std()), float(second.std())) < _FLAT:
        return plain
    rim = round(_SHIFT * min(first.shape))
    inner = np.ascontiguousarray(second[rim : second.shape[0] - rim, rim : second.shape[1] - rim])
    return float(cv2.matchTemplate(first, inner, cv2.TM_CCOEFF_NORMED).max())


def _structure(pixels: Pixels) -> NDArray[np.float32]:
    """Return grey structure of middle size, of a copy whose longer side has `_SIDE` pixels."""
    small = _small_grey(pixels, _SIDE)
    finer = cv2.GaussianBlur(small, (0, 0), _FINEST)
    return np.asarray(finer - cv2.GaussianBlur(small, (0, 0), _COARSEST), np.float32)


def _gradient(pixels: Pixels) -> float:
    """Return the root mean square of the differences of neighbours, at the size of a screen."""
    grey = _small_grey(pixels, _GRADIENT_SIDE)
    return float(np.sqrt(sum(np.mean(np.diff(grey, axis=axis) ** 2) for axis in (0, 1) if grey.shape[axis] > 1)))


def _small_grey(pixels: Pixels, side: int) -> NDArray[np.float32]:
    height, width = pixels.shape[:2]
    scale = min(1.0, side / max(height, width))
    size = (max(round(width * scale), 1), max(round(height * scale), 1))
    small = cv2.resize(pixels, size, interpolation=cv2.INTER_AREA)  # first: a photo's grey copy is large
    return np.ascontiguousarray(small.mean(axis=2), np.float32)
