"""The places of a frame at which the kernels of a PSF hold: not where something moved by itself."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_CELLS = 128
"""Cells along an axis, at most."""


@dataclass(frozen=True, eq=False)
class TrustMap:
    """How far the kernels of a PSF are used at each place of a frame.

    Attributes:
        values: In [0, 1], for even cells from the top left: float32 of shape (rows, columns). Where it is 1 the kernels
            are undone, where it is 0 the photo is restored without them.
        box: Left, top, width and height of all cells together, in pixels of the photo.

    Raises:
        ValueError: There is no cell, or no box.
    """

    values: NDArray[np.float32]
    box: tuple[float, float, float, float]

    def __post_init__(self) -> None:
        if self.values.ndim != 2 or not self.values.size or min(self.box[2:]) <= 0.0:
            raise ValueError(f"needs cells in a box, received {self.values.shape} in {self.box}")

    def moved(self, right: float, down: float) -> TrustMap:
        """Return the same map for places so many pixels farther right and down."""
        left, top, width, height = self.box
        return replace(self, box=(left + right, top + down, width, height))

    def scaled(self, scale: float, corner: tuple[int, int] = (0, 0)) -> TrustMap:
        """Return the map of a part of the photo that begins at `corner` and was made smaller."""
        left, top, width, height = self.box
        return replace(self, box=((left - corner[0]) * scale, (top - corner[1]) * scale, width * scale, height * scale))

    def of_pixels(self, height: int, width: int) -> NDArray[np.float32]:
        """Return the map of each pixel of a photo, blended bilinearly between the cells, shape (height, width)."""
        left, top, wide, tall = self.box
        rows, columns = self.values.shape
        across, down = columns / wide, rows / tall
        places = np.array([[across, 0.0, (0.5 - left) * across - 0.5], [0.0, down, (0.5 - top) * down - 0.5]])
        flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
        found = cv2.warpAffine(self.values, places, (width, height), flags=flags, borderMode=cv2.BORDER_REPLICATE)
        return np.asarray(np.clip(found, 0.0, 1.0), np.float32)
