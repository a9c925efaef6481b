"""Deconvolution with a quadratic penalty: solved at once, frequency by frequency."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from deblur_app.restoration.numerics import borders, fourier

if TYPE_CHECKING:
    from collections.abc import Iterator

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside, Shape, Spectrum

GRADIENT = 1
"""Order of differences that are held small: those of neighbours. Fits pictures whose power falls with 1/f²."""

LAPLACIAN = 2
"""Order of differences that are held small: second ones."""

_CACHED = 4  # filters that are kept: tiles share them


@dataclass(frozen=True, eq=False)
class TransformedPicture:
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
        """Solve for the picture without the blur: the x that makes ‖y − h∗x‖² + λ‖Dx‖² smallest.

        Args:
            regularisation: λ, above 0; more is smoother.
            order: What D is: `GRADIENT` or `LAPLACIAN`.

        Returns:
            Float32 array of shape (height, width, channels), nothing clipped.

        Raises:
            DeblurError: The regularisation is not above 0.
        """
        filters = _filters(self.kernel, len(self.spectra), self.shape, regularisation, order)
        # By a name of its own: NumPy would write into an array without one, with the factors exchanged, which
        # rounds otherwise; and it is without one where two threads ask for the filter at the same time.
        planes = []
        for spectrum, response in zip(self.spectra, filters, strict=True):
            restored = spectrum * response
            planes.append(fourier.inverse(restored, self.shape, overwrite=True)[self.inside])
        return _merge_channels(planes)


def solve_quadratic(light: Pixels, kernel: Kernel, regularisation: float, order: int = GRADIENT) -> Pixels:
    """Do as `prepare_quadratic(light, kernel).solve(regularisation, order)`, faster and without keeping a spectrum.

    Args:
        light: Float32 array of shape (height, width, channels).
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        regularisation: λ, above 0; more is smoother.
        order: `GRADIENT` or `LAPLACIAN`.

    Raises:
        DeblurError: The regularisation is not above 0.
    """
    planes = []
    for channel, (frame, inside) in enumerate(_frames(light, kernel)):
        shape = (frame.shape[0], frame.shape[1])
        (response,) = _filters(fourier.of_channel(kernel, channel), 1, shape, regularisation, order)
        spectrum = fourier.transform(frame)
        np.multiply(spectrum, response, out=spectrum)
        planes.append(fourier.inverse(spectrum, shape, overwrite=True)[inside])
    return _merge_channels(planes)


def prepare_quadratic(light: Pixels, kernel: Kernel) -> TransformedPicture:
    """Return `light` with a border made for `kernel`, transformed.

    Args:
        light: Float32 array of shape (height, width, channels).
        kernel: The point spread function, shape (n, n) or (n, n, channels).
    """
    frames = list(_frames(light, kernel))
    frame, inside = frames[0]
    return TransformedPicture(tuple(fourier.transform(each) for each, _ in frames), kernel, frame.shape, inside)


def _frames(light: Pixels, kernel: Kernel) -> Iterator[tuple[Pixels, Inside]]:
    """Yield each channel with a border made for its kernel, and where it lies in that."""
    for channel, plane in enumerate(cv2.split(light)):
        yield borders.extend_borders(np.asarray(plane, np.float32), fourier.of_channel(kernel, channel))


def _merge_channels(planes: list[Pixels]) -> Pixels:
    """Merge channels into one picture of shape (height, width, channels)."""
    return np.asarray(cv2.merge(planes), np.float32).reshape(*planes[0].shape, len(planes))


def _filters(kernel: Kernel, channels: int, shape: Shape, regularisation: float, order: int) -> Iterator[Spectrum]:
    """Yield the filter of each channel.

    Raises:
        DeblurError: The regularisation is not above 0.
    """
    if not regularisation > 0:
        raise DeblurError(
            tr(
                "The regularisation must be above 0, or noise grows without bounds: {regularisation}.",
                regularisation=regularisation,
            )
        )
    for channel in range(channels):
        plane = np.ascontiguousarray(fourier.of_channel(kernel, channel), np.float32)
        yield _filter(plane.tobytes(), len(plane), shape, regularisation, order)


@lru_cache(maxsize=_CACHED)
def _filter(kernel: bytes, side: int, shape: Shape, regularisation: float, order: int) -> Spectrum:
    """Return H* / (|H|² + λ|D|²), the factor of each frequency of the blurred picture; one for all tiles."""
    transfer = fourier.transfer_function(np.frombuffer(kernel, np.float32).reshape(side, side), shape)
    below = np.float32(regularisation) * fourier.roughness(shape) ** order
    below += np.square(transfer.real) + np.square(transfer.imag)
    result: Spectrum = np.conj(transfer)
    result /= below
    return result
