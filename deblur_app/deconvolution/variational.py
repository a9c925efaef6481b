"""The kernel of a blurred scene whose gradients are sparse: the scene is averaged over, not guessed.

Looking for the most probable scene and kernel together favours the blurred scene with no blur at all. So each
gradient is a Gaussian of unknown variance, and what is kept of it is a mean and how uncertain the mean is (Levin et
al., "Efficient marginal likelihood optimization in blind deconvolution", 2011; updates as in Wipf and Zhang,
"Revisiting Bayesian blind deconvolution", 2014). Three steps take turns: the scene given the kernel, the kernel given
the scene and its uncertainty, and the noise that both leave.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress, Task
from deblur_app.deconvolution import fourier, kernel_fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.deconvolution.fourier import Shape, Spectrum

_SCENE_STEPS = 4
_FIRST_NOISE = 0.03
_LEAST_VARIANCE = np.float32(1e-10)


@dataclass(frozen=True, eq=False)
class Gradients:
    """What is seen of the gradients of a blurred scene, on an area that also holds what blurs into it from outside.

    Attributes:
        values: Differences to the right and downwards, 0 where unknown; shape (height, width, 2).
        known: 1 where they were seen, 0 elsewhere; shape (height, width, 1).
        side: Side of the kernels that fit, in pixels; odd.
    """

    values: Pixels
    known: Pixels
    side: int

    @property
    def shape(self) -> Shape:
        """Height and width of the area in pixels."""
        return self.values.shape[0], self.values.shape[1]


@dataclass(frozen=True, eq=False)
class Solution:
    """What came out.

    Attributes:
        kernel: The kernel, shape (side, side).
        noise: Variance of what it leaves unexplained in a gradient.
        explained: Share of the power of the gradients that it explains, at most 1.
        evidence: How probable the photo is under it, as a logarithm for each pixel; comparable within one photo.
    """

    kernel: Kernel
    noise: float
    explained: float
    evidence: float


def gradients(plane: Pixels, known: NDArray[np.bool_], side: int) -> Gradients:
    """The gradients of a photograph, ready for kernels of one side.

    Args:
        plane: Float32 array of shape (height, width), linear light.
        known: Which of its pixels say how much light there was, same shape; clipped ones do not.
        side: Side of the kernel in pixels, odd.
    """
    right = plane[1:, 1:] - plane[1:, :-1]
    down = plane[1:, 1:] - plane[:-1, 1:]
    both = known[1:, 1:] & known[1:, :-1] & known[:-1, 1:]
    height, width = both.shape
    shape = fourier.fast_length(height + side - 1), fourier.fast_length(width + side - 1)
    inside = slice(side // 2, side // 2 + height), slice(side // 2, side // 2 + width)
    mask = np.zeros((*shape, 1), np.float32)
    mask[(*inside, 0)] = both
    values = np.zeros((*shape, 2), np.float32)
    values[inside] = np.stack([right, down], axis=2)
    return Gradients(values * mask, mask, side)


def solve(seen: Gradients, start: Kernel, floors: tuple[float, ...]) -> Task[Solution]:
    """The kernel that makes the gradients most probable, whatever the scene.

    Args:
        seen: The gradients.
        start: The kernel to begin with, of their side.
        floors: For each round, the least variance of the noise that is assumed. High ones keep to what is sure.
    """
    count = max(float(seen.known.sum()) * 2, 1.0)
    power = max(float(np.square(seen.values).sum()), 1e-20) / count
    scene, variance = seen.values, np.full((*seen.shape, 1), power, np.float32)
    kernel, noise = start, max(_FIRST_NOISE, floors[0])
    left = power
    for number, floor in enumerate(floors):
        yield Progress(number / len(floors), "Estimating the blur")
        energy = float(np.square(kernel).sum())
        scene = _scene(seen, kernel, scene, np.float32(noise) / variance, energy)
        uncertainty = 1.0 / (np.float32(energy / noise) + 1.0 / variance)
        doubt = 2.0 * float(uncertainty.sum())
        spectrum = fourier.transform(scene)
        kernel = _kernel(seen, spectrum, kernel, doubt)
        # One variance for both directions: where there is an edge, either may be large.
        variance = np.maximum(np.square(scene).mean(axis=2, keepdims=True) + uncertainty, _LEAST_VARIANCE)
        gap = seen.known * (seen.values - _blurred(spectrum, kernel, seen.shape))
        left = float(np.square(gap).sum()) / count
        noise = max(left + float(np.square(kernel).sum()) * doubt / count, floor)
    evidence = -(float(np.log(variance / uncertainty).sum()) * 2.0 / count + float(np.log(noise)))
    return Solution(kernel, noise, 1.0 - left / power, evidence)


def _scene(seen: Gradients, kernel: Kernel, first: Pixels, weight: Pixels, energy: float) -> Pixels:
    """The mean of the scene's gradients: a few steps of conjugate gradients from `first`.

    Args:
        seen: The gradients of the photograph.
        kernel: The kernel.
        first: Where to begin, shape (height, width, 2).
        weight: How strongly each is held near 0: the noise over its variance, shape (height, width, 1).
        energy: The sum of squares of the kernel.
    """
    transfer = fourier.per_channel(fourier.transfer_function(kernel, seen.shape))

    def back(area: Pixels) -> Pixels:
        return fourier.inverse(np.conj(transfer) * fourier.transform(area), seen.shape, overwrite=True)

    def forth_and_back(area: Pixels) -> Pixels:
        blurred = fourier.inverse(transfer * fourier.transform(area), seen.shape, overwrite=True)
        return back(seen.known * blurred) + weight * area

    scale = 1.0 / (np.float32(energy) + weight)
    scene = first
    rest = back(seen.values) - forth_and_back(scene)
    eased = scale * rest
    direction, fit = eased, _products(rest, eased)
    for _ in range(_SCENE_STEPS):
        changed = forth_and_back(direction)
        step = fit / (_products(direction, changed) + 1e-20)
        scene = scene + step * direction
        rest = rest - step * changed
        eased = scale * rest
        fit, before = _products(rest, eased), fit
        direction = eased + fit / (before + 1e-20) * direction
    return scene


def _products(one: NDArray[np.floating], other: NDArray[np.floating]) -> NDArray[np.floating]:
    """The scalar products of the two directions of gradients, which are solved for apart."""
    products: Pixels = np.einsum("ijc,ijc->c", one, other).astype(np.float32, copy=False)
    return products


def _kernel(seen: Gradients, scene: Spectrum, kernel: Kernel, doubt: float) -> Kernel:
    """The kernel that explains the photograph by the scene, where what was not seen is as `kernel` expects it."""
    values = np.where(seen.known > 0, seen.values, _blurred(scene, kernel, seen.shape))
    matching = (np.conj(scene) * fourier.transform(values)).sum(axis=2)
    power = (np.square(scene.real) + np.square(scene.imag)).sum(axis=2).astype(np.complex64)
    repeated = fourier.inverse(power, seen.shape)
    repeated[0, 0] += np.float32(doubt)
    return kernel_fit.fitted(repeated, fourier.inverse(matching, seen.shape), kernel)


def _blurred(scene: Spectrum, kernel: Kernel, shape: Shape) -> Pixels:
    transfer = fourier.per_channel(fourier.transfer_function(kernel, shape))
    return fourier.inverse(transfer * scene, shape, overwrite=True)
