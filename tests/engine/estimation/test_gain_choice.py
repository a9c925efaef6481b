"""The blur of a photo and the way to restore it, chosen by expected gain."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.blur.kinds import Blur
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.engine.choice.expected_gain import CANDIDATES, SEARCH_FEATURE, GainModel
from deblur_app.engine.choice.regression_trees import RegressionTrees
from deblur_app.engine.estimation import gain_choice, search
from deblur_app.engine.estimation.diagnosis import Diagnosis
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.estimation.shake import ShakeKernel
from deblur_app.restoration.psf_estimation.search.blind import Estimate

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

DISK = Blur("defocus", {"radius": 3.0})


@pytest.fixture(scope="module")
def light() -> Pixels:
    """A photograph of 200 × 200 pixels."""
    from skimage.data import astronaut

    return from_integer(np.ascontiguousarray(astronaut()[:200, 100:300])) ** 2.2


def _constant(value: float) -> RegressionTrees:
    whole, zeros = np.zeros((1, 1), np.int16), np.zeros((1, 1))
    return RegressionTrees(whole - 1, zeros, whole, whole, np.full((1, 1), value, np.float32))


def _model(**gains: float) -> GainModel:
    trees = {way.name: _constant(gains.get(way.name, -1.0)) for way in CANDIDATES}
    return GainModel(("misfit",), trees, 0.3)


def _diagnosis(kind: str, blur: Blur | None) -> Diagnosis:
    kinds = ("none", "motion", "shake", "defocus", "turbulence", "varies", "enlarged")
    probabilities = {name: 0.94 if name == kind else 0.01 for name in kinds}
    return Diagnosis(kind, blur, probabilities, 0.9, 7.0)


def _choose(light: Pixels, kind: str, blur: Blur | None, **gains: float) -> PsfEstimate:
    estimate = PsfEstimate(blur.kernel() if blur else None, blur, 0.9)
    return run_to_end(gain_choice.choose_restoration(light, _diagnosis(kind, blur), estimate, _model(**gains)))


def test_the_blur_that_the_network_tells_is_undone_where_that_promises_most(light: Pixels) -> None:
    """As sure as the choice of it."""
    estimate = _choose(light, "defocus", DISK, kernel=2.0, blind=0.5)
    assert estimate.choice is not None
    assert estimate.choice.has_kernel
    assert estimate.model == DISK
    assert estimate.label.endswith(", sure")


def test_a_photo_that_looks_sharp_is_left_as_it_is(light: Pixels) -> None:
    """Nothing is promised, and that is sure."""
    estimate = _choose(light, "none", None)
    assert estimate.choice is not None
    assert estimate.choice.candidate is None
    assert estimate.label == "No blur found: the photo looks sharp, sure"


@pytest.mark.parametrize(("blind", "candidate"), [(0.8, "blind"), (-1.0, None)])
def test_a_blur_that_is_not_undone_is_told_as_unsure(light: Pixels, blind: float, candidate: str | None) -> None:
    """However certain it is that another way is better, or none."""
    estimate = _choose(light, "defocus", DISK, kernel=0.2, blind=blind)
    assert estimate.choice is not None
    assert (estimate.choice.candidate.name if estimate.choice.candidate else None) == candidate
    assert estimate.label.endswith(", unsure")
    assert estimate.confidence < 0.3


def test_a_blur_that_may_do_harm_must_promise_more(light: Pixels) -> None:
    """By what the risk of a worse photo costs."""
    estimate, seen = PsfEstimate(DISK.kernel(), DISK, 0.9), _diagnosis("defocus", DISK)
    model = replace(_model(kernel=1.0), risks={"kernel": _constant(0.3)})
    choices = [
        run_to_end(gain_choice.choose_restoration(light, seen, estimate, replace(model, cost_of_risk=cost))).choice
        for cost in (0.0, 3.0)
    ]
    assert [choice is not None and choice.has_kernel for choice in choices] == [True, False]


def test_what_speaks_for_a_blur_is_among_the_facts(light: Pixels) -> None:
    """A photo without one has those of the photo alone."""
    without, with_blur = (
        run_to_end(gain_choice.collect_facts(light, _diagnosis("defocus", DISK), blur)) for blur in (None, DISK)
    )
    assert {"noise", "p_defocus"} <= set(without) < set(with_blur)
    assert with_blur["misfit"] > -4.0
    assert with_blur["roundness"] == pytest.approx(1.0)


@pytest.mark.parametrize(("confidence", "has_kernel"), [(0.9, True), (0.1, False)])
def test_a_searched_kernel_promises_less_where_its_own_evidence_is_not_believed(
    light: Pixels, confidence: float, has_kernel: bool
) -> None:
    """It is undone where it promises as much all the same; without a model of its kind nothing is chosen."""
    found = ShakeKernel(Estimate(DISK.kernel(), confidence, (slice(0, 200), slice(0, 200)), 17), ())
    diagnosed = _diagnosis("shake", None)
    model = _model(kernel=1.5)

    def choose(knowing: GainModel) -> PsfEstimate:
        return run_to_end(
            gain_choice.choose_restoration(light, diagnosed, search.estimate_of_path(diagnosed, found), knowing, found)
        )

    assert choose(model).choice is None
    chosen = choose(replace(model, features=("misfit", SEARCH_FEATURE))).choice
    assert chosen is not None
    assert chosen.has_kernel == has_kernel
