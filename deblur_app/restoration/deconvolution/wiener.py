"""Wiener deconvolution and Tikhonov regularisation, with the regularisation chosen by cross-validation."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.deconvolution import quadratic
from deblur_app.restoration.deconvolution.gcv import gcv_curve
from deblur_app.restoration.deconvolution.quadratic import GRADIENT, LAPLACIAN
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.threads import THREADS
from deblur_app.restoration.numerics.tiles import is_one_tile, process_tiles_in_threads

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside


def wiener(light: Pixels, kernel: Kernel, *, noise_to_signal: float | None = None) -> Task[Pixels]:
    """Apply Wiener's filter X = H*·Y / (|H|² + N/S), the best linear one for a scene and noise of known power.

    The noise is taken for white, and the power S of the scene for falling with the square of the frequency, as that
    of photographs does (Field, "Relations between the statistics of natural images and the response properties of
    cortical cells", 1987): N/S = ratio · (4 sin²πu + 4 sin²πv).

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        noise_to_signal: Power of the noise over that of the scene at waves of about six pixels, above 0; None
            chooses it by generalised cross-validation.

    Returns:
        A new array of the same shape, nothing clipped.

    Raises:
        DeblurError: The ratio is not above 0.
    """
    return (yield from regularize(light, kernel, noise_to_signal, GRADIENT))


def tikhonov(light: Pixels, kernel: Kernel, *, regularisation: float | None = None) -> Task[Pixels]:
    """Find the x with the smallest ‖y − h∗x‖² + λ‖Δx‖²: Tikhonov regularisation with the Laplacian (Hunt, 1973).

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        regularisation: λ, above 0, more is smoother; None chooses it by generalised cross-validation.

    Returns:
        A new array of the same shape, nothing clipped.

    Raises:
        DeblurError: The regularisation is not above 0.
    """
    return (yield from regularize(light, kernel, regularisation, LAPLACIAN))


def regularize(light: Pixels, kernel: Kernel, regularisation: float | None, order: int) -> Task[Pixels]:
    """Find the x with the smallest ‖y − h∗x‖² + λ‖Dx‖², where D takes differences.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        regularisation: λ, above 0; None chooses it by generalised cross-validation.
        order: `quadratic.GRADIENT`, as in `wiener`, or `quadratic.LAPLACIAN`, as in `tikhonov`.
    """
    start = 0.0
    if regularisation is None:
        yield Progress(0.0, tr("Choosing the regularisation"))
        regularisation = gcv_curve(light, kernel, order=order).regularisation
        start = 0.1
    if is_one_tile(light, len(kernel)):
        return (yield from subtask(_planes(light, kernel, regularisation, order), start, 1.0))
    chosen = regularisation

    def restore(place: Inside) -> Task[Pixels]:
        yield Progress(0.0, tr("Deconvolving"))
        return quadratic.solve_quadratic(light[place], kernel, chosen, order)

    return (yield from subtask(process_tiles_in_threads(light, len(kernel), restore), start, 1.0))


def _planes(light: Pixels, kernel: Kernel, regularisation: float, order: int) -> Task[Pixels]:
    """Restore the picture channel by channel, in parallel: only the transforms would use all cores by themselves."""
    result = np.empty_like(light)
    channels = light.shape[2]

    def restore(channel: int) -> None:
        one = slice(channel, channel + 1)
        result[:, :, one] = quadratic.solve_quadratic(
            light[:, :, one], fourier.of_channel(kernel, channel), regularisation, order
        )

    yield Progress(0.0, tr("Deconvolving"))
    with ThreadPoolExecutor(min(channels, THREADS)) as pool:
        for done, _ in enumerate(pool.map(restore, range(channels)), 1):
            yield Progress(done / (channels + 1), tr("Deconvolving"))
    return result
