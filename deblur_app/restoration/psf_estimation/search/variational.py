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
from deblur_app.core.texts import tr
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.psf_estimation.search.blurred_gradients import fill_unseen, kernel_between

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import FullSpectrum
    from deblur_app.restoration.psf_estimation.search.blurred_gradients import Gradients

_SCENE_STEPS = 4  # of conjugate gradients; with 3, one of 8 pairs of Levin et al. was twice as far from the truth
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
    spectrum = fourier.transform_pair(scene)
    transfer = fourier.transfer_function_of_pair(kernel, photo.shape)
    blurred = fourier.inverse_pair(spectrum * transfer, overwrite=True)
    for number, floor in enumerate(floors):
        yield Progress(number / len(floors), tr("Estimating the blur"))
        energy = float(np.square(kernel).sum())
        data = fourier.transform_pair(fill_unseen(photo, blurred))
        scene = _scene(data, transfer, (scene, spectrum), np.float32(noise) / variance, energy)
        uncertainty = 1.0 / (np.float32(energy / noise) + 1.0 / variance)
        doubt = 2.0 * float(uncertainty.sum())
        spectrum = fourier.transform_pair(scene)
        kernel = kernel_between(spectrum, data, kernel, doubt)
        # One variance for both directions: where there is an edge, either may be large.
        variance = np.square(scene).mean(axis=2, keepdims=True) + uncertainty
        np.maximum(variance, _LEAST_VARIANCE, out=variance)
        transfer = fourier.transfer_function_of_pair(kernel, photo.shape)
        blurred = fourier.inverse_pair(spectrum * transfer, overwrite=True)
        gap = photo.values - blurred
        gap *= photo.weight
        residual = _scalar_product(gap, gap) / count
        noise = max(residual + float(np.square(kernel).sum()) * doubt / count, floor)
    return kernel


def _scene(
    data: FullSpectrum, transfer: FullSpectrum, first: tuple[Pixels, FullSpectrum], weight: Pixels, energy: float
) -> Pixels:
    """Return the mean of the scene's gradients: a few steps of conjugate gradients.

    What was not seen of the photograph is taken to be as the last scene makes it, so that no step needs to leave it out
    (expectation maximisation).

    Args:
        data: The transform of the gradients of the photograph, with those that were not seen filled in.
        transfer: That of the kernel.
        first: Where to begin, shape (height, width, 2), and its transform.
        weight: How strongly each is held near 0: the noise over its variance, shape (height, width, 1).
        energy: The sum of squares of the kernel.
    """
    scene, spectrum = first
    power = fourier.repeat_for_parts(fourier.power(transfer))
    scale = 1.0 / (np.float32(energy) + weight)
    gap = np.conj(transfer)
    gap *= data
    gap.view(np.float32)[:] -= power * spectrum.view(np.float32)
    rest = fourier.inverse_pair(gap, overwrite=True)
    rest -= weight * scene
    eased = scale * rest
    direction, fit = eased, _scalar_product(rest, eased)
    scene = scene.copy()
    for _ in range(_SCENE_STEPS):
        filtered = fourier.transform_pair(direction)
        filtered.view(np.float32)[:] *= power
        product = fourier.inverse_pair(filtered, overwrite=True)
        product += weight * direction
        step = np.float32(fit / (_scalar_product(direction, product) + 1e-20))
        scene += step * direction
        product *= step
        rest -= product
        eased = scale * rest
        fit, before = _scalar_product(rest, eased), fit
        direction = eased + np.float32(fit / (before + 1e-20)) * direction
    return scene


def _scalar_product(one: Pixels, other: Pixels) -> float:
    """Return the scalar product."""
    return float(np.vdot(one, other))
