"""The comparison of two checkpoints hides nothing."""

from __future__ import annotations

import math

import numpy as np

from benchmarks.networks.distributed import largest_difference

ONE = {"weights": np.array([1.0, 2.0]), "best": np.array([math.inf])}


def test_equal_infinities_do_not_differ() -> None:
    """The best loss is infinite in both before the first epoch."""
    other = {"weights": np.array([1.0, 2.5]), "best": np.array([math.inf])}
    assert largest_difference(ONE, other) == 0.5
    assert largest_difference(ONE, ONE) == 0.0


def test_what_is_no_number_or_missing_differs_without_end() -> None:
    """A NaN in one of them, an infinity in one of them, or another set of arrays."""
    assert largest_difference(ONE, ONE | {"weights": np.array([1.0, math.nan])}) == math.inf
    assert largest_difference(ONE, ONE | {"best": np.array([3.0])}) == math.inf
    assert largest_difference(ONE, {"weights": ONE["weights"]}) == math.inf
