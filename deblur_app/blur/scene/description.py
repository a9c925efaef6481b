"""The true blur of a scene: a kernel for each place of a coarse grid, its type, its size and its angle."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kernel_arrays, models
from deblur_app.blur.kernel_grid import even_grid, field_of_grid

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kernel_grid import KernelField

NONE, VARIES = "none", "varies"

_LEAST = 0.35
"""Standard deviation in pixels of a kernel up to which nobody sees it: a line of 1.2 pixels."""

_DIFFERENCE = 0.3
"""Difference of a kernel from the mean one, relative to its own width, from which on one kernel does not serve both."""

_PART = 0.05
"""Share of the frame that must differ."""

_DISK = 0.5
"""Standard deviation of a disk along one axis, in radii."""

_TIMES = 64
"""Points of time by which paths are compared."""


@dataclass(frozen=True, eq=False)
class LocalBlur:
    """The blur at one place.

    Attributes:
        x: Path of the point to the right in pixels, 0 in the middle of the exposure.
        y: Its path downwards.
        radius: Of the disk of defocus, in pixels.
        sigma: Of turbulence, in pixels.
        is_straight: Whether the path is a straight line at an even speed.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    radius: float = 0.0
    sigma: float = 0.0
    is_straight: bool = False

    @property
    def spread(self) -> float:
        """Standard deviation of the kernel in pixels, along its longest axis at least for paths."""
        return math.hypot(self._path_spread, self.radius * _DISK, self.sigma)

    @property
    def type(self) -> str:
        """The type of the widest part of the blur."""
        if self.spread < _LEAST:
            return NONE
        parts = {
            "motion" if self.is_straight else "shake": self._path_spread,
            "defocus": self.radius * _DISK,
            "turbulence": self.sigma,
        }
        return max(parts, key=parts.__getitem__)

    @property
    def size(self) -> float:
        """Length, extent, radius or σ in pixels, as the type has it; 0 for none."""
        extent = float(max(np.ptp(self.x), np.ptp(self.y)))
        length = float(math.hypot(self.x[-1] - self.x[0], self.y[-1] - self.y[0]))
        sizes = {NONE: 0.0, "motion": length, "shake": extent, "defocus": self.radius, "turbulence": self.sigma}
        return sizes[self.type]

    @property
    def angle(self) -> float:
        """Angle of a straight path in degrees, counter-clockwise from the horizontal, from 0 to below 180."""
        return math.degrees(math.atan2(-(self.y[-1] - self.y[0]), self.x[-1] - self.x[0])) % 180.0

    def kernel(self) -> Kernel:
        """Return the kernel: the path, smeared by the disk and by turbulence."""
        kernel = kernel_arrays.rasterize_points(self.x, self.y)
        others = [models.defocus(self.radius)] if self.radius else []
        others += [models.turbulence(self.sigma)] if self.sigma else []
        for other in others:
            kernel = kernel_arrays.normalize(_convolve(kernel, other))
        return kernel

    @property
    def _path_spread(self) -> float:
        return math.sqrt(float(np.var(self.x) + np.var(self.y)))


@dataclass(frozen=True, eq=False)
class BlurDescription:
    """The true blur of a picture.

    Attributes:
        places: The blur at each place of a grid over the frame, in rows.
        grid: Rows and columns of the grid.
        scale: What sizes are multiplied with, because the photo was resized after it was taken.
    """

    places: Sequence[LocalBlur]
    grid: tuple[int, int]
    scale: float = 1.0

    @cached_property
    def type(self) -> str:
        """“none”, “motion”, “shake”, “defocus”, “turbulence” or “varies”."""
        typical = self.typical
        limit = max(_DIFFERENCE * typical.spread, _LEAST / self.scale)
        is_other = self._differences[self._typical_index] > limit
        if np.count_nonzero(is_other) >= _PART * len(self.places):
            return VARIES
        return typical.type if typical.spread * self.scale >= _LEAST else NONE

    @property
    def typical(self) -> LocalBlur:
        """The place that differs least from the others in sum."""
        return self.places[self._typical_index]

    @property
    def size(self) -> float:
        """Size in pixels of the photo: of the typical place; where the blur varies, of the widest places."""
        if self.type == VARIES:
            widths = [math.sqrt(12.0) * place.spread for place in self.places]
            return float(np.quantile(widths, 1.0 - _PART)) * self.scale
        return self.typical.size * self.scale if self.type != NONE else 0.0

    @property
    def angle(self) -> float | None:
        """Angle of straight motion in degrees, counter-clockwise from the horizontal; None for other types."""
        return self.typical.angle if self.type == "motion" else None

    def kernels(self) -> NDArray[np.float32]:
        """Return the kernels in pixels of the picture before resizing, shape (rows, columns, n, n), n odd."""
        kernels = [place.kernel() for place in self.places]
        side = max(map(len, kernels))
        padded = [np.pad(kernel, (side - len(kernel)) // 2) for kernel in kernels]
        return np.stack(padded).reshape(*self.grid, side, side)

    def field(self, shape: tuple[int, ...]) -> KernelField:
        """Return the kernels as a field over the scene's frame, in pixels before resizing.

        Args:
            shape: Height and width of the frame in pixels.
        """
        kernels = [list(row) for row in self.kernels()]
        return field_of_grid(even_grid(kernels, shape))

    @cached_property
    def _differences(self) -> NDArray[np.float64]:
        """Return how far each two kernels differ, in pixels: root mean square of paths about means, radii and σ."""
        rows = [_coordinates(place) for place in self.places]
        points = np.stack(rows)
        squares = (points**2).sum(axis=1)
        distances = squares[:, None] + squares[None] - 2.0 * points @ points.T
        result: NDArray[np.float64] = np.sqrt(np.maximum(distances, 0.0))
        return result

    @cached_property
    def _typical_index(self) -> int:
        return int(np.argmin(self._differences.sum(axis=0)))


def _coordinates(place: LocalBlur) -> NDArray[np.float64]:
    """Return coordinates whose Euclidean distance is the difference of two kernels in pixels."""
    x, y = (values[:: max(len(values) // _TIMES, 1)] for values in (place.x, place.y))
    path = np.concatenate([x - x.mean(), y - y.mean()]) / math.sqrt(len(x))
    return np.concatenate([path, [place.radius * _DISK, place.sigma]])


def _convolve(kernel: Kernel, other: Kernel) -> Kernel:
    """Return the full convolution of two kernels."""
    half = len(other) // 2
    wide = np.pad(kernel, half)
    flipped = np.ascontiguousarray(other[::-1, ::-1])
    return np.asarray(cv2.filter2D(wide, -1, flipped, borderType=cv2.BORDER_CONSTANT), np.float32)
