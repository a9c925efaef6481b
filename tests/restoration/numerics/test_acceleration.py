"""Accelerated iterations reach what plain ones reach."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.optimize import nnls

from deblur_app.restoration.numerics.acceleration import agreement, minimize_non_negative


def test_the_minimum_is_that_of_non_negative_least_squares() -> None:
    """Of SciPy's, which takes another way."""
    random = np.random.default_rng(0)
    matrix, values = random.random((30, 12)).astype(np.float32), random.standard_normal(30).astype(np.float32)
    square, right = matrix.T @ matrix, matrix.T @ values
    pace = 1.0 / float(np.linalg.norm(square, 2))
    result = minimize_non_negative(lambda x: square @ x - right, np.ones(12, np.float32), pace=pace, steps=2000)
    np.testing.assert_allclose(result, nnls(matrix.astype(np.float64), values.astype(np.float64))[0], atol=1e-3)


@pytest.mark.parametrize(("step", "expected"), [(1.0, 0.5), (-1.0, 0.0), (4.0, 0.9), (0.0, 0.0)])
def test_as_far_ahead_as_the_last_two_steps_agree(step: float, expected: float) -> None:
    """Never back, and never farther than the bound."""
    one = np.full((4, 4), step, np.float32)
    assert agreement(one, np.full((4, 4), 2.0, np.float32), most=0.9) == pytest.approx(expected)


def test_after_no_step_there_is_no_agreement() -> None:
    """Nothing is divided by 0."""
    nothing = np.zeros((3, 3), np.float32)
    assert agreement(nothing, nothing, most=1.0) == 0.0
