"""The inputs of a network for a photograph whose blur is known: two restorations, each with what the other lacks.

A filter that knows the kernel does what no network of small reach can do, and a network tells what is noise and ringing
in its result better than any prior (Dong, Roth and Schiele, "Deep Wiener deconvolution", 2020; Zhang, Van Gool and
Timofte, "Deep unfolding network for image super-resolution", 2020).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Task, subtask
from deblur_app.restoration.deconvolution import hyper_laplacian, saturation, wiener

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_ITERATIONS = 12
"""Steps of the sparse method, as in the pictures that the network was trained on. Of those of 8 steps from a coupling
of 10 it makes 0.7 dB less, on five photographs with motion and defocus, although those forgive inexact kernels more."""

_IMPUTED_EVERY = 2
"""Steps of it from one filling in of the scene beyond the borders to the next: 0.05 dB near the borders, for a fifth of
the time. Where the photograph has black pixels, which are filled in as well, it would cost 0.3 dB."""

_CRISPNESS = 200.0  # the c of the next comment
_INEXACT = 0.003
"""Ratio of noise to signal of the crisp picture: c·(σ² + ε²), about a quarter of what gives the least error, with ε for
what no kernel explains."""


def network_inputs(light: Pixels, kernel: Kernel, noise: float, *, lamps: bool = True) -> Task[Pixels]:
    """Return the scene by sparse gradients, without noise and its finest texture, and by Wiener's filter, with both.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        noise: Standard deviation of its noise in linear light.
        lamps: Keep clipped highlights from ringing; what was never brighter than white needs none of it.

    Returns:
        Array of shape (height, width, 2 · channels), nothing clipped: the quiet picture, then the crisp one.
    """
    weight = hyper_laplacian.regularisation_for(noise, kernel)

    def deconvolve_sparse(photo: Pixels) -> Task[Pixels]:
        return hyper_laplacian.sparse(
            photo,
            kernel,
            regularisation=weight,
            weights=np.ones_like(photo),
            iterations=_ITERATIONS,
            imputed_every=1 if (photo <= 0.0).any() else _IMPUTED_EVERY,
        )

    def apply_wiener(photo: Pixels) -> Task[Pixels]:
        return wiener.wiener(photo, kernel, noise_to_signal=_CRISPNESS * (noise**2 + _INEXACT**2))

    if lamps:
        methods = [(deconvolve_sparse, saturation.LAMP), (apply_wiener, saturation.STRICT)]
        quiet, crisp = yield from saturation.deconvolve_each_with_highlights(light, kernel, methods)
    else:
        quiet = yield from subtask(deconvolve_sparse(light), 0.0, 0.8)
        crisp = yield from subtask(apply_wiener(light), 0.8, 1.0)
    return np.concatenate((quiet, crisp), axis=2)
