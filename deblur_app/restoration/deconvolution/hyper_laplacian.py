"""Deconvolution with sparse gradients: the classical method that keeps edges sharp and flat areas free of noise."""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import repeat
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtr

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.restoration.deconvolution import saturation
from deblur_app.restoration.deconvolution.sparse_gradients import shrunk_divergence
from deblur_app.restoration.denoising.noise_level import noise_level
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.tiles import process_tiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.deconvolution.sparse_gradients import Planes
    from deblur_app.restoration.numerics.fourier import Inside, Shape, Spectrum

ITERATIONS = 16
"""Steps that reach the quality of the method; 6 give its look."""

SOFTEST, STIFFEST = 1.0, 1000.0
"""Coupling of the gradients to their sparse version at the first and the last step, over the regularisation."""

_WEIGHT, _WEIGHT_POWER, _MOST = 45.0, 0.42, 22.6
"""λ/σ² = min(weight · (Σh²)^power, most): a line through what was best for pictures with known truth."""

_INEXACT = 0.005
"""Standard deviation of what no kernel explains even without noise: none is quite that of the photograph."""


_LEAST_NOISE = 2e-4  # least standard deviation that is assumed, in linear light
_MOST_CENSORED = 0.01
"""Standard deviation of the noise, at most, that is taken to have pushed light below black.

Edges of a picture of two tones pass for noise of half of white, which would darken all of it.
"""


@dataclass(frozen=True)
class _Settings:
    regularisation: float
    exponent: float
    noise: float
    iterations: int
    imputed_every: int


def sparse(
    light: Pixels,
    kernel: Kernel,
    *,
    regularisation: float | None = None,
    exponent: float = 2 / 3,
    weights: Pixels | None = None,
    iterations: int = ITERATIONS,
    imputed_every: int = 1,
) -> Task[Pixels]:
    """Find the x ≥ 0 with the smallest ½‖w·(h∗x − y)‖² + λ·Σ|∇x|ᵖ: few strong gradients, as in photographs.

    After Krishnan and Fergus, "Fast image deconvolution using hyper-Laplacian priors" (2009), by half-quadratic
    splitting: gradients are shrunk, then one division of spectra brings picture, gradients and data together, while
    their coupling grows. What differs:

    - Gradients count as they look once encoded for a screen, about fifteen times more in black than in white,
      and those of the three channels together, colour more than brightness: noise is most visible there.
    - What was not seen is filled in at each step with what the current solution makes of it: the scene beyond the
      borders (Reeves, "Fast image restoration without boundary artifacts", 2005), highlights that clipped (never less
      than white) and light that noise pushed below black (its mean in the tail of the noise).

    Args:
        light: Float32 array of shape (height, width, channels), linear light; 1 or 3 channels.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        regularisation: λ, above 0, more is smoother; None takes `regularisation_for` the noise found in `light`.
        exponent: p, in [0.5, 1]; less means fewer and stronger gradients.
        weights: w, the trust in each pixel in [0, 1], same shape; None doubts what clipped.
        iterations: Steps, at least 2.
        imputed_every: Steps from one filling in of what was not seen to the next, at least 1. That takes more than a
            step itself; where nothing is clipped or black, every second one gives nearly the same.

    Returns:
        A new array of the same shape, at least 0, not clipped above.

    Raises:
        DeblurError: A value is out of its range.
    """
    if not 0.5 <= exponent <= 1.0:
        raise DeblurError(
            tr("The exponent of the gradients must lie between 0.5 and 1: {exponent:g}.", exponent=exponent)
        )
    if regularisation is not None and not regularisation > 0:
        raise DeblurError(
            tr(
                "The regularisation must be above 0: {regularisation:g}. More of it is smoother.",
                regularisation=regularisation,
            )
        )
    yield Progress(0.0, tr("Measuring the noise"))
    noise = max(noise_level(light), _LEAST_NOISE)
    weight = regularisation or regularisation_for(noise, kernel)
    settings = _Settings(weight, exponent, noise, max(iterations, 2), imputed_every)
    if weights is None:
        return (
            yield from saturation.deconvolve_with_highlights(
                light, kernel, lambda rest: _whole(rest, kernel, settings, None)
            )
        )
    if weights.min() == 1.0:
        weights = None
    return (yield from _whole(light, kernel, settings, weights))


def regularisation_for(noise: float, kernel: Kernel) -> float:
    """Return the regularisation that suits a noise level: λ = c·(σ² + ε²), with ε for a kernel that is not exact.

    With gradients of a known spread, one for all photographs, that gives the most probable scene; c falls with the
    size of the blur as far as pictures with known truth asked for.

    Args:
        noise: Standard deviation of the noise in linear light.
        kernel: The point spread function, shape (n, n) or (n, n, channels).
    """
    sharpness = float(np.square(kernel, dtype=np.float64).sum(axis=(0, 1)).mean())
    weight = min(_WEIGHT * math.pow(sharpness, _WEIGHT_POWER), _MOST)
    return weight * (noise**2 + _INEXACT**2)


def noise_level_for(noise: float, *, smoother: float) -> float:
    """Return the noise level whose `regularisation_for` is `smoother` times that of `noise`; 0 where none is as low."""
    return math.sqrt(max((noise**2 + _INEXACT**2) * smoother - _INEXACT**2, 0.0))


