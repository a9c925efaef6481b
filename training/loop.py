"""The one training loop of the project: network, optimiser, and a compiled step under a `tf.distribute` strategy."""

from __future__ import annotations

import logging
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

from deblur_app.engine.devices import bfloat16_pays
from deblur_app.networks import autoencoder, psf_estimator, restorer
from deblur_app.networks.weights import values
from training.objectives import objective_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    from training.config import TrainingConfig
    from training.run import Arrays

log = logging.getLogger(__name__)

type Builder = Callable[[str], keras.Model]
"""Makes the network for a dtype policy, with the same start weights each time."""


def build_network(config: TrainingConfig, dtype: str) -> keras.Model:
    """The network that `config` describes, with its start weights."""
    if config.network.architecture == "psf-estimator":
        return psf_estimator.build_psf_estimator(
            widths=config.network.widths, blocks=config.network.blocks, dtype=dtype, seed=config.seed
        )
    if config.network.architecture == "restorer":
        return restorer.build_restorer(
            widths=config.network.widths,
            blocks=config.network.blocks,
            pictures=config.pictures,
            dtype=dtype,
            seed=config.seed,
        )
    return autoencoder.build_autoencoder(
        side=config.side, filters=config.filters, latent=config.latent, dtype=dtype, seed=config.seed
    )


def build_optimizer(config: TrainingConfig) -> keras.optimizers.Optimizer:
    """The optimiser that `config` describes; Adam, as in the paper, by default."""
    learning = config.learning
    settings = {
        "global_clipnorm": learning.clip_norm or None,
        "use_ema": bool(learning.average),
        "ema_momentum": learning.average,
    }
    if learning.optimizer == "adam":
        return keras.optimizers.Adam(config.learning_rate, **settings)
    optimizer = keras.optimizers.AdamW(config.learning_rate, weight_decay=learning.weight_decay, **settings)
    optimizer.exclude_from_weight_decay(var_names=["bias"])
    return optimizer


