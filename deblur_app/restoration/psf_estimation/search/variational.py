"""The kernel of a blurred scene whose gradients are sparse: the scene is averaged over, not guessed.

Looking for the most probable scene and kernel together favours the blurred scene with no blur at all. So each
gradient is a Gaussian of unknown variance, and what is kept of it is a mean and how uncertain the mean is (Levin et
al., "Efficient marginal likelihood optimization in blind deconvolution", 2011; updates as in Wipf and Zhang,
"Revisiting Bayesian blind deconvolution", 2014). Three steps take turns: the scene given the kernel, the kernel given
the scene and its uncertainty, and the noise that both leave.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress, Task
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.psf_estimation.search.blurred_gradients import blur_gradients, kernel_between

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.psf_estimation.search.blurred_gradients import Gradients

_SCENE_STEPS = 4  # of conjugate gradients
_FIRST_NOISE = 0.03  # variance of the noise to start from, at least
_LEAST_VARIANCE = np.float32(1e-10)
"""Variance of a gradient of the scene, at least: its inverse is a weight and must stay finite."""


def solve(photo: Gradients, start: Kernel, floors: tuple[float, ...]) -> Task[Kernel]:
    """Estimate the kernel that makes the gradients most probable, whatever the scene.

    Args:
        photo: The gradients.
        start: The kernel to begin with, of their side.
        floors: For each round, the least variance of the noise that is assumed. High ones keep to what is sure.
    """
    count = max(float(photo.weight.sum()) * 2, 1.0)
    power = max(float(np.square(photo.values).sum()), 1e-20) / count
    scene, variance = photo.values, np.full((*photo.shape, 1), power, np.float32)
    kernel, noise = start, max(_FIRST_NOISE, floors[0])
    for number, floor in enumerate(floors):
        yield Progress(number / len(floors), "Estimating the blur")
        energy = float(np.square(kernel).sum())
        scene = _scene(photo, kernel, scene, np.float32(noise) / variance, energy)
        uncertainty = 1.0 / (np.float32(energy / noise) + 1.0 / variance)
        doubt = 2.0 * float(uncertainty.sum())
        spectrum = fourier.transform(scene)
        kernel = kernel_between(photo, spectrum, kernel, doubt)
        # One variance for both directions: where there is an edge, either may be large.
        variance = np.maximum(np.square(scene).mean(axis=2, keepdims=True) + uncertainty, _LEAST_VARIANCE)
        gap = photo.weight * (photo.values - blur_gradients(spectrum, kernel, photo.shape))
        residual = float(np.square(gap).sum()) / count
        noise = max(residual + float(np.square(kernel).sum()) * doubt / count, floor)
    return kernel


def _scene(photo: Gradients, kernel: Kernel, first: Pixels, weight: Pixels, energy: float) -> Pixels:
    """Return the mean of the scene's gradients: a few steps of conjugate gradients from `first`.

    Args:
        photo: The gradients of the photograph.
        kernel: The kernel.
        first: Where to begin, shape (height, width, 2).
        weight: How strongly each is held near 0: the noise over its variance, shape (height, width, 1).
        energy: The sum of squares of the kernel.
    """
    transfer = fourier.per_channel(fourier.transfer_function(kernel, photo.shape))

    def back(area: Pixels) -> Pixels:
        return fourier.inverse(np.conj(transfer) * fourier.transform(area), photo.shape, overwrite=True)

    def forth_and_back(area: Pixels) -> Pixels:
        blurred = fourier.inverse(transfer * fourier.transform(area), photo.shape, overwrite=True)
        return back(photo.weight * blurred) + weight * area

    scale = 1.0 / (np.float32(energy) + weight)
    scene = first
    rest = back(photo.values) - forth_and_back(scene)
    eased = scale * rest
    direction, fit = eased, _products(rest, eased)
    for _ in range(_SCENE_STEPS):
        product = forth_and_back(direction)
        step = fit / (_products(direction, product) + 1e-20)
        scene = scene + step * direction
        rest = rest - step * product
        eased = scale * rest
        fit, before = _products(rest, eased), fit
        direction = eased + fit / (before + 1e-20) * direction
    return scene


def _products(one: NDArray[np.floating], other: NDArray[np.floating]) -> NDArray[np.floating]:
    """Return the scalar products of the two directions of gradients, which are solved for apart."""
    products: Pixels = np.einsum("ijc,ijc->c", one, other).astype(np.float32, copy=False)
    return products
