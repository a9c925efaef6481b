"""Estimation of a photograph's blur by a trained network: type and values, with a confidence."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deblur_app.blur import blur_posterior
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine.estimation import blur_network, scales, sizes

if TYPE_CHECKING:
    from deblur_app.blur.blur_posterior import BlurPosterior
    from deblur_app.blur.kinds import Blur
    from deblur_app.core.picture import Pixels
    from deblur_app.engine.estimation.scales import ScaledPosterior

NONE, VARIES, ENLARGED = "none", "varies", "enlarged"
"""Types beside the kinds of blur that one kernel describes: no blur; a blur that is not the same over the frame,
because things moved, the camera turned, or focus follows depth; and no blur but that the photo was enlarged."""

_PATHS = ("motion", "shake")
"""The types that are paths: straight and curved."""

_ROUND = ("defocus", "turbulence")
"""The types that look alike where they are small: disk and Gaussian."""

_CONTESTED = 0.05
"""Probability of both a line and a curved path, or of both a disk and a Gaussian, from which on the spectrum is
asked."""

_WEIGHT_OF_SPECTRUM, _LEANING = 0.5, 0.5
"""Weight of the logarithm of the ratio of likelihoods, a Gaussian over a disk, beside the logarithm of their odds by
crops, and what is added to these. Of 73 blurs of up to 3.6 pixels that the spectrum decides, made on photographs which
no network has learnt from, 7 are told wrong with them, 14 without."""

_MOST_SHOWN = 5.0
"""Most that a logarithm of likelihoods counts: neighbouring frequencies are not independent."""

_NO_LINE, _SHOWN = 0.05, 0.3
"""Shares of the gain of a true line up to which there is none, and from which on there is one. Of 15 contested
pictures, lines had 0.49 and more, shakes less than 0, but for one of 0.62."""

_FITTED = 0.97
"""Share of fitted sizes that are right to within 15 % if its type is."""

_CAPPED = 0.25
"""Share of its confidence that a blur keeps whose size was cut off at the limit: it is not believed then."""

_AT_MOST = 0.55
"""Confidence at most in a blur that the photograph itself shows, but smaller copies show better: it was enlarged, or
its finest detail was smoothed, whose blur is not that of the photograph. Nobody is told “sure” then."""

_CERTAIN, _CERTAIN_IF_FITTED = 0.97, 0.85
"""Probability from which on the type of 95 % of held-out scenes is right: by the network alone, and where the spectrum
has the zeros of a line or disk of about the size that the network sees. Below it, nobody is told “sure” either.
Chosen on the scenes whose figures are in docs/benchmarks/diagnosis.md."""


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """The blur that the network estimates for a photograph.

    Attributes:
        type: One of `blur_posterior.TYPES`.
        blur: The blur with its values in pixels of the photograph; None for a sharp one and for a shake.
        probabilities: Probability of each type.
        confidence: Probability that the type is right, and the size to within 15 %.
        extent: Longest side in pixels of the box around the path, should it be a shake; rough.
        is_processed: Whether the blur explains the photograph better once that is reduced: the camera has smoothed and
            sharpened its fine detail.
    """

    type: str
    blur: Blur | None
    probabilities: dict[str, float]
    confidence: float
    extent: float
    is_processed: bool = False

    @property
    def is_sharp(self) -> bool:
        """True if there is no blur to undo."""
        return self.type in blur_posterior.SHARP

    @property
    def sharp_share(self) -> float:
        """Probability that there is no blur to undo."""
        return sum(self.probabilities[kind] for kind in blur_posterior.SHARP)


def diagnose(light: Pixels) -> Task[Diagnosis]:
    """Estimate the blur of a photograph.

    Several crops are looked at, each where its part of the frame tells most. Where the blur is larger than the network
    knows, the photograph is reduced until it is not. Where it seems sharp but shows a blur once it is reduced, which
    no optics does, its camera has sharpened the finest detail, and the reduced one is believed. Sizes and angles are
    then fitted to the spectrum of the photograph, which is more exact than the network but must know where to look.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, with sides of at least
            `blur_network.LEAST_SIDE`.

    Raises:
        DeblurError: The weights are missing or broken.
    """
    from deblur_app.restoration.psf_estimation import (
        parametric,  # here, because it needs SciPy, which the window starts without
    )

    yield Progress(0.0, tr("Loading TensorFlow"))
    predict = blur_network.load_predictor()
    seen = yield from subtask(scales.estimate_at_scales(light, predict), 0.1, 0.4)
    posterior, fits = yield from subtask(_ask_spectrum(seen), 0.4, 0.6)
    kind = posterior.type
    extent = posterior.extent * seen.scale
    told = Diagnosis(kind, None, posterior.probabilities, _confidence(posterior), extent, seen.is_processed)
    if kind not in posterior.blurs:
        return told
    rough = posterior.blurs[kind]
    fitted = fits[kind] if kind in fits else (yield from subtask(parametric.refine(seen.light, rough), 0.6, 0.8))[0]
    is_fitted = sizes.is_near(posterior, fitted)
    if not is_fitted and sizes.SHARE_OF_FIT[kind] == 1.0:
        judging = parametric.verdict(seen.light, fitted)
        is_fitted = (yield from subtask(judging, 0.8, 0.9)).share >= _SHOWN
    blur, trust = (
        (sizes.combine_sizes(rough, fitted), _FITTED) if is_fitted else (rough, posterior.size_confidence(kind))
    )
    blur = sizes.scale_blur(blur, seen.scale)
    is_processed = seen.is_processed or (yield from subtask(scales.is_processed(light, blur), 0.9, 1.0))
    certain = _CERTAIN_IF_FITTED if is_fitted and sizes.SHARE_OF_FIT[kind] == 1.0 else _CERTAIN
    sure = _confidence(posterior, certain) * trust * (_CAPPED if sizes.is_at_limit(blur) else 1.0)
    if is_processed and not seen.is_processed:
        sure = min(sure, _AT_MOST)
    return replace(told, blur=blur, confidence=sure, is_processed=is_processed)


def _confidence(posterior: BlurPosterior, certain: float = _CERTAIN) -> float:
    """Return the probability of the type, so low where it is not certain that nobody is told “sure”."""
    is_sharp = posterior.type in blur_posterior.SHARP
    share = posterior.sharp_share if is_sharp else posterior.probabilities[posterior.type]
    return share if share >= certain else min(share, _AT_MOST)


def _ask_spectrum(scaled: ScaledPosterior) -> Task[tuple[BlurPosterior, dict[str, Blur]]]:
    """Return the estimate after the spectrum has decided between types that look alike, and the blurs fitted to it."""
    kind = scaled.posterior.type
    if kind in _PATHS:
        posterior, line = yield from _line_or_shake(scaled)
        return posterior, {line.kind: line} if line else {}
    if kind in _ROUND and min(scaled.posterior.probabilities[kind] for kind in _ROUND) >= _CONTESTED:
        return (yield from _disk_or_gaussian(scaled))
    return scaled.posterior, {}


def _disk_or_gaussian(scaled: ScaledPosterior) -> Task[tuple[BlurPosterior, dict[str, Blur]]]:
    """Return the estimate after the spectrum has decided between a disk and a Gaussian, and the best of both.

    Small ones differ little: what crops show alone leans to the disk, of which there are more among photos. A spectrum
    that either of them explains no better than no blur, or by another size than the crops show, tells nothing.
    """
    from deblur_app.restoration.psf_estimation import parametric

    posterior = scaled.posterior
    fits, gains = {}, {}
    for number, kind in enumerate(_ROUND):
        work = parametric.refine(scaled.light, posterior.blurs[kind])
        fits[kind], gains[kind] = yield from subtask(work, number / 2, (number + 1) / 2)
    if min(gains.values()) <= 0.0 or not all(sizes.is_near(posterior, blur) for blur in fits.values()):
        return posterior, fits
    disk, gaussian = (posterior.probabilities[kind] for kind in _ROUND)
    shown = min(max(gains["turbulence"] - gains["defocus"], -_MOST_SHOWN), _MOST_SHOWN)
    share = gaussian / (gaussian + disk * math.exp(-_WEIGHT_OF_SPECTRUM * shown - _LEANING))
    told = {"defocus": (1.0 - share) * (disk + gaussian), "turbulence": share * (disk + gaussian)}
    return replace(posterior, probabilities={**posterior.probabilities, **told}), fits


def _line_or_shake(scaled: ScaledPosterior) -> Task[tuple[BlurPosterior, Blur | None]]:
    """Return the estimate after the spectrum has decided between a line and a curved path, and the best line.

    A shake that is nearly straight looks like a line from afar, but has no line's zeros. The spectrum is asked where
    both are probable, and where a line was seen that cannot be found near there. Else no line is fitted.
    """
    from deblur_app.restoration.psf_estimation import parametric

    probabilities = scaled.posterior.probabilities
    is_contested = min(probabilities[kind] for kind in _PATHS) >= _CONTESTED
    if scaled.posterior.type not in _PATHS or not (is_contested or scaled.posterior.type == "motion"):
        return scaled.posterior, None
    line, _ = yield from subtask(parametric.refine(scaled.light, scaled.posterior.blurs["motion"]), 0.0, 0.8)
    if not is_contested and sizes.is_near(scaled.posterior, line):
        return scaled.posterior, line
    share = (yield from subtask(parametric.verdict(scaled.light, line), 0.8, 1.0)).share
    if _NO_LINE < share < _SHOWN or (not is_contested and share >= _SHOWN):
        return scaled.posterior, line
    winner, loser = _PATHS if share >= _SHOWN else _PATHS[::-1]
    return replace(
        scaled.posterior,
        probabilities={**probabilities, winner: probabilities[winner] + probabilities[loser], loser: 0.0},
    ), line
