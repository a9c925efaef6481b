"""The kernels of several blurred pictures of one scene, estimated from the pictures alone."""

from __future__ import annotations

import math
from itertools import product
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_edits import resize_kernel, shift_kernel
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.deconvolution.hyper_laplacian import regularisation_for
from deblur_app.restoration.denoising.noise_level import noise_level
from deblur_app.restoration.multi_frame.joint_sparse import Photo, restore_jointly
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.acceleration import minimize_non_negative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

type Plane = NDArray[np.float32]

_PART = 640
"""Side in pixels of the part of the frame that is looked at, the one with most detail."""

_ROUNDS = 8
"""Alternations of picture and kernels on each scale."""

_CROSS = 3.0
"""Weight of the cross relation against the blurred pictures themselves."""

_SPARSE = 0.02
"""Share of the kernels' largest right hand side that each of their elements costs."""

_PRIOR = 5.0
"""Regularisation over that of the restoration: more, to keep ringing out."""

_PICTURE_STEPS = 8
"""Steps of each restoration; kernels need less of it than people do."""

_STEPS = 600  # of FISTA
_MOST_UNKNOWNS = 6000
"""Elements of all kernels that are solved for at once: their matrix takes 150 MB then."""

_COARSEST = 3
"""Reach in pixels at the coarsest scale, where the search begins with a small square."""

_FAINT = 0.015
"""Share of a kernel's brightest element below which there is no light."""


def estimate_kernels(lights: Sequence[Pixels], reach: int = 20) -> Task[list[Kernel]]:
    """Estimate the kernel of each of several registered, blurred pictures of one scene.

    What the first picture would be under the second kernel equals the second one under the first kernel: the cross
    relation y_1 * h_2 = y_2 * h_1 (Harikumar and Bresler 1999; Rav-Acha and Peleg 2005). Alone it leaves kernels
    undetermined that are larger than the blur, so it is joined with an alternation between the sharp picture, which has
    sparse gradients, and the kernels, which are non-negative and sparse (Šroubek and Milanfar 2012), from coarse to
    fine, each scale looking only where the coarser one saw light.

    Args:
        lights: At least two arrays of linear light, one shape (height, width, channels), differently blurred.
        reach: Farthest in pixels that light may be smeared from the middle, in [3, 60].

    Returns:
        One kernel for each picture, all of side 2 reach + 1, in their true places to each other: together they lie in
        the middle, one alone may not.
    """
    planes = _part([light.mean(axis=2, dtype=np.float32) for light in lights])
    scales = max(math.ceil(math.log2(reach / _COARSEST)), 0) * 2
    kernels: list[Kernel] = []
    for number in range(scales, -1, -1):
        scale = 2.0 ** (-number / 2)
        small = [_reduce(plane, scale) for plane in planes]
        side = 2 * max(math.ceil(reach * scale), 1) + 1
        larger = [resize_kernel(kernel, math.sqrt(2.0), side, interpolation=cv2.INTER_LINEAR) for kernel in kernels]
        kernels = larger or [_start(side) for _ in planes]
        for turn in range(_ROUNDS):
            start, share = (scales - number + turn / _ROUNDS) / (scales + 1), 1 / (_ROUNDS * (scales + 1))
            is_first = number == scales and turn == 0
            kernels = yield from subtask(_better(small, kernels, is_first=is_first), start, start + share)
    return kernels


def _better(planes: list[Plane], kernels: list[Kernel], *, is_first: bool) -> Task[list[Kernel]]:
    """Do one alternation: the picture from the kernels, then the kernels from the picture."""
    reach = len(kernels[0]) // 2
    noises = [max(noise_level(plane[:, :, None]), 1e-3) for plane in planes]
    photos = [Photo(p[:, :, None], k, n) for p, k, n in zip(planes, kernels, noises, strict=True)]
    smoothing = _PRIOR * float(np.mean([regularisation_for(n, k) for n, k in zip(noises, kernels, strict=True)]))
    scene, inside = yield from subtask(restore_jointly(photos, smoothing, iterations=_PICTURE_STEPS), 0.0, 0.5)
    sharp = np.ascontiguousarray(scene[0][inside])
    yield Progress(0.5, tr("Estimating the kernels"))
    window = np.zeros(sharp.shape, np.float32)
    window[2 * reach : -2 * reach or None, 2 * reach : -2 * reach or None] = 1.0
    window = cv2.blur(window, (2 * reach + 1, 2 * reach + 1)).astype(np.float32)
    mask = np.ones(kernels[0].shape, np.bool_) if is_first else _lit(kernels)
    solved = _solve_kernels(sharp, planes, window, kernels, mask)
    return _center_together(solved)


