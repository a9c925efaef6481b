"""The movement of a camera from one photo: local kernels, poses that agree with all of them, then the photo itself.

Local kernels are estimated where the frame tells most. Poses of the camera that agree with all of them are fitted, and
then refined by the photo itself, see `pose_refinement`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import Task, subtask
from deblur_app.restoration.psf_estimation import kernel_fit, regions
from deblur_app.restoration.psf_estimation.camera_motion.photo_fit import explained_share
from deblur_app.restoration.psf_estimation.camera_motion.pose_candidates import LocalKernel, find_poses
from deblur_app.restoration.psf_estimation.camera_motion.pose_refinement import refine_poses
from deblur_app.restoration.psf_estimation.search import blind

if TYPE_CHECKING:
    from deblur_app.blur.camera_poses import CameraPoses
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kernel_grid import KernelField
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.psf_estimation.camera_motion.photo_fit import PhotoFit

_LARGEST, _LARGEST_QUICK = 800, 560
"""Long sides in pixels at which the movement is looked for, from kernels of nine parts and from one kernel: a larger
photo is reduced."""

_PARTS = 3
"""Parts of the frame along each axis that a local kernel is estimated in."""

_PART = 0.44
"""Side of the squares that local kernels are estimated in, as a share of the short side of the frame."""

_LEAST_PART, _LARGEST_PART = 96, 256
"""The same in pixels, at least and at most."""

_LEAST_EXPLAINED, _WELL_EXPLAINED = 0.6, 0.9
"""Shares of the energy around edges that an estimate explains from which on it is trusted at all, and most: fields that
gained 4.1, 3.5 and 2.7 dB explained 0.90, 0.94 and 0.78, one that cost 1.5 dB 0.64. Chosen on
these, which are all that were measured."""

_MOST_CONFIDENT = 0.55
"""Confidence at most, below “sure”: a field that gained only 0.6 dB explained 0.89, and the share is not calibrated."""

_FOCAL = 28.0 / 36.0
"""Focal length that is assumed, in long sides of the frame: that of phones and wide lenses."""

_AROUND, _LEAST_SAMPLES = 1.0 / 8.0, 300
"""Distance from a place, in long sides of the frame, within which edges say how far to trust its kernel: someone who
walked takes up so much; and how many pixels say so at least."""

_ESTIMATING = 0.6
"""Share of the time for the local kernels."""


@dataclass(frozen=True, eq=False)
class CameraMotion:
    """The movement of a camera.

    Attributes:
        poses: The poses, for the photo's own size.
        explained: Share of the energy of the photo's gradients around edges that it explains, in [0, 1].
        variation: Share of what one kernel leaves unexplained that the movement explains; about 0 for a blur that does
            not vary.
        confidence: How far to trust it, in [0, 1], by that share.
        field: The kernels, with the confidence around each place.
    """

    poses: CameraPoses
    explained: float
    variation: float
    confidence: float
    field: KernelField


def estimate_motion(
    light: Pixels,
    *,
    extent: float | None = None,
    kernel: Kernel | None = None,
    least_variation: float = -math.inf,
) -> Task[CameraMotion]:
    """Estimate how a camera moved while it took a photo of a scene that stood still.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        extent: How long the blur is, roughly, in pixels; None where nothing is known.
        kernel: The kernel of some part of the frame, to begin with; None estimates kernels of nine parts, which takes
            twice as long in all.
        least_variation: Variation below which the movement is not followed to the end, because one kernel does as well.

    Raises:
        UnmeasurableBlurError: The photo is too small or too even.
    """
    height, width = light.shape[:2]
    scale = min(1.0, (_LARGEST if kernel is None else _LARGEST_QUICK) / max(height, width))
    small = light if scale == 1.0 else resize_pixels(light, round(width * scale), round(height * scale))
    size, near = (small.shape[1], small.shape[0]), extent * scale if extent else None
    begin = 0.0
    if kernel is None:
        kernels, begin = (yield from subtask(estimate_local_kernels(small, near), 0.0, _ESTIMATING)), _ESTIMATING
    else:
        kernels = [_place_in_middle(kernel, scale, size)]
    poses = find_poses(kernels, size, _FOCAL * max(size))
    work = refine_poses(small, poses, near, least_variation=least_variation)
    refined = yield from subtask(work, begin, 1.0)
    share = scale * refined.fit_scale

    def confidence(x: float, y: float) -> float:
        place = share * (x + 0.5) - 0.5, share * (y + 0.5) - 0.5
        return _confidence(calculate_share_near(refined.fit, *place, share * max(width, height) * _AROUND))

    poses = refined.poses
    if scale != 1.0:
        poses = poses.scaled(1.0 / scale, (width, height)).interpolated(1.0 / scale)
    explained = refined.fit.explained
    return CameraMotion(poses, explained, refined.variation, _confidence(explained), poses.field(confidence))


def _place_in_middle(kernel: Kernel, scale: float, size: tuple[int, int]) -> LocalKernel:
    """Return a kernel of a photo as that of the middle of the photo at another scale."""
    side = 2 * math.ceil(len(kernel) // 2 * scale) + 1
    small = kernel if scale == 1.0 else kernel_fit.resample_kernel(kernel, scale, side)
    return LocalKernel((size[0] - 1) / 2, (size[1] - 1) / 2, small, 1.0)


def estimate_local_kernels(light: Pixels, extent: float | None = None) -> Task[list[LocalKernel]]:
    """Estimate a kernel where each part of the frame tells most.

    Raises:
        UnmeasurableBlurError: No part tells anything.
    """
    height, width = light.shape[:2]
    side = min(max(round(_PART * min(height, width)), _LEAST_PART), _LARGEST_PART)
    parts = [(rows, columns) for rows in _cut(height, side) for columns in _cut(width, side)]
    squares = regions.most_informative_of_parts(light, parts, side)
    found: list[LocalKernel] = []
    reason: UnmeasurableBlurError | None = None
    for number, (rows, columns) in enumerate(squares):
        work = blind.estimate(light, region=(rows, columns), extent=extent)
        try:
            estimate = yield from subtask(work, number / len(squares), (number + 1) / len(squares))
        except UnmeasurableBlurError as error:
            reason = error
            continue
        x, y = ((span.start + span.stop - 1) / 2 for span in (columns, rows))
        found.append(LocalKernel(x, y, estimate.kernel, estimate.confidence))
    if not found and reason is not None:
        raise reason
    return found


def _cut(length: int, side: int) -> list[slice]:
    """Return parts of an axis, at least as long as a square, that overlap where there is no room."""
    part = max(math.ceil(length / _PARTS), min(side, length))
    starts = np.linspace(0, length - part, _PARTS).round().astype(int).tolist()
    return [slice(start, start + part) for start in dict.fromkeys(starts)]


def _confidence(explained: float) -> float:
    share = (explained - _LEAST_EXPLAINED) / (_WELL_EXPLAINED - _LEAST_EXPLAINED)
    return _MOST_CONFIDENT * min(max(share, 0.0), 1.0)


def calculate_share_near(fit: PhotoFit, x: float, y: float, reach: float) -> float:
    """Return the share that is explained around a place; farther around where there are few edges."""
    distances = np.hypot(fit.places[:, 0] - x, fit.places[:, 1] - y)
    nearest = np.sort(distances)[min(_LEAST_SAMPLES, len(distances)) - 1]
    chosen = distances <= max(reach, float(nearest))
    return explained_share(fit.unexplained[chosen], fit.energy[chosen])
