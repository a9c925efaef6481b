"""Objectives of networks: the reading of the arrays of a batch, the loss, the accuracy and the output.

A step is the same for all networks: a batch begins with what the network is given and with the truth.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import tensorflow as tf

from deblur_app.blur import blur_posterior
from deblur_app.core.metrics import GREY_SPREAD
from training.learning.losses import loss_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from training.config.sections import Learning
    from training.learning.losses import LossFunction

_NUMBERS_WEIGHT = 0.25
"""Weight of sizes and directions beside the type."""


@dataclass(frozen=True)
class Objective:
    """The objective of a network.

    Attributes:
        read: Makes float32 of the first array of a batch and of its truth, in the network's units.
        loss: Truth and prediction → the number that is made small.
        accuracy: Truth and prediction → the share in [0, 1] that is right, for each of the batch; NaN where that has
            no meaning.
        output: What the network gives → the prediction as it is used.
    """

    read: Callable[[tf.Tensor], tf.Tensor]
    loss: LossFunction
    accuracy: LossFunction
    output: Callable[[tf.Tensor], tf.Tensor]


def picture_objective(learning: Learning) -> Objective:
    """Return the objective of networks that restore pictures."""
    return Objective(_scale_to_unit, loss_of(learning), channel_accuracy, _clip_to_unit)


def blur_objective() -> Objective:
    """Return the objective of networks that name blurs."""
    return Objective(_as_float, blur_loss, type_accuracy, tf.identity)


def blur_loss(truth: tf.Tensor, predicted: tf.Tensor) -> tf.Tensor:
    """Return the cross-entropy of the type, with the likelihood of size and direction where the type has them.

    Errors are taken as Laplace's with the spread that the network itself expects (Kendall and Gal, "What
    uncertainties do we need in Bayesian deep learning for computer vision?", 2017).

    Args:
        truth: Shape (batch, `blur_posterior.TRUTHS`).
        predicted: Shape (batch, `blur_posterior.NUMBERS`).
    """
    kind = tf.cast(truth[:, blur_posterior.TRUE_TYPE], tf.int32)
    entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(kind, predicted[:, blur_posterior.LOGITS])
    size = truth[:, blur_posterior.TRUE_SIZE : blur_posterior.TRUE_SIZE + 1]
    off = tf.square(truth[:, blur_posterior.TRUE_DIRECTION] - predicted[:, blur_posterior.DIRECTION])
    turn = tf.sqrt(tf.reduce_sum(off, axis=1, keepdims=True) + 1e-6)
    errors = tf.concat([tf.abs(size - predicted[:, blur_posterior.LOG_SIZES]), turn], axis=1)
    spreads = tf.clip_by_value(predicted[:, blur_posterior.LOG_SPREADS], *blur_posterior.SPREAD_LIMITS)
    surprise = errors * tf.exp(-spreads) + spreads - blur_posterior.SPREAD_LIMITS[0]  # never below 0
    types = tf.one_hot(kind, len(blur_posterior.TYPES))[:, blur_posterior.SIZED]
    is_sized = tf.concat(
        [types, types[:, :1]], axis=1
    )  # the sizes of all types that have one, and the direction of motion
    return tf.reduce_mean(entropy) + _NUMBERS_WEIGHT * tf.reduce_mean(tf.reduce_sum(is_sized * surprise, axis=1))


def type_accuracy(truth: tf.Tensor, predicted: tf.Tensor) -> tf.Tensor:
    """Return 1 for each crop whose type is named right, 0 for the others; shape (batch,)."""
    kind = tf.cast(truth[:, blur_posterior.TRUE_TYPE], tf.int64)
    right = tf.equal(kind, tf.argmax(predicted[:, blur_posterior.LOGITS], axis=-1))
    return tf.cast(right, tf.float32)


def channel_accuracy(truth: tf.Tensor, predicted: tf.Tensor) -> tf.Tensor:
    """Return the categorical accuracy over the channels, which is what Keras makes of the paper's metric “acc”.

    Args:
        truth: Shape (batch, height, width, 3).
        predicted: The same.

    Returns:
        Shape (batch,); NaN for grey truths, see `metrics.channel_accuracy`.
    """
    same = tf.cast(tf.equal(tf.argmax(truth, axis=-1), tf.argmax(predicted, axis=-1)), tf.float32)
    spread = tf.reduce_max(truth, axis=-1) - tf.reduce_min(truth, axis=-1)
    is_grey = tf.reduce_max(spread, axis=(1, 2)) <= GREY_SPREAD
    return tf.where(is_grey, math.nan, tf.reduce_mean(same, axis=(1, 2)))


def _scale_to_unit(values: tf.Tensor) -> tf.Tensor:
    return _as_float(values) / 255.0


def _as_float(values: tf.Tensor) -> tf.Tensor:
    return tf.cast(values, tf.float32)


def _clip_to_unit(pixels: tf.Tensor) -> tf.Tensor:
    return tf.clip_by_value(pixels, 0.0, 1.0)
