"""The kernel of a photograph from coarse to fine, for one size of the square that it is looked for in."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_edits import shift_to_middle_by_pixels
from deblur_app.core.task import Task, subtask
from deblur_app.restoration.psf_estimation import kernel_fit
from deblur_app.restoration.psf_estimation.search import variational
from deblur_app.restoration.psf_estimation.search.blurred_gradients import gradients

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_COARSEST = 5  # side in pixels of the kernel at the coarsest scale, at most
_STEP = math.sqrt(2.0)
"""Ratio of the sides of the kernel at two successive scales: small, so that each can start from the one before."""

_ROUNDS = 12
"""Rounds at each scale. With 8, strong shakes of five photographs gained 1.2 dB less."""

_CAUTIOUS, _FINE = 4e-4, 3e-5
"""Least variances of noise that are assumed in gradients; the lower one only at last."""


def estimate_kernel(plane: Pixels, is_known: NDArray[np.bool_], size: int, start: Kernel | None = None) -> Task[Kernel]:
    """Estimate the most probable kernel of at most `size`.

    Each scale begins with the kernel of the one before (Fergus et al., "Removing camera shake from a single
    photograph", 2006): what would be a long path at full size is a step of a pixel or two at the coarsest.

    Args:
        plane: The photograph, shape (height, width), linear light with a standard deviation of 1/6.
        is_known: Which of its pixels say how much light there was, same shape; clipped ones do not.
        size: Side of the square to look in, in pixels; odd.
        start: A kernel to begin with; only scales from about a half on are then worked on.

    Returns:
        A kernel whose side is what it needs.
    """
    sides = _sides(size, is_started=start is not None)
    kernel, scale_before = start, 1.0
    for number, side in enumerate(sides):
        scale = side / size
        first = (
            _initial_kernel(side) if kernel is None else kernel_fit.resample_kernel(kernel, scale / scale_before, side)
        )
        floors = (_CAUTIOUS,) * _ROUNDS
        if side == size:
            floors = (_CAUTIOUS,) * (_ROUNDS // 2) + (_FINE,) * (_ROUNDS // 2)
        photo = gradients(*_reduce_photo(plane, is_known, scale), side)
        # Each scale takes about twice as long as the one before it.
        begin, end = (2.0 ** (number + i - len(sides)) for i in (0, 1))
        solution = yield from subtask(variational.solve(photo, first, floors), begin if number else 0.0, end)
        kernel, scale_before = shift_to_middle_by_pixels(kernel_fit.prune_kernel(solution)), scale
    if kernel is None:
        raise TypeError("there is no scale")
    return kernel_fit.trim_kernel(kernel)


def _sides(size: int, *, is_started: bool) -> list[int]:
    """Return the sides of the kernel at each scale, the coarsest first."""
    sides = [size]
    while sides[-1] > _COARSEST and not (is_started and sides[-1] < size / _STEP):
        smaller = int(sides[-1] / _STEP)
        sides.append(max(smaller - (smaller % 2 == 0), 3))
    return sides[::-1]


def _reduce_photo(plane: Pixels, is_known: NDArray[np.bool_], scale: float) -> tuple[Pixels, NDArray[np.bool_]]:
    """Return the photograph and what is known of it at a scale in (0, 1], free of aliases."""
    if scale == 1.0:
        return plane, is_known
    blur = 0.5 * math.sqrt(1.0 / scale**2 - 1.0)

    def smaller(values: Pixels) -> Pixels:
        soft = cv2.GaussianBlur(values, (0, 0), blur)
        return cv2.resize(soft, None, fx=scale, fy=scale).astype(np.float32, copy=False)

    return smaller(plane), smaller(is_known.astype(np.float32)) > 0.99


def _initial_kernel(side: int) -> Kernel:
    """Return the kernel to start from: half of its light in the middle, half all over."""
    kernel = np.full((side, side), 1.0 / side**2)
    kernel[side // 2, side // 2] += 1.0
    return kernel_arrays.normalize(kernel)
