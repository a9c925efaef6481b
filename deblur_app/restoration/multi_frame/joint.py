"""Several blurred pictures of one scene, restored together: what one blur destroyed, another may have kept."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_edits import shift_kernel
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.deconvolution import saturation
from deblur_app.restoration.deconvolution.hyper_laplacian import regularisation_for
from deblur_app.restoration.denoising.noise_level import noise_level
from deblur_app.restoration.multi_frame.joint_kernels import estimate_kernels
from deblur_app.restoration.multi_frame.joint_sparse import Photo, restore_jointly
from deblur_app.restoration.numerics.tiles import process_tiles
from deblur_app.restoration.registration.registration import check_same_size, register_pictures

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside

_MORE = 1.25
"""λ over the harmonic mean of what suits each photo alone: together they blur less, which asks for more of it."""

_LEAST_NOISE = 2e-4  # least standard deviation that is assumed, in linear light
_HIGHLIGHTS = 0.3
"""Share of the time of the restoration that finding clipped highlights takes."""


def restore(
    lights: Sequence[Pixels],
    *,
    kernels: Sequence[Kernel] | None = None,
    reach: int = 20,
    smoothness: float = 1.0,
    noise: float | None = None,
) -> Task[Pixels]:
    """Restore one picture from several blurred ones, best with blurs of different directions.

    Finds the light x ≥ 0 that is small in ½Σ_k s_k·‖h_k∗x − y_k‖² + λ·Σ|∇x|^(2/3): all pictures must follow from it,
    the less noisy ones more closely, and its gradients are sparse, see `joint_sparse.restored`. A frequency is lost
    only if every blur destroys it, so two strokes at right angles lose nearly none (Rav-Acha and Peleg, "Two
    motion-blurred images are better than one", 2005). Kernels that are not given are estimated together, see
    `joint_kernels.estimate_kernels`.

    Args:
        lights: At least two arrays of linear light, one shape (height, width, channels). All are registered to the
            first one.
        kernels: One for each picture, or None.
        reach: Where kernels are estimated: farthest in pixels that light may be smeared from the middle, in [3, 60].
        smoothness: Factor on λ; above 1 smoother, below 1 more detail and more noise.
        noise: Standard deviation of the noise in the units of `lights`; None measures that of each.

    Returns:
        Light of the same shape, where the first picture was.

    Raises:
        DeblurError: There are too few, sizes or numbers differ, a kernel is larger than the pictures, or they cannot
            be laid on each other.
    """
    check_same_size(lights)
    _check_kernels(lights, kernels)
    laid, insides = yield from subtask(all_registered(lights, kernels), 0.0, 0.3)
    offset = (0.0, 0.0)
    if kernels is None:
        _check_reach(lights[0], reach)
        kernels = yield from subtask(estimate_kernels(laid, reach), 0.3, 0.6)
        offset = kernel_arrays.centroid(kernels[0])
    noises = None if noise is None else [noise] * len(laid)
    task = deconvolve(laid, kernels, smoothness=smoothness, noises=noises, insides=insides, offset=offset)
    return (yield from subtask(task, 0.6, 1.0))


def all_registered(
    lights: Sequence[Pixels], kernels: Sequence[Kernel] | None = None
) -> Task[tuple[list[Pixels], list[NDArray[np.bool_]]]]:
    """Return all pictures as they lie on the first one, and where each of them does, shape (height, width).

    Where kernels are known, each of two pictures gets the other's blur too before they are compared, so that both
    are blurred alike and no blur is taken for a shift.

    Raises:
        DeblurError: One of them cannot be laid on it.
    """
    laid, insides = [lights[0]], [np.ones(lights[0].shape[:2], np.bool_)]
    for number, light in enumerate(lights[1:], start=1):
        share = (number - 1) / (len(lights) - 1), number / (len(lights) - 1)
        alike = None if kernels is None else (_blur(light, kernels[0]), _blur(lights[0], kernels[number]))
        moved, inside = yield from subtask(
            register_pictures(light, lights[0], names=_names(number), alike=alike), *share
        )
        laid.append(moved)
        insides.append(inside)
    return laid, insides


def deconvolve(
    lights: Sequence[Pixels],
    kernels: Sequence[Kernel],
    *,
    smoothness: float = 1.0,
    noises: Sequence[float] | None = None,
    insides: Sequence[NDArray[np.bool_]] | None = None,
    offset: tuple[float, float] = (0.0, 0.0),
) -> Task[Pixels]:
    """Restore the picture that all registered `lights` follow from under their `kernels`, in tiles.

    Args:
        lights: Linear light, one shape (height, width, channels).
        kernels: One for each.
        smoothness: Factor on λ of `restore`.
        noises: Standard deviation of the noise of each; None measures it.
        insides: Where each of them has seen something, shape (height, width); None everywhere.
        offset: Pixels (x, y) by which all kernels lie off the middle together; the result is moved back.
    """
    noises = [max(noise, _LEAST_NOISE) for noise in noises or map(noise_level, lights)]
    # In λ = c·(σ² + ε²) the noise and what no kernel explains stand together: their inverse is what a photo is worth.
    suited = [regularisation_for(noise, kernel) for noise, kernel in zip(noises, kernels, strict=True)]
    worths = [regularisation_for(0.0, kernel) / one for one, kernel in zip(suited, kernels, strict=True)]
    rests, excess = yield from subtask(_without_lamps(lights, kernels, offset), 0.0, _HIGHLIGHTS)
    masks = insides or [np.ones(light.shape[:2], np.bool_) for light in lights]
    photos = [
        Photo(rest, kernel, noise, worth / float(np.mean(worths)), _trust(light, inside))
        for rest, light, kernel, noise, worth, inside in zip(rests, lights, kernels, noises, worths, masks, strict=True)
    ]
    regularisation = _MORE * smoothness / float(np.mean(np.reciprocal(suited)))

    def part(where: Inside) -> Task[Pixels]:
        task = restore_jointly([photo.part(where) for photo in photos], regularisation, offset=offset)
        scene, inside = yield from task
        return np.ascontiguousarray(np.moveaxis(scene[:, *inside], 0, 2))

    side = max(len(kernel) for kernel in kernels)
    result = yield from subtask(process_tiles(lights[0], side, part), _HIGHLIGHTS, 1.0)
    return result if excess is None else result + excess


def _without_lamps(
    lights: Sequence[Pixels], kernels: Sequence[Kernel], offset: tuple[float, float]
) -> Task[tuple[list[Pixels], Pixels | None]]:
    """Return all pictures without what was far above white in the scene, and how far it was: the same scene for all.

    Each picture tells by itself how bright its clipped highlights were and is freed of just that; what comes back
    into the solution is the mean.
    """
    if all(saturation.weights(light).min() == 1.0 for light in lights):
        return list(lights), None
    rests, excesses = [], []
    for number, (light, kernel) in enumerate(zip(lights, kernels, strict=True)):
        task = saturation.split_highlights(light, _shift_kernel_back(kernel, offset))
        ((rest, excess),) = yield from subtask(task, number / len(lights), (number + 1) / len(lights))
        rests.append(rest)
        excesses.append(excess)
    return rests, np.mean(excesses, axis=0, dtype=np.float32)


def _shift_kernel_back(kernel: Kernel, offset: tuple[float, float]) -> Kernel:
    """Move a kernel back by parts of a pixel, in an array that is large enough."""
    x, y = offset
    if x == y == 0.0:
        return kernel
    rim = math.ceil(max(abs(x), abs(y)))
    wide = np.pad(kernel, rim)
    return shift_kernel(wide, -x, -y)


def _trust(light: Pixels, inside: NDArray[np.bool_]) -> Pixels | None:
    """Return weights: none where the picture has seen nothing, small where it clipped; None if all of it is trusted."""
    trust = saturation.weights(light)
    trust *= inside[:, :, None]
    return None if trust.min() == 1.0 else trust


def _check_kernels(lights: Sequence[Pixels], kernels: Sequence[Kernel] | None) -> None:
    if kernels is None:
        return
    if len(kernels) != len(lights):
        raise DeblurError(
            tr(
                "There are {count} pictures and {count_2} kernels: give one for each picture.",
                count=len(lights),
                count_2=len(kernels),
            )
        )
    if max(len(kernel) for kernel in kernels) > min(lights[0].shape[:2]):
        raise DeblurError(tr("A kernel is larger than the pictures. Choose a smaller one."))


def _check_reach(light: Pixels, reach: int) -> None:
    if min(light.shape[:2]) < 8 * reach:
        raise DeblurError(
            tr(
                "Pictures of {shape} × {shape_2} pixels are too small to estimate blurs that reach "
                "{reach} pixels. Lower the reach, or give the kernels.",
                shape=light.shape[1],
                shape_2=light.shape[0],
                reach=reach,
            )
        )


def _blur(light: Pixels, kernel: Kernel) -> Pixels:
    flipped = np.ascontiguousarray(kernel[::-1, ::-1])  # OpenCV correlates
    return cv2.filter2D(light, -1, flipped, borderType=cv2.BORDER_REFLECT).reshape(light.shape).astype(np.float32)


def _names(number: int) -> tuple[str, str]:
    return tr("Picture {number}", number=number + 1), tr("picture 1")
