"""The path of a camera in six axes, and how far each point of the frame moves along it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import shake

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.scene.settings import SceneSettings

_SAMPLES = 513
"""Points of time of a path; the middle one is the middle of the exposure."""


@dataclass(frozen=True, eq=False)
class CameraPath:
    """A path relative to the middle of the exposure, as one point in the middle of the frame sees it.

    All arrays have one odd length, and 0 in their middle.

    Attributes:
        x: Pixels to the right.
        y: Pixels downwards.
        roll: Rotation about the line of sight in radians.
        zoom: Relative enlargement.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    roll: NDArray[np.float64]
    zoom: NDArray[np.float64]

    def at(self, indices: NDArray[np.intp]) -> NDArray[np.float64]:
        """Return the coordinates at points of time, shape (4, times): x, y, roll, zoom."""
        return np.stack([self.x, self.y, self.roll, self.zoom])[:, indices]

    def __len__(self) -> int:
        """Return the number of points of time."""
        return len(self.x)


def make_camera_path(settings: SceneSettings, diagonal: float) -> CameraPath:
    """Return the path of the camera of a scene.

    Args:
        settings: Of the scene.
        diagonal: Of the frame, in pixels: half of it is the lever of roll and zoom.
    """
    lever = diagonal / 2
    x, y = make_path(settings, settings.extent, settings.angle, settings.seed)
    turn, near = make_path(settings, settings.extent / lever, 45.0, settings.seed + 1)
    return CameraPath(x, y, turn * settings.roll, near * settings.zoom)


def make_path(
    settings: SceneSettings, extent: float, angle: float, seed: int
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return x and y of a path, straight along `angle` or curved as the settings say, 0 in the middle of the exposure.

    Args:
        settings: Say how curved paths are.
        extent: Longest side of the box around a curved path, or length of a straight one.
        angle: Of a straight path in degrees, counter-clockwise from the horizontal.
        seed: Of a curved path.
    """
    if extent == 0.0:
        return np.zeros(_SAMPLES), np.zeros(_SAMPLES)
    if settings.is_straight:
        along = np.linspace(-0.5, 0.5, _SAMPLES) * extent
        theta = math.radians(angle)
        return along * math.cos(theta), -along * math.sin(theta)
    path = shake.trajectory(extent, settings.roughness, settings.exposure, seed % 1_000_000)
    times = np.linspace(path.times[0], path.times[-1], _SAMPLES)
    x, y = (np.interp(times, path.times, values) for values in (path.x, path.y))
    middle = _SAMPLES // 2
    return x - x[middle], y - y[middle]


def motion_field(
    settings: SceneSettings,
    shape: tuple[int, int],
    x: NDArray[np.floating],
    y: NDArray[np.floating],
    inverse_depth: NDArray[np.floating],
) -> NDArray[np.float32]:
    """Return how points move with each coordinate of a path: the motion field of a rigid scene before a camera.

    It is the homography of a small rotation to first order, and translation by inverse depth (Longuet-Higgins and
    Prazdny, "The interpretation of a moving retinal image", 1980).

    Args:
        settings: Give the focal length, where the line of sight is, and the share of translation.
        shape: Height and width of the frame in pixels.
        x: Columns of the points.
        y: Rows, of the same shape.
        inverse_depth: Of the points; the mean of the scene is 1.

    Returns:
        Shape (4, 2, ...): for x, y, roll and zoom of a `CameraPath`, the movement to the right and downwards.
    """
    height, width = shape
    focal = settings.focal * max(shape)
    right = x - (0.5 + settings.center[0]) * (width - 1)
    down = y - (0.5 + settings.center[1]) * (height - 1)
    turned, moved = 1.0 - settings.shift, settings.shift * inverse_depth
    both = turned * right * down / focal**2
    fields = (
        (turned * (1 + right**2 / focal**2) + moved, both),
        (both, turned * (1 + down**2 / focal**2) + moved),
        (-down, right),
        (right * inverse_depth, down * inverse_depth),
    )
    return np.stack([np.stack(field) for field in fields]).astype(np.float32)
