"""A kernel made finer by the strongest edges of the picture that it restores.

A kernel that is nearly right restores edges that are sharper than the kernel is fine, and where an edge is strong
there is no doubt where it lies. So the picture is restored, its strongest gradients are kept and all others set to
zero, and the kernel between them and the photograph is found; again and again, with more of the gradients each time
(Cho and Lee, "Fast motion deblurring", 2009; Xu and Jia, "Two-phase kernel estimation", 2010). The restoration is that
of sparse gradients, which keeps edges sharp.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_edits import shift_to_middle_by_pixels
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.deconvolution.hyper_laplacian import regularisation_for, sparse
from deblur_app.restoration.denoising.noise_level import noise_level
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.psf_estimation import kernel_fit
from deblur_app.restoration.psf_estimation.search.blurred_gradients import fill_unseen, gradients, kernel_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_ROUNDS = 12  # of the refinement
_STEPS, _IMPUTED_EVERY = 12, 3  # of each restoration: its strongest edges lie where those of a better one do
_FIRST, _LAST = 0.05, 0.20
"""Share of the pixels whose gradients are kept, in the first and in the last round."""

_LEAST_REGULARISATION = 2e-3  # lower bound of that of the noise level
_ROOM = 4
"""Pixels that the side of the kernel may grow by in each round."""

_SIDES = 6
"""Kernels that must fit into the picture side by side."""

_DOUBT = 1e-3  # uncertainty of the edges, as a share of their energy
_NOISY, _SMOOTHING = 0.003, 0.7
"""Standard deviation of noise from which on the photograph is smoothed, and by how many pixels."""


def refine_kernel(plane: Pixels, is_known: NDArray[np.bool_], kernel: Kernel) -> Task[Kernel]:
    """Refine `kernel`.

    Where there is noise, photograph and scene are smoothed alike, which leaves the kernel between them as it is. The
    centre of mass comes to lie in the middle, so that what the kernel restores stays where it was.

    Args:
        plane: The photograph, shape (height, width), linear light with a standard deviation of 1/6.
        is_known: Which of its pixels say how much light there was, same shape; clipped ones do not.
        kernel: A kernel that is nearly right.

    Returns:
        A kernel whose side is what it needs.
    """
    most = min(plane.shape) // _SIDES
    noise = noise_level(plane[:, :, None])
    if noise > _NOISY:
        plane = cv2.GaussianBlur(plane, (0, 0), _SMOOTHING).astype(np.float32, copy=False)
        noise = noise_level(plane[:, :, None])
    weights = is_known.astype(np.float32)[:, :, None]
    for number, share in enumerate(np.linspace(_FIRST, _LAST, _ROUNDS)):
        yield Progress(number / _ROUNDS, tr("Refining the blur"))
        side = max(min(2 * kernel_fit.reach(kernel) + 1 + _ROOM, most // 2 * 2 - 1), 3)
        kernel = kernel_fit.crop_kernel(kernel, side)
        photo = gradients(plane, is_known, side)
        strength = max(_LEAST_REGULARISATION, regularisation_for(noise, kernel))
        restoring = sparse(
            plane[:, :, None],
            kernel,
            regularisation=strength,
            weights=weights,
            iterations=_STEPS,
            imputed_every=_IMPUTED_EVERY,
        )
        restored = yield from subtask(restoring, number / _ROUNDS, (number + 1) / _ROUNDS)
        edges = _strongest(gradients(restored[:, :, 0], is_known, side).values, float(share))
        doubt = _DOUBT * float(np.square(edges).sum())
        spectrum = fourier.transform_pair(edges)
        transfer = fourier.transfer_function_of_pair(kernel, photo.shape)
        blurred = fourier.inverse_pair(spectrum * transfer, overwrite=True)
        data = fourier.transform_pair(fill_unseen(photo, blurred))
        # A kernel that lies off the middle restores a scene that lies off the other way: put back, it asks for a
        # kernel in the middle, by parts of a pixel, which no kernel could be moved by without softening it.
        scene = fourier.shift_pair(spectrum, kernel_arrays.centroid(kernel))
        kernel = kernel_between(scene, data, kernel, doubt)
        kernel = shift_to_middle_by_pixels(kernel_fit.prune_kernel(kernel))
    return kernel_fit.trim_kernel(kernel)


def _strongest(values: Pixels, share: float) -> Pixels:
    """Return gradients of shape (height, width, 2), all but the strongest `share` set to zero."""
    power = np.square(values).sum(axis=2, keepdims=True)
    return np.where(power > np.quantile(power, 1.0 - share), values, np.float32(0.0))
