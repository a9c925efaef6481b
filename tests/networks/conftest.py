"""A tiny network of the paper's kind, and what every network of the project must do."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from deblur_app.engine import devices

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import keras

    from deblur_app.networks.weights import Card


@pytest.fixture(scope="session", autouse=True)
def _engine() -> None:
    """TensorFlow is set up once, as the program does it."""
    devices.load_engine()


@pytest.fixture(scope="session")
def tiny() -> dict[str, Any]:
    """Arguments of `build_autoencoder` for a network that takes no time."""
    return {"side": 16, "filters": (4, 8), "latent": 8}


@pytest.fixture
def check_network(tmp_path: Path) -> Callable[..., None]:
    """Trains a network of input (16, 16, 3) a step, saves it, and builds it anew from its card."""

    def check(model: keras.Model, card: Card, *given: np.ndarray) -> None:
        import keras

        from deblur_app.networks import weights

        batch = np.random.default_rng(0).random((2, 16, 16, 3), np.float32)
        inputs = [batch, *given] if given else batch
        before = [v.numpy() for v in model.trainable_variables]
        model.compile(optimizer=keras.optimizers.Adam(0.01), loss="mse")
        assert np.isfinite(model.train_on_batch(inputs, batch / 2))
        assert any(not np.array_equal(old, v.numpy()) for old, v in zip(before, model.trainable_variables, strict=True))
        weights.save(model, card, tmp_path / "model.json")
        again, _ = weights.load(tmp_path / "model.json")
        for saved, loaded in zip(model.get_weights(), again.get_weights(), strict=True):
            np.testing.assert_allclose(loaded, saved, rtol=1e-3, atol=1e-6)
        outputs, same = (np.asarray(network(inputs, training=False)) for network in (model, again))
        assert outputs.shape == batch.shape
        np.testing.assert_allclose(outputs, same, atol=1e-3)  # float16 on disk

    return check
