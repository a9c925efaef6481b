"""Poses of a camera during the exposure, how long it was in each, and the kernels that they draw all over the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_grid import even_grid, field_of_grid

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kernel_grid import KernelField
    from deblur_app.blur.shake import Trajectory

_TOLERANCE = 0.5
"""Root mean square in pixels by which paths may differ between the middle and the edge of a cell, usually."""

_MOST_CELLS = 12
"""Cells of the field along one axis, at most."""

_SAMPLES = 512
"""Poses that a trajectory is sampled at."""

type Numbers = NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class CameraPoses:
    """Poses of a camera that pans, tips and rolls, with the share of the exposure that it spent in each.

    Each pose moves a point of the frame by a homography K·R·K⁻¹ (Whyte et al., "Non-uniform deblurring for shaken
    images", 2012).

    Attributes:
        x: Where the middle of the frame goes, pixels to the right.
        y: Likewise, pixels downwards.
        roll: Rotation about the line of sight in radians, clockwise as the picture turns.
        weights: Share of the time of each pose, at least 0.
        focal_px: Focal length in pixels.
        size: Width and height of the frame in pixels.
        shift: Share of x and y, in [0, 1], that comes from the camera shifting and moves the whole frame alike.
    """

    x: Numbers
    y: Numbers
    roll: Numbers
    weights: Numbers
    focal_px: float
    size: tuple[int, int]
    shift: float = 0.0

    @classmethod
    def of_trajectory(cls, path: Trajectory, focal_px: float, size: tuple[int, int], shift: float = 0.0) -> CameraPoses:
        """Return the poses of a path, see `shake.blur_varying`, all for equally long."""
        chosen = np.linspace(0, len(path.x) - 1, min(_SAMPLES, len(path.x))).round().astype(int)
        even = np.full(len(chosen), 1.0 / len(chosen))
        return cls(path.x[chosen], path.y[chosen], np.radians(path.roll[chosen]), even, focal_px, size, shift)

    def take(self, chosen: NDArray[np.intp] | NDArray[np.bool_], weights: Numbers | None = None) -> CameraPoses:
        """Return some of the poses, with other weights where they are given for those."""
        own = self.weights[chosen] if weights is None else weights
        return replace(self, x=self.x[chosen], y=self.y[chosen], roll=self.roll[chosen], weights=own)

    def centred(self) -> CameraPoses:
        """Return the poses about their mean, with weights of sum 1: what they blur stays where it was."""
        weights = self.weights / self.weights.sum()
        x, y, roll = (values - weights @ values for values in (self.x, self.y, self.roll))
        return replace(self, x=x, y=y, roll=roll, weights=weights)

    def scaled(self, scale: float, size: tuple[int, int]) -> CameraPoses:
        """Return the poses as they move a picture of another size.

        Args:
            scale: Side of that picture over that of this one.
            size: Its width and height in pixels.
        """
        return replace(self, x=self.x * scale, y=self.y * scale, focal_px=self.focal_px * scale, size=size)

    def interpolated(self, step: float) -> CameraPoses:
        """Return poses on a lattice of `step` pixels with others between them, so that kernels have no gaps."""
        count = math.ceil(step)
        if count <= 1:
            return self
        shares = np.arange(1 - count, count) / count
        right, down = (values.ravel() for values in np.meshgrid(shares, shares))
        hats = (1.0 - np.abs(right)) * (1.0 - np.abs(down))
        x, y = ((own[:, None] + step * between).ravel() for own, between in ((self.x, right), (self.y, down)))
        weights = (self.weights[:, None] * hats / hats.sum()).ravel()
        return replace(self, x=x, y=y, roll=np.repeat(self.roll, len(hats)), weights=weights)

    def displacements(self, x: Numbers | float, y: Numbers | float) -> tuple[Numbers, Numbers]:
        """Return how far each pose moves points of the frame, to the right and downwards, in pixels.

        Args:
            x: Places in pixels from the centre of the top left pixel, of a shape that fits with (poses,).
            y: Likewise.
        """
        width, height = self.size
        right, down = (x - (width - 1) / 2) / self.focal_px, (y - (height - 1) / 2) / self.focal_px
        turned_x, turned_y = (1.0 - self.shift) * self.x, (1.0 - self.shift) * self.y
        pan = np.arctan2(turned_x, self.focal_px)
        tip = -np.arctan2(turned_y * np.cos(pan), self.focal_px)
        rolled_x = np.cos(self.roll) * right - np.sin(self.roll) * down
        rolled_y = np.sin(self.roll) * right + np.cos(self.roll) * down
        tipped_y, depth = np.cos(tip) * rolled_y - np.sin(tip), np.sin(tip) * rolled_y + np.cos(tip)
        panned_x = np.cos(pan) * rolled_x + np.sin(pan) * depth
        panned_depth = np.cos(pan) * depth - np.sin(pan) * rolled_x
        seen_x, seen_y = panned_x / panned_depth, tipped_y / panned_depth
        return (
            self.focal_px * (seen_x - right) + self.shift * self.x,
            self.focal_px * (seen_y - down) + self.shift * self.y,
        )

    def kernel_at(self, x: float, y: float) -> Kernel:
        """Return the kernel at a place of the frame."""
        return kernel_arrays.rasterize_points(*self.displacements(x, y), self.weights)

    def field(
        self, confidence: Callable[[float, float], float] = lambda _x, _y: 1.0, tolerance: float = _TOLERANCE
    ) -> KernelField:
        """Return the field of kernels, with as many places as it takes to hold between them.

        Args:
            confidence: How far to trust the kernel at a place, in [0, 1].
            tolerance: Root mean square in pixels by which paths may differ between the middle and the edge of a cell.
        """
        columns, rows = (self._cells(axis, tolerance) for axis in (0, 1))
        xs, ys = ((np.arange(n) + 0.5) * side / n - 0.5 for n, side in zip((columns, rows), self.size, strict=True))
        kernels = [[self.kernel_at(x, y) for x in xs.tolist()] for y in ys.tolist()]
        trust = [[confidence(x, y) for x in xs.tolist()] for y in ys.tolist()]
        return field_of_grid(even_grid(kernels, self.size[::-1], trust))

    def _cells(self, axis: int, tolerance: float) -> int:
        """Return how many cells along an axis the field needs: paths differ most from end to end of the frame."""
        width, height = (side - 1.0 for side in self.size)
        most = 0.0
        for other in (0.0, 0.5, 1.0):
            shares = [(along, other) if axis == 0 else (other, along) for along in (0.0, 0.5, 1.0)]
            paths = [np.stack(self.displacements(x * width, y * height)) for x, y in shares]
            squares = [np.square(end - paths[1]).sum(axis=0) @ self.weights for end in (paths[0], paths[2])]
            most = max(most, math.sqrt(float(max(squares)) / float(self.weights.sum())))
        return min(max(math.ceil(most / tolerance), 1), _MOST_CELLS)
