"""One sharp picture from several blurred ones whose kernels are known, with sparse gradients."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.restoration.deconvolution.hyper_laplacian import ITERATIONS, SOFTEST, STIFFEST, impute_unseen
from deblur_app.restoration.deconvolution.sparse_gradients import shrunk_divergence
from deblur_app.restoration.numerics import fourier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.deconvolution.sparse_gradients import Planes
    from deblur_app.restoration.numerics.fourier import Inside, Shape, Spectrum

_EXPONENT = 2 / 3
"""Exponent of the gradients in the penalty, as for one photo in `hyper_laplacian`."""

_LEAST_TRUST = np.float32(1e-4)
"""Confidence below which no kernel is believed: all count alike then."""


@dataclass(frozen=True, eq=False)
class Photo:
    """One of the blurred pictures of a scene, registered to the others.

    Attributes:
        light: Linear light, shape (height, width, channels).
        kernel: Its point spread function, shape (n, n).
        noise: Standard deviation of its noise, above 0.
        share: How much it counts, above 0; those of all photos have the mean 1.
        trust: How far each value is to be believed, in [0, 1], shape of `light`; None believes all.
    """

    light: Pixels
    kernel: Kernel
    noise: float
    share: float = 1.0
    trust: Pixels | None = None

    def part(self, place: Inside) -> Photo:
        """Return some rows and columns of the photo."""
        trust = None if self.trust is None else self.trust[place]
        return Photo(self.light[place], self.kernel, self.noise, self.share, trust)


def restore_jointly(
    photos: Sequence[Photo],
    regularisation: float,
    *,
    offset: tuple[float, float] = (0.0, 0.0),
    iterations: int = ITERATIONS,
) -> Task[tuple[Planes, Inside]]:
    """Find the x ≥ 0 with the smallest ½Σ_k s_k·‖h_k∗x − y_k‖² + λ·Σ|∇x|^(2/3), by the steps of `sparse`.

    In the division of spectra all photos count; a frequency that one blur has destroyed comes from the others. What
    one photo has not seen, beyond its borders or where it clipped, is filled in with what it would have seen of the
    current solution.

    Args:
        photos: At least one; all of one shape.
        regularisation: λ.
        offset: Pixels (x, y) by which all kernels lie off the middle together; the solution is not moved by them.
        iterations: Steps, at least 2.

    Returns:
        x with its surroundings, shape (channels, height, width), and the slices that cut these off.
    """
    reach = max(len(photo.kernel) for photo in photos)
    frame, inside = fourier.pad_periodic(_mean(photos), reach)
    shape: Shape = (frame.shape[0], frame.shape[1])
    scene: Planes = np.ascontiguousarray(np.moveaxis(frame, 2, 0))
    transfers = shift_transfer_functions([photo.kernel for photo in photos], shape, offset)
    power = np.zeros(transfers[0].shape, np.float32)
    for photo, transfer in zip(photos, transfers, strict=True):
        power += np.float32(photo.share) * np.square(np.abs(transfer))
    roughness = fourier.roughness(shape)
    couplings = np.geomspace(SOFTEST, STIFFEST, iterations)
    for number, coupling in enumerate(couplings):
        yield Progress(number / len(couplings), tr("Restoring"))
        divergence = shrunk_divergence(scene, 1 / coupling, _EXPONENT)
        weight = np.float32(coupling * regularisation)
        for channel, (plane, pull) in enumerate(zip(scene, divergence, strict=True)):
            total = weight * fourier.transform(pull)
            total += _data_term(photos, transfers, plane, channel, inside)
            total /= power + weight * roughness
            np.maximum(fourier.inverse(total, shape, overwrite=True), 0.0, out=plane)
    return scene, inside


def _mean(photos: Sequence[Photo]) -> Pixels:
    """Return the mean of the photos, weighted by their trust; where none is trusted, the mean of all."""
    total, weight = np.zeros_like(photos[0].light), np.zeros_like(photos[0].light)
    for photo in photos:
        trust = _LEAST_TRUST + (np.float32(1.0) if photo.trust is None else photo.trust)
        total += trust * photo.light
        weight += trust
    total /= weight
    return total


def _data_term(
    photos: Sequence[Photo], transfers: Sequence[Spectrum], plane: Pixels, channel: int, inside: Inside
) -> Spectrum:
    """Return Σ_k s_k·conj(H_k)·Y_k of one channel, where y_k is completed from `plane`."""
    spectrum = fourier.transform(plane)
    total = np.zeros_like(spectrum)
    for photo, transfer in zip(photos, transfers, strict=True):
        data = fourier.inverse(spectrum * transfer, plane.shape, overwrite=True)
        trust = None if photo.trust is None else photo.trust[:, :, channel]
        data[inside] = impute_unseen(photo.light[:, :, channel], trust, data[inside], photo.noise)
        data_transform = fourier.transform(data)
        data_transform *= np.conj(transfer)
        data_transform *= np.float32(photo.share)
        total += data_transform
    return total


def shift_transfer_functions(
    kernels: Sequence[Kernel], shape: Shape, offset: tuple[float, float] = (0.0, 0.0)
) -> list[Spectrum]:
    """Return the transfer functions of all kernels, moved back by `offset` = (x, y) pixels, or by parts of them."""
    x, y = offset
    across = np.exp(2j * np.pi * x * np.arange(shape[1] // 2 + 1) / shape[1]).astype(np.complex64)
    down = np.exp(2j * np.pi * y * np.fft.fftfreq(shape[0])).astype(np.complex64)
    return [fourier.transfer_function(kernel, shape) * across[None, :] * down[:, None] for kernel in kernels]
