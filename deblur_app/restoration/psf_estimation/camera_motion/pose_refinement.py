"""Poses of a camera made finer by the photo itself, from coarse to fine.

By turns the scene is restored with the field of kernels of the poses, and the poses are fitted to the photo and the
strongest edges of that scene (Whyte et al., "Non-uniform deblurring for shaken images", 2012; Hirsch et al., "Fast
removal of non-uniform camera shake", 2011). Each fit may also take poses beside those that counted in the one before:
the movement is not bound to the first poses, and in a reduced photo such a step leads far.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.deconvolution import spatially_varying
from deblur_app.restoration.deconvolution.hyper_laplacian import regularisation_for, sparse
from deblur_app.restoration.denoising.noise_level import noise_level
from deblur_app.restoration.psf_estimation.camera_motion.photo_fit import fit_to_photo, gradients, strongest_edges
from deblur_app.restoration.psf_estimation.search import blind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.camera_poses import CameraPoses
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kernel_grid import KernelField
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.psf_estimation.camera_motion.photo_fit import PhotoFit

_SCALES = ((0.35, 6), (0.5, 6), (0.7, 4), (1.0, 3))
"""Sizes of the photo, as a share of its own, and the rounds at each."""

_LEAST_EXTENT = 3.0
"""Extent in pixels of the blur in a reduced photo, at least: below there is no movement to follow."""

_LEAST_SIDE = 80
"""Short side in pixels of a reduced photo, at least."""

_FIRST_SHARE, _LAST_SHARE = 0.05, 0.12
"""Share of the pixels whose gradients count as edges, in the first and in the last round of a scale."""

_COARSE = 1.0
"""Tolerance of the field, in pixels, by which the scene is restored for its edges: that takes most of the time."""

_MOST = 700
"""Poses that are fitted at once: as good as 1,200, for half of the time."""

_PARENTS = 5e-3
"""Weight of a pose, as a share of the largest, from which on its neighbours are tried."""

_LEAST_PARENTS = 20
"""Poses whose neighbours are tried, at least."""

_TELLING = 0.5
"""Scale from which on a photo tells whether its blur varies."""

_LEAST_REST = 1e-6
"""Share that counts as nothing."""

_LEVER = 0.35
"""Distance from the middle, in diagonals of the frame, that a step of the roll moves by a pixel."""

_LEAST_REGULARISATION = 2e-3
_NOISY, _SMOOTHING = 0.003, 0.7
"""As in `salient_edges`."""

_NEGLIGIBLE = 2e-3
"""Weight of a pose, as a share of the largest, below which it is left out of kernels."""


@dataclass(frozen=True, eq=False)
class Refinement:
    """Poses that the photo bears out, and how well.

    Attributes:
        poses: The poses that count, for the size of the photo.
        fit: Their fit to the photo.
        one_kernel: The fit of the best kernel that is the same all over the frame, to the same edges.
        fit_scale: Size of the photo that both fits are of, as a share of its own.
    """

    poses: CameraPoses
    fit: PhotoFit
    one_kernel: PhotoFit
    fit_scale: float = 1.0

    @property
    def variation(self) -> float:
        """Share of what one kernel leaves unexplained that the poses explain: about 0 where the blur does not vary."""
        return 1.0 - (1.0 - self.fit.explained) / max(1.0 - self.one_kernel.explained, _LEAST_REST)


def refine_poses(
    light: Pixels, poses: CameraPoses, extent: float | None = None, *, least_variation: float = -math.inf
) -> Task[Refinement]:
    """Refine the poses of a camera by the photo.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        poses: Poses that are right in parts, for the size of `light`.
        extent: How long the blur is, roughly, in pixels; None where nothing is known.
        least_variation: Variation at the middle one of the scales below which the finer ones are left out, because one
            kernel does as well.
    """
    height, width = light.shape[:2]
    scales = _choose_scales(min(height, width), extent)
    costs = [rounds * scale**2 for scale, rounds in scales]
    ends = np.cumsum([0.0, *costs]) / sum(costs)
    for number, (scale, rounds) in enumerate(scales):
        size = round(width * scale), round(height * scale)
        small = light if scale == 1.0 else resize_pixels(light, *size)
        work = _alternate(small, poses.scaled(size[0] / poses.size[0], size), rounds)
        refined = yield from subtask(work, float(ends[number]), float(ends[number + 1]))
        poses = refined.poses
        if scale >= _TELLING and refined.variation < least_variation:
            break
    counting = _select_significant(poses)
    counting = counting.scaled(width / counting.size[0], (width, height))
    return replace(refined, poses=counting, fit_scale=scale)


def list_neighbours(poses: CameraPoses, most: int = _MOST) -> CameraPoses:
    """Return the poses that count, on a lattice of a pixel, and those beside them in all directions, these of weight 0.

    Args:
        poses: The poses.
        most: How many to return, roughly: neighbours of the poses that count most come first.
    """
    order = np.argsort(-poses.weights)
    parents = poses.take(order[poses.weights[order] > _PARENTS * poses.weights.max()])
    lattice = _list_lattice(parents)
    while len(lattice.x) > most and len(parents.x) > _LEAST_PARENTS:
        parents = parents.take(np.arange(int(len(parents.x) * max(0.5, most / len(lattice.x)))))
        lattice = _list_lattice(parents)
    return lattice


def _choose_scales(short_side: int, extent: float | None) -> list[tuple[float, int]]:
    """Return the scales to work on, the last being 1, with the rounds at each."""
    least = max(_LEAST_SIDE / short_side, _LEAST_EXTENT / extent if extent else 0.0)
    return [(scale, rounds) for scale, rounds in _SCALES if scale >= least or scale == 1.0]


def _list_lattice(poses: CameraPoses) -> CameraPoses:
    roll = 1.0 / (_LEVER * math.hypot(*poses.size))
    places = np.rint(np.stack([poses.x, poses.y, poses.roll / roll], axis=1)).astype(np.int64)
    steps = np.stack(np.meshgrid(*[np.arange(-1, 2)] * 3, indexing="ij"), axis=-1).reshape(-1, 3)
    around, found = np.unique((places[:, None] + steps).reshape(-1, 3), axis=0, return_inverse=True)
    own = found.reshape(len(places), len(steps))[:, len(steps) // 2]
    weights = np.bincount(own, poses.weights, len(around))
    x, y, turns = around.T.astype(np.float64)
    return replace(poses, x=x, y=y, roll=turns * roll, weights=weights)


def _alternate(light: Pixels, poses: CameraPoses, rounds: int) -> Task[Refinement]:
    """Restore the scene and fit the poses by turns, at one scale."""
    plane, is_known = blind.brightness_plane(light)
    noise = noise_level(plane[:, :, None])
    if noise > _NOISY:
        plane = np.asarray(cv2.GaussianBlur(plane, (0, 0), _SMOOTHING), np.float32)
        noise = noise_level(plane[:, :, None])
    seen, random = gradients(plane), np.random.default_rng(0)
    for number, share in enumerate(np.linspace(_FIRST_SHARE, _LAST_SHARE, rounds).tolist()):
        field = _select_significant(poses).field(tolerance=_COARSE)
        scene = yield from subtask(_restore(plane, is_known, field, noise), number / rounds, (number + 0.6) / rounds)
        yield Progress((number + 0.6) / rounds, tr("Following the camera"))
        candidates, edges = list_neighbours(poses), strongest_edges(scene, share)
        fit = fit_to_photo(seen, edges, is_known, candidates, random)
        poses = replace(candidates, weights=fit.weights).centred()
    alike = _list_unturned(poses)
    return Refinement(poses, fit, fit_to_photo(seen, edges, is_known, alike, random))


def _list_unturned(poses: CameraPoses) -> CameraPoses:
    """Return the poses of the same path without roll: their kernel is the same all over the frame, nearly."""
    places, found = np.unique(np.rint(np.stack([poses.x, poses.y], axis=1)), axis=0, return_inverse=True)
    weights = np.bincount(found.ravel(), poses.weights, len(places))
    return replace(poses, x=places[:, 0], y=places[:, 1], roll=np.zeros(len(places)), weights=weights)


def _select_significant(poses: CameraPoses) -> CameraPoses:
    return poses.take(poses.weights > _NEGLIGIBLE * poses.weights.max()).centred()


def _restore(plane: Pixels, is_known: NDArray[np.bool_], field: KernelField, noise: float) -> Task[Pixels]:
    """Return a plane, restored with sparse gradients, which keep edges sharp."""
    layers = np.stack([plane, is_known.astype(np.float32)], axis=2)

    def deconvolve(block: Pixels, kernel: Kernel) -> Task[Pixels]:
        strength = max(_LEAST_REGULARISATION, regularisation_for(noise, kernel))
        believed = np.ascontiguousarray(block[..., 1:])
        work = sparse(np.ascontiguousarray(block[..., :1]), kernel, regularisation=strength, weights=believed)
        restored = yield from work
        return np.concatenate((restored, believed), axis=2)

    restored = yield from spatially_varying.restore_field(layers, field, deconvolve)
    return np.ascontiguousarray(restored[..., 0])
