"""Images of kernels and of their frequency responses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.picture import to_uint8
from deblur_app.gui.images import qt_image

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from deblur_app.blur.kernel_arrays import Kernel

_FIELDS = (15, 31, 63, 127, 255, 511)
"""Sides in which kernels are shown: as in a fixed field, a kernel that grows is seen to grow."""

_RESPONSE_SIDE = 128
"""Side of the image of a frequency response, in pixels."""

_RESPONSE_RANGE = 40.0
"""Decibels from white, where all passes, to black."""


def draw_kernel(kernel: Kernel) -> QImage:
    """Draw a kernel in a black field, its brightest pixel white, encoded as the photo would show it."""
    kernel = kernel_arrays.grey(kernel)
    side = len(kernel)
    field = next((field for field in _FIELDS if field >= side), side)
    before = (field - side) // 2
    padded = np.pad(kernel / kernel.max(), (before, field - side - before))
    return draw_light(padded.astype(np.float32))


def draw_light(light: NDArray[np.float32]) -> QImage:
    """Draw amounts of light in [0, 1], shape (height, width), encoded as a photo would show them."""
    return _grey_image(linear_to_srgb(light))


def draw_response(kernel: Kernel) -> QImage:
    """Draw the kernel's frequency response, logarithmic: black is what the blur destroys."""
    response = kernel_arrays.frequency_response(kernel, _RESPONSE_SIDE)
    decibels = 20.0 * np.log10(np.maximum(response, 1e-6))
    return _grey_image(np.clip(1.0 + decibels / _RESPONSE_RANGE, 0.0, 1.0).astype(np.float32))


def _grey_image(values: NDArray[np.float32]) -> QImage:
    return qt_image.to_qimage(np.repeat(to_uint8(values)[:, :, None], 3, axis=2))
