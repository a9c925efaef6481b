"""The course of the learning rate, and the number of epochs that fit into the time there is."""

from __future__ import annotations

import numpy as np
import pytest

from training.config.config import TrainingConfig
from training.config.sections import Learning
from training.fit.schedule import cosine_rate, plan_epochs

CONFIG = TrainingConfig(learning_rate=0.01, epochs=20, learning=Learning(schedule="cosine", warmup_steps=10))


def test_the_rate_rises_evenly_and_falls_to_zero() -> None:
    """It is highest right after the warm-up and never jumps."""
    rates = np.array([cosine_rate(CONFIG, step, 110) for step in range(1, 111)])
    np.testing.assert_allclose(rates[:10], np.linspace(0.001, 0.01, 10))
    assert np.all(np.diff(rates[9:]) < 0)
    assert np.abs(np.diff(rates)).max() <= 0.001 + 1e-9
    assert rates[59] == pytest.approx(0.005)
    assert rates[-1] == pytest.approx(0.0, abs=1e-12)


def test_a_run_shorter_than_its_warm_up_still_ends_at_zero() -> None:
    """Few steps are taken to try things out."""
    rates = [cosine_rate(CONFIG, step, 4) for step in range(1, 5)]
    assert max(rates) == pytest.approx(0.01)
    assert rates[-1] == pytest.approx(0.0, abs=1e-12)
    assert cosine_rate(CONFIG, 1, 1) == pytest.approx(0.0, abs=1e-12)


@pytest.mark.parametrize(
    ("minutes", "seconds", "expected"),
    [
        (0.0, [600.0, 600.0], 20),  # no limit
        (10.0, [], 20),  # nothing is known yet
        (10.0, [60.0, 60.0], 10),
        (10.0, [120.0, 60.0, 60.0, 60.0, 60.0], 9),  # the last four tell: a first one may be shorter or longer
        (10.0, [60.0, 120.0], 7),
        (10.0, [10.0, 10.0], 20),  # never more than were asked for
        (10.0, [400.0, 400.0], 2),  # over time: none is added
    ],
)
def test_as_many_epochs_as_fit(minutes: float, seconds: list[float], expected: int) -> None:
    """At least those that are done, at most those that were asked for."""
    config = TrainingConfig(epochs=20, learning=Learning(minutes=minutes))
    assert plan_epochs(config, seconds) == expected
