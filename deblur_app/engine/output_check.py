"""Whether what a network gave can be true: devices and precisions fail in ways that no error tells."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

BLOCK = 128
"""Side in pixels of the blocks whose mean colours are compared."""

MOST_OF_A_BLOCK = 0.15
"""How far the mean colour of a block may move, sRGB-encoded in [0, 1].

Blurring moves light by no more than its reach, so the mean of a block hardly changes when it is undone. Measured with
the restorer on photographs blurred by motion, shake, defocus and turbulence: at most 0.04 in blocks of 64 pixels.
"""

MOST_OF_A_TILE = 0.05
"""The same of a whole tile that has at least four blocks; measured: at most 0.014."""

_FLAT, _NOT_FLAT = 1e-4, 0.01


def defect(given: Sequence[Pixels], restored: Pixels) -> str:
    """What is wrong with a restored picture or part, in a few words; "" where nothing is.

    Args:
        given: The photo, and what else the network was shown of the scene, such as what deconvolution made of it;
            each of shape (height, width, 3). Colours count as other ones where they differ from those of each.
        restored: What became of them, same shape.
    """
    if not np.isfinite(restored).all():
        return "values that are no numbers"
    if np.ptp(restored) < _FLAT and any(np.ptp(pixels) > _NOT_FLAT for pixels in given):
        return "one colour everywhere"
    means = _block_means(restored)
    moved = np.min([np.abs(means - _block_means(pixels)) for pixels in given], axis=0)
    if moved.max() > MOST_OF_A_BLOCK:
        return "other colours"
    tile_moved = min(np.abs(restored.mean((0, 1)) - pixels.mean((0, 1))).max() for pixels in given)
    if restored.shape[0] * restored.shape[1] >= 4 * BLOCK**2 and tile_moved > MOST_OF_A_TILE:
        return "other colours"
    return ""


def _block_means(pixels: Pixels) -> NDArray[np.float32]:
    """Mean colours of blocks of about `BLOCK` × `BLOCK` pixels."""
    height, width = pixels.shape[:2]
    size = (max(round(width / BLOCK), 1), max(round(height / BLOCK), 1))
    return np.asarray(cv2.resize(np.ascontiguousarray(pixels), size, interpolation=cv2.INTER_AREA), np.float32)
