"""One step of training: network, optimiser, and a compiled step under a `tf.distribute` strategy."""

from __future__ import annotations

import logging
import math
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import keras
import numpy as np
import tensorflow as tf

from deblur_app.engine.devices import bfloat16_pays
from deblur_app.networks.weights import ARCHITECTURES, values
from training.runs.array_file import check_fit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from training.config.config import TrainingConfig
    from training.learning.objectives import Objective
    from training.runs.array_file import Arrays

log = logging.getLogger(__name__)


def build_network(config: TrainingConfig, dtype: str) -> keras.Model:
    """Build the network that `config` describes, with its start weights."""
    parameters = {key: tuple(v) if isinstance(v, list) else v for key, v in config.parameters.items()}
    return ARCHITECTURES[config.network.architecture](**parameters, dtype=dtype, seed=config.seed)


def build_optimizer(config: TrainingConfig) -> keras.optimizers.Optimizer:
    """Build the optimiser that `config` describes; Adam, as in the paper, by default."""
    learning = config.learning
    settings = {
        "use_ema": bool(learning.average),
        "ema_momentum": learning.average,
    }
    if learning.optimizer == "adam":
        return keras.optimizers.Adam(config.learning_rate, **settings)
    optimizer = keras.optimizers.AdamW(config.learning_rate, weight_decay=learning.weight_decay, **settings)
    optimizer.exclude_from_weight_decay(var_names=["bias"])
    return optimizer


def compute_deterministically() -> None:
    """Make TensorFlow compute in ways that give equal bits each time, from now on in this process."""
    tf.config.experimental.enable_op_determinism()


