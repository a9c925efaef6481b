"""A run survives bad numbers and signal 9, and nobody else trains into its folder."""

from __future__ import annotations

import shutil
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from training.config.config import TrainingConfig, write_config
from training.data.pairs import find_pairs
from training.fit.trainer import TrainingProgress, resume, train
from training.learning.train_step import TrainStep
from training.runs.run import Run
from training.runs.run_lock import exclusive_run, is_training

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

type Losses = Callable[[Run], list[tuple[float, float]]]

_TRAIN = """
import sys
from pathlib import Path
from training.config.config import read_config
from training.data.pairs import find_pairs
from training.runs.run import Run
from training.fit.trainer import resume, train
pairs, config, out = map(Path, sys.argv[1:])
run = Run(out)
begun = (out / "config.toml").exists()
task = resume(run) if begun else train(read_config(config), find_pairs(pairs).pairs, run)
for progress in task:
    if getattr(progress, "loss", None) is not None:
        print(progress.step, flush=True)
"""


def break_loss_at(steps: set[int], monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """From now on, the loss is no number in these steps, counted from now; returns the learning rates of all steps."""
    rates: list[float] = []
    step = TrainStep.step

    def breaking(loop: TrainStep, *batch: np.ndarray) -> tuple[float, float, int]:
        rates.append(loop.learning_rate)
        return (float("nan"), 0.0, 0) if len(rates) in steps else step(loop, *batch)

    monkeypatch.setattr(TrainStep, "step", breaking)
    return rates


def test_a_loss_that_is_no_number_goes_back_an_epoch(
    whole_run: Run, half_done: Run, monkeypatch: pytest.MonkeyPatch, losses: Losses
) -> None:
    """With a third of the learning rate; the epochs before stay, and the log and the watcher are told."""
    rates = break_loss_at({2}, monkeypatch)
    values = [p.rollback for p in resume(half_done) if isinstance(p, TrainingProgress) and p.rollback]
    assert losses(half_done)[:4] == losses(whole_run)
    assert len(losses(half_done)) == 6
    assert [(r.epoch, r.back_to, r.number) for r in values] == [(5, 4, 1)]
    assert rates == pytest.approx([0.02] * 2 + [0.02 / 3] * 4)
    (event,) = half_done.events("rollback")
    assert event["learning_rate"] == pytest.approx(0.02 / 3)
    assert half_done.events("end")[-1]["reason"] == "epochs"


def test_a_run_that_went_back_can_be_killed_as_well(
    half_done: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, losses: Losses
) -> None:
    """All that it needs is in the checkpoint: going on gives the losses of a run that was not killed."""
    whole = Run(tmp_path / "whole")
    shutil.copytree(half_done.folder, whole.folder)
    with monkeypatch.context() as patch:
        break_loss_at({1}, patch)
        run_to_end(resume(whole))
    with monkeypatch.context() as patch:
        break_loss_at({1}, patch)
        task = resume(half_done)
        while not getattr(next(task), "figures", None):
            pass
        task.close()
    rates = break_loss_at(set(), monkeypatch)
    run_to_end(resume(half_done))
    assert losses(half_done) == losses(whole)
    assert rates == pytest.approx([0.02 / 3] * 2)


@pytest.mark.parametrize("schedule", ["plateau", "cosine"])
def test_a_breakdown_in_the_first_epoch_starts_anew(
    schedule: str, pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the same start weights, with smaller steps."""
    config = replace(tiny, epochs=1, learning=replace(tiny.learning, schedule=schedule))
    rates = break_loss_at({2, 3}, monkeypatch)
    run = Run(tmp_path / "run")
    run_to_end(train(config, find_pairs(pairs_folder).pairs, run))
    first, second = (0.02, 0.02) if schedule == "plateau" else (0.02 * 0.5 * (1 + np.cos(np.pi / 2)), 0.0)
    assert rates == pytest.approx([first, second, first / 3, first / 9, second / 9])
    assert [event["number"] for event in run.events("rollback")] == [1, 2]


@pytest.mark.parametrize("where", ["step", "predict"])
def test_a_run_that_breaks_down_again_and_again_is_a_sentence(
    half_done: Run, monkeypatch: pytest.MonkeyPatch, losses: Losses, where: str
) -> None:
    """It shows while learning or while validating; what was good before is kept."""
    before = losses(half_done)
    broken = {"step": lambda *_: (float("nan"), 0.0, 0), "predict": lambda _, b: np.full(b.shape, np.nan, np.float32)}
    monkeypatch.setattr(TrainStep, where, broken[where])
    with pytest.raises(DeblurError, match=r"broke down in epoch 5.*back 3 times.*lower learning rate than 0\.00074"):
        run_to_end(resume(half_done))
    assert losses(half_done) == before
    assert len(half_done.events("rollback")) == 3


def test_synthetic_pairs_are_made_again_after_going_back(
    pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The stream of batches goes back as well: the second try learns from the batches of the first."""
    blurs = {"motion": {"length": (2.0, 4.0), "angle": (0.0, 180.0)}}
    data = replace(
        tiny.data, source="synthetic", photos=(str(pairs_folder / "sharp"),), steps_per_epoch=2, blurs=blurs,
        validation_crops=2, workers=1, scale=(1.0, 1.0),
    )  # fmt: skip
    calls: list[np.ndarray] = []
    step = TrainStep.step

    def breaking(loop: TrainStep, *batch: np.ndarray) -> tuple[float, float, int]:
        calls.append(batch[0].copy())
        return (float("nan"), 0.0, 0) if len(calls) == 4 else step(loop, *batch)

    monkeypatch.setattr(TrainStep, "step", breaking)
    run_to_end(train(replace(tiny, epochs=2, data=data), [], Run(tmp_path / "run")))
    assert len(calls) == 6
    assert all(np.array_equal(one, other) for one, other in zip(calls[2:4], calls[4:], strict=True))


def test_patience_ends_a_run_that_gets_no_better(half_done: Run, tiny: TrainingConfig) -> None:
    """Counted from its best epoch, and it is told in the log; going on ends at once for the same reason."""
    config = replace(tiny, epochs=50, learning_rate=1.0, learning=replace(tiny.learning, patience=2))
    write_config(config, half_done.folder / "config.toml")
    checkpoint = half_done.load_arrays("checkpoint")
    assert checkpoint is not None
    checkpoint["state/best_loss"] = np.array(0.0)  # no epoch can be better
    half_done.save_arrays("checkpoint", checkpoint)
    for _ in range(2):
        run_to_end(resume(half_done))
        end = half_done.events("end")[-1]
        assert (end["epoch"], end["best_epoch"], end["reason"]) == (6, 4, "patience")


def test_a_killed_run_ends_with_the_same_bits(pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path) -> None:
    """Signal 9 in the middle of an epoch, to a process of its own, with deterministic operations."""
    learning = replace(tiny.learning, deterministic=True, average=0.9)
    write_config(replace(tiny, epochs=3, learning=learning), tmp_path / "config.toml")
    command = [sys.executable, "-c", _TRAIN, pairs_folder, tmp_path / "config.toml"]
    whole = subprocess.run([*command, tmp_path / "whole"], capture_output=True, text=True, check=True)
    assert whole.stdout.split() == ["1", "2", "3", "4", "5", "6"]
    command.append(tmp_path / "cut")
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as process:
        assert process.stdout is not None
        while process.stdout.readline() != b"3\n":
            pass
        process.kill()
    assert process.returncode == -9
    rest = subprocess.run(command, capture_output=True, text=True, check=True)
    assert rest.stdout.split() in (["3", "4", "5", "6"], ["5", "6"])  # the signal may come after the epoch's end
    one, other = Run(tmp_path / "whole"), Run(tmp_path / "cut")
    for event, same in zip(one.events(), other.events(), strict=True):
        assert {**event, "seconds": 0} == {**same, "seconds": 0}
    for name in ("best", "checkpoint"):
        arrays, others = one.load_arrays(name), other.load_arrays(name)
        assert arrays is not None
        assert others is not None
        assert all(array.tobytes() == others[key].tobytes() for key, array in arrays.items())
    for file in ("model-encoder.npz", "model-decoder.npz", "previews/epoch-0003-1.jpg"):
        assert (one.folder / file).read_bytes() == (other.folder / file).read_bytes()


def test_a_log_cut_at_any_byte_is_read_up_to_its_last_whole_line(whole_run: Run, tmp_path: Path) -> None:
    """Wherever it is cut: never an error, never half an event, and what is added later is not lost."""
    data = (whole_run.folder / "events.jsonl").read_bytes()
    events, run = whole_run.events(), Run(tmp_path)
    added = {**whole_run.epochs()[0], "epoch": 99}
    for end in range(1, len(data), 5):
        (tmp_path / "events.jsonl").write_bytes(data[:end])
        found = run.events()
        assert found == events[: len(found)]
        assert len(found) >= data[:end].count(b"\n")
    for end in (0, 1, len(data) // 2, len(data) - 1, len(data)):
        (tmp_path / "events.jsonl").write_bytes(data[:end])
        run.append([added])
        assert run.events()[-1] == added


def test_two_trainings_never_share_a_folder(
    half_done: Run, pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path
) -> None:
    """Neither in this process nor in another; the second one is told, and the first goes on."""
    assert not is_training(half_done.folder)
    task = resume(half_done)
    while getattr(next(task), "loss", None) is None:
        pass
    assert is_training(half_done.folder)
    with pytest.raises(DeblurError, match=r"goes on in .* already"):
        run_to_end(resume(half_done))
    command = [sys.executable, "-c", _TRAIN, pairs_folder, half_done.folder / "config.toml", half_done.folder]
    second = subprocess.run(command, capture_output=True, text=True, check=False)
    assert second.returncode == 1
    assert "goes on in" in second.stderr
    run_to_end(task)
    assert len(half_done.events("epoch")) == 6
    assert not is_training(half_done.folder)
    assert not is_training(tmp_path / "nowhere")


def test_a_killed_process_holds_no_lock(tmp_path: Path) -> None:
    """The system frees it; nobody has to delete a file by hand."""
    code = (
        "import sys, pathlib; from training.runs.run_lock import exclusive_run\n"
        "with exclusive_run(pathlib.Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", code, tmp_path]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        process.stdout.readline()
        with pytest.raises(DeblurError, match="goes on in"), exclusive_run(tmp_path):
            pass
        process.kill()
    with exclusive_run(tmp_path):
        assert is_training(tmp_path)


def test_a_folder_that_cannot_be_written_is_a_sentence(tmp_path: Path) -> None:
    """Such as a file in its place."""
    (tmp_path / "file").touch()
    with pytest.raises(DeblurError, match="cannot be written"), exclusive_run(tmp_path / "file" / "run"):
        pass
