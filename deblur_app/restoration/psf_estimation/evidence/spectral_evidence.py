"""Test of a kernel on the power spectrum of a photograph: a second check of one that was found by its edges.

Edges tell of phases as well, the spectrum of powers alone, averaged over many windows. A wrong kernel that seems to
sharpen the edges it was found by has its zeros where the photograph has power, and the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
import scipy.fft

from deblur_app.restoration.psf_estimation.evidence.power_spectrum import fit, model_power, window_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.restoration.psf_estimation.evidence.power_spectrum import PowerSpectrum, Values

_INEXACT = 0.01
"""Share of the scene's power that reaches a photograph besides an estimated kernel: none is exact, and none is the same
all over the frame. Without it the zeros of the true kernels of Levin et al. (2009) contradict their photographs."""


@dataclass(frozen=True)
class Verdict:
    """The evidence of a spectrum for a kernel.

    Attributes:
        gain: How much better than no blur, as the logarithm of a likelihood ratio; below 0 where it contradicts.
        expected: What `gain` would be if the kernel were the true one and the scene as even as the model of it.
    """

    gain: float
    expected: float

    @property
    def share(self) -> float:
        """The gain as a share of the expected one: about 1 for true kernels; 0 where nothing was to be gained."""
        return self.gain / self.expected if self.expected > 0 else 0.0


def measure_spectral_evidence(spectrum: PowerSpectrum, response: Values) -> Verdict:
    """Measure how well a kernel explains the spectrum of a photograph.

    Args:
        spectrum: The averaged power spectrum of the photograph, or of a part.
        response: |H|² of the kernel at its frequencies, from `observable_response`, or exact where it must
            have the zeros.
    """
    nothing = np.ones_like(spectrum.power)
    under_kernel = fit(spectrum, response)
    # What a photograph of that kernel would show.
    modelled = replace(spectrum, power=model_power(spectrum, response, under_kernel))
    gain = fit(spectrum, nothing).misfit - under_kernel.misfit
    return Verdict(gain, fit(modelled, nothing).misfit - fit(modelled, response, under_kernel).misfit)


def exact_response(kernel: Kernel, spectrum: PowerSpectrum) -> Values:
    """Return |H|² of a kernel, shape (n, n), at the frequencies of a spectrum."""
    return np.square(np.abs(_transform(kernel, spectrum)))


def observable_response(kernel: Kernel, spectrum: PowerSpectrum) -> Values:
    """Return |H|² of an estimated kernel, shape (n, n), as a photograph shows it: its zeros are filled a little.

    A window multiplies the correlation of the picture with itself at each displacement by its own, and some of the
    scene comes another way than the kernel says.
    """
    correlation = _autocorrelation(kernel)
    places = np.abs(np.arange(len(correlation)) - len(correlation) // 2)
    window = window_of(spectrum.side)
    autocorrelation = np.correlate(window, window, "full")[len(window) - 1 :] / (window @ window)
    taper = np.where(places < len(autocorrelation), autocorrelation[np.minimum(places, len(autocorrelation) - 1)], 0.0)
    power = np.maximum(_transform(correlation * np.outer(taper, taper), spectrum).real, 0.0)
    observable: Values = power * (1.0 - _INEXACT) + _INEXACT
    return observable


def _autocorrelation(kernel: Kernel) -> NDArray[np.float64]:
    """Return the correlation of a kernel of odd side n with itself, shape (2n − 1, 2n − 1), 0 in the middle."""
    shape = (2 * len(kernel) - 1,) * 2
    spectrum = scipy.fft.rfft2(kernel.astype(np.float64), shape)
    correlation: NDArray[np.float64] = scipy.fft.fftshift(scipy.fft.irfft2(np.square(np.abs(spectrum)), shape))
    return correlation


def _transform(values: NDArray[np.floating[Any]], spectrum: PowerSpectrum) -> NDArray[np.complexfloating[Any, Any]]:
    """Return the transform at the frequencies of a spectrum of a square array whose middle is its origin."""
    places = np.arange(len(values)) - len(values) // 2
    down = np.exp(-2j * np.pi * np.outer(spectrum.y, places))
    right = np.exp(-2j * np.pi * np.outer(spectrum.x, places))
    transform: NDArray[np.complexfloating[Any, Any]] = ((down @ values) * right).sum(axis=1)
    return transform
