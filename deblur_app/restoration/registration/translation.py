"""Translation between two pictures of one scene, to a fraction of a pixel."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_REACH = 64
"""Pixels to each side within which the shift lies; a quarter of the shorter side where that is less."""

_CRITERIA = (cv2.TERM_CRITERIA_COUNT | cv2.TERM_CRITERIA_EPS, 100, 1e-6)
_SMOOTHING = 5
"""Side in pixels of the Gaussian window that both pictures get before they are compared finely, against noise."""

_FARTHEST = 2.0
"""Pixels by which the fine shift may differ from the coarse one; beyond that it has run away."""


def register_translation(picture: Pixels, onto: Pixels) -> Pixels:
    """Return `picture`, moved to lie on `onto`; what comes in from outside is mirrored.

    The best normalised correlation gives the shift in whole pixels, the enhanced correlation coefficient makes it exact
    (Evangelidis and Psarakis, "Parametric image alignment using enhanced correlation coefficient maximization", 2008).
    Only the middle of `onto` is compared, so that the borders do not draw the shift towards 0.

    Args:
        picture: Shape (height, width, 3), in [0, 1].
        onto: Same shape; may be blurred.
    """
    moving, still = _grey(picture), _grey(onto)
    reach = min(_REACH, min(still.shape) // 4)
    middle = np.ascontiguousarray(still[reach : still.shape[0] - reach, reach : still.shape[1] - reach])
    scores = cv2.matchTemplate(moving, middle, cv2.TM_CCOEFF_NORMED)
    _, _, _, place = cv2.minMaxLoc(scores)
    x, y = _refine_place(moving, middle, (float(place[0]), float(place[1])))
    matrix = np.array([[1.0, 0.0, x - reach], [0.0, 1.0, y - reach]])
    flags = cv2.INTER_LANCZOS4 | cv2.WARP_INVERSE_MAP
    moved = cv2.warpAffine(picture, matrix, (onto.shape[1], onto.shape[0]), flags=flags, borderMode=cv2.BORDER_REFLECT)
    clipped: Pixels = np.clip(moved, 0.0, 1.0).astype(np.float32, copy=False)
    return clipped


def _refine_place(
    moving: NDArray[np.float32], middle: NDArray[np.float32], place: tuple[float, float]
) -> tuple[float, float]:
    """Return where `middle` lies in `moving`, near a place in whole pixels, as (x, y)."""
    start = np.array([[1.0, 0.0, place[0]], [0.0, 1.0, place[1]]], np.float32)
    everything = np.full(moving.shape, 255, np.uint8)
    try:
        _, transform = cv2.findTransformECC(
            middle, moving, start.copy(), cv2.MOTION_TRANSLATION, _CRITERIA, everything, _SMOOTHING
        )
    except cv2.error:  # it says so where it does not converge
        return place
    x, y = float(transform[0, 2]), float(transform[1, 2])
    return (x, y) if max(abs(x - place[0]), abs(y - place[1])) <= _FARTHEST else place


def _grey(pixels: Pixels) -> NDArray[np.float32]:
    return np.ascontiguousarray(pixels.mean(axis=2, dtype=np.float32))
