"""One sharp picture from several blurred ones whose kernels are known, with sparse gradients."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress, Task
from deblur_app.deconvolution import fourier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.deconvolution.fourier import Shape, Spectrum

_EXPONENT = 2 / 3
_STIFFEST = 256.0
_STIFFENING = 2.0 * math.sqrt(2.0)
_TABLE = np.linspace(0.0, 1.0, 4096)


def restore_planes(
    planes: Sequence[NDArray[np.float32]], transfers: Sequence[Spectrum], weight: float, *, passes: int = 1
) -> Task[NDArray[np.float32]]:
    """Find u that is small in Σ_k ‖h_k * u − y_k‖² + w·Σ |∇u|^(2/3), all planes taken to repeat.

    Half-quadratic splitting with a growing weight on the auxiliary gradients (Krishnan and Fergus 2009); all blurred
    pictures enter the step that is quadratic in u as sums over their spectra.

    Args:
        planes: The y_k, shape (height, width), registered and framed.
        transfers: The transfer functions of the h_k, of that shape.
        weight: w, in the squared unit of the planes; about 10 times the variance of the noise.
        passes: Steps at each weight on the auxiliary gradients.

    Returns:
        u, shape (height, width).
    """
    shape = (planes[0].shape[0], planes[0].shape[1])
    seen, power = np.zeros_like(transfers[0]), np.zeros(transfers[0].shape, np.float32)
    for transfer, plane in zip(transfers, planes, strict=True):
        seen += np.conj(transfer) * fourier.transform(plane)
        power += np.abs(transfer) ** 2
    across, down = gradients(shape)
    roughness = np.abs(across) ** 2 + np.abs(down) ** 2
    first = max(weight * 4.0, 1e-8)
    stiffnesses = [first * _STIFFENING**n for n in range(1 + math.ceil(math.log(_STIFFEST, _STIFFENING)))]
    spectrum = seen / (power + np.float32(first) * roughness)
    for number, stiffness in enumerate(stiffnesses):
        for _ in range(passes):
            yield Progress(number / len(stiffnesses), "Restoring")
            drawn = seen.copy()
            for filtered in (across, down):
                sparse = shrunk(fourier.inverse(spectrum * filtered, shape), weight / stiffness)
                drawn += np.float32(stiffness) * np.conj(filtered) * fourier.transform(sparse)
            spectrum = drawn / (power + np.float32(stiffness) * roughness)
    return fourier.inverse(spectrum, shape)


def gradients(shape: Shape) -> tuple[Spectrum, Spectrum]:
    """Transfer functions of the differences to the right and downwards; each varies along one axis only."""
    height, width = shape
    across = (1 - np.exp(-2j * np.pi * np.arange(width // 2 + 1) / width)).astype(np.complex64)
    down = (1 - np.exp(-2j * np.pi * np.fft.fftfreq(height))).astype(np.complex64)
    return across[None, :], down[:, None]


def shrunk(values: NDArray[np.float32], weight: float) -> NDArray[np.float32]:
    """For each x the v that makes w·|v|^(2/3) + (v − x)² smallest, from a table; shape of `values`."""
    limit = _threshold(weight)
    sizes = np.abs(values)
    top = max(float(sizes.max()), 2 * limit, 1e-12)
    places = limit + (top - limit) * _TABLE**2
    solution = places.copy()
    for _ in range(12):  # Newton's method from above, where the derivative is convex
        slope = weight * _EXPONENT * solution ** (_EXPONENT - 1) + 2 * (solution - places)
        bend = weight * _EXPONENT * (_EXPONENT - 1) * solution ** (_EXPONENT - 2) + 2
        solution = np.maximum(solution - slope / np.maximum(bend, 1e-3), places / 4)
    index = np.sqrt(np.maximum(sizes - np.float32(limit), 0) / np.float32(max(top - limit, 1e-12)))
    index *= len(_TABLE) - 1
    kept = np.interp(index, np.arange(len(_TABLE)), solution).astype(np.float32)
    kept[sizes <= limit] = 0
    return np.copysign(kept, values)


def _threshold(weight: float) -> float:
    """Up to where 0 is best: there w·v^a + (v − x)² and x² are equal and v is stationary."""
    a = _EXPONENT
    v = (weight * (1 - a)) ** (1 / (2 - a))
    return float(v + weight * a * v ** (a - 1) / 2) if v > 0 else 0.0


def framed_planes(lights: Sequence[Pixels], reach: int) -> tuple[list[Pixels], fourier.Inside]:
    """All pictures with borders of one size."""
    framed = [fourier.framed(light, reach) for light in lights]
    return [light for light, _ in framed], framed[0][1]


def moved_transfers(
    kernels: Sequence[Kernel], shape: Shape, offset: tuple[float, float] = (0.0, 0.0)
) -> list[Spectrum]:
    """The transfer functions of all kernels, moved back by `offset` = (x, y) pixels, or by parts of them."""
    x, y = offset
    across = np.exp(2j * np.pi * x * np.arange(shape[1] // 2 + 1) / shape[1]).astype(np.complex64)
    down = np.exp(2j * np.pi * y * np.fft.fftfreq(shape[0])).astype(np.complex64)
    return [fourier.transfer_function(kernel, shape) * across[None, :] * down[:, None] for kernel in kernels]
