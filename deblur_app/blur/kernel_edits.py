"""Kernels moved, resized, and their connected components, on arrays of their own size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur.kernel_arrays import centroid, normalize

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel

    type Values = NDArray[np.float32] | NDArray[np.float64]

_CENTRED = 1e-3
"""Pixels by which a centre of mass may lie off the middle without a kernel being moved, which softens it a little."""


def shift_kernel(kernel: Kernel, right: float, down: float) -> Kernel:
    """Return the kernel moved by pixels or parts of them (bilinearly), of sum 1; what leaves the array is lost.

    Args:
        kernel: Shape (n, n) or (n, n, channels).
        right: Pixels to the right.
        down: Pixels downwards.
    """
    matrix = np.array([[1, 0, right], [0, 1, down]], np.float64)
    moved = cv2.warpAffine(kernel, matrix, kernel.shape[1::-1], flags=cv2.INTER_LINEAR)
    return normalize(np.asarray(moved, np.float32).reshape(kernel.shape))


def shift_to_middle(kernel: Kernel) -> Kernel:
    """Return the kernel moved by parts of a pixel so that its centre of mass lies in the middle."""
    x, y = centroid(kernel)
    return kernel if np.hypot(x, y) < _CENTRED else shift_kernel(kernel, -x, -y)


def shift_to_middle_by_pixels(kernel: Kernel) -> Kernel:
    """Return the kernel moved by whole pixels so that its centre of mass lies within half a pixel of the middle."""
    x, y = centroid(kernel)
    return shift_kernel(kernel, -round(x), -round(y))


def resize_kernel(kernel: Kernel, scale: float, side: int, *, interpolation: int = cv2.INTER_CUBIC) -> Kernel:
    """Return the kernel of the same blur in a picture `scale` times as large, its middle kept.

    Args:
        kernel: Shape (n, n), n odd.
        scale: Size of the new picture over that of the old.
        side: Odd side of the new array; what lies beyond is lost.
        interpolation: One of OpenCV's; cubic is the sharpest.
    """
    middle, before = side // 2, len(kernel) // 2
    matrix = np.array([[scale, 0.0, middle - scale * before], [0.0, scale, middle - scale * before]])
    larger = cv2.warpAffine(kernel, matrix, (side, side), flags=interpolation, borderMode=cv2.BORDER_CONSTANT)
    return normalize(np.asarray(np.maximum(larger, 0.0), np.float32))


def weigh_components(
    values: NDArray[np.float32] | NDArray[np.float64],
) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the connected components of what lies above 0, neighbours by sides or corners, and the sum of each.

    Args:
        values: Shape (height, width), at least 0.

    Returns:
        The number of the component of each pixel, 0 for none, shape (height, width); and the sums by number, 0 at 0.
    """
    count, labels = cv2.connectedComponents((values > 0).astype(np.uint8), connectivity=8)
    components: NDArray[np.int64] = labels.astype(np.int64)
    return components, np.bincount(components.ravel(), values.ravel(), minlength=count)


def find_largest_component(values: Values) -> NDArray[np.bool_]:
    """Return where the connected component with the largest sum lies; nowhere if nothing lies above 0."""
    components, sums = weigh_components(values)
    result: NDArray[np.bool_] = (components == int(np.argmax(sums))) & (components > 0)
    return result
