"""A step of training: its figures, its precision, and going on where another was."""

from __future__ import annotations

import gc
import weakref
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tensorflow as tf

import training.learning.train_step as train_step_module
from training.config.config import TrainingConfig
from training.config.sections import Data, Learning, Network
from training.learning.train_step import TrainStep, choose_precision
from training.trainables.trainables import trainable_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.config.config import Precision

SMALL = Network(side=16, filters=(4, 8), latent=8)
LARGE = TrainingConfig(network=Network(side=128, filters=(8, 16), latent=8), device="cpu")
"""Few weights over a large area: the gradient of each bias is a sum over many thousand pixels."""

CPU = "/CPU:0"


def batch(side: int, count: int = 8) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Pictures with a gradient of brightness, blurred and sharp."""
    random = np.random.default_rng(0)
    ramp = np.linspace(40, 200, side)[:, None, None] + random.uniform(-40, 40, (count, 1, 1, 3))
    sharp = np.clip(ramp + random.normal(0, 30, (count, side, side, 3)), 0, 255).astype(np.uint8)
    return np.clip(ramp, 0, 255).astype(np.uint8) * np.ones_like(sharp), sharp


def make_step(config: TrainingConfig, precision: str) -> TrainStep:
    """Return a step on the processor."""
    return TrainStep(
        config,
        trainable_of(config).objective(config),
        strategy=tf.distribute.OneDeviceStrategy(CPU),
        precision=precision,
    )


def test_gradients_in_bfloat16_point_where_those_in_float32_do() -> None:
    """Held for each variable: the gradient of a bias that is summed up in bfloat16 is wrong."""
    full, half = make_step(LARGE, "float32"), make_step(LARGE, "mixed_bfloat16")
    expected, actual = (train_step.gradients(*batch(LARGE.network.side))[1] for train_step in (full, half))
    ends = np.cumsum([int(np.prod(v.shape)) for v in full.model.trainable_variables])[:-1]
    for variable, one, other in zip(
        full.model.trainable_variables, np.split(expected, ends), np.split(actual, ends), strict=True
    ):
        cosine = np.dot(one, other) / (np.linalg.norm(one) * np.linalg.norm(other) + 1e-30)
        assert cosine > 0.99, variable.path
        if "conv" in variable.path and variable.path.endswith("bias"):
            assert np.linalg.norm(one - other) < 0.05 * np.linalg.norm(one), variable.path


def test_the_restorers_gradients_agree_as_well() -> None:
    """Once its last layer is no longer zero, which hides all others."""
    config = TrainingConfig(
        network=Network("restorer", side=128, widths=(8, 16), blocks=(1, 1)),
        data=Data("synthetic"),
        learning=Learning(loss="charbonnier"),
    )
    full, half = make_step(config, "float32"), make_step(config, "mixed_bfloat16")
    for train_step in (full, half):
        last = train_step.model.get_layer("last").kernel
        last.assign(0.05 * np.random.default_rng(0).standard_normal(last.shape))
    noise = np.full(8, 0.01, np.float32)
    expected, actual = (train_step.gradients(*batch(128), noise)[1] for train_step in (full, half))
    ends = np.cumsum([int(np.prod(v.shape)) for v in full.model.trainable_variables])[:-1]
    for variable, one, other in zip(
        full.model.trainable_variables, np.split(expected, ends), np.split(actual, ends), strict=True
    ):
        assert np.dot(one, other) > 0.99 * np.linalg.norm(one) * np.linalg.norm(other), variable.path


def test_the_running_mean_of_the_weights_is_judged_and_learning_goes_on_from_the_weights() -> None:
    """Within `use_mean_weights`; also after an error there, and it is part of what a checkpoint holds."""
    config = TrainingConfig(network=SMALL, learning_rate=0.02, learning=Learning(average=0.5))
    train_step, other = make_step(config, "float32"), make_step(config, "float32")
    calls = []
    for _ in range(3):
        train_step.step(*batch(16))
        calls.append(train_step.weights())
    own = train_step.state()
    name = next(iter(calls[0]))
    mean = calls[0][name]  # the first step's weights begin it
    for arrays in calls[1:]:
        mean = 0.5 * mean + 0.5 * arrays[name]
    with train_step.use_mean_weights():
        np.testing.assert_allclose(train_step.weights()[name], mean, atol=1e-6)
    assert all(np.array_equal(array, train_step.state()[key]) for key, array in own.items())
    with pytest.raises(ZeroDivisionError), train_step.use_mean_weights():
        _ = 1 / 0
    assert all(np.array_equal(array, train_step.state()[key]) for key, array in own.items())
    other.restore(own)
    with train_step.use_mean_weights(), other.use_mean_weights():
        assert np.array_equal(train_step.predict(batch(16)[0]), other.predict(batch(16)[0]))


def test_weights_decay_but_biases_do_not() -> None:
    """With a learning rate that matters and nothing to learn."""
    config = TrainingConfig(
        network=Network(side=16, filters=(4,), latent=4),
        learning_rate=0.1,
        learning=Learning("adamw", weight_decay=0.5, clip_norm=1e-9),
    )
    train_step = make_step(config, "float32")
    for variable in train_step.model.trainable_variables:
        variable.assign(np.ones(variable.shape))
    train_step.optimizer.apply([np.zeros(v.shape, np.float32) for v in train_step.model.trainable_variables])
    for variable in train_step.model.trainable_variables:
        expected = 1.0 if variable.path.endswith("bias") else 0.95
        np.testing.assert_allclose(variable.numpy(), expected, atol=1e-6, err_msg=variable.path)


def test_a_network_learns() -> None:
    """The loss falls while it sees one batch again and again, in either precision."""
    config = TrainingConfig(network=SMALL, learning_rate=0.02)
    for precision in ("float32", "mixed_bfloat16"):
        train_step = make_step(config, precision)
        first, *_, last = (train_step.step(*batch(16))[0] for _ in range(30))
        assert last < 0.7 * first


def test_a_step_goes_on_where_another_was() -> None:
    """Weights and optimiser are all that the next step depends on."""
    config = TrainingConfig(network=SMALL, seed=1)
    old, new = make_step(config, "float32"), make_step(TrainingConfig(network=SMALL, seed=2), "float32")
    for _ in range(3):
        old.step(*batch(16))
    old.learning_rate = 0.01
    new.restore(old.state())
    assert [old.step(*batch(16)) for _ in range(3)] == [new.step(*batch(16)) for _ in range(3)]
    assert new.learning_rate == pytest.approx(0.01)


def test_predictions_do_not_change_the_network() -> None:
    """Judging comes between two epochs and must leave no trace; the last batch may be smaller."""
    train_step = make_step(TrainingConfig(network=SMALL), "float32")
    before = train_step.state()
    for count in (8, 3, 1):
        predicted = train_step.predict(batch(16, count)[0])
        assert predicted.shape == (count, 16, 16, 3)
        assert predicted.dtype == np.float32
        assert 0 <= predicted.min() <= predicted.max() <= 1
    assert all(np.array_equal(before[name], array) for name, array in train_step.state().items())


@pytest.mark.parametrize("wish", ["float32", "mixed_bfloat16"])
def test_a_wish_for_a_precision_is_granted(wish: Precision) -> None:
    """Without a measurement."""
    config = TrainingConfig(precision=wish)
    assert choose_precision(config, trainable_of(config).objective(config), CPU, *batch(16)) == wish


@pytest.mark.parametrize(
    ("pays", "agrees", "expected"),
    [(False, True, "float32"), (True, False, "float32"), (True, True, "mixed_bfloat16")],
)
def test_bfloat16_is_taken_where_it_is_faster_and_agrees(
    monkeypatch: pytest.MonkeyPatch, pays: bool, agrees: bool, expected: str
) -> None:
    """With “auto” it needs both: the speed, and the same gradients."""
    config = TrainingConfig(network=SMALL)
    monkeypatch.setattr(train_step_module, "bfloat16_pays", lambda _: pays)
    real = TrainStep.gradients

    def gradients(self: TrainStep, *arrays: NDArray[np.uint8]) -> tuple[float, NDArray[np.float32]]:
        loss, values = real(self, *arrays)
        return (loss, values) if agrees or self.precision == "float32" else (loss, -values)

    monkeypatch.setattr(TrainStep, "gradients", gradients)
    assert choose_precision(config, trainable_of(config).objective(config), CPU, *batch(16)) == expected


def test_the_graph_of_a_run_is_free_at_its_end() -> None:
    """Neither Keras nor TensorFlow keeps what a step was compiled to."""
    train_step = make_step(TrainingConfig(network=SMALL), "float32")
    pair = batch(16, 2)
    train_step.step(*pair)
    graph = weakref.ref(train_step._step.get_concrete_function(*pair).graph)
    train_step.close()
    del train_step
    gc.collect()
    assert graph() is None
