"""Protocols of evaluation: how a restored picture is compared with the sharp one, as each data set needs it.

A kernel may lie anywhere, and so may what it restores: data sets whose sharp picture is not exactly where the blurred
one is are compared after the one is laid on the other, for each result anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core import metrics
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.metrics import Quality
from deblur_app.core.task import Progress, Task
from deblur_app.engine.evaluation.layouts import GOPRO, KOHLER, LAI, LEVIN, PAIRS
from deblur_app.restoration.registration.translation import register_translation

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.picture import Pixels
    from deblur_app.engine.evaluation.cases import LoadedCase

_BORDER, _WIDE_BORDER = 16, 40
"""Pixels at each border that no figure counts; the wide one where pictures are laid on each other."""

_SHIFT = 6
"""Whole pixels to each side that a result may be shifted by."""

_REGULARISATION = 1e-3
"""That of the deconvolution with the true kernel, one for all, as Levin et al. have it."""


@dataclass(frozen=True)
class Score(Quality):
    """Figures of one picture against the truth.

    Attributes:
        error_ratio: Sum of squared errors over that of a deconvolution with the true kernel; None where the data set
            has no kernel. Up to 3 the two look alike (Levin et al. 2009).
    """

    error_ratio: float | None = None


def score(case: LoadedCase, layout: str, pixels: Pixels) -> Task[Score]:
    """Return the figures of a picture by the protocol of a layout.

    Args:
        case: The truth.
        layout: Which protocol.
        pixels: The picture, sRGB-encoded, of the size of the photo.

    Raises:
        DeblurError: The picture or the truth has another size than the photo.
    """
    if pixels.shape != case.photo.pixels.shape:
        raise DeblurError(
            f"The result is {pixels.shape[1]} × {pixels.shape[0]} pixels and the photo {case.photo.size_text}: only "
            "results of the photo's size can be compared."
        )
    return (yield from _PROTOCOLS[layout](case, np.clip(pixels, 0.0, 1.0)))


def _exact(case: LoadedCase, pixels: Pixels) -> Task[Score]:
    """Compare pixel by pixel."""
    yield Progress(0.0, "Comparing with the sharp picture")
    truth = case.truths[0]
    if truth.shape != pixels.shape:
        raise DeblurError(
            f"The sharp picture is {truth.shape[1]} × {truth.shape[0]} pixels and the photo {case.photo.size_text}."
        )
    return _figures(truth, pixels, _BORDER)


def _score_registered(case: LoadedCase, pixels: Pixels) -> Task[Score]:
    """Compare with the truth laid on this picture; of several poses with the one that fits best.

    After Köhler et al., "Recording and playback of camera shake" (2012).
    """
    best: tuple[float, Pixels] | None = None
    for number, truth in enumerate(case.truths):
        yield Progress(number / len(case.truths), "Comparing with the sharp picture")
        shift_by = register_translation(_crop_to(truth, pixels.shape), pixels)
        inside = _inside(_WIDE_BORDER, pixels)
        psnr = metrics.psnr(shift_by[inside], pixels[inside])
        if best is None or psnr > best[0]:
            best = psnr, shift_by
    if best is None:
        raise ValueError("a case has at least one truth")
    return _figures(best[1], pixels, _WIDE_BORDER)


def _score_shifted(case: LoadedCase, pixels: Pixels) -> Task[Score]:
    """Compare after the best shift, in linear light, and with what the true kernel allows (Levin et al. 2009)."""
    from deblur_app.restoration.deconvolution.hyper_laplacian import sparse

    yield Progress(0.0, "Comparing with the sharp picture")
    light = srgb_to_linear(pixels) if case.is_linear else pixels
    truth, kernel = case.truths[0], case.kernel
    shift_by = align_by_shift(truth, light)
    figures = _figures(truth, shift_by, _BORDER)
    if kernel is None:
        return figures
    photo = srgb_to_linear(case.photo.pixels) if case.is_linear else case.photo.pixels
    by_true_kernel = yield from sparse(photo[:, :, :1], kernel, regularisation=_REGULARISATION)
    reference = align_by_shift(truth, np.repeat(np.clip(by_true_kernel, 0.0, 1.0), 3, axis=2))
    inside = _inside(max(len(kernel) // 2, _BORDER), truth)
    errors = [float(np.square(p[inside] - truth[inside], dtype=np.float64).sum()) for p in (shift_by, reference)]
    return replace(figures, error_ratio=errors[0] / max(errors[1], 1e-12))


_PROTOCOLS: dict[str, Callable[[LoadedCase, Pixels], Task[Score]]] = {
    PAIRS: _exact,
    GOPRO: _exact,
    KOHLER: _score_registered,
    LAI: _score_registered,
    LEVIN: _score_shifted,
}


def align_by_shift(truth: Pixels, pixels: Pixels) -> Pixels:
    """Return `pixels`, moved to fit `truth` best: by some pixels, in steps of a quarter, as Levin et al. do."""
    inside = _inside(_BORDER, truth)

    def shift_by(by: tuple[float, float]) -> Pixels:
        matrix = np.array([[1.0, 0.0, by[0]], [0.0, 1.0, by[1]]])
        shifted = cv2.warpAffine(pixels, matrix, pixels.shape[1::-1], borderMode=cv2.BORDER_REFLECT)
        return shifted.astype(np.float32, copy=False)

    best = (0.0, 0.0)
    for step, reach in ((1.0, _SHIFT), (0.25, 3)):
        offsets = np.arange(-reach, reach + 1) * step
        places = [(best[0] + x, best[1] + y) for x in offsets for y in offsets]
        best = max(places, key=lambda by: metrics.psnr(truth[inside], shift_by(by)[inside]))
    return shift_by(best)


def _figures(truth: Pixels, pixels: Pixels, border: int) -> Score:
    inside = _inside(border, truth)
    quality = metrics.measure(truth[inside], pixels[inside])
    return Score(quality.psnr, quality.ssim, quality.accuracy)


def _inside(border: int, pixels: Pixels) -> tuple[slice, slice]:
    """Return the rows and columns without the border, which takes at most a quarter of each side."""
    rows, columns = (min(border, length // 4) for length in pixels.shape[:2])
    return slice(rows, pixels.shape[0] - rows), slice(columns, pixels.shape[1] - columns)


def _crop_to(truth: Pixels, shape: tuple[int, ...]) -> Pixels:
    """Return the middle of a sharp picture that is larger than the photo."""
    if truth.shape[0] < shape[0] or truth.shape[1] < shape[1]:
        raise DeblurError(
            f"The sharp picture is {truth.shape[1]} × {truth.shape[0]} pixels, smaller than the photo of "
            f"{shape[1]} × {shape[0]}."
        )
    top, left = ((whole - part) // 2 for whole, part in zip(truth.shape[:2], shape[:2], strict=True))
    return truth[top : top + shape[0], left : left + shape[1]]
