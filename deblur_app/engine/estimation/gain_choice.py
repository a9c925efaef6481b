"""The choice of the way to restore a photo by expected gain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.engine.choice import expected_gain
from deblur_app.engine.choice.expected_gain import CANDIDATES, SEARCH_FEATURE
from deblur_app.engine.estimation import gain_facts
from deblur_app.engine.estimation.psf_estimate import UNSURE, is_believed
from deblur_app.engine.estimation.shake import ShakeKernel

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deblur_app.blur.kinds import Blur
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.choice.expected_gain import GainModel
    from deblur_app.engine.estimation.diagnosis import Diagnosis
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate

_NOT_BORNE_OUT = 1.5
"""Decibels that a searched kernel must promise more where its own evidence is not believed: a few hundred kernels are
too few to learn what that evidence is worth. Chosen on the scenes learnt from, among 0, 0.5, 1, 1.5
and 2."""


def choose_restoration(
    light: Pixels, diagnosed: Diagnosis, estimate: PsfEstimate, model: GainModel, shake: ShakeKernel | None = None
) -> Task[PsfEstimate]:
    """Return an estimate with the way to restore the photo that is chosen by expected gain.

    Where that is not what the estimate says, the estimate is unsure. It is returned as it is where the model knows no
    kernels of its kind.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        diagnosed: What the network tells.
        estimate: The line, disk or Gaussian that it tells, the kernel of a shake, or that there is no blur.
        model: Tells expected gains.
        shake: The kernel of the estimate, if a search found it.
    """
    if shake and not model.knows_searches:
        return estimate
    facts = yield from collect_facts(light, diagnosed, shake or estimate.model)
    ways = [way.name for way in CANDIDATES if estimate.psf or not way.has_kernel]
    expected = {name: model.expect(name, facts) - model.weigh_risk(name, facts) for name in ways}
    promises = {name: weigh_promise(name, gain, facts) for name, gain in expected.items()}
    choice = expected_gain.choose_candidate(promises, model.threshold)
    is_agreed = choice.has_kernel if estimate.psf else choice.candidate is None
    confidence = estimate.confidence if is_agreed else min(estimate.confidence, UNSURE)
    return replace(estimate, confidence=confidence, choice=choice)


def weigh_promise(candidate: str, gain: float, facts: Mapping[str, float]) -> float:
    """Return what a candidate promises, in dB; of a kernel that was searched, by its own evidence as well.

    Args:
        candidate: Its name.
        gain: What the model expects, in dB.
        facts: The features that it was told from.
    """
    if candidate != expected_gain.KERNEL or SEARCH_FEATURE not in facts:
        return gain
    return gain if is_believed(gain_facts.find_confidence(facts)) else gain - _NOT_BORNE_OUT


def collect_facts(light: Pixels, diagnosed: Diagnosis, blur: Blur | ShakeKernel | None) -> Task[dict[str, float]]:
    """Return what is known of a photo, and what speaks for a blur, where there is one.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        diagnosed: What the network tells.
        blur: The blur that it tells, or the kernel of a shake that a search found; None for none.
    """
    from deblur_app.restoration.psf_estimation import reduced_evidence

    photo = gain_facts.list_photo_facts(light, diagnosed)
    if blur is None:
        return photo
    kernel, model = (blur.found.kernel, None) if isinstance(blur, ShakeKernel) else (blur.kernel(), blur)
    try:
        evidence = yield from reduced_evidence.measure_evidence(light, kernel)
    except UnmeasurableBlurError:  # too even where it is looked at: the network alone tells
        return photo
    facts = photo | gain_facts.list_kernel_facts(kernel, model, evidence, diagnosed)
    return facts | gain_facts.list_search_facts(blur) if isinstance(blur, ShakeKernel) else facts
