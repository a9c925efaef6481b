"""Measures of how close a picture is to the truth."""

from __future__ import annotations

import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

ACCURACY_EXPLAINED = (
    "Accuracy is Keras's categorical accuracy over the three colour channels: the share of pixels whose strongest "
    "channel (red, green or blue) is the same in both pictures. It says little about sharpness, so read it beside "
    "PSNR and SSIM."
)

GREY_SPREAD = 1.01 / 255
"""Difference of the channels of a grey pixel, in [0, 1]: up to one level of 8 bits."""

_SSIM_WINDOW = 11
"""Side in pixels of the window of SSIM."""


@dataclass(frozen=True)
class Quality:
    """Figures of a picture against the truth; whoever has further ones derives from it.

    Attributes:
        psnr: Peak signal-to-noise ratio in dB; infinite for equal pictures.
        ssim: Mean structural similarity, at most 1; NaN for pictures with a side under 11 pixels.
        accuracy: Share of pixels in [0, 1] whose strongest channel agrees, see `ACCURACY_EXPLAINED`; NaN for a grey
            truth, whose channels are all equally strong.
    """

    psnr: float
    ssim: float
    accuracy: float

    def as_json(self) -> dict[str, float | None]:
        """Return the figures for JSON, which knows neither infinity nor NaN: those become None."""
        return {
            name: value if value is not None and math.isfinite(value) else None for name, value in asdict(self).items()
        }


def measure(truth: Pixels, pixels: Pixels) -> Quality:
    """Return all figures of `pixels` against `truth`, both of shape (height, width, 3) in [0, 1].

    Raises:
        DeblurError: The two differ in size.
    """
    if truth.shape != pixels.shape:
        raise DeblurError(
            f"The ground truth is {truth.shape[1]} × {truth.shape[0]} pixels and the picture "
            f"{pixels.shape[1]} × {pixels.shape[0]}: figures need two pictures of one size."
        )
    return Quality(psnr(truth, pixels), ssim(truth, pixels), channel_accuracy(truth, pixels))


def psnr(truth: Pixels, pixels: Pixels) -> float:
    """Return the PSNR 10·log10(1 / MSE) over all pixels and channels, in dB, for values in [0, 1]."""
    error = float(np.mean(np.square(truth - pixels), dtype=np.float64))
    return math.inf if error == 0 else -10.0 * math.log10(error)


def ssim(truth: Pixels, pixels: Pixels) -> float:
    """Return the mean SSIM over the colour channels (Wang et al. 2004: Gaussian window, σ = 1.5, 11 × 11)."""
    from skimage.metrics import structural_similarity

    if min(truth.shape[:2]) < _SSIM_WINDOW:
        return math.nan
    return float(
        structural_similarity(
            truth,
            pixels,
            channel_axis=2,
            data_range=1.0,
            gaussian_weights=True,
            sigma=1.5,
            use_sample_covariance=False,
        )
    )


def is_grey(pixels: Pixels) -> bool:
    """Return whether no pixel has colour, beyond what codecs and profiles round."""
    spread = pixels.max(axis=-1) - pixels.min(axis=-1)
    return bool(spread.max(initial=0.0) <= GREY_SPREAD)


def percent(share: float) -> str:
    """Return a share as people read it; a dash for one that has no meaning, as the accuracy of grey pictures."""
    return tr("{share:.1%}", share=share) if math.isfinite(share) else "–"


def channel_accuracy(truth: Pixels, pixels: Pixels) -> float:
    """Return the share of pixels in [0, 1] with the same strongest channel: Keras's "acc" on such targets.

    NaN for a grey truth: of three equal channels, rounding alone would pick one.
    """
    if is_grey(truth):
        return math.nan
    return float(np.mean(np.argmax(truth, axis=-1) == np.argmax(pixels, axis=-1)))
