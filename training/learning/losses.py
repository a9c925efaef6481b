"""Loss functions of pictures of shape (batch, height, width, 3), which training minimises."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import tensorflow as tf

if TYPE_CHECKING:
    from collections.abc import Callable

    from training.config.sections import Learning

type LossFunction = Callable[[tf.Tensor, tf.Tensor], tf.Tensor]
"""Truth and prediction, float32 → a number."""

_SOFTNESS = 1e-3
"""Difference in [0, 1] below which the Charbonnier loss is a square."""


def loss_of(learning: Learning) -> LossFunction:
    """Return the loss that the settings ask for."""
    plain = mean_squared_error if learning.loss == "mse" else charbonnier
    if not learning.frequency_weight:
        return plain
    return functools.partial(_sum, plain, learning.frequency_weight)


def mean_squared_error(truth: tf.Tensor, predicted: tf.Tensor) -> tf.Tensor:
    """Return the mean of the squared differences."""
    return tf.reduce_mean(tf.math.squared_difference(truth, predicted))


def charbonnier(truth: tf.Tensor, predicted: tf.Tensor) -> tf.Tensor:
    """Return the mean of √(d² + 0.001²): nearly the absolute difference, but smooth at zero.

    Charbonnier et al., "Two deterministic half-quadratic regularization algorithms for computed imaging", 1994.
    """
    return tf.reduce_mean(tf.sqrt(tf.math.squared_difference(truth, predicted) + _SOFTNESS**2))


def frequency_difference(truth: tf.Tensor, predicted: tf.Tensor) -> tf.Tensor:
    """Return the mean magnitude of the difference of the Fourier transforms, which are scaled to keep the energy.

    Blur takes away some frequencies and leaves others, which a difference of pixels hardly tells apart (Cho et al.,
    "Rethinking coarse-to-fine approach in single image deblurring", 2021).
    """
    planes = tf.transpose(predicted - truth, (0, 3, 1, 2))
    spectrum = tf.signal.rfft2d(planes)
    size = tf.cast(tf.shape(planes)[-1] * tf.shape(planes)[-2], tf.float32)
    power = (tf.square(tf.math.real(spectrum)) + tf.square(tf.math.imag(spectrum))) / size
    return tf.reduce_mean(tf.sqrt(power + _SOFTNESS**2))


def _sum(plain: LossFunction, weight: float, truth: tf.Tensor, predicted: tf.Tensor) -> tf.Tensor:
    return plain(truth, predicted) + weight * frequency_difference(truth, predicted)
