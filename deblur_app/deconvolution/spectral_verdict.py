"""Whether a kernel explains the power spectrum of a photograph: a second opinion on one that was found by its edges.

Edges tell of phases as well, the spectrum of powers alone, averaged over many windows. A wrong kernel that seems to
sharpen the edges it was found by has its zeros where the photograph has power, and the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.deconvolution.scene_spectrum import PowerSpectrum, fit, modelled

if TYPE_CHECKING:
    from deblur_app.blur.psf import Kernel
    from deblur_app.deconvolution.scene_spectrum import Values


@dataclass(frozen=True)
class Verdict:
    """How well a kernel explains a spectrum.

    Attributes:
        gain: How much better than no blur, as the logarithm of a likelihood ratio; below 0 where it contradicts.
        expected: What `gain` would be if the kernel were the true one and the scene as even as the model of it.
    """

    gain: float
    expected: float

    @property
    def share(self) -> float:
        """What of the expected gain is there: about 0.8 to 1 for true kernels; 0 where nothing was to be gained."""
        return self.gain / self.expected if self.expected > 0 else 0.0


def judged(spectrum: PowerSpectrum, kernel: Kernel) -> Verdict:
    """How well a kernel explains the spectrum of a photograph.

    Args:
        spectrum: The averaged power spectrum of the photograph, or of a part.
        kernel: Shape (n, n).
    """
    response, nothing = response_of(kernel, spectrum), np.ones_like(spectrum.power)
    under_kernel = fit(spectrum, response)
    # What a photograph of that kernel would show.
    shown = PowerSpectrum(modelled(spectrum, response, under_kernel), spectrum.x, spectrum.y, spectrum.weight)
    gain = fit(spectrum, nothing).misfit - under_kernel.misfit
    return Verdict(gain, fit(shown, nothing).misfit - fit(shown, response, under_kernel).misfit)


def response_of(kernel: Kernel, spectrum: PowerSpectrum) -> Values:
    """|H|² of a kernel at the frequencies of a spectrum."""
    places = np.arange(len(kernel)) - len(kernel) // 2
    down = np.exp(-2j * np.pi * np.outer(spectrum.y, places))
    right = np.exp(-2j * np.pi * np.outer(spectrum.x, places))
    transfer = ((down @ kernel) * right).sum(axis=1)
    return np.square(np.abs(transfer)).astype(np.float64)
