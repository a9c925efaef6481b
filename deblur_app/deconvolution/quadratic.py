"""Deconvolution with a quadratic penalty: solved at once, frequency by frequency."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.deconvolution import borders, fourier

if TYPE_CHECKING:
    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.deconvolution.fourier import Inside, Shape, Spectrum

GRADIENT = 1
"""Order of differences that are held small: those of neighbours. Fits pictures whose power falls with 1/f²."""

LAPLACIAN = 2
"""Order of differences that are held small: second ones."""

_CACHED = 4


@dataclass(frozen=True, eq=False)
class Prepared:
    """A picture with its border, transformed: solving again with another regularisation takes one inverse transform.

    Attributes:
        spectra: The transform of each channel with its border.
        kernel: What it is deconvolved with, shape (n, n) or (n, n, channels).
        shape: Height and width with the border.
        inside: Slices that cut the border away.
    """

    spectra: tuple[Spectrum, ...]
    kernel: Kernel
    shape: Shape
    inside: Inside

    def solve(self, regularisation: float, order: int = GRADIENT) -> Pixels:
        """The picture without the blur: the x that makes ‖y − h∗x‖² + λ‖Dx‖² smallest.

        Args:
            regularisation: λ, above 0; more is smoother.
            order: What D is: `GRADIENT` or `LAPLACIAN`.

        Returns:
            Float32 array of shape (height, width, channels), nothing clipped.

        Raises:
            DeblurError: The regularisation is not above 0.
        """
        if not regularisation > 0:
            raise DeblurError(f"The regularisation must be above 0, or noise grows without bounds: {regularisation}.")
        height, width = (part.stop - part.start for part in self.inside)
        light = np.empty((height, width, len(self.spectra)), np.float32)
        for channel, spectrum in enumerate(self.spectra):
            kernel = np.ascontiguousarray(fourier.of_channel(self.kernel, channel), np.float32)
            # By a name of its own: NumPy would write into an array without one, with the factors exchanged, which
            # rounds otherwise; and it is without one where two threads ask for the filter at the same time.
            response = _filter(kernel.tobytes(), len(kernel), self.shape, regularisation, order)
            restored = spectrum * response
            light[:, :, channel] = fourier.inverse(restored, self.shape, overwrite=True)[self.inside]
        return light


def prepared(light: Pixels, kernel: Kernel) -> Prepared:
    """`light` with a border made for `kernel`, transformed.

    Args:
        light: Float32 array of shape (height, width, channels).
        kernel: The point spread function, shape (n, n) or (n, n, channels).
    """
    spectra = []
    for channel in range(light.shape[2]):
        frame, inside = borders.continued(light[:, :, channel], fourier.of_channel(kernel, channel))
        spectra.append(fourier.transform(frame))
    return Prepared(tuple(spectra), kernel, (frame.shape[0], frame.shape[1]), inside)


@lru_cache(maxsize=_CACHED)
def _filter(kernel: bytes, side: int, shape: Shape, regularisation: float, order: int) -> Spectrum:
    """H* / (|H|² + λ|D|²), what each frequency of the blurred picture is multiplied with; one for all tiles."""
    transfer = fourier.transfer_function(np.frombuffer(kernel, np.float32).reshape(side, side), shape)
    below = np.float32(regularisation) * fourier.roughness(shape) ** order
    below += np.square(transfer.real) + np.square(transfer.imag)
    result: Spectrum = np.conj(transfer)
    result /= below
    return result
