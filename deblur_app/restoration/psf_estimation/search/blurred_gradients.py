"""The gradients of a blurred photograph, and the kernel between them and those of a scene."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.psf_estimation import kernel_fit

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import FullSpectrum, Shape


@dataclass(frozen=True, eq=False)
class Gradients:
    """The known gradients of a blurred scene, on an area that also holds what blurs into it from outside.

    Attributes:
        values: Differences to the right and downwards, 0 where unknown; shape (height, width, 2).
        weight: 1 where the photo tells them, 0 elsewhere; shape (height, width, 1).
        side: Side of the kernels that fit, in pixels; odd.
    """

    values: Pixels
    weight: Pixels
    side: int

    @property
    def shape(self) -> Shape:
        """Height and width of the area in pixels."""
        return self.values.shape[0], self.values.shape[1]


def gradients(plane: Pixels, is_known: NDArray[np.bool_], side: int) -> Gradients:
    """Return the gradients of a photograph, ready for kernels of one side.

    Args:
        plane: Float32 array of shape (height, width), linear light.
        is_known: Which of its pixels say how much light there was, same shape; clipped ones do not.
        side: Side of the kernel in pixels, odd.
    """
    right = plane[1:, 1:] - plane[1:, :-1]
    down = plane[1:, 1:] - plane[:-1, 1:]
    both = is_known[1:, 1:] & is_known[1:, :-1] & is_known[:-1, 1:]
    height, width = both.shape
    shape = fourier.fast_length(height + side - 1), fourier.fast_length(width + side - 1)
    inside = slice(side // 2, side // 2 + height), slice(side // 2, side // 2 + width)
    mask = np.zeros((*shape, 1), np.float32)
    mask[(*inside, 0)] = both
    values = np.zeros((*shape, 2), np.float32)
    values[inside] = np.stack([right, down], axis=2)
    return Gradients(values * mask, mask, side)


def fill_unseen(photo: Gradients, blurred: Pixels) -> Pixels:
    """Return the gradients of the photograph, those that were not seen as a blurred scene has them.

    Args:
        photo: The gradients of the photograph.
        blurred: Those of the blurred scene, shape (height, width, 2).
    """
    return np.where(photo.weight > 0, photo.values, blurred)


def kernel_between(scene: FullSpectrum, data: FullSpectrum, kernel: Kernel, doubt: float) -> Kernel:
    """Estimate the kernel that explains the gradients of a photograph by those of the scene.

    Args:
        scene: The transform of the gradients of the scene.
        data: That of the gradients of the photograph, on the same area.
        kernel: Where to begin.
        doubt: How uncertain the gradients of the scene are: the sum of their variances.
    """
    # Of the product of two packed transforms, the real part belongs to the sum over both directions.
    correlation = fourier.inverse_pair(np.conj(scene) * data, overwrite=True)[:, :, 0]
    autocorrelation = fourier.inverse_pair(fourier.power(scene).astype(np.complex64), overwrite=True)[:, :, 0]
    autocorrelation[0, 0] += np.float32(doubt)
    return kernel_fit.fit_kernel(autocorrelation, correlation, kernel)
