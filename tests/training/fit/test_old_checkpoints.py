"""Runs that older versions began go on: their settings and checkpoints are read under the names of this version."""

from __future__ import annotations

import dataclasses
import json
import shutil
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tomli_w

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from training.fit.loop_state import LoopState, read_state
from training.fit.trainer import resume
from training.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from training.runs.array_file import Arrays

type Losses = Callable[[Run], list[tuple[float, float]]]

STATE = ("epoch", "best_loss", "best_epoch", "plateau_best", "plateau_wait", "rollbacks")


def write_as_before(run: Run) -> None:
    """Write settings, log and checkpoint of a run as the first versions did: keys at the top, arrays by position."""
    settings = dataclasses.asdict(run.config)
    settings |= {key: settings["network"].pop(key) for key in ("side", "filters", "latent")}
    (run.folder / "config.toml").write_text(tomli_w.dumps(settings), encoding="utf-8")
    log = run.folder / "events.jsonl"
    events = [json.loads(line) for line in log.read_text(encoding="utf-8").splitlines()]
    for event in events:
        if event["kind"] == "start":
            event["config"] = settings
    log.write_text("".join(json.dumps(event) + "\n" for event in events), encoding="utf-8")
    arrays: Arrays = run.load_arrays("checkpoint") or {}
    optimizer = [name for name in arrays if name.startswith("optimizer/")]
    state = np.array([float(arrays.pop(f"state/{name}")) for name in STATE])
    old = {f"optimizer/{place}": arrays.pop(name) for place, name in enumerate(optimizer)}
    run.save_arrays("checkpoint", arrays | old | {"state": state})


def test_a_run_of_an_older_version_ends_with_the_same_weights(half_done: Run, tmp_path: Path, losses: Losses) -> None:
    """Also where the first versions did not count rollbacks."""
    old = Run(tmp_path / "old")
    shutil.copytree(half_done.folder, old.folder)
    write_as_before(old)
    for run in (half_done, old):
        run_to_end(resume(run))
    assert losses(old) == losses(half_done)
    new, expected = (run.load_arrays("checkpoint") or {} for run in (old, half_done))
    assert new.keys() == expected.keys()
    assert all(np.array_equal(new[name], expected[name]) for name in expected)


def test_the_state_is_stored_by_name_and_read_from_both_layouts() -> None:
    """Each number under its own name; the first versions had one array, and the very first no rollbacks."""
    state = LoopState(3, 0.5, 2, 0.25, 1, 4)
    assert read_state(state.as_arrays()) == state
    assert state.as_arrays()["state/plateau_wait"] == 1
    old = np.array([3, 0.5, 2, 0.25, 1, 4.0])
    assert read_state({"state": old}) == state
    assert read_state({"state": old[:5]}) == dataclasses.replace(state, rollbacks=0)


def test_a_checkpoint_with_a_part_of_its_optimiser_is_a_sentence(half_done: Run) -> None:
    """Weights alone may be taken over, but a checkpoint must have all."""
    arrays = half_done.load_arrays("checkpoint") or {}
    arrays.pop("optimizer/decoder_output_bias_momentum")
    half_done.save_arrays("checkpoint", arrays)
    with pytest.raises(DeblurError, match="decoder_output_bias_momentum"):
        run_to_end(resume(half_done))