def _lit(kernels: list[Kernel]) -> NDArray[np.bool_]:
    """Return a mask of where any kernel has light or a neighbour with light; of the brightest places if too many."""
    light = np.max([kernel / kernel.max() for kernel in kernels], axis=0)
    around = cv2.dilate(light, np.ones((5, 5), np.uint8))
    lit = np.zeros(around.size, np.bool_)
    lit[np.argsort(around, axis=None)[-(_MOST_UNKNOWNS // len(kernels)) :]] = True
    lit &= around.ravel() > _FAINT
    return lit.reshape(around.shape)


def _solve_kernels(
    sharp: Plane, blurred: list[Plane], window: Plane, kernels: list[Kernel], mask: NDArray[np.bool_]
) -> list[Kernel]:
    """Solve for the non-negative, sparse kernels that explain the blurred gradients, by accelerated projections."""
    side, count = len(kernels[0]), len(blurred)
    y, x = (axis - side // 2 for axis in np.nonzero(mask))
    size = len(y)
    apart = y[:, None] - y[None, :], x[:, None] - x[None, :]
    matrix, right = np.zeros((count * size, count * size), np.float32), np.zeros(count * size, np.float32)
    sharp_parts = _gradient_spectra(sharp, window)
    parts = [_gradient_spectra(plane, window) for plane in blurred]
    own = _correlation(sharp_parts, sharp_parts, window.shape)[apart]
    pairs = product(range(count), repeat=2)
    between = {(i, j): _correlation(parts[i], parts[j], window.shape)[apart] for i, j in pairs}
    for i in range(count):
        here = slice(i * size, (i + 1) * size)
        matrix[here, here] = own + _CROSS * sum(between[j, j] for j in range(count) if j != i)
        right[here] = _correlation(sharp_parts, parts[i], window.shape)[y, x]
        for j in range(count):
            if j != i:
                matrix[here, j * size : (j + 1) * size] = -_CROSS * between[j, i]
    start = np.concatenate([kernel[mask] for kernel in kernels])
    target = right - _SPARSE * right.max()
    pace = 1.0 / _largest(matrix)
    values = minimize_non_negative(lambda x: matrix @ x - target, start, pace=pace, steps=_STEPS)
    return [_kernel(values[i * size : (i + 1) * size], mask, kernels[i]) for i in range(count)]


def _gradient_spectra(plane: Plane, window: Plane) -> list[fourier.Spectrum]:
    shape = (plane.shape[0], plane.shape[1])
    spectrum = fourier.transform(plane)
    return [fourier.transform(fourier.inverse(spectrum * part, shape) * window) for part in _gradients(shape)]


def _gradients(shape: fourier.Shape) -> tuple[fourier.Spectrum, fourier.Spectrum]:
    """Return the transfer functions of the differences to the right and downwards; each varies along one axis only."""
    height, width = shape
    across = (1 - np.exp(-2j * np.pi * np.arange(width // 2 + 1) / width)).astype(np.complex64)
    down = (1 - np.exp(-2j * np.pi * np.fft.fftfreq(height))).astype(np.complex64)
    return across[None, :], down[:, None]


def _correlation(one: list[fourier.Spectrum], other: list[fourier.Spectrum], shape: tuple[int, ...]) -> Plane:
    """Return Σ_x one(x)·other(x + d) at [d]; negative d from the end."""
    power = np.zeros_like(one[0])
    for a, b in zip(one, other, strict=True):
        power += np.conj(a) * b
    return fourier.inverse(power, (shape[0], shape[1]))


def _largest(matrix: Plane) -> float:
    """Estimate slightly more than the largest eigenvalue, by power iteration."""
    vector = np.ones(len(matrix), np.float32)
    for _ in range(30):
        vector = matrix @ vector
        vector /= np.linalg.norm(vector)
    return float(np.linalg.norm(matrix @ vector)) * 1.1


def _kernel(values: Plane, mask: NDArray[np.bool_], before: Kernel) -> Kernel:
    if values.max() <= 0:
        return before
    kernel = np.zeros(mask.shape, np.float32)
    kernel[mask] = np.where(values > _FAINT * values.max(), values, 0)
    return kernel_arrays.normalize(kernel)


def _center_together(kernels: list[Kernel]) -> list[Kernel]:
    """Move all kernels by the same whole pixels, so that together they stay in the middle."""
    x, y = np.mean([kernel_arrays.centroid(kernel) for kernel in kernels], axis=0)
    return [shift_kernel(kernel, -round(x), -round(y)) for kernel in kernels]


def _start(side: int) -> Kernel:
    kernel = np.zeros((side, side), np.float32)
    kernel[side // 2 - 1 : side // 2 + 2, side // 2 - 1 : side // 2 + 2] = 1 / 9
    return kernel


def _reduce(plane: Plane, scale: float) -> Plane:
    if scale == 1.0:
        return plane
    smooth = cv2.GaussianBlur(plane, (0, 0), 0.5 / scale) if scale < 0.7 else plane
    height, width = (max(round(length * scale), 16) for length in plane.shape)
    return cv2.resize(smooth, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)


def _part(planes: list[Plane]) -> list[Plane]:
    """Return the same part of all pictures: the one whose weakest picture has most gradients."""
    height, width = planes[0].shape
    sides = min(height, _PART), min(width, _PART)
    strength = np.min([cv2.blur(_strength(plane), (sides[1], sides[0])) for plane in planes], axis=0)
    top, left = sides[0] // 2, sides[1] // 2
    middles = strength[top : height - sides[0] + top + 1, left : width - sides[1] + left + 1]
    y, x = np.unravel_index(int(np.argmax(middles)), middles.shape)
    return [np.ascontiguousarray(plane[y : y + sides[0], x : x + sides[1]]) for plane in planes]


def _strength(plane: Plane) -> Plane:
    smooth = cv2.GaussianBlur(plane, (0, 0), 2.0)
    return cv2.magnitude(cv2.Sobel(smooth, cv2.CV_32F, 1, 0), cv2.Sobel(smooth, cv2.CV_32F, 0, 1)).astype(np.float32)
