"""Estimate the kind of blur and its kernel: the network, the spectrum and the search for a kernel together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.parameter import Choice
from deblur_app.core.task import Task, subtask
from deblur_app.core.texts import tr_later
from deblur_app.engine.choice import expected_gain
from deblur_app.engine.estimation import (
    blur_network,
    diagnosis,
    field_choice,
    gain_choice,
    gain_facts,
    measurable,
    shake,
    simple_fit,
)
from deblur_app.engine.estimation.psf_estimate import UNSURE, PsfEstimate, is_sure
from deblur_app.restoration.psf_estimation.tapering import pad_tapered

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.engine.estimation.diagnosis import Diagnosis
    from deblur_app.engine.estimation.shake import ShakeKernel
    from deblur_app.restoration.psf_estimation.parametric import Candidate

AUTO = "auto"
SHAKE = "shake"

KINDS = (
    Choice(AUTO, tr_later("automatic")),
    Choice("motion", tr_later("moving object")),
    Choice("defocus", tr_later("out of focus")),
    Choice("turbulence", tr_later("air turbulence")),
    Choice(SHAKE, tr_later("camera shake")),
)
"""The kinds of blur to look for."""

_LEAST_IN_GRID = 0.35
"""Confidence of a region whose kind of blur was given, at least: enough to be kept where its neighbours are sure."""

_LEAST_CERTAIN = 128
"""Side in pixels below which the spectrum is asked as well whether there is a blur at all: of 33 sharp crops of 48 × 48
pixels from photographs the network calls 6 blurred in a simple way, all of which the spectrum contradicts, as it does
2 of 24 blurred ones."""

_LEAST_CHOSEN = 192
"""Shorter side in pixels of the smallest photo whose restoration is chosen by expected gain: the model was fitted on
scenes of 250 and more. Smaller ones go by the confidence of the network."""

_SHARP, _LEAST_ASKED = 0.9, 256
"""Probability of no blur below which a kernel is looked for all the same, and side in pixels of the smallest photo that
is asked: a mild shake of a real camera had 0.52, and a kernel that gains 2 dB. It is one of Köhler's 12
pictures, whose gains in docs/methods/real-photos.md are therefore no held-out figures."""

_USUAL_EXTENT = 15.0
"""Extent in pixels that is taken for a shake where no network tells it."""

_LEAST_VARYING = 0.3
"""Probability of a blur that varies from which on the result of a kernel that is sure is compared place by place, too.
Of 124 such kernels of scenes one in six has more. Below, it is not, because a few right kernels lose by it."""

_LEAST_PATH = 0.15
"""Probability of a shake or a blur that varies from which on a photo is searched for a path all the same where another
blur is told, but is not sure."""

_ROUND, _MILD = ("defocus", "turbulence"), 12.0
"""Kinds of blur that are tried where no kernel of a path was believed, and the largest extent in pixels that the
network may tell then."""

_LEAST_SHAKEN = 64
"""Side in pixels of the smallest picture in which a curved path is looked for."""


def estimate_in_light(light: Pixels, kind: str) -> Task[PsfEstimate]:
    """Return the best fit of one kind of blur, or the kind that explains the photo best.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        kind: One of `KINDS`.

    Raises:
        UnmeasurableBlurError: The photo is too small or too even.
    """
    if kind == SHAKE:
        return (yield from _estimate_shake(light))
    padded = pad_tapered(light, blur_network.LEAST_SIDE)
    if kind == AUTO and blur_network.is_available():
        return (yield from _estimate_by_network(light, padded))
    end = 0.4 if kind == AUTO else 1.0
    candidates, scale = yield from subtask(simple_fit.estimate_simple(padded), 0.0, end)
    if kind != AUTO:
        return _as_estimate(next(found for found in candidates if found.blur and found.blur.kind == kind), scale)
    best = _as_estimate(candidates[0], scale)
    if is_sure(best.confidence):
        return best
    shaken = yield from subtask(_estimate_shake(light), end, 1.0)
    return max(best, shaken, key=lambda found: found.confidence)


def is_linear(pixels: Pixels) -> Task[bool]:
    """Return whether the values of a photo are proportional to light, which its blur tells; see `tone_curve`.

    Args:
        pixels: Float32 array of shape (height, width, 3), in [0, 1], as in the file.
    """
    from deblur_app.restoration.psf_estimation.search import tone_curve

    if min(pixels.shape[:2]) < _LEAST_ASKED or not tone_curve.may_be_linear(pixels):
        return False
    extent = None
    if blur_network.is_available():
        diagnosed = yield from subtask(diagnosis.diagnose(srgb_to_linear(pixels)), 0.0, 0.3)
        if diagnosed.sharp_share >= _SHARP:
            return False
        extent = diagnosed.extent
    return (yield from subtask(tone_curve.is_linear(pixels, extent or _USUAL_EXTENT), 0.3, 1.0))


def find_extent(light: Pixels) -> Task[float | None]:
    """Return how long the blur of a photo is in pixels, as the network tells it; None where it does not or is left out.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
    """
    if not blur_network.is_available():
        return None
    diagnosed = yield from diagnosis.diagnose(pad_tapered(light, blur_network.LEAST_SIDE))
    return diagnosed.extent


def estimate_kernel(light: Pixels, *, kind: str) -> Task[tuple[Kernel, float]]:
    """Return the kernel of a part of a photo and how sure it is, for a grid; a sharp part has a kernel of one pixel."""
    found = yield from estimate_in_light(light, kind)
    if found.psf is None:
        return np.ones((1, 1), np.float32), found.confidence
    # Where no blur would explain a region better, the fit is short and harmless; a neighbour's long one would not be.
    return found.psf.kernel, max(found.confidence, _LEAST_IN_GRID) if kind not in (AUTO, SHAKE) else found.confidence


def _estimate_by_network(light: Pixels, padded: Pixels) -> Task[PsfEstimate]:
    """Return the network's estimate; where that is a shake, also estimate its kernel."""
    measurable.check_uneven(light)
    diagnosed = yield from subtask(diagnosis.diagnose(padded), 0.0, 0.3)
    if is_path(diagnosed):
        return (yield from subtask(_estimate_path(light, padded, diagnosed), 0.3, 1.0))
    if diagnosed.blur is None:
        return (yield from subtask(_confirm_sharp(light, diagnosed), 0.3, 1.0))
    is_small = min(light.shape[:2]) < _LEAST_CERTAIN
    if is_small and (yield from subtask(simple_fit.measure_gain(padded, diagnosed.blur), 0.3, 0.4)) <= 0.0:
        return PsfEstimate(None, None, UNSURE)
    simple = PsfEstimate(diagnosed.blur.kernel(), diagnosed.blur, diagnosed.confidence, diagnosed.is_processed)
    return (yield from subtask(_estimate_simple(light, padded, diagnosed, simple), 0.4, 1.0))


