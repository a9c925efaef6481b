"""Agreement among the kernels of a grid: one that is unsure, or unlike all around it, gives way to its neighbours."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np
from numpy.typing import NDArray

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_edits import shift_to_middle

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.blur.kernel_arrays import Kernel

type Kernels = NDArray[np.float32]
"""Shape (rows, columns, side, side)."""

type Confidence = NDArray[np.float64]
"""Shape (rows, columns), at least 0."""

_UNSURE = 0.3
"""Confidence below which a kernel is replaced, as a share of the highest in the grid."""

_ODD = 0.7
"""Likeness to its neighbours' mean below which a kernel is replaced: lines of 13 pixels that are 45° apart have it."""

_SURE = 2.0
"""Factor by which a kernel that contradicts its neighbours must be surer than they."""

_POINT, _BLURRED = 0.99, 0.5
"""Share of the light in one pixel from which on a kernel is none, and below which its neighbours' mean is one."""

_SOFTENING = 12
"""Kernels are compared under a Gaussian of their side over this: thin lines need not lie on each other exactly."""


def reconcile_kernels(kernels: Kernels, confidence: Confidence) -> tuple[Kernels, Confidence]:
    """Replace unsure and odd kernels by the mean of their neighbours; return kernels and confidence.

    Neighbours count by their confidence, with their centres of mass laid on each other first: an estimate without a
    known picture may sit anywhere. Where no neighbour is sure, the whole grid is asked; where nothing in it is sure
    at all, all count alike. A place without blur among blurred ones is left as it is, but it is not sure: blur that
    changes within it looks like none.

    Args:
        kernels: Shape (rows, columns, side, side).
        confidence: Shape (rows, columns), at least 0.

    Returns:
        All kernels, centred; and the confidence, in which a replaced kernel, and none among blurred ones, has half
        its neighbours' mean, or its own where that is lower.
    """
    centred = np.array([[shift_to_middle(kernel) for kernel in row] for row in kernels])
    counts = confidence if confidence.any() else np.ones_like(confidence)
    trusted = counts >= _UNSURE * counts.max()
    result, sure = centred.copy(), confidence.copy()
    for place in np.ndindex(*confidence.shape):
        around = _find_trusted_neighbours(place, trusted)
        if not around.any():
            continue
        weights = counts[around]
        mean = kernel_arrays.normalize(np.tensordot(weights, centred[around], axes=1))
        is_odd = counts[place] < _SURE * weights.mean() and _likeness(centred[place], mean) < _ODD
        gives_way = is_odd or not trusted[place]
        if gives_way:
            result[place] = mean
        if gives_way or (centred[place].max() > _POINT and mean.max() < _BLURRED):
            sure[place] = np.minimum(confidence[place], weights.mean() / 2)
    return result, sure


def average_kernels(kernels: Sequence[Kernel]) -> Kernel:
    """Return the mean of estimates of one kernel, of any odd sides, with their centres of mass laid on each other."""
    side = max(map(len, kernels))
    filled = [np.pad(kernel, (side - len(kernel)) // 2) for kernel in kernels]
    return kernel_arrays.normalize(np.mean([shift_to_middle(kernel) for kernel in filled], axis=0))


def _find_trusted_neighbours(place: tuple[int, ...], trusted: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Return the trusted places among the up to eight neighbours; all trusted ones where there is none."""
    others = trusted.copy()
    others[place] = False
    near = np.zeros_like(trusted)
    near[tuple(slice(max(i - 1, 0), i + 2) for i in place)] = True
    return others & near if (others & near).any() else others


def soften_kernel(kernel: Kernel, side: int) -> Kernel:
    """Return a kernel to compare with others, blurred in proportion to the side of the largest."""
    sigma = max(side / _SOFTENING, 0.5)
    return cv2.GaussianBlur(kernel, (0, 0), sigma, borderType=cv2.BORDER_CONSTANT).astype(np.float32, copy=False)


def _likeness(one: Kernel, other: Kernel) -> float:
    """Return the cosine of the angle between two softened kernels: 1 for equal ones, 0 where they share no pixel."""
    soft = [soften_kernel(kernel, len(one)) for kernel in (one, other)]
    return float((soft[0] * soft[1]).sum() / max(math.sqrt(float((soft[0] ** 2).sum() * (soft[1] ** 2).sum())), 1e-12))
