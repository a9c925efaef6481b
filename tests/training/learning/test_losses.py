"""Losses that networks make small."""

from __future__ import annotations

import math

import numpy as np
import pytest
import tensorflow as tf

from training.config.sections import Learning
from training.learning.losses import charbonnier, frequency_difference, loss_of, mean_squared_error


def pair(difference: float = 0.1) -> tuple[tf.Tensor, tf.Tensor]:
    """A picture, and one that is brighter everywhere."""
    truth = tf.constant(np.random.default_rng(0).random((2, 16, 16, 3), np.float32))
    return truth, truth + difference


def test_charbonnier_is_nearly_the_absolute_difference() -> None:
    """By less than a thousandth, and smooth where the absolute difference has a corner."""
    assert float(charbonnier(*pair(0.1))) == pytest.approx(0.1, abs=1e-4)
    assert float(charbonnier(*pair(0.0))) == pytest.approx(1e-3)


def test_the_frequency_difference_keeps_the_energy() -> None:
    """A difference of brightness is in one of all frequencies; white noise is in each alike."""
    assert float(frequency_difference(*pair(0.0))) == pytest.approx(1e-3)
    frequencies = 16 * 9
    expected = (0.1 * 16 + (frequencies - 1) * 1e-3) / frequencies
    assert float(frequency_difference(*pair(0.1))) == pytest.approx(expected, rel=0.01)
    noise = tf.constant(np.random.default_rng(1).normal(0, 0.1, (8, 32, 32, 3)).astype(np.float32))
    rayleigh = 0.1 * math.sqrt(math.pi) / 2  # the mean magnitude of a complex number whose square has the mean 0.1²
    assert float(frequency_difference(tf.zeros_like(noise), noise)) == pytest.approx(rayleigh, rel=0.03)


@pytest.mark.parametrize("function", [mean_squared_error, charbonnier, frequency_difference])
def test_gradients_are_numbers_where_nothing_is_left_to_learn(function: object) -> None:
    """A network that returns its input meets sharp crops, where truth and prediction are equal."""
    truth, predicted = pair(0.0)
    with tf.GradientTape() as tape:
        tape.watch(predicted)
        loss = function(truth, predicted)  # type: ignore[operator]
    np.testing.assert_allclose(tape.gradient(loss, predicted).numpy(), 0.0, atol=1e-6)


def test_the_settings_choose_and_weigh() -> None:
    """The mean squared error alone by default, as in the paper."""
    truth, predicted = pair()
    assert float(loss_of(Learning())(truth, predicted)) == pytest.approx(0.01, rel=1e-4)
    both = loss_of(Learning(loss="charbonnier", frequency_weight=0.5))
    expected = float(charbonnier(truth, predicted)) + 0.5 * float(frequency_difference(truth, predicted))
    assert float(both(truth, predicted)) == pytest.approx(expected)
