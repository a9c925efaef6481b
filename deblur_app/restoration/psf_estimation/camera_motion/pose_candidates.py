"""Poses of a camera that agree with kernels estimated at some places of the frame."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur.camera_poses import CameraPoses
from deblur_app.restoration.numerics.acceleration import minimize_non_negative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.camera_poses import Numbers
    from deblur_app.blur.kernel_arrays import Kernel

_MOST = 1200
"""Poses that are kept."""

_ROOM = 2
"""Pixels that paths may reach farther than the local kernels."""

_SCORING = 1.5
"""Standard deviation in pixels by which kernels are softened before poses are looked up in them: thin lines must not
miss each other by a pixel."""

_FLOOR = 0.02
"""Share of the brightest element that every element counts as, at least: one wrong kernel cannot rule a pose out."""

_SOFTENING = 0.8
"""Standard deviation in pixels by which kernels are softened before they are compared."""

_LEAST_TRUST = 0.05
"""Confidence that a local kernel counts with, at least."""

_STEPS = 400
"""Of the solver, at most."""


@dataclass(frozen=True, eq=False)
class LocalKernel:
    """A kernel estimated at one place.

    Attributes:
        x: The place, in pixels from the centre of the top left pixel.
        y: Likewise, downwards.
        kernel: The kernel, its centre of mass in the middle.
        confidence: How far to trust it, in [0, 1].
    """

    x: float
    y: float
    kernel: Kernel
    confidence: float


def find_poses(kernels: Sequence[LocalKernel], size: tuple[int, int], focal_px: float) -> CameraPoses:
    """Return poses on a lattice of about a pixel, with the weights that explain local kernels best.

    A pose can only have been taken where the kernel of each place has light where the pose moves that place to.

    Args:
        kernels: One or more.
        size: Width and height of the frame in pixels.
        focal_px: Focal length in pixels.

    Returns:
        Some hundred poses about their mean; also those of weight 0 may be poses of the camera.
    """
    poses = _list_lattice(kernels, size, focal_px)
    trust = np.array([max(each.confidence, _LEAST_TRUST) for each in kernels])
    score = np.zeros(len(poses.x))
    for each, own in zip(kernels, trust / trust.sum(), strict=True):
        blurred = cv2.GaussianBlur(each.kernel, (0, 0), _SCORING, borderType=cv2.BORDER_CONSTANT)
        soft = blurred.astype(np.float32, copy=False)
        light = _look_up(soft, *poses.displacements(each.x, each.y)) / float(soft.max())
        score += own * np.log(light + _FLOOR)
    likely = poses.take(np.argsort(-score)[:_MOST])
    weights = _fit_weights(kernels, trust, likely)
    return likely.take(np.arange(len(weights)), weights).centred()


def _list_lattice(kernels: Sequence[LocalKernel], size: tuple[int, int], focal_px: float) -> CameraPoses:
    """Return all poses that move the places as far as the kernels reach, in steps of a pixel."""
    half = max(len(each.kernel) for each in kernels) // 2 + _ROOM
    middle = [(side - 1) / 2 for side in size]
    radius = max(math.hypot(each.x - middle[0], each.y - middle[1]) for each in kernels)
    steps = np.arange(-half, half + 1, dtype=np.float64)
    rolls = steps / radius if radius >= 1.0 else np.zeros(1)
    x, y, roll = (values.ravel() for values in np.meshgrid(steps, steps, rolls, indexing="ij"))
    return CameraPoses(x, y, roll, np.full(len(x), 1.0 / len(x)), focal_px, size)


def _look_up(kernel: Kernel, right: Numbers, down: Numbers) -> Numbers:
    """Return the light of a kernel at places in pixels from its middle, 0 outside."""
    half = len(kernel) // 2
    columns, rows = np.rint(right).astype(int) + half, np.rint(down).astype(int) + half
    is_inside = (columns >= 0) & (columns < len(kernel)) & (rows >= 0) & (rows < len(kernel))
    light = np.zeros(len(right))
    light[is_inside] = kernel[rows[is_inside], columns[is_inside]]
    return light


def _fit_weights(kernels: Sequence[LocalKernel], trust: Numbers, poses: CameraPoses) -> Numbers:
    """Return the weights ≥ 0 whose softened kernels differ least from the softened local ones, in squares.

    Softened points are Gaussians, whose products need no pictures: they depend on the distance of the points alone.
    """
    count = len(poses.x)
    products, targets = np.zeros((count, count), np.float32), np.zeros(count, np.float32)
    for each, own in zip(kernels, trust.tolist(), strict=True):
        right, down = poses.displacements(each.x, each.y)
        points = np.stack([right, down], axis=1).astype(np.float32)
        squares = np.square(points).sum(axis=1)
        distances = squares[:, None] + squares[None] - 2.0 * points @ points.T
        scale = own / (4.0 * math.pi * _SOFTENING**2)
        products += np.float32(scale) * np.exp(distances * np.float32(-1.0 / (4.0 * _SOFTENING**2)))
        targets += np.float32(own) * _soft_light(each.kernel, right, down)
    pace = 1.0 / float(np.linalg.norm(products, 2))
    start = np.full(count, 1.0 / count, np.float32)
    fitted = minimize_non_negative(lambda w: products @ w - targets, start, pace=pace, steps=_STEPS)
    weights: Numbers = (fitted if fitted.any() else start).astype(np.float64)
    return weights


def _soft_light(kernel: Kernel, right: Numbers, down: Numbers) -> NDArray[np.float32]:
    """Return the products of a softened kernel with softened points."""
    margin = math.ceil(float(max(np.abs(right).max(), np.abs(down).max()))) + 2
    wide = np.pad(kernel, max(margin - len(kernel) // 2, 0))
    soft = cv2.GaussianBlur(wide, (0, 0), _SOFTENING * math.sqrt(2.0), borderType=cv2.BORDER_CONSTANT)
    half = len(wide) // 2
    columns, rows = (values.astype(np.float32)[None] + np.float32(half) for values in (right, down))
    return np.asarray(cv2.remap(soft, columns, rows, cv2.INTER_LINEAR)[0], np.float32)
