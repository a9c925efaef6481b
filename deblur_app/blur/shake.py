"""Camera shake: the path of a hand, the kernel it draws, and blur that differs from place to place in the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_SAMPLES = 2048
"""Points of time at which a path is sampled."""
_WAVES = 24
"""Cosines of random frequency and phase that make up a coordinate of the movement."""
_DRIFT = 0.6
"""Correlation time of the slow sway of a hand, in units of the exposure."""

_TREMOR = 0.08
"""Correlation time of its fast tremor, in the same units."""

_STEP = 1.0
"""Pixels that a corner moves between two frames of the mean; 60 dB from endlessly many, as fine as 8 bits."""

_MOST_FRAMES = 400
"""Frames of the mean at most, however long the path."""


@dataclass(frozen=True, eq=False)
class Trajectory:
    """The path of the middle of the frame while the shutter is open, and the roll of the camera.

    All arrays have one length and a mean of 0, so that the blurred picture stays where the sharp one was.

    Attributes:
        x: Pixels to the right.
        y: Pixels downwards.
        roll: Rotation about the line of sight in degrees, clockwise as the picture turns.
        times: When, from 0 to the exposure, evenly spaced.
    """

    x: NDArray[np.float64]
    y: NDArray[np.float64]
    roll: NDArray[np.float64]
    times: NDArray[np.float64]


def trajectory(
    extent: float, roughness: float = 0.3, exposure: float = 1.0, seed: int = 0, *, roll: float = 0.0
) -> Trajectory:
    """Return a random, smooth path as a hand makes it: a slow sway with a fast tremor on it.

    Each is a sum of sines with Gaussian frequencies, that is a stationary Gaussian process of Gaussian correlation
    (Rahimi and Recht, "Random features for large-scale kernel machines", 2007). A longer exposure with the same seed
    sees more of the same movement; then the path is scaled to `extent`.

    Args:
        extent: Longest side of the box around the path, in pixels, above 0.
        roughness: Share of the tremor, from 0 (smooth sway) to 1 (tremor only).
        exposure: How long the shutter is open, above 0: near 0 a straight stroke, 1 a bend or two, 4 a tangle.
        seed: Equal seeds give equal paths. The path of the middle does not depend on `roll`.
        roll: Difference of the largest and smallest rotation about the line of sight, in degrees.
    """
    times = np.linspace(0.0, exposure, _SAMPLES)
    x, y, turn = (_wander(times, roughness, np.random.default_rng((seed, axis))) for axis in range(3))
    size = extent / max(np.ptp(x), np.ptp(y))
    return Trajectory(x * size, y * size, turn * (roll / np.ptp(turn)), times)


def _wander(times: NDArray[np.float64], roughness: float, random: np.random.Generator) -> NDArray[np.float64]:
    """Return one coordinate of a hand's movement over `times`, with a mean of 0 and no unit."""
    path = np.zeros_like(times)
    for time, share in ((_DRIFT, 1.0 - roughness), (_TREMOR, roughness * _TREMOR / _DRIFT * 2)):
        frequencies = random.standard_normal(_WAVES) / time
        phases = random.uniform(0.0, 2 * math.pi, _WAVES)
        path += share * np.cos(frequencies * times[:, None] + phases).sum(axis=1)
    return path - path.mean()


def psf_of(path: Trajectory) -> Kernel:
    """Return the kernel that the path draws in the middle of the frame: the time a point of light spends on each pixel.

    Args:
        path: The trajectory; its roll has no effect in the middle.
    """
    return kernel_arrays.rasterize_points(path.x, path.y)


def blur_varying(light: Pixels, path: Trajectory, focal_px: float, shift: float = 0.0) -> Task[Pixels]:
    """Blur by the mean of all frames seen along the path of a camera that pans, tips, rolls and shifts.

    Each frame is the sharp one under the homography of the moment: a rotation R of the camera acts as K·R·K⁻¹, where
    K holds the focal length; a shift before a flat scene moves the whole frame alike (Whyte et al., "Non-uniform
    deblurring for shaken images", 2012). In the middle of the frame the blur is that of `psf_of`. Beyond the borders
    the picture is mirrored.

    Args:
        light: Float32 array of shape (height, width, 3), linear light; it may be above 1.
        path: Where the middle of the frame goes.
        focal_px: Focal length in pixels; 28 mm on a full-frame camera is 28/36 of the width.
        shift: Share of the path, in [0, 1], that comes from the camera shifting and not from its panning and tipping.

    Returns:
        An array of the same shape, linear light.
    """
    height, width = light.shape[:2]
    camera = np.array([[focal_px, 0, (width - 1) / 2], [0, focal_px, (height - 1) / 2], [0, 0, 1]])
    moments = _moments(path, math.hypot(width, height) / 2)
    mean = np.zeros_like(light)
    for number, (x, y, roll, weight) in enumerate(moments):
        yield Progress(number / len(moments), tr("Blurring"))
        view = _homography(x, y, roll, camera, shift)
        frame = cv2.warpPerspective(light, view, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        cv2.scaleAdd(frame, weight, mean, dst=mean)
    return mean


def _moments(path: Trajectory, radius: float) -> list[tuple[float, float, float, float]]:
    """Return stretches of at most `_STEP` pixels for a corner: mean x, y and roll of each, and its share of time.

    Args:
        path: The trajectory.
        radius: From the middle of the frame to a corner, in pixels.
    """
    steps = np.hypot(np.diff(path.x), np.diff(path.y)) + np.radians(np.abs(np.diff(path.roll))) * radius
    way = np.concatenate([[0.0], np.cumsum(steps)])
    count = int(np.clip(math.ceil(way[-1] / _STEP), 1, _MOST_FRAMES))
    stretch = np.minimum((way / max(way[-1], 1e-12) * count).astype(int), count - 1)
    share = np.bincount(stretch, minlength=count)
    is_used = share > 0
    means = [np.bincount(stretch, values, count)[is_used] / share[is_used] for values in (path.x, path.y, path.roll)]
    return list(zip(*(m.tolist() for m in means), (share[is_used] / len(way)).tolist(), strict=True))


def _homography(x: float, y: float, roll: float, camera: NDArray[np.float64], shift: float) -> NDArray[np.float64]:
    """Return the homography from the sharp frame to the one whose middle is seen at (x, y) by a rolled camera."""
    turned_x, turned_y = (1 - shift) * x, (1 - shift) * y
    focal_px = float(camera[0, 0])
    pan = math.atan2(turned_x, focal_px)
    tip = -math.atan2(turned_y * math.cos(pan), focal_px)
    rotation = _about(1, pan) @ _about(0, tip) @ _about(2, math.radians(roll))
    moved = np.array([[1, 0, shift * x], [0, 1, shift * y], [0, 0, 1]])
    homography: NDArray[np.float64] = moved @ camera @ rotation @ np.linalg.inv(camera)
    return homography


def _about(axis: int, angle: float) -> NDArray[np.float64]:
    """Return the rotation about axis 0 (x, right), 1 (y, down) or 2 (z, into the scene) by `angle` in radians."""
    rotation = np.eye(3)
    one, other = (axis + 1) % 3, (axis + 2) % 3
    rotation[one, one] = rotation[other, other] = math.cos(angle)
    rotation[one, other], rotation[other, one] = -math.sin(angle), math.sin(angle)
    return rotation
