"""The re-blur check: a restored picture, blurred again, must give the photograph to within its noise."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.kernel_grid import side_of
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.deconvolution import spatially_varying as grids
from deblur_app.restoration.denoising.noise_by_brightness import noise_of
from deblur_app.restoration.numerics.fourier import inverse, pad_periodic, per_channel, transfer_function, transform
from deblur_app.restoration.numerics.tiles import process_tiles

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kernel_grid import Kernels
    from deblur_app.core.picture import Pixels

_SIGMAS = 3.0  # multiples of the noise from which on a pixel disagrees
_FEW = 0.03
"""Share of disagreeing pixels up to which a picture agrees: 0.8 % of three-channel pixels do by chance, and no
regularised restoration follows every strong edge."""

_CLOSE = 1.2
"""Ratio of residual to noise up to which a picture agrees."""

_TRIMMED = 0.911
"""Standard deviation of what is left of a Gaussian of 1 without the 3 % that are farthest from 0."""


@dataclass(frozen=True, eq=False)
class ReblurCheck:
    """The differences between a photograph and its restored picture, blurred again.

    Attributes:
        residual: Photograph minus re-blurred picture, mean of the channels: float32, shape (height, width).
        rms: Root of the mean square of the differences of all channels.
        noise: Standard deviation of the photograph's noise in one channel, estimated; where it grows with the
            brightness, the root of its mean square.
        ratio: Root of the mean square of the differences over the noise at their brightness, without the 3 % that
            differ most, so that a few pixels around lamps do not speak for all: near 1 for a result that explains
            everything but the noise, far below 1 for one that has the noise restored with it, above 1 for one with
            detail that the photograph contradicts.
        disagreeing: Share of the pixels, in [0, 1], where a channel differs by more than three times the noise
            at its brightness.
        verdict: A sentence for people.
    """

    residual: NDArray[np.float32]
    rms: float
    noise: float
    ratio: float
    disagreeing: float
    verdict: str


def check(photo_light: Pixels, restored_light: Pixels, blur: Kernels) -> Task[ReblurCheck]:
    """Blur `restored_light` again and compare it with the photograph.

    What the photograph shows as white was cut off there, so the re-blurred picture is cut off as well. Along the
    borders, as far as the kernel reaches, nothing is compared: what lay outside is not known.

    Args:
        photo_light: Float32 array of shape (height, width, channels), linear light in [0, 1].
        restored_light: The result, of the same shape.
        blur: The kernel that it was restored with, or the grid of kernels.
    """
    yield Progress(0.0, tr("Blurring the result"))
    again = yield from subtask(grids.restore_frame(restored_light, blur, _blur), 0.0, 0.8)
    yield Progress(0.8, tr("Comparing with the photo"))
    difference = photo_light - np.clip(again, 0.0, 1.0)
    rim = min(side_of(blur) // 2, (min(difference.shape[:2]) - 1) // 4)
    inside = (slice(rim, len(difference) - rim), slice(rim, difference.shape[1] - rim))
    noise = noise_of(photo_light)[inside]
    yield Progress(0.9, tr("Comparing with the photo"))
    in_sigmas: Pixels = (np.abs(difference[inside]) / noise).astype(np.float32, copy=False)
    disagreeing = float(np.mean(in_sigmas.max(axis=2) > _SIGMAS))
    residual = np.zeros(difference.shape[:2], np.float32)
    residual[inside] = difference[inside].mean(axis=2)
    rms, usual = _root_mean_square(difference[inside]), _root_mean_square(noise)
    ratio = _typical(in_sigmas)
    return ReblurCheck(residual, rms, usual, ratio, disagreeing, _verdict(ratio, rms / usual, disagreeing))


def _root_mean_square(values: Pixels) -> float:
    return math.sqrt(float(np.mean(np.square(values), dtype=np.float64)))


def _typical(in_sigmas: Pixels) -> float:
    """Return the root of the mean square without the greatest, which is 1 for Gaussian noise of 1."""
    count = max(round((1.0 - _FEW) * in_sigmas.size), 1)
    least = np.partition(in_sigmas, count - 1, axis=None)[:count]
    return _root_mean_square(least) / _TRIMMED


def _blur(light: Pixels, kernel: Kernel) -> Task[Pixels]:
    return (yield from process_tiles(light, len(kernel), lambda part: _part_blurred(light[part], kernel)))


def _part_blurred(light: Pixels, kernel: Kernel) -> Task[Pixels]:
    yield Progress(0.0, tr("Blurring the result"))
    frame, inside = pad_periodic(light, len(kernel))
    spectrum = transform(frame)
    yield Progress(0.5, tr("Blurring the result"))
    spectrum *= per_channel(transfer_function(kernel, frame.shape[:2]))
    return inverse(spectrum, frame.shape[:2])[inside]


def _verdict(ratio: float, ratio_of_all: float, disagreeing: float) -> str:
    if disagreeing > _FEW:
        return tr(
            "The result disagrees with the photo at {disagreeing:.0%} of the pixels: detail there may be invented.",
            disagreeing=disagreeing,
        )
    if ratio > _CLOSE:
        return tr("The result differs from the photo a little everywhere, by {ratio:.1f} times the noise.", ratio=ratio)
    agrees = tr("The result agrees with the photo to within its noise")
    if ratio_of_all > _CLOSE:
        return tr(
            "{agrees}, except at a few places ({disagreeing:.1%} of the pixels), such as around lamps.",
            agrees=agrees,
            disagreeing=disagreeing,
        )
    return f"{agrees}."
