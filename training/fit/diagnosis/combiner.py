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

_AGREEMENT = 0.5
"""Weight of the divergence between the types that are told of several views of one photo."""

_VIEWS, _BATCH = 4, 24
"""Views of each photo in a batch, the whole one among them, and photos."""

_TEMPERATURES = np.geomspace(0.5, 3.0, 40)
"""Temperatures that are tried."""


@dataclass(frozen=True, eq=False)
class Summaries:
    """The data that the combining network learns from.

    Attributes:
        inputs: Of `combination.summarize_looks`, one row for each view of a photo.
        first: Logarithms of sizes of `combination.first_sizes`.
        truths: What is true of each view, shape (views, `blur_posterior.TRUTHS`).
        weights: How much each view counts; None for all alike.
        photos: Number of the photo of each view, those of one photo beside each other, the whole photo first; None
            for one view of each photo.
        visible: 1 where a view shows the blur of its photo, 0 where that is too small; None for all 1.
    """

    inputs: NDArray[np.float32]
    first: NDArray[np.float32]
    truths: NDArray[np.float32]
    weights: NDArray[np.float32] | None = None
    photos: NDArray[np.intp] | None = None
    visible: NDArray[np.float32] | None = None

    @property
    def is_whole(self) -> NDArray[np.bool_]:
        """Which views are of whole photos."""
        if self.photos is None:
            return np.ones(len(self.inputs), bool)
        return np.append(True, self.photos[1:] != self.photos[:-1])

    def select(self, chosen: NDArray[Any]) -> Summaries:
        """Return some of the views."""
        return Summaries(
            self.inputs[chosen],
            self.first[chosen],
            self.truths[chosen],
            None if self.weights is None else self.weights[chosen],
            None if self.photos is None else self.photos[chosen],
            None if self.visible is None else self.visible[chosen],
        )


def fit_combiner(data: Summaries, *, epochs: int = 25) -> Combiner:
    """Train the combining network: a few small ones from different starts, as one whose outputs are their means."""
    members = [_fit_member(data, epochs, number) for number in range(_MEMBERS)]
    hidden = [np.concatenate(arrays, axis=-1) for arrays in zip(*(member[:2] for member in members), strict=True)]
    outputs = np.concatenate([member[2] for member in members]) / _MEMBERS
    offsets = np.mean([member[3] for member in members], axis=0, dtype=np.float32)
    return Combiner([(hidden[0], hidden[1]), (outputs.astype(np.float32), offsets)])


def _fit_member(data: Summaries, epochs: int, seed: int) -> list[NDArray[np.float32]]:
    """Return the arrays of one network, with the scaling of its inputs in the first layer."""
    keras.utils.set_random_seed(seed)
    random = np.random.default_rng(seed)
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
    starts = np.flatnonzero(data.is_whole)
    count = len(starts)
    rate = keras.optimizers.schedules.CosineDecay(2e-3, epochs * -(-count // _BATCH))
    step = _make_step(network, keras.optimizers.AdamW(rate, weight_decay=2e-2))
    ends = np.append(starts[1:], len(data.inputs))
    targets = np.concatenate([data.truths[:, :2], data.first], axis=1)
    weights, visible = (np.ones(len(targets), np.float32) if a is None else a for a in (data.weights, data.visible))
    for _ in range(epochs):
        order = random.permutation(count)
        for begin in range(0, count, _BATCH):
            views = np.concatenate(
                [_draw_views(starts[n], ends[n], random) for n in np.resize(order[begin : begin + _BATCH], _BATCH)]
            )
            arrays = ((data.inputs[views] - mean) / scale, targets[views], weights[views], visible[views])
            step(*(tf.constant(array, tf.float32) for array in arrays))
    trained = [array.astype(np.float32) for array in network.get_weights()]
    trained[1] = trained[1] - (mean / scale) @ trained[0]
    trained[0] = trained[0] / scale[:, None]
    return trained


def _draw_views(start: int, end: int, random: np.random.Generator) -> NDArray[np.intp]:
    """Return the indices of the whole photo and of random views of it."""
    others = np.arange(start + 1, end) if end > start + 1 else np.array([start])
    return np.append(start, random.choice(others, _VIEWS - 1))


def _make_step(network: keras.Sequential, optimizer: keras.optimizers.Optimizer) -> Any:
    """Return one step of training as a function of inputs, targets, weights, and which views show their blur."""

    @tf.function(autograph=False)  # type: ignore[untyped-decorator]
    def step(inputs: Any, targets: Any, weights: Any, visible: Any) -> None:
        with tf.GradientTape() as tape:
            predicted = network(inputs, training=True)
            loss = tf.reduce_mean(weights * _loss(targets, predicted)) + _AGREEMENT * _divergence(predicted, visible)
        gradients = tape.gradient(loss, network.trainable_variables)
        optimizer.apply_gradients(zip(gradients, network.trainable_variables, strict=True))

    return step


def _divergence(predicted: Any, visible: Any) -> Any:
    """Return how far the types of the views of a photo lie from their mean, as a Kullback-Leibler divergence."""
    count = len(blur_posterior.TYPES)
    logs = tf.reshape(tf.nn.log_softmax(predicted[:, :count]), (-1, _VIEWS, count))
    counts = tf.reshape(visible, (-1, _VIEWS, 1))
    total = tf.reduce_sum(counts, axis=1, keepdims=True) + 1e-6
    mean = tf.math.log(tf.reduce_sum(counts * tf.exp(logs), axis=1, keepdims=True) / total + 1e-6)
    return tf.reduce_mean(tf.reduce_sum(counts * tf.exp(logs) * (logs - mean), axis=2))


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
