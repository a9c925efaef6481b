"""A blurred picture from a sharp one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear

if TYPE_CHECKING:
    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Pixels


def blur(pixels: Pixels, kernel: Kernel) -> Pixels:
    """Blur a sharp picture with one kernel for the whole frame.

    Light adds up before the camera encodes it, so the convolution is done in linear light. Beyond the borders
    the picture is mirrored.

    Args:
        pixels: Float32 array of shape (height, width, 3), sRGB-encoded, in [0, 1].
        kernel: A point spread function that sums to 1.

    Returns:
        An array of the same shape, sRGB-encoded.
    """
    light = srgb_to_linear(pixels)
    flipped = np.ascontiguousarray(kernel[::-1, ::-1])  # OpenCV correlates; a point must become the kernel itself
    blurred = cv2.filter2D(light, -1, flipped, borderType=cv2.BORDER_REFLECT)
    return linear_to_srgb(blurred.astype(np.float32, copy=False))