class Loop:
    """A network in training.

    A batch begins with what the network is given and with the truth, as its `Objective` reads them. What a network takes besides pictures, such as their noise levels, is given as further arrays with one value for
    each picture; networks that take pictures alone do not see them.

    Attributes:
        model: The network; for pictures (batch, side, side, 3) → the same shape.
        optimizer: As `config` describes it.
        precision: The dtype policy it computes in.
    """

    def __init__(self, build: Builder, config: TrainingConfig, *, tf_device: str, precision: str) -> None:
        self.strategy = tf.distribute.OneDeviceStrategy(tf_device)
        self.precision = precision
        with self.strategy.scope():
            self.model = build(precision)
            self.optimizer = build_optimizer(config)
            self.optimizer.build(self.model.trainable_variables)
        self._objective = objective_of(config)
        self._averages = bool(config.learning.average)
        self._inputs = len(self.model.inputs)
        self._step = tf.function(self._distributed_step, autograph=False, reduce_retracing=True)
        self._predict = tf.function(self._distributed_prediction, autograph=False, reduce_retracing=True)

    @property
    def learning_rate(self) -> float:
        """The optimiser's learning rate."""
        return float(self.optimizer.learning_rate.numpy())

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.optimizer.learning_rate.assign(value)

    def step(self, seen: NDArray[Any], truth: NDArray[Any], *given: NDArray[np.float32]) -> tuple[float, float]:
        """Learn from one batch; returns its loss and accuracy before the step."""
        loss, accuracy = self._step(seen, truth, *given)
        return float(loss), float(accuracy)

    def predict(self, seen: NDArray[Any], *given: NDArray[np.float32]) -> NDArray[np.float32]:
        """What the network makes of one batch, pictures in [0, 1], without learning from it."""
        return np.asarray(self._predict(seen, *given))

    @contextmanager
    def averaged(self) -> Iterator[None]:
        """Within it, the network has the running mean of its weights, where the settings ask for one."""
        if not self._averages or not int(self.optimizer.iterations.numpy()):
            yield
            return
        variables = self.model.trainable_variables
        kept = [tf.identity(variable) for variable in variables]
        self.optimizer.finalize_variable_values(variables)
        try:
            yield
        finally:
            for variable, own in zip(variables, kept, strict=True):
                variable.assign(own)

    def weights(self) -> Arrays:
        """The network's weights as they are now; later steps do not change them."""
        return {f"model/{v.path}": values(v) for v in self.model.weights}

    def state(self) -> Arrays:
        """Everything that the next step depends on, as it is now: weights and optimiser."""
        return self.weights() | {f"optimizer/{i}": values(v) for i, v in enumerate(self.optimizer.variables)}

    def restore(self, arrays: Arrays) -> None:
        """Take over what `weights` or `state` returned."""
        for variable in self.model.weights:
            variable.assign(arrays[f"model/{variable.path}"])
        for index, variable in enumerate(self.optimizer.variables):
            if f"optimizer/{index}" in arrays:
                variable.assign(arrays[f"optimizer/{index}"])

    def gradients(
        self, seen: NDArray[Any], truth: NDArray[Any], *given: NDArray[np.float32]
    ) -> tuple[float, NDArray[np.float32]]:
        """Loss and all gradients in one row, for comparing precisions."""
        with self.strategy.scope():
            loss, gradients, _ = self._gradients(self._objective.read(truth), seen, *given)
        return float(loss), np.concatenate([np.ravel(g.numpy()) for g in gradients])

    def _gradients(
        self, truth: tf.Tensor, seen: tf.Tensor, *given: tf.Tensor
    ) -> tuple[tf.Tensor, list[tf.Tensor], tf.Tensor]:
        with tf.GradientTape() as tape:
            predicted = tf.cast(self._apply(seen, *given, training=True), tf.float32)
            loss = self._objective.loss(truth, predicted)
        return loss, tape.gradient(loss, self.model.trainable_variables), predicted

    def _apply(self, seen: tf.Tensor, *given: tf.Tensor, training: bool) -> tf.Tensor:
        inputs = [self._objective.read(seen), *map(tf.convert_to_tensor, given)][: self._inputs]
        return self.model(inputs if self._inputs > 1 else inputs[0], training=training)

    def _learn(self, seen: tf.Tensor, truth: tf.Tensor, *given: tf.Tensor) -> tuple[tf.Tensor, tf.Tensor]:
        y = self._objective.read(truth)
        loss, gradients, predicted = self._gradients(y, seen, *given)
        self.optimizer.apply(gradients, self.model.trainable_variables)
        return loss, self._objective.accuracy(y, predicted)

    def _forward(self, seen: tf.Tensor, *given: tf.Tensor) -> tf.Tensor:
        return self._objective.output(self._apply(seen, *given, training=False))

    def _distributed_step(self, *batch: tf.Tensor) -> Any:
        return self.strategy.run(self._learn, args=batch)

    def _distributed_prediction(self, *batch: tf.Tensor) -> Any:
        return self.strategy.run(self._forward, args=batch)


def choose_precision(
    build: Builder,
    config: TrainingConfig,
    tf_device: str,
    *batch: NDArray[Any],
) -> str:
    """The dtype policy for a run: the wish of `config`, or with “auto” the faster one that gives the same gradients.

    bfloat16 is taken where it is faster on the device and where, on one batch and equal weights, its loss differs
    by less than 1 % and its gradient points the same way (cosine above 0.99).
    """
    if config.precision != "auto":
        return config.precision
    if not bfloat16_pays(tf_device):
        return "float32"
    full_loss, full = Loop(build, config, tf_device=tf_device, precision="float32").gradients(*batch)
    half_loss, half = Loop(build, config, tf_device=tf_device, precision="mixed_bfloat16").gradients(*batch)
    cosine = float(np.dot(full, half) / (np.linalg.norm(full) * np.linalg.norm(half) + 1e-30))
    log.info(
        "bfloat16 against float32: loss %.6f and %.6f, cosine of the gradients %.5f",
        half_loss,
        full_loss,
        cosine,
    )
    agrees = abs(half_loss - full_loss) < 0.01 * full_loss and cosine > 0.99
    return "mixed_bfloat16" if agrees else "float32"
