"""Estimation of a simple blur from the power spectrum alone: a line, a disk, a Gaussian, or none."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.kinds import Blur
from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.psf_estimation.evidence.power_spectrum import Fit, PowerSpectrum, fit, power_spectrum
from deblur_app.restoration.psf_estimation.evidence.spectral_evidence import exact_response, measure_spectral_evidence
from deblur_app.restoration.psf_estimation.regions import most_informative
from deblur_app.restoration.psf_estimation.simple_blurs import SIMPLE_BLURS, Point, SimpleBlur

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.psf_estimation.evidence.spectral_evidence import Verdict

KINDS = tuple(SIMPLE_BLURS)
"""The kinds of blur that can be told from a spectrum, by their names in `blur.kinds.BLURS`."""

_LARGEST = 1024
"""Side in pixels of the part that is looked at where the picture is larger."""

_SMALLEST = 96  # side in pixels of a photograph whose blur can be measured

_EVEN = 1e-3
"""Standard deviation, as a share of the brightest value, up to which a picture is even: half a step of 8 bits in white,
and the same for a picture of any brightness."""

_SAMPLE = 1500
"""Frequencies that the search over the whole range looks at; the refinement takes all."""

_ROUGHLY = 1.0
"""Tolerance of the fits in that search: the right blur stands out by far more."""

_ROUNDS = 5  # of the refinement

_RATIOS = np.geomspace(0.5, 2.0, 21).tolist()
_TURNS = (-8.0, -4.0, 0.0, 4.0, 8.0)
"""Sizes and angles around roughly known ones that are tried."""


@dataclass(frozen=True)
class Candidate:
    """A blur that may explain the photograph.

    Attributes:
        blur: Its kind and values; None for a photograph that is sharp already.
        score: How much better than no blur it explains the spectrum, as the logarithm of a likelihood ratio; 0 for
            no blur itself, below 0 for a blur that explains nothing.
        confidence: Probability in [0, 1] of this kind among those that were tried; they sum to 1.
    """

    blur: Blur | None
    score: float
    confidence: float


def estimate(
    light: Pixels, *, kinds: Sequence[str] = KINDS, region: tuple[slice, slice] | None = None
) -> Task[tuple[Candidate, ...]]:
    """Estimate kind and size of a simple blur that is the same over the frame.

    The zeros of |H|² lie on lines for a movement and on rings for a disk (Gennery, "Determination of optical transfer
    function by inspection of frequency-domain plot", 1973; Cannon, "Blind deconvolution of spatially invariant image
    blurs with phase", 1976). Instead of looking for zeros, which noise fills, the whole averaged spectrum is fitted by
    scene, blur and noise together, and each blur is judged by what it leaves unexplained.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        kinds: Which of `KINDS` to try.
        region: Rows and columns to look at; None takes all, or the most informative part of a large picture.

    Returns:
        The best of each kind, and no blur, best first.

    Raises:
        UnmeasurableBlurError: The region is too small, or nothing in it can be seen.
    """
    spectrum = yield from _spectrum(light, region)
    nothing = fit(spectrum, np.ones_like(spectrum.power)).misfit
    scores: list[tuple[Blur | None, float, float]] = [(None, 0.0, 0.0)]
    for number, name in enumerate(kinds):
        kind = SIMPLE_BLURS[name]
        start, end = (0.1 + 0.9 * (number + more) / len(kinds) for more in (0, 1))
        point, misfit = yield from subtask(_search(spectrum, kind), start, end)
        blur = Blur(name, dict(zip(kind.names, kind.tidy(point), strict=True)))
        scores.append((blur, nothing - misfit, kind.cost))
    return _rank_candidates(scores)


def refine(light: Pixels, blur: Blur) -> Task[tuple[Blur, float]]:
    """Fit the values of a blur whose kind is known, near values that are roughly right.

    Sizes from half to double are tried, and angles of a line up to 8° away; the best is refined.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        blur: One of `KINDS`.

    Returns:
        The blur, and how much better it explains the spectrum than none does, as `gain` gives it.

    Raises:
        UnmeasurableBlurError: The photograph is too small, or nothing in it can be seen.
    """
    spectrum = yield from _spectrum(light, None)
    kind = SIMPLE_BLURS[blur.kind]
    size, *angles = (float(blur.values[name]) for name in kind.names)
    sample, fits = spectrum.sample(_SAMPLE), []
    for number, ratio in enumerate(_RATIOS):
        yield Progress(0.1 + 0.5 * number / len(_RATIOS), tr("Trying blurs"))
        for turn in _TURNS if angles else (0.0,):
            point = tuple(np.clip([size * ratio, *(angle + turn for angle in angles)], kind.least, kind.most).tolist())
            fits.append((fit(sample, kind.response(sample, point), tolerance=_ROUGHLY).misfit, point))
    point, misfit = yield from subtask(_search_pattern(spectrum, kind, min(fits)[1]), 0.6, 1.0)
    nothing = fit(spectrum, np.ones_like(spectrum.power)).misfit
    return Blur(blur.kind, dict(zip(kind.names, kind.tidy(point), strict=True))), nothing - misfit


def gain(light: Pixels, blur: Blur) -> Task[float]:
    """Measure how much better a blur explains the spectrum of a photograph than none does.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        blur: One of `KINDS`.

    Returns:
        The logarithm of the likelihood ratio; below 0 where no blur explains it better.

    Raises:
        UnmeasurableBlurError: The photograph is too small, or nothing in it can be seen.
    """
    spectrum = yield from _spectrum(light, None)
    kind = SIMPLE_BLURS[blur.kind]
    point = tuple(float(blur.values[name]) for name in kind.names)
    nothing = fit(spectrum, np.ones_like(spectrum.power)).misfit
    return nothing - fit(spectrum, kind.response(spectrum, point)).misfit


def verdict(light: Pixels, blur: Blur) -> Task[Verdict]:
    """Measure how well a blur explains the spectrum of a photograph, down to its zeros, beside what a true one would.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        blur: One of `KINDS`.

    Raises:
        UnmeasurableBlurError: The photograph is too small, or nothing in it can be seen.
    """
    spectrum = yield from _spectrum(light, None)
    return measure_spectral_evidence(spectrum, exact_response(blur.kernel(), spectrum))


def _spectrum(light: Pixels, region: tuple[slice, slice] | None) -> Task[PowerSpectrum]:
    """Return the averaged spectrum of a region.

    Raises:
        UnmeasurableBlurError: It is too small, or nothing in it can be seen.
    """
    yield Progress(0.0, tr("Choosing a region"))
    part = light[region or most_informative(light, _LARGEST)]
    least = min(part.shape[:2])
    if least < _SMALLEST:
        raise UnmeasurableBlurError(
            tr("The blur can only be measured on {smallest} × {smallest} pixels or more.", smallest=_SMALLEST)
        )
    if float(part.std()) <= _EVEN * float(np.abs(part).max()):
        raise UnmeasurableBlurError(tr("The photo is too even to measure its blur."), is_even=True)
    yield Progress(0.05, tr("Averaging the spectrum"))
    return power_spectrum(part)


def _rank_candidates(scores: list[tuple[Blur | None, float, float]]) -> tuple[Candidate, ...]:
    """Return candidates from (blur, score, cost), best first."""
    net = np.array([score - cost for _, score, cost in scores])
    shares = np.exp(net - net.max())
    shares /= shares.sum()
    order = np.argsort(-net, kind="stable")
    return tuple(Candidate(scores[i][0], float(scores[i][1]), float(shares[i])) for i in order)


def _search(spectrum: PowerSpectrum, kind: SimpleBlur) -> Task[tuple[Point, float]]:
    """Find the point of least misfit: over a grid on some of the frequencies, then refined on all from the best two."""
    sample = spectrum.sample(_SAMPLE)
    candidates: list[tuple[float, Point]] = []
    runs = list(kind.grid())
    for number, run in enumerate(runs):
        yield Progress(0.7 * number / len(runs), tr("Trying blurs"))
        near: Fit | None = None
        for point in run:
            near = fit(sample, kind.response(sample, point), near, tolerance=_ROUGHLY)
            candidates.append((near.misfit, point))
    candidates.sort()
    first = candidates[0][1]
    second = next((point for _, point in candidates if kind.is_apart(point, first)), first)
    results = []
    for number, start in enumerate(dict.fromkeys((first, second))):
        results.append(
            (yield from subtask(_search_pattern(spectrum, kind, start), 0.7 + 0.15 * number, 0.85 + 0.15 * number))
        )
    return min(results, key=lambda result: result[1])


def _search_pattern(spectrum: PowerSpectrum, kind: SimpleBlur, start: Point) -> Task[tuple[Point, float]]:
    """Refine by pattern search (Hooke and Jeeves 1961): a step along each parameter that helps, then half the step."""
    steps = np.array(kind.steps(start))
    point, best = np.array(start), fit(spectrum, kind.response(spectrum, start))
    for number in range(_ROUNDS):
        for move in (*np.diag(steps), *np.diag(-steps)):
            yield Progress(number / _ROUNDS, tr("Refining"))
            while True:
                trial = np.clip(point + move, kind.least, kind.most)
                trial_fit = fit(spectrum, kind.response(spectrum, tuple(trial)), best)
                if trial_fit.misfit >= best.misfit:
                    break
                point, best = trial, trial_fit
        steps /= 2
    return tuple(point.tolist()), best.misfit
