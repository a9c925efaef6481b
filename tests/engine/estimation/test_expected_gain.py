"""The choice by expected gain: trees of plain numbers, and what follows from what they tell."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.engine.choice.expected_gain import BLIND_SHARE, GainModel, choose_candidate
from deblur_app.engine.choice.regression_trees import RegressionTrees, read_trees


def _trees(*, threshold: float = 0.5, low: float = -1.0, high: float = 2.0) -> RegressionTrees:
    """One tree of one question about the first feature, and one that is a single leaf."""
    return RegressionTrees(
        feature=np.array([[0, -1, -1], [-1, -1, -1]], np.int16),
        threshold=np.array([[threshold, 0.0, 0.0], [0.0, 0.0, 0.0]]),
        left=np.array([[1, 0, 0], [0, 0, 0]], np.int16),
        right=np.array([[2, 0, 0], [0, 0, 0]], np.int16),
        value=np.array([[0.0, low, high], [0.25, 0.0, 0.0]], np.float32),
    )


def _model() -> GainModel:
    return GainModel(("noise",), {"blind": _trees()}, 0.3)


def test_trees_add_up_the_leaves_that_a_row_ends_in() -> None:
    """On the left up to the threshold, on the right above it; a tree without a question adds its leaf."""
    trees = _trees()
    assert trees(np.array([0.5], np.float32)) == pytest.approx(-1.0 + 0.25)
    assert trees(np.array([0.6], np.float32)) == pytest.approx(2.0 + 0.25)


def test_trees_are_the_same_after_they_were_stored() -> None:
    """Arrays by name, under a prefix of their own."""
    trees = read_trees(_trees().as_arrays("a"), "a")
    assert trees(np.array([0.7], np.float32)) == _trees()(np.array([0.7], np.float32))


def test_what_is_not_known_is_told_apart_from_all_values() -> None:
    """A missing feature goes left of every threshold, as does one that is no number."""
    model = _model()
    assert model.expect("blind", {}) == model.expect("blind", {"noise": float("nan")}) == pytest.approx(-0.75)
    assert model.expect("blind", {"noise": 1.0}) == pytest.approx(2.25)


def test_the_first_candidate_that_promises_enough_and_nearly_most_is_chosen() -> None:
    """Below the threshold the photo stays as it is."""
    chosen = choose_candidate({"kernel": 1.5, "blind": 0.7}, 0.3)
    assert chosen.candidate is not None
    assert (chosen.candidate.name, chosen.gain, chosen.has_kernel) == ("kernel", 1.5, True)
    left = choose_candidate({"kernel": 0.25, "blind": -0.3}, 0.3)
    assert (left.candidate, left.gain, left.has_kernel) == (None, 0.0, False)
    assert choose_candidate({}, 0.3).candidate is None
    nearly, far = (choose_candidate({"kernel": 1.5, "blind": gain}, 0.3).candidate for gain in (1.7, 2.0))
    assert nearly is not None
    assert far is not None
    assert (nearly.name, far.name) == ("kernel", "blind")


def test_a_kernel_that_promises_little_is_mixed_with_the_blind_network() -> None:
    """One that promises much is undone alone; the network alone has nothing to be mixed with."""
    shares = [choose_candidate(gains, 0.3).blind_share for gains in ({"kernel": 1.0}, {"kernel": 4.0}, {"blind": 1.0})]
    assert shares == [BLIND_SHARE, 0.0, 0.0]
