"""The fit of the network that combines what is told of the crops of a photo into one estimate."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf
from keras import layers

from deblur_app.blur import blur_posterior
from deblur_app.engine.estimation.combination import OUTPUTS, Combiner

if TYPE_CHECKING:
    from numpy.typing import NDArray

_MEMBERS, _WIDTH = 3, 32
"""Networks whose outputs are averaged, and hidden units of each."""

_DROPOUT = 0.3
"""Share of units left out in training: there are a few thousand photos, and they share their photographs."""

_SIZE_WEIGHT = 0.25
"""Weight of sizes beside the type, as in the training of the blur network."""

_TEMPERATURES = np.geomspace(0.5, 3.0, 40)
"""Temperatures that are tried."""


@dataclass(frozen=True, eq=False)
class Summaries:
    """The data that the combining network learns from.

    Attributes:
        inputs: Of `combination.summarize_looks`, one row for each photo.
        first: Logarithms of sizes of `combination.first_sizes`.
        truths: What is true of each photo, shape (photos, `blur_posterior.TRUTHS`).
        weights: How much each photo counts; None for all alike.
    """

    inputs: NDArray[np.float32]
    first: NDArray[np.float32]
    truths: NDArray[np.float32]
    weights: NDArray[np.float32] | None = None


def fit_combiner(data: Summaries, *, epochs: int = 30) -> Combiner:
    """Train the combining network: a few small ones from different starts, as one whose outputs are their means."""
    members = [_fit_member(data, epochs, number) for number in range(_MEMBERS)]
    hidden = [np.concatenate(arrays, axis=-1) for arrays in zip(*(member[:2] for member in members), strict=True)]
    outputs = np.concatenate([member[2] for member in members]) / _MEMBERS
    offsets = np.mean([member[3] for member in members], axis=0, dtype=np.float32)
    return Combiner([(hidden[0], hidden[1]), (outputs.astype(np.float32), offsets)])


def _fit_member(data: Summaries, epochs: int, seed: int) -> list[NDArray[np.float32]]:
    """Return the arrays of one network, with the scaling of its inputs in the first layer."""
    keras.utils.set_random_seed(seed)
    mean, scale = data.inputs.mean(axis=0), data.inputs.std(axis=0) + 1e-2
    network = keras.Sequential(
        [
            keras.Input((data.inputs.shape[1],)),
            layers.Dropout(0.1),
            layers.Dense(_WIDTH, "relu"),
            layers.Dropout(_DROPOUT),
            layers.Dense(OUTPUTS),
        ]
    )
    rate = keras.optimizers.schedules.CosineDecay(2e-3, epochs * -(-len(data.inputs) // 64))
    network.compile(keras.optimizers.AdamW(rate, weight_decay=2e-2), _loss)
    targets = np.concatenate([data.truths[:, :2], data.first], axis=1)
    network.fit(
        (data.inputs - mean) / scale, targets, sample_weight=data.weights, batch_size=64, epochs=epochs, verbose=0
    )
    arrays = [array.astype(np.float32) for array in network.get_weights()]
    arrays[1] = arrays[1] - (mean / scale) @ arrays[0]
    arrays[0] = arrays[0] / scale[:, None]
    return arrays


def fit_temperature(combiner: Combiner, data: Summaries) -> float:
    """Return what logits are divided by so that held-out types are as probable as they are right."""
    logits = np.stack([combiner(row) for row in data.inputs])[:, : len(blur_posterior.TYPES)].astype(np.float64)
    kinds = data.truths[:, blur_posterior.TRUE_TYPE].astype(int)

    def surprise(temperature: float) -> float:
        logs = logits / temperature
        logs -= logs.max(axis=1, keepdims=True)
        logs -= np.log(np.exp(logs).sum(axis=1, keepdims=True))
        return -float(logs[np.arange(len(kinds)), kinds].mean())

    return float(min(_TEMPERATURES, key=surprise))


def _loss(targets: Any, predicted: Any) -> Any:
    """Return the cross-entropy of the type and the likelihood of the size, where the type has one, of each photo."""
    kind = tf.cast(targets[:, 0], tf.int32)
    count, sizes = len(blur_posterior.TYPES), len(blur_posterior.SIZES)
    entropy = tf.nn.sparse_softmax_cross_entropy_with_logits(kind, predicted[:, :count])
    errors = tf.abs(targets[:, 1:2] - targets[:, 2:] - predicted[:, count : count + sizes])
    spreads = tf.clip_by_value(predicted[:, count + sizes :], *blur_posterior.SPREAD_LIMITS)
    is_sized = tf.one_hot(kind, count)[:, blur_posterior.SIZED]
    surprise = tf.reduce_sum(is_sized * (errors * tf.exp(-spreads) + spreads), axis=1)
    return entropy + _SIZE_WEIGHT * surprise
