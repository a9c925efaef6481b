"""Forecasts tell what a training will take before it is begun, close to what it then takes."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from training.data.pairs import find_pairs
from training.fit import forecast as forecasts
from training.fit.forecast import forecast
from training.trainables.presets import settings_of

if TYPE_CHECKING:
    from pathlib import Path

    from training.config.config import TrainingConfig
    from training.runs.run import Run


def test_disk_and_steps_are_those_of_the_real_run(
    pairs_folder: Path, tiny: TrainingConfig, whole_run: Run, tmp_path: Path
):
    """The folder of a finished run is about as large as was told, and had as many steps; nothing was written."""
    pairs = run_to_end(forecast(tiny, find_pairs(pairs_folder).pairs, tmp_path / "runs" / "next"))
    used = sum(path.stat().st_size for path in whole_run.folder.rglob("*") if path.is_file())
    assert pairs.steps == len(whole_run.events("batch"))
    assert used * 0.5 < pairs.disk < used * 3
    assert pairs.free > 0
    assert pairs.seconds > pairs.steps * pairs.step_seconds * 0.99
    assert pairs.memory > 0
    assert pairs.device
    assert list(tmp_path.iterdir()) == []


def test_longer_trainings_take_longer(pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path):
    """Two thousand times the epochs are far more than ten times the seconds, unless the time is limited."""
    pairs = find_pairs(pairs_folder).pairs
    configs = [replace(tiny, epochs=epochs) for epochs in (50, 100_000)]
    short, long = (run_to_end(forecast(config, pairs, tmp_path)).seconds for config in configs)
    assert long > 10 * short
    limited = replace(tiny, epochs=5000, learning=replace(tiny.learning, minutes=0.1))
    assert run_to_end(forecast(limited, pairs, tmp_path)).seconds <= 6.0


def test_synthetic_pairs_count_with_their_making(tmp_path: Path, pairs_folder: Path, tiny: TrainingConfig):
    """Photographs to make pairs of are read and blurred for the forecast as for the training."""
    data = replace(tiny.data, source="synthetic", photos=(str(pairs_folder / "sharp"),), steps_per_epoch=3, workers=0)
    result = run_to_end(forecast(replace(tiny, data=data), [], tmp_path))
    assert result.steps == 3 * tiny.epochs
    assert result.step_seconds > 0


def test_too_little_to_learn_from_is_told_at_once(tmp_path: Path):
    """As by the training itself."""
    config = settings_of("restorer", "synthetic")
    with pytest.raises(DeblurError, match="Name a folder"):
        run_to_end(forecast(config, [], tmp_path))


def test_a_forecast_that_is_left_in_the_middle_gives_its_network_back(
    pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    """Closed while steps are measured, it frees the memory of all weights."""
    import tensorflow as tf

    networks = []
    build = forecasts._network

    def record(*arguments: Any) -> Any:
        networks.append(build(*arguments))
        return networks[-1]

    monkeypatch.setattr(forecasts, "_network", record)
    for steps in (3, 5):
        task = forecast(tiny, find_pairs(pairs_folder).pairs, tmp_path)
        for _ in range(steps):
            next(task)
        train_step, _ = networks[-1]
        weights = [variable.value for variable in (*train_step.model.variables, *train_step.optimizer.variables)]
        assert _bytes_held(tf, weights) > 1000
        task.close()
        assert _bytes_held(tf, weights) == 0
    assert len(networks) == 2


def _bytes_held(tf: Any, weights: list[Any]) -> int:
    values = [tf.raw_ops.ReadVariableOp(resource=weight.handle, dtype=weight.dtype) for weight in weights]
    return sum(value.numpy().nbytes for value in values)
