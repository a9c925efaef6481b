"""Generalised cross-validation: the regularisation that predicts each pixel best from all the others."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.restoration.deconvolution.quadratic import GRADIENT
from deblur_app.restoration.numerics import borders, fourier

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside

_REGULARISATIONS = np.logspace(-6.0, 1.0, 29)
"""Regularisations that are scored: from none to be seen to far too smooth, four to a decade."""
_WHOLE = 640 * 640
"""Pixels up to which a picture is scored as a whole; a larger one in parts, to save time."""

_PATCH = 288  # least side in pixels of the parts that are looked at
_PLACES = ((0.5, 0.5), (0.2, 0.2), (0.2, 0.8), (0.8, 0.2), (0.8, 0.8))
"""Places of the parts, as shares of the height and width that a part leaves free: the middle, towards each corner."""

_LOCAL = 4.0
"""Standard deviation in pixels of the neighbourhood whose brightness says how visible an error is."""

_DARK = 0.002  # linear light below which the slope of the sRGB curve is held constant
_PASSES = 0.3
"""Share of its power from which on a frequency passes the blur."""

_COARSE = 0.02
"""Roughness below which frequencies tell of single large things, not of detail: waves of more than 44 pixels."""


@dataclass(frozen=True, eq=False)
class GcvCurve:
    """The generalised cross-validation scores of a row of regularisations.

    Attributes:
        regularisations: λ, growing in equal steps of its logarithm, shape (n,).
        scores: Mean squared error of pixels that are predicted from all the others, shape (n,); small is good.
        best: Index of the smallest score; of equal ones, that of the strongest regularisation.
        signal: Power of the scene times `fourier.roughness`, which is about the same at all frequencies of a
            photograph: mean over those that pass the blur, for one pixel, in the units of an sRGB-encoded picture if
            errors count as they are seen. It takes noise in with it.
    """

    regularisations: NDArray[np.float64]
    scores: NDArray[np.float64]
    best: int
    signal: float = 0.0

    @property
    def regularisation(self) -> float:
        """The regularisation with the lowest score, interpolated by the parabola through the three lowest points."""
        logarithms = np.log10(self.regularisations)
        if not 0 < self.best < len(self.scores) - 1:
            return float(self.regularisations[self.best])
        before, lowest, after = np.log(self.scores[self.best - 1 : self.best + 2])
        bend = before - 2 * lowest + after
        offset = 0.5 * (before - after) / bend if bend > 0 else 0.0
        return float(10 ** (logarithms[self.best] + offset * (logarithms[1] - logarithms[0])))


def gcv_curve(light: Pixels, kernel: Kernel, *, order: int = GRADIENT, as_seen: bool = True) -> GcvCurve:
    """Return the scores of a range of regularisations, after Golub, Heath and Wahba (1979).

    Reeves and Mersereau, "Blur identification by the method of generalized cross-validation" (1992), bring it to
    pictures: with I − A what the restored and again blurred picture lacks of the photo y, the score is
    n·‖(I − A)y‖² / trace(I − A)², one sum over the spectrum for each regularisation.

    Errors in the dark are far more visible than equal ones in the light. So y is freed of its local mean and
    multiplied there with the slope of the sRGB curve first; both change slowly enough for A not to notice.
    Of a large picture five patches are looked at.

    Args:
        light: Float32 array of shape (height, width, channels).
        kernel: The point spread function, shape (n, n) or (n, n, channels).
        order: Which differences are held small, as in `quadratic`.
        as_seen: Whether errors count as they are seen in an sRGB picture, or all alike in linear light.
    """
    return curve_of([light[place] for place in places(light, kernel)], kernel, order=order, as_seen=as_seen)


def curve_of(patches: Sequence[Pixels], kernel: Kernel, *, order: int = GRADIENT, as_seen: bool = True) -> GcvCurve:
    """Return the `gcv_curve` of the parts of a photo that it looks at, which alone need to be at hand.

    Args:
        patches: The photo at its `places`, linear light of one shape (height, width, channels).
        kernel: As for `gcv_curve`.
        order: As for `gcv_curve`.
        as_seen: As for `gcv_curve`.
    """
    channels = patches[0].shape[2]
    signals = []
    residuals, freedoms = np.zeros(len(_REGULARISATIONS)), np.zeros(len(_REGULARISATIONS))
    for channel in range(channels):
        channel_kernel = fourier.of_channel(kernel, channel)
        power, shape = _power(patches, channel, channel_kernel, as_seen)
        passed = np.square(np.abs(fourier.transfer_function(channel_kernel, shape)))
        signals.append(_signal(power, passed, shape, as_seen))
        penalty = fourier.roughness(shape) ** order
        # All columns but those of frequency 0 and of the highest stand for two, as the other half is their mirror.
        twice = np.full(power.shape[1], 2.0, np.float32)
        twice[0] = 1.0
        twice[-1] -= shape[1] % 2 == 0
        for index, regularisation in enumerate(_REGULARISATIONS):
            penalised = np.float32(regularisation) * penalty
            lacking = penalised / np.maximum(passed + penalised, np.float32(1e-12))
            freedoms[index] += (lacking @ twice).sum(dtype=np.float64) / (shape[0] * shape[1])
            lacking *= lacking
            lacking *= power
            residuals[index] += (lacking @ twice).sum(dtype=np.float64) / (shape[0] * shape[1]) ** 2
    scores = (residuals / channels + 1e-12) / (freedoms / channels) ** 2
    best = len(scores) - 1 - int(np.argmin(scores[::-1]))
    return GcvCurve(_REGULARISATIONS, scores, best, float(np.mean(signals)))


def places(light: Pixels, kernel: Kernel) -> list[Inside]:
    """Return the rows and columns of the parts of a picture of shape (height, width, channels) that are looked at."""
    height, width = light.shape[:2]
    if height * width <= _WHOLE:
        return [(slice(0, height), slice(0, width))]
    side = max(_PATCH, 6 * len(kernel))
    rows, columns = min(side, height), min(side, width)
    corners = [(round(y * (height - rows)), round(x * (width - columns))) for y, x in _PLACES]
    return [(slice(top, top + rows), slice(left, left + columns)) for top, left in corners]


def _power(
    patches: Sequence[Pixels], channel: int, kernel: Kernel, as_seen: bool
) -> tuple[NDArray[np.float32], fourier.Shape]:
    """Return the power of each frequency of the patches with their borders, its mean over them; and their shape."""
    total = np.zeros((1, 1), np.float32)
    for patch in patches:
        frame, _ = borders.extend_borders(patch[:, :, channel], kernel)
        if as_seen:
            local = cv2.GaussianBlur(frame, (0, 0), _LOCAL).astype(np.float32, copy=False)
            frame -= local
            frame *= srgb_slope(local)
        total = total + np.square(np.abs(fourier.transform(frame)))
        shape = (frame.shape[0], frame.shape[1])
    return total / np.float32(len(patches)), shape


def _signal(power: NDArray[np.float32], passed: NDArray[np.float32], shape: fourier.Shape, as_seen: bool) -> float:
    """Return the power of the scene times the roughness, for one pixel, of the frequencies that pass the blur."""
    roughness = fourier.roughness(shape)
    response = (
        np.square(1.0 - np.exp(-0.5 * _LOCAL**2 * roughness)) if as_seen else np.float32(1.0)
    )  # by taking off means
    band = (passed > _PASSES) & (roughness > _COARSE)
    if not band.any():
        return 0.0
    values = (power * roughness / (np.maximum(passed, _PASSES) * np.maximum(response, _COARSE)))[band]
    return float(values.mean(dtype=np.float64)) / (shape[0] * shape[1])


def srgb_slope(light: Pixels) -> Pixels:
    """Return the slope of sRGB-encoded values over linear light: the derivative of the curve, bounded in the dark."""
    light = np.maximum(light, np.float32(_DARK))
    steep = np.float32(1.055 / 2.4) * light ** np.float32(1 / 2.4 - 1)
    return np.where(light <= 0.0031308, np.float32(12.92), steep)