def _estimate_path(light: Pixels, padded: Pixels, diagnosed: Diagnosis) -> Task[PsfEstimate]:
    """Return the kernel of a shake, or kernels for all of the frame where its blur varies."""
    measurable.check_measurable(light, _LEAST_SHAKEN)
    found = yield from subtask(shake.search_shake(light, diagnosed.extent), 0.0, 0.3)
    one = estimate_of_path(diagnosed, found)
    estimate = yield from subtask(field_choice.search_parts(light, diagnosed, one), 0.3, 0.6)
    if estimate.psf and estimate.psf.grid:
        return estimate
    turned = yield from subtask(field_choice.find_field(light, diagnosed, estimate), 0.6, 0.9)
    if turned:
        return turned
    chosen = yield from subtask(_choose(light, diagnosed, estimate, found), 0.9, 0.95)
    return (yield from subtask(_try_round_blur(light, padded, diagnosed, chosen), 0.95, 1.0))


def _estimate_simple(light: Pixels, padded: Pixels, diagnosed: Diagnosis, estimate: PsfEstimate) -> Task[PsfEstimate]:
    """Return the line, disk or Gaussian that the network tells, or a path where that promises more."""
    chosen = yield from subtask(_choose(light, diagnosed, estimate), 0.0, 0.2)
    if chosen.choice is None or (chosen.choice.has_kernel and not _may_be_path(diagnosed)):
        return chosen
    shaken = yield from subtask(_choose_shake(light, diagnosed), 0.2, 0.9)
    if not chosen.choice.has_kernel:
        return shaken or (yield from subtask(_try_round_blur(light, padded, diagnosed, chosen), 0.9, 1.0))
    is_better = shaken and shaken.choice and shaken.choice.gain > chosen.choice.gain
    return shaken if shaken and is_better else chosen


def _may_be_path(diagnosed: Diagnosis) -> bool:
    """Return whether a photo whose blur is told as one that has a formula may have a curved path all the same."""
    share = sum(diagnosed.probabilities[kind] for kind in (SHAKE, diagnosis.VARIES))
    return not is_sure(diagnosed.confidence) and share >= _LEAST_PATH