class TrainStep:
    """A network in training.

    A batch begins with what the network is given and with the truth, as its `Objective` reads them. What a network
    takes besides, such as the noise levels of pictures, is given as further arrays with one value for each; networks
    that take no such values do not see them.

    Attributes:
        model: The network; for pictures (batch, side, side, 3) → the same shape.
        optimizer: As `config` describes it.
        precision: The dtype policy it computes in.
    """

    def __init__(
        self, config: TrainingConfig, objective: Objective, *, strategy: tf.distribute.Strategy, precision: str
    ) -> None:
        """Build the network and its optimiser.

        Args:
            config: The settings.
            objective: What the network learns.
            strategy: How the devices that it computes on work together.
            precision: The dtype policy.
        """
        self.strategy = strategy
        self.precision = precision
        self._replicas = strategy.num_replicas_in_sync
        self._clip_norm = config.learning.clip_norm
        with self.strategy.scope():
            self.model = build_network(config, precision)
            self.optimizer = build_optimizer(config)
            self.optimizer.build(self.model.trainable_variables)
        # Gradients are summed over replicas here, for clipping. The optimiser would do so once more, by a function with
        # a gradient of its own, which TensorFlow registers for good, and the graph of the step with it: there is no
        # public way to leave that out.
        self.optimizer._all_reduce_sum_gradients = list
        self._objective = objective
        self._averages = bool(config.learning.average)
        self._inputs = len(self.model.inputs)
        self._step = tf.function(self._run_distributed_step, autograph=False, reduce_retracing=True)
        self._predict = tf.function(self._forward, autograph=False, reduce_retracing=True)
        self._mean = tf.function(self._reduce_mean, autograph=False)

    @property
    def learning_rate(self) -> float:
        """The optimiser's learning rate."""
        return float(self.optimizer.learning_rate.numpy())

    @learning_rate.setter
    def learning_rate(self, value: float) -> None:
        self.optimizer.learning_rate.assign(value)

    def step(
        self, examples: NDArray[Any], truth: NDArray[Any], *extra_inputs: NDArray[np.float32]
    ) -> tuple[float, float, int]:
        """Learn from one batch.

        Where several processes learn together, each is given its part of the batch, and all return the figures of the
        whole.

        Returns:
            Its loss and accuracy before the step, and of how many of the batch that is the accuracy; it is NaN where
            that is none, as of grey pictures.
        """
        loss, right, count = map(float, self._step(*map(self._distribute_rows, (examples, truth, *extra_inputs))))
        return loss, right / count if count else math.nan, int(count)

    def all_reduce_mean(self, value: float) -> float:
        """Return the mean of a value over all processes, so that all decide alike."""
        if self._replicas == 1:
            return value
        return float(self._mean(tf.constant(value / self._replicas, tf.float32)))

    def predict(self, examples: NDArray[Any], *extra_inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return what the network predicts for one batch, pictures in [0, 1], without learning from it."""
        with tf.device(self.strategy.extended.worker_devices[0]):
            return np.asarray(self._predict(examples, *extra_inputs))

    @contextmanager
    def use_mean_weights(self) -> Iterator[None]:
        """Set the weights to their running mean within the context, where the settings ask for one."""
        if not self._averages or not int(self.optimizer.iterations.numpy()):
            yield
            return
        variables = self.model.trainable_variables
        own_weights = [tf.identity(variable) for variable in variables]
        self.optimizer.finalize_variable_values(variables)
        try:
            yield
        finally:
            for variable, own in zip(variables, own_weights, strict=True):
                variable.assign(own)

    def weights(self) -> Arrays:
        """Return the network's weights as they are now; later steps do not change them."""
        return {f"model/{v.path}": values(v) for v in self.model.weights}

    def state(self) -> Arrays:
        """Return everything that the next step depends on, as it is now: weights and optimiser."""
        return self.weights() | {name: values(variable) for name, variable in self._optimizer_variables().items()}

    def restore(self, arrays: Arrays) -> None:
        """Take over what `weights` or `state` returned.

        Raises:
            DeblurError: An array is missing, or is none of this network.
        """
        check_fit(arrays, {f"model/{variable.path}": tuple(variable.shape) for variable in self.model.weights})
        own = self._optimizer_variables()
        arrays = _name_optimizer_arrays(arrays, list(own))
        restorable = {name: variable for name, variable in own.items() if name in arrays}
        if restorable:  # there is none where weights alone are taken over; some but not all are a damaged file
            check_fit(arrays, {name: tuple(variable.shape) for name, variable in own.items()})
        for variable in self.model.weights:
            variable.assign(arrays[f"model/{variable.path}"])
        for name, variable in restorable.items():
            variable.assign(arrays[name])

    def _optimizer_variables(self) -> dict[str, keras.Variable]:
        """Return the variables of the optimiser by their name in a checkpoint, such as optimizer/last_kernel_momentum.

        Keras numbers optimisers of one kind, as in “adam_1/iteration”; that part is left out.
        """
        return {f"optimizer/{variable.path.partition('/')[2]}": variable for variable in self.optimizer.variables}

    def close(self) -> None:
        """Free the memory of all weights at once; nothing can be learnt or predicted afterwards.

        Where several replicas learn, the graph of a step outlives everything that Python knows of it, and its weights
        with it: what a run takes would never be free again before the program ends.
        """
        for variable in (*self.model.variables, *self.optimizer.variables):
            for part in self.strategy.experimental_local_results(variable.value):
                tf.raw_ops.AssignVariableOp(resource=part.handle, value=tf.zeros([0], part.dtype))

    def gradients(
        self, examples: NDArray[Any], truth: NDArray[Any], *extra_inputs: NDArray[np.float32]
    ) -> tuple[float, NDArray[np.float32]]:
        """Return the loss and all gradients in one row, for comparing precisions."""
        with self.strategy.scope():
            loss, gradients, _ = self._gradients(self._objective.read(truth), examples, *extra_inputs)
        return float(loss), np.concatenate([np.ravel(g.numpy()) for g in gradients])

    def _gradients(
        self, truth: tf.Tensor, examples: tf.Tensor, *extra_inputs: tf.Tensor
    ) -> tuple[tf.Tensor, list[tf.Tensor], tf.Tensor]:
        with tf.GradientTape() as tape:
            predicted = tf.cast(self._apply(examples, *extra_inputs, training=True), tf.float32)
            loss = self._objective.loss(truth, predicted)
        return loss, tape.gradient(loss, self.model.trainable_variables), predicted

    def _apply(self, examples: tf.Tensor, *extra_inputs: tf.Tensor, training: bool) -> tf.Tensor:
        inputs = [self._objective.read(examples), *map(tf.convert_to_tensor, extra_inputs)][: self._inputs]
        return self.model(inputs if self._inputs > 1 else inputs[0], training=training)

    def _learn(self, examples: tf.Tensor, truth: tf.Tensor, *extra_inputs: tf.Tensor) -> list[tf.Tensor]:
        """Learn from one device's part of the batch; all devices add up their gradients and figures."""
        y = self._objective.read(truth)
        loss, gradients, predicted = self._gradients(y, examples, *extra_inputs)
        shares = self._objective.accuracy(y, predicted)
        is_judged = tf.math.is_finite(shares)
        counts = [tf.reduce_sum(tf.where(is_judged, shares, 0.0)), tf.reduce_sum(tf.cast(is_judged, tf.float32))]
        if self._replicas > 1:
            loss, *gradients = _of_whole_batch([loss, *gradients], tf.shape(y)[0])
            all_reduce = tf.distribute.get_replica_context().all_reduce
            counts = [all_reduce(tf.distribute.ReduceOp.SUM, count) for count in counts]
        if self._clip_norm:
            gradients, _ = tf.clip_by_global_norm(gradients, self._clip_norm)
        self.optimizer.apply(gradients, self.model.trainable_variables)
        return [loss, *counts]

    def _forward(self, examples: tf.Tensor, *extra_inputs: tf.Tensor) -> tf.Tensor:
        return self._objective.output(self._apply(examples, *extra_inputs, training=False))

    def _distribute_rows(self, rows: NDArray[Any]) -> Any:
        """Return an array whose rows are divided among this process's devices."""
        here = self.strategy.extended.worker_devices
        if len(here) == 1:
            return rows
        parts = iter(np.array_split(rows, len(here)))
        return self.strategy.experimental_distribute_values_from_function(lambda _: tf.constant(next(parts)))

    def _run_distributed_step(self, *batch: tf.Tensor) -> Any:
        results = self.strategy.run(self._learn, args=batch)
        return [self.strategy.experimental_local_results(value)[0] for value in results]

    def _reduce_mean(self, value: tf.Tensor) -> Any:
        return self.strategy.reduce(
            tf.distribute.ReduceOp.SUM, self.strategy.run(tf.identity, args=(value,)), axis=None
        )


def _name_optimizer_arrays(arrays: Arrays, names: list[str]) -> Arrays:
    """Return the arrays of a checkpoint with those of the optimiser by name; older versions stored their position."""
    positions = {f"optimizer/{position}": name for position, name in enumerate(names)}
    return {positions.get(name, name): array for name, array in arrays.items()}


def choose_precision(
    config: TrainingConfig,
    objective: Objective,
    tf_device: str,
    *batch: NDArray[Any],
) -> str:
    """Return a run's dtype policy: the wish of `config`, or with “auto” the faster one that gives the same gradients.

    bfloat16 is taken where it is faster on the device and where, on one batch and equal weights, its loss differs
    by less than 1 % and its gradient points the same way (cosine above 0.99).
    """
    if config.precision != "auto":
        return config.precision
    if not bfloat16_pays(tf_device):
        return "float32"
    one = tf.distribute.OneDeviceStrategy(tf_device)
    full_loss, full = TrainStep(config, objective, strategy=one, precision="float32").gradients(*batch)
    half_loss, half = TrainStep(config, objective, strategy=one, precision="mixed_bfloat16").gradients(*batch)
    cosine = float(np.dot(full, half) / (np.linalg.norm(full) * np.linalg.norm(half) + 1e-30))
    log.info(
        "bfloat16 against float32: loss %.6f and %.6f, cosine of the gradients %.5f",
        half_loss,
        full_loss,
        cosine,
    )
    agrees = abs(half_loss - full_loss) < 0.01 * full_loss and cosine > 0.99
    return "mixed_bfloat16" if agrees else "float32"


def _of_whole_batch(values: list[tf.Tensor], rows: tf.Tensor) -> list[tf.Tensor]:
    """Combine means over the rows of each device into means over all rows; a device without rows has weight 0."""
    all_reduce = tf.distribute.get_replica_context().all_reduce
    rows = tf.cast(rows, tf.float32)
    share = rows / all_reduce(tf.distribute.ReduceOp.SUM, rows)
    parts = [tf.math.multiply_no_nan(value, share) for value in values]
    whole: list[tf.Tensor] = all_reduce(tf.distribute.ReduceOp.SUM, parts)
    return whole
