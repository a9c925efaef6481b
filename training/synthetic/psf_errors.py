"""Kernels with errors like those of estimated kernels, so that a network learns to cope with them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kernel_arrays, scaling
from deblur_app.blur.kinds import Blur

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel

_ANGLE = 25.0
"""Degrees by which an angle is wrong for a relative error of 1: 1.5° where a length is wrong by 6 %."""

_SOFTNESS = 8.0
"""Standard deviation in pixels of the blur on a kernel of free form for a relative error of 1."""


def perturb_kernel(blur: Blur, error: float, random: np.random.Generator) -> Kernel:
    """Return the kernel of a blur with small random errors, as an estimate of it has.

    Args:
        blur: The true blur.
        error: Standard deviation of the relative error of its size; 0 gives the true kernel.
        random: Where chance comes from.
    """
    first, second = (float(draw) for draw in random.standard_normal(2))
    factor = math.exp(error * first)
    values = dict(blur.values)
    for size in ("length", "radius", "sigma"):
        if size in values:
            values[size] = float(values[size]) * factor
            if "angle" in values:
                values["angle"] = (float(values["angle"]) + _ANGLE * error * second) % 180.0
            return Blur(blur.kind, values).kernel()
    return _smear_kernel(blur.kernel(), min(factor, 1.0), _SOFTNESS * error * abs(second))


def _smear_kernel(kernel: Kernel, factor: float, softness: float) -> Kernel:
    """Return a kernel of free form, scaled by `factor` and blurred by a Gaussian of `softness` pixels."""
    if softness <= 0.0:
        return kernel
    room = np.pad(scaling.scale_kernel(kernel, factor), math.ceil(2.0 * softness))
    return kernel_arrays.normalize(cv2.GaussianBlur(room, (0, 0), softness).astype(np.float32, copy=False))
