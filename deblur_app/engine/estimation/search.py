"""Estimate the kind of blur and its kernel: the network, the spectrum and the search for a kernel together."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.parameter import Choice
from deblur_app.core.task import Task, subtask
from deblur_app.engine.estimation import blur_network, diagnosis, expected_gain, gain_choice, measurable, simple_fit
from deblur_app.engine.estimation.psf_estimate import UNSURE, PsfEstimate, is_believed, is_sure
from deblur_app.restoration.psf_estimation.tapering import pad_tapered

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.engine.estimation.diagnosis import Diagnosis
    from deblur_app.restoration.psf_estimation.parametric import Candidate

AUTO = "auto"
SHAKE = "shake"

KINDS = (
    Choice(AUTO, "automatic"),
    Choice("motion", "moving object"),
    Choice("defocus", "out of focus"),
    Choice("turbulence", "air turbulence"),
    Choice(SHAKE, "camera shake"),
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

_CONTRADICTING = 0.6
"""Misfit of a kernel in a quarter of the reduced photo from which on it is not the blur there: blurs that were made in
code have 0.06 to 0.24."""

_MOST_CONTRADICTING = 0.5
"""Share of the quarters of a photo that contradict a kernel from which on it is not the blur of the photo. In a street
with people two of four did, with misfits of 1.3 and 1.5; for four shakes of a real camera none, with 0.3 at most.
Chosen on these, whose gains docs/methods/real-photos.md tells."""

_USUAL_EXTENT = 15.0
"""Extent in pixels that is taken for a shake where no network tells it."""

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
    if diagnosed.type in {SHAKE, diagnosis.VARIES}:
        measurable.check_measurable(light, _LEAST_SHAKEN)
        shaken = yield from subtask(_estimate_shake(light, diagnosed.extent), 0.3, 1.0)
        # A photo whose own edges bear the kernel out needs no more smoothing than any other.
        is_processed = diagnosed.is_processed and (shaken.is_processed or not is_sure(shaken.confidence))
        return replace(shaken, confidence=_path_share(diagnosed) * shaken.confidence, is_processed=is_processed)
    is_small = min(light.shape[:2]) < _LEAST_CERTAIN
    if (
        diagnosed.blur
        and is_small
        and (yield from subtask(simple_fit.measure_gain(padded, diagnosed.blur), 0.3, 1.0)) <= 0.0
    ):
        return PsfEstimate(None, None, UNSURE)
    if diagnosed.blur is None:
        sharp = yield from subtask(_confirm_sharp(light, diagnosed), 0.3, 0.9)
        return sharp if sharp.psf else (yield from subtask(_choose(light, diagnosed, sharp), 0.9, 1.0))
    simple = PsfEstimate(diagnosed.blur.kernel(), diagnosed.blur, diagnosed.confidence, diagnosed.is_processed)
    chosen = yield from subtask(_choose(light, diagnosed, simple), 0.3, 0.4)
    if chosen.choice is None or chosen.choice.has_kernel:
        return chosen
    try:
        shaken = yield from subtask(_estimate_shake(light, diagnosed.extent), 0.4, 1.0)
    except UnmeasurableBlurError:
        return chosen
    return shaken if is_believed(shaken.confidence) else chosen


def _choose(light: Pixels, diagnosed: Diagnosis, estimate: PsfEstimate) -> Task[PsfEstimate]:
    """Return an estimate of the network with the way to restore the photo by expected gain, where that can be told."""
    if min(light.shape[:2]) < _LEAST_CHOSEN or not expected_gain.is_available():
        return estimate
    return (yield from gain_choice.choose_restoration(light, diagnosed, estimate, expected_gain.load_gain_model()))


def _confirm_sharp(light: Pixels, diagnosed: Diagnosis) -> Task[PsfEstimate]:
    """Return no blur; where that is not nearly certain, the kernel of a shake if the photo itself bears one out."""
    sharp = PsfEstimate(None, None, diagnosed.confidence, diagnosed.is_processed)
    if diagnosed.sharp_share >= _SHARP or min(light.shape[:2]) < _LEAST_ASKED:
        return sharp
    from deblur_app.restoration.psf_estimation.search import search_scales

    if not (yield from subtask(search_scales.is_shake_visible(light, diagnosed.extent), 0.0, 0.3)):
        return sharp
    shaken = yield from subtask(_estimate_shake(light, diagnosed.extent), 0.3, 1.0)
    return shaken if is_sure(shaken.confidence) else sharp


def _path_share(diagnosed: Diagnosis) -> float:
    """Return how probable it is that a kernel can be a path: its own evidence tells straight, curved and none apart.

    Where the blur varies over the frame, one kernel serves in half of the cases.
    """
    probabilities = diagnosed.probabilities
    paths = probabilities[SHAKE] + probabilities["motion"] + probabilities[diagnosis.VARIES] / 2
    return paths + diagnosed.sharp_share


def _estimate_shake(light: Pixels, extent: float | None = None) -> Task[PsfEstimate]:
    """Return the kernel of a camera shake; it is unsure where parts of the photo contradict it."""
    from deblur_app.restoration.psf_estimation.search import search_scales

    found = yield from subtask(search_scales.estimate(light, extent), 0.0, 0.95)
    estimate = PsfEstimate(found.kernel, None, found.confidence, is_processed=found.scale > 1)
    if is_believed(found.confidence) and (
        yield from subtask(_is_contradicted_in_parts(light, found.kernel), 0.95, 1.0)
    ):
        return replace(estimate, confidence=UNSURE)
    return estimate


def _is_contradicted_in_parts(light: Pixels, kernel: Kernel) -> Task[bool]:
    """Return whether a kernel leaves much of the reduced photo unexplained in at least half of its quarters."""
    from deblur_app.restoration.psf_estimation import reduced_evidence

    if reduced_evidence.reduction_for(light, len(kernel)) == 1:
        return False
    misfits = yield from reduced_evidence.measure_quarters(light, kernel)
    contradicting = sum(misfit > _CONTRADICTING for misfit in misfits)
    return contradicting >= max(_MOST_CONTRADICTING * len(misfits), 1)


def _as_estimate(candidate: Candidate, scale: int) -> PsfEstimate:
    if candidate.blur is None:
        return PsfEstimate(None, None, candidate.confidence)
    return PsfEstimate(candidate.blur.kernel(), candidate.blur, candidate.confidence, scale > 1)
