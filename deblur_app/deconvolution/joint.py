"""Several blurred pictures of one scene, restored together: what one blur destroyed, another may have kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Task, portion
from deblur_app.deconvolution.denoise import noise_level
from deblur_app.deconvolution.joint_kernels import estimate_kernels
from deblur_app.deconvolution.joint_sparse import framed_planes, moved_transfers, restore_planes
from deblur_app.deconvolution.registration import check_same_size, registered
from deblur_app.deconvolution.tiles import tiled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.deconvolution.fourier import Inside

_SMOOTH = 10.0
"""Weight of sparse gradients in units of the noise's variance."""

_LEAST_NOISE = 0.001
"""Standard deviation that is assumed at least: rounding to 8 bits alone makes about as much."""


def restore(
    lights: Sequence[Pixels],
    *,
    kernels: Sequence[Kernel] | None = None,
    reach: int = 20,
    smoothness: float = 1.0,
    noise: float | None = None,
) -> Task[Pixels]:
    """Restore one picture from several blurred ones, best with blurs of different directions.

    Finds the light u that is small in Σ_k ‖h_k * u − y_k‖² + w·Σ |∇u|^(2/3): all pictures must follow from it, and its
    gradients are sparse. A frequency is lost only if every blur destroys it, so two strokes at right angles lose
    nearly none (Rav-Acha and Peleg, "Two motion-blurred images are better than one", 2005). Kernels that are not
    given are estimated together, see `joint_kernels.estimate_kernels`.

    Args:
        lights: At least two arrays of linear light, one shape (height, width, channels). All are registered to the
            first one.
        kernels: One for each picture, or None.
        reach: Where kernels are estimated: farthest in pixels that light may be smeared from the middle, in [3, 60].
        smoothness: Factor on the weight w; above 1 smoother, below 1 more detail and more noise.
        noise: Standard deviation of the noise in the units of `lights`; None measures it.

    Returns:
        Light of the same shape, where the first picture was.

    Raises:
        DeblurError: There are too few, sizes or numbers differ, a kernel is larger than the pictures, or they cannot
            be laid on each other.
    """
    check_same_size(lights)
    _check_kernels(lights, kernels)
    laid = yield from portion(all_registered(lights, kernels), 0.0, 0.3)
    if noise is None:
        noise = float(np.mean([noise_level(light) for light in lights]))
    weight = _SMOOTH * smoothness * max(noise, _LEAST_NOISE) ** 2
    offset = (0.0, 0.0)
    if kernels is None:
        _check_reach(lights[0], reach)
        kernels = yield from portion(estimate_kernels(laid, reach), 0.3, 0.6)
        offset = psf.centroid(kernels[0])
    return (yield from portion(deconvolve(laid, kernels, weight, offset=offset), 0.6, 1.0))


def all_registered(lights: Sequence[Pixels], kernels: Sequence[Kernel] | None = None) -> Task[list[Pixels]]:
    """All pictures as they lie on the first one.

    Where kernels are known, each of two pictures gets the other's blur too before they are compared, so that both
    are blurred alike and no blur is taken for a shift.

    Raises:
        DeblurError: One of them cannot be laid on it.
    """
    laid = [lights[0]]
    for number, light in enumerate(lights[1:], start=1):
        share = (number - 1) / (len(lights) - 1), number / (len(lights) - 1)
        alike = None if kernels is None else (_blurred(light, kernels[0]), _blurred(lights[0], kernels[number]))
        moved, inside = yield from portion(registered(light, lights[0], names=_names(number), alike=alike), *share)
        laid.append(np.where(inside[:, :, None], moved, lights[0]))  # where it has nothing, one more of the first
    return laid


def deconvolve(
    lights: Sequence[Pixels], kernels: Sequence[Kernel], weight: float, *, offset: tuple[float, float] = (0.0, 0.0)
) -> Task[Pixels]:
    """The picture that all registered `lights` follow from under their `kernels`, channel by channel and in tiles.

    Args:
        lights: Linear light, one shape (height, width, channels).
        kernels: One for each.
        weight: w of `restore`, in squared units of the light.
        offset: Pixels (x, y) by which all kernels lie off the middle together; the result is moved back.
    """
    side = max(len(kernel) for kernel in kernels)

    def part(where: Inside) -> Task[Pixels]:
        framed, inside = framed_planes([light[where] for light in lights], side)
        height, width, channels = framed[0].shape
        transfers = moved_transfers(kernels, (height, width), offset)
        result = np.empty((inside[0].stop - inside[0].start, inside[1].stop - inside[1].start, channels), np.float32)
        for channel in range(channels):
            planes = [np.ascontiguousarray(light[:, :, channel]) for light in framed]
            task = restore_planes(planes, transfers, weight)
            restored = yield from portion(task, channel / channels, (channel + 1) / channels)
            result[:, :, channel] = restored[inside]
        return result

    return (yield from tiled(lights[0], side, part))


def _check_kernels(lights: Sequence[Pixels], kernels: Sequence[Kernel] | None) -> None:
    if kernels is None:
        return
    if len(kernels) != len(lights):
        raise DeblurError(f"There are {len(lights)} pictures and {len(kernels)} kernels: give one for each picture.")
    if max(len(kernel) for kernel in kernels) > min(lights[0].shape[:2]):
        raise DeblurError("A kernel is larger than the pictures. Choose a smaller one.")


def _check_reach(light: Pixels, reach: int) -> None:
    if min(light.shape[:2]) < 8 * reach:
        raise DeblurError(
            f"Pictures of {light.shape[1]} × {light.shape[0]} pixels are too small to estimate blurs that reach "
            f"{reach} pixels. Lower the reach, or give the kernels."
        )


def _blurred(light: Pixels, kernel: Kernel) -> Pixels:
    flipped = np.ascontiguousarray(kernel[::-1, ::-1])  # OpenCV correlates
    return cv2.filter2D(light, -1, flipped, borderType=cv2.BORDER_REFLECT).reshape(light.shape).astype(np.float32)


def _names(number: int) -> tuple[str, str]:
    return f"Picture {number + 1}", "picture 1"