def _choose(
    light: Pixels, diagnosed: Diagnosis, estimate: PsfEstimate, found: ShakeKernel | None = None
) -> Task[PsfEstimate]:
    """Return an estimate with the way to restore the photo by expected gain, where that can be told."""
    if min(light.shape[:2]) < _LEAST_CHOSEN or not expected_gain.is_available():
        return estimate
    model = expected_gain.load_gain_model()
    return (yield from gain_choice.choose_restoration(light, diagnosed, estimate, model, found))


def _choose_shake(light: Pixels, diagnosed: Diagnosis) -> Task[PsfEstimate | None]:
    """Return the kernel of a shake that the network has not told, if undoing it promises enough."""
    try:
        found = yield from subtask(shake.search_shake(light, diagnosed.extent), 0.0, 0.9)
    except UnmeasurableBlurError:
        return None
    chosen = yield from subtask(_choose(light, diagnosed, found.as_estimate(), found), 0.9, 1.0)
    is_promising = chosen.choice.has_kernel if chosen.choice else is_sure(chosen.confidence)
    return chosen if is_promising else None


def _try_round_blur(light: Pixels, padded: Pixels, diagnosed: Diagnosis, chosen: PsfEstimate) -> Task[PsfEstimate]:
    """Return the estimate, or the disk or Gaussian that fits the spectrum best, where no kernel is undone yet.

    It is taken if its expected gain is higher. The network often names such a small blur wrongly.
    """
    if chosen.choice is None or chosen.choice.has_kernel or diagnosed.extent > _MILD:
        return chosen
    candidates, scale = yield from subtask(simple_fit.estimate_simple(padded), 0.0, 0.7)
    blur = candidates[0].blur
    if blur is None or blur.kind not in _ROUND or scale > 1:
        return chosen
    estimate = PsfEstimate(blur.kernel(), blur, min(candidates[0].confidence, UNSURE))
    other = yield from subtask(_choose(light, diagnosed, estimate), 0.7, 1.0)
    is_better = other.choice is not None and other.choice.has_kernel and other.choice.gain > chosen.choice.gain
    return other if is_better else chosen


def _confirm_sharp(light: Pixels, diagnosed: Diagnosis) -> Task[PsfEstimate]:
    """Return no blur; where that is not nearly certain, the kernel of a shake if the photo itself bears one out."""
    if (yield from subtask(is_asked_for_shake(light, diagnosed), 0.0, 0.3)):
        shaken = yield from subtask(_choose_shake(light, diagnosed), 0.3, 0.9)
        if shaken:
            return shaken
    sharp = PsfEstimate(None, None, diagnosed.confidence, diagnosed.is_processed)
    return (yield from subtask(_choose(light, diagnosed, sharp), 0.9, 1.0))


def is_asked_for_shake(light: Pixels, diagnosed: Diagnosis) -> Task[bool]:
    """Return whether a photo that is not surely sharp is searched for a shake, because a quick look shows one."""
    if diagnosed.sharp_share >= _SHARP or min(light.shape[:2]) < _LEAST_ASKED:
        return False
    from deblur_app.restoration.psf_estimation.search import search_scales

    return (yield from search_scales.is_shake_visible(light, diagnosed.extent))


def is_path(diagnosed: Diagnosis) -> bool:
    """Return whether the blur is one that has no formula, whose kernel is searched."""
    return diagnosed.type in {SHAKE, diagnosis.VARIES}


def estimate_of_path(diagnosed: Diagnosis, found: ShakeKernel) -> PsfEstimate:
    """Return the estimate of a shake or a blur that varies, as probable as both the network and the kernel say."""
    shaken = found.as_estimate()
    paths = gain_facts.find_path_share({f"p_{kind}": share for kind, share in diagnosed.probabilities.items()})
    # A photo that is restored where its blur shows needs no more smoothing than any other.
    is_processed = diagnosed.is_processed and not is_sure(shaken.confidence)
    confidence = paths * shaken.confidence
    may_vary = not is_sure(confidence) or diagnosed.probabilities[diagnosis.VARIES] >= _LEAST_VARYING
    return replace(shaken, confidence=confidence, is_processed=is_processed, may_vary=may_vary)


def _estimate_shake(light: Pixels, extent: float | None = None) -> Task[PsfEstimate]:
    """Return the kernel of a camera shake; it is unsure where parts of the photo contradict it."""
    return (yield from shake.search_shake(light, extent)).as_estimate()


def _as_estimate(candidate: Candidate, scale: int) -> PsfEstimate:
    if candidate.blur is None:
        return PsfEstimate(None, None, candidate.confidence)
    return PsfEstimate(candidate.blur.kernel(), candidate.blur, candidate.confidence, scale > 1)