def _whole(light: Pixels, kernel: Kernel, settings: _Settings, weights: Pixels | None) -> Task[Pixels]:
    def restore(place: Inside) -> Task[Pixels]:
        return _restore_tile(light[place], kernel, settings, None if weights is None else weights[place])

    return process_tiles(light, len(kernel), restore)


@dataclass(eq=False)
class _Channel:
    """One channel of a tile that is restored.

    Attributes:
        photo: Its light, shape (height, width).
        trust: How far that is to be believed; None believes all but black.
        transfer: The transform of the kernel.
        power: Its squared magnitude, by `fourier.repeat_for_parts`.
        back: The transform of the data, filtered with the adjoint of the kernel; none before the first step.
    """

    photo: Pixels
    trust: Pixels | None
    transfer: Spectrum
    power: NDArray[np.float32]
    back: Spectrum

    def impute(self, plane: Pixels, inside: Inside, noise: float) -> None:
        """Fill in what was not seen of the data with what a solution makes of it."""
        data = _filter(plane, self.transfer)
        data[inside] = impute_unseen(self.photo, self.trust, data[inside], noise)
        self.back = fourier.transform(data)
        self.back *= np.conj(self.transfer)


def _restore_tile(light: Pixels, kernel: Kernel, settings: _Settings, trust: Pixels | None) -> Task[Pixels]:
    """Restore one tile, its channels side by side."""
    frame, inside = fourier.pad_periodic(light, len(kernel))
    shape: Shape = (frame.shape[0], frame.shape[1])
    roughness = fourier.repeat_for_parts(fourier.roughness(shape))
    scene: Planes = np.ascontiguousarray(np.moveaxis(frame, 2, 0))
    channels = [_channel(light, kernel, trust, number, shape) for number in range(len(scene))]
    censored = min(settings.noise, _MOST_CENSORED)
    couplings = np.geomspace(SOFTEST, STIFFEST, settings.iterations)
    with fourier.side_by_side_or_alone(len(channels), frame.size) as map_channels:
        for number, coupling in enumerate(couplings):
            yield Progress(number / len(couplings), tr("Restoring"))
            divergence = shrunk_divergence(scene, 1 / coupling, settings.exponent)
            weight = np.float32(float(coupling) * settings.regularisation)
            is_imputed = number % settings.imputed_every == 0

            def step(channel: _Channel, plane: Pixels, pull: Pixels, weight: np.float32, is_imputed: bool) -> None:
                if not channel.photo.any():
                    return  # stays black: values filled in below black would give light at the corners
                if is_imputed:
                    channel.impute(plane, inside, censored)
                np.maximum(_solve_latent(channel, pull, roughness, weight), 0.0, out=plane)

            for _ in map_channels(step, channels, scene, divergence, repeat(weight), repeat(is_imputed)):
                pass
    return np.ascontiguousarray(np.moveaxis(scene[:, *inside], 0, 2))


def _channel(light: Pixels, kernel: Kernel, trust: Pixels | None, number: int, shape: Shape) -> _Channel:
    transfer = fourier.transfer_function(fourier.of_channel(kernel, number), shape)
    return _Channel(
        np.ascontiguousarray(light[:, :, number]),
        None if trust is None else np.ascontiguousarray(trust[:, :, number]),
        transfer,
        fourier.repeat_for_parts(fourier.power(transfer)),
        np.empty(0, np.complex64),
    )


def impute_unseen(light: Pixels, trust: Pixels | None, expected: Pixels, noise: float) -> Pixels:
    """Fill in one channel of the data: what was seen, and where that says little, what is expected there.

    Args:
        light: What was photographed, shape (height, width).
        trust: How far it is to be believed, same shape; None believes all but black.
        expected: What the current solution gives when it is blurred, same shape.
        noise: Standard deviation of the noise, above 0.
    """
    data = light.copy()
    black = light == 0.0
    if black.any():
        # The mean of a Gaussian below 0: expectation maximisation for a censored measurement.
        depth = expected[black] / np.float32(noise)
        below = np.exp(-0.5 * depth**2) / np.float32(math.sqrt(2 * math.pi)) / np.maximum(ndtr(-depth), 1e-6)
        data[black] = np.minimum(np.float32(noise) * (depth - below), 0.0)
    return data if trust is None else saturation.impute_clipped(data, expected, trust)


def _filter(plane: Pixels, transfer: Spectrum) -> Pixels:
    spectrum = fourier.transform(plane)
    spectrum *= transfer
    return fourier.inverse(spectrum, plane.shape, overwrite=True)


def _solve_latent(channel: _Channel, pull: Pixels, roughness: NDArray[np.float32], coupling: np.float32) -> Pixels:
    """Solve for the x with the smallest ‖h∗x − data‖² + c·‖∇x − g‖².

    Args:
        channel: The data and the kernel.
        pull: ∇ᵀg.
        roughness: That of the differences of neighbours, by `fourier.repeat_for_parts`.
        coupling: c.
    """
    spectrum = fourier.transform(pull)
    parts = spectrum.view(np.float32)
    parts *= coupling
    parts += channel.back.view(np.float32)
    below = coupling * roughness
    below += channel.power
    parts /= below
    return fourier.inverse(spectrum, pull.shape, overwrite=True)
