"""Values for the pixels of a photo that show nothing of its scene, such that neither edges nor contradictions arise."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr, tr_later
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.acceleration import agreement
from deblur_app.restoration.numerics.borders import bounding_box
from deblur_app.restoration.numerics.tiles import process_tiles_in_threads

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside, Shape
    from deblur_app.restoration.unknown_pixels.frames import Mask

_CALM = 0.003
"""Weight of the squared differences of neighbours while unknown pixels are found: with 0.03, what is restored within 6
pixels of a cut is 1.6 times as far off, and with less, noise and a kernel that is not exact begin to count."""

_ROUNDS, _FASTEST = 40, 0.95
"""Steps that are taken, and how far each may go on in the direction of the last. With half as many, what lies beside
writing is 1.1 times as far off; with many more it hardly gains."""

_CONTEXT, _LEAST_REACH = 2, 24
"""Sides of the kernel around what is unknown that are looked at, and the least border in pixels."""

_MOST_PIXELS = 300_000
"""Pixels that are looked at at once: small tiles, as most of them know all of their pixels."""

_ENOUGH = 8.0
"""One over the share of known pixels from which on the mean of a cell of a pyramid counts by itself."""

_LEAST_WEIGHT = np.float32(1e-9)
"""Sum of weights, at least, that a mean is divided by: where nothing is known it is 0."""

_STAGE = tr_later("Completing the photo")


def fill_smoothly(pixels: Pixels, unknown: Mask) -> Pixels:
    """Return a picture with its unknown pixels continued from the known ones around them, without any edge.

    A pyramid of weighted means is filled from coarse to fine ("push-pull", Gortler et al., "The lumigraph", 1996).

    Args:
        pixels: Float32 array of shape (height, width, channels).
        unknown: Where it is unknown, shape (height, width); not everywhere.
    """
    weight = (~unknown).astype(np.float32)
    levels = [(pixels * weight[:, :, None], weight)]
    while min(levels[-1][1].shape) > 1 and not (levels[-1][1] > 0.0).all():
        values, weight = levels[-1]
        size = ((weight.shape[1] + 1) // 2, (weight.shape[0] + 1) // 2)
        levels.append((_smaller(values, size), _smaller(weight, size)))
    values, weight = levels[-1]
    filled: Pixels = (values / np.maximum(weight, _LEAST_WEIGHT)[:, :, None]).astype(np.float32)
    for values, weight in reversed(levels[:-1]):
        size = (weight.shape[1], weight.shape[0])
        larger = cv2.resize(filled, size, interpolation=cv2.INTER_LINEAR).reshape(values.shape)
        filled = _mean(values, weight, larger)
    result: Pixels = np.where(unknown[:, :, None], filled, pixels)
    return result


def _smaller(values: Pixels, size: tuple[int, int]) -> Pixels:
    smooth = cv2.GaussianBlur(values, (5, 5), 1.0, borderType=cv2.BORDER_REFLECT)
    smaller = cv2.resize(smooth, size, interpolation=cv2.INTER_AREA)
    return smaller.reshape(size[1], size[0], *values.shape[2:]).astype(np.float32, copy=False)


def _mean(values: Pixels, weight: Pixels, other: Pixels) -> Pixels:
    """Return the mean given by values times weights where there is enough weight, another value where there is not."""
    share = np.minimum(weight * _ENOUGH, 1.0)[:, :, None]
    mean = values / np.maximum(weight, _LEAST_WEIGHT)[:, :, None]
    return np.asarray(mean * share + other * (1.0 - share), np.float32)


def fill_by_blur(light: Pixels, unknown: Mask, kernel: Kernel) -> Task[Pixels]:
    """Return a photo whose unknown pixels are such that a scene blurred by `kernel` can have them beside the known.

    The photo is restored with little regularisation and blurred again, and what that gives for the unknown pixels is
    put there, several times: expectation maximisation with the unknown pixels as the missing data, accelerated after
    Biggs and Andrews (1997). Without it, the contradiction between made-up pixels and the blur would be amplified
    into ripples.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, the unknown pixels filled smoothly.
        unknown: Where it is unknown, shape (height, width).
        kernel: The point spread function, shape (n, n) or (n, n, channels).

    Returns:
        A new array of the same shape, at least 0 where it is unknown and the same as `light` elsewhere.
    """

    def complete(place: Inside) -> Task[Pixels]:
        missing = unknown[place]
        if not missing.any() or missing.all():
            yield Progress(1.0, tr(_STAGE))
            return light[place].copy()
        return (yield from _impute_tile(light[place], missing, kernel))

    filled = yield from process_tiles_in_threads(light, len(kernel), complete, most_pixels=_MOST_PIXELS)
    result: Pixels = np.where(unknown[:, :, None], np.maximum(filled, 0.0), light)
    return result


def _impute_tile(light: Pixels, unknown: Mask, kernel: Kernel) -> Task[Pixels]:
    """Fill the unknown pixels of a tile."""
    box = bounding_box(unknown, _CONTEXT * len(kernel))
    result = light.copy()
    frame, inside = fourier.pad_periodic(light[box], max(len(kernel), _LEAST_REACH))
    is_missing = np.ones(frame.shape[:2], np.bool_)  # beyond the borders, nothing is known either
    is_missing[inside] = unknown[box]
    for channel in range(light.shape[2]):
        plane = np.ascontiguousarray(frame[:, :, channel])
        work = _maximise_expectation(plane, is_missing, fourier.of_channel(kernel, channel))
        plane = yield from subtask(work, channel / light.shape[2], (channel + 1) / light.shape[2])
        result[box][:, :, channel] = plane[inside]
    return result


def _maximise_expectation(plane: Pixels, is_missing: Mask, kernel: Kernel) -> Task[Pixels]:
    """Return one channel after the rounds of expectation maximisation."""
    shape = (plane.shape[0], plane.shape[1])
    response = _restoration_response(np.ascontiguousarray(kernel, np.float32).tobytes(), len(kernel), shape)
    before, last = plane, np.zeros_like(plane)
    for number in range(_ROUNDS):
        yield Progress(number / _ROUNDS, tr(_STAGE))
        spectrum = fourier.transform(plane)
        spectrum *= response
        step = fourier.inverse(spectrum, shape, overwrite=True)
        step -= plane
        step[~is_missing] = 0.0
        speed = agreement(step, last, most=_FASTEST)
        now = plane + step
        plane, before, last = now + np.float32(speed) * (now - before), now, step
    return before


@lru_cache(maxsize=8)
def _restoration_response(kernel: bytes, side: int, shape: Shape) -> NDArray[np.float32]:
    """Return the share of each frequency that restoration and the blur together leave."""
    transfer = fourier.transfer_function(np.frombuffer(kernel, np.float32).reshape(side, side), shape)
    power = np.square(transfer.real) + np.square(transfer.imag)
    response: NDArray[np.float32] = power / (power + np.float32(_CALM) * fourier.roughness(shape))
    return response
