"""Several devices and several processes train together as one would, and outlive the death of one of them."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import psutil
import pytest
from PIL import Image
from skimage import data

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from training.cli import main as cli
from training.config.config import TrainingConfig, write_config
from training.config.sections import Data, Learning, Network
from training.fit import distributed, launch
from training.fit.distributed import Part
from training.fit.trainer import train
from training.runs.run import Run

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.slow

MIRRORED = """
import sys
from pathlib import Path
import tensorflow as tf
tf.config.set_logical_device_configuration(
    tf.config.list_physical_devices("CPU")[0], [tf.config.LogicalDeviceConfiguration()] * 2
)
from deblur_app.core.task import run_to_end
from training.config.config import read_config
from training.runs.run import Run
from training.fit.trainer import train
run_to_end(train(read_config(Path(sys.argv[1])), [], Run(Path(sys.argv[2]))))
"""
"""A training on two devices that are parts of one processor; only a new process can be divided."""


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> TrainingConfig:
    """A training that takes no time and uses all there is: running means, clipping, a schedule, an uneven batch."""
    photos = tmp_path_factory.mktemp("photos")
    for number in range(6):
        Image.fromarray(data.astronaut()[number * 64 : number * 64 + 72, 150:240]).save(photos / f"{number}.png")
    return TrainingConfig(
        epochs=2, batch_size=5, learning_rate=0.01, validation_share=0.34, precision="float32", device="cpu",
        network=Network("restorer", side=16, widths=(4, 6), blocks=(1, 1)),
        learning=Learning(
            "adamw", weight_decay=1e-3, schedule="cosine", warmup_steps=2, clip_norm=0.05, average=0.5,
            loss="charbonnier", frequency_weight=0.2,
        ),
        data=Data(
            source="synthetic", photos=(str(photos),), steps_per_epoch=4, blurs={"motion": {"length": (3.0, 5.0)}},
            sharp_share=0.2, validation_crops=3, workers=0,
        ),
    )  # fmt: skip


@pytest.fixture(scope="module")
def single_process_run(config: TrainingConfig, tmp_path_factory: pytest.TempPathFactory) -> Run:
    """Return what one process on one device makes of it."""
    return run_to_end(train(config, [], Run(tmp_path_factory.mktemp("runs") / "alone")))


def assert_equal_runs(one: Run, other: Run) -> None:
    """Losses and weights, to rounding."""
    for name in ("loss", "val_loss"):
        values = [[epoch[name] for epoch in run.events("epoch")] for run in (one, other)]
        assert values[0] == pytest.approx(values[1], rel=1e-5)
    weights = [run.load_arrays("best") for run in (one, other)]
    assert weights[0] is not None
    assert weights[1] is not None
    for name, array in weights[0].items():
        assert np.allclose(array, weights[1][name], atol=1e-5)


def test_two_devices_of_one_machine_learn_as_one(
    config: TrainingConfig, single_process_run: Run, tmp_path: Path
) -> None:
    """A batch of five is two rows for the one and three for the other, and each row counts alike."""
    write_config(replace(config, device="cpu:0,cpu:1"), tmp_path / "config.toml")
    command = [sys.executable, "-c", MIRRORED, str(tmp_path / "config.toml"), str(tmp_path / "run")]
    process = subprocess.run(command, capture_output=True, text=True, check=False)
    assert process.returncode == 0, process.stderr
    assert_equal_runs(single_process_run, Run(tmp_path / "run"))
    assert " and " in Run(tmp_path / "run").start()["device"]


def test_two_processes_learn_as_one_and_the_death_of_one_is_borne(
    config: TrainingConfig, single_process_run: Run, tmp_path: Path
) -> None:
    """One is killed after the first checkpoint; all are started again from there, and come to the same end."""
    write_config(config, tmp_path / "config.toml")
    run = Run(tmp_path / "run")
    arguments = ["run", str(tmp_path / "config.toml"), "--out", str(run.folder)]
    killed = False
    for _ in launch.train_here(2, arguments, run, restarts=1):
        if not killed and (run.folder / "checkpoint.npz").exists():
            children = psutil.Process().children()
            alive = [child for child in children if child.status() != psutil.STATUS_ZOMBIE]
            workers = [child for child in alive if "training.cli.main" in " ".join(child.cmdline())]
            workers[-1].kill()
            killed = True
    assert killed
    assert_equal_runs(single_process_run, run)
    assert run.card.is_file()
    assert not list(run.folder.glob("model-*worker*"))


def test_what_cannot_be_mended_by_trying_again_is_said_at_once(tmp_path: Path) -> None:
    """A folder that cannot be trained on ends the processes, and no folder of a run is left behind."""
    with pytest.raises(DeblurError, match="ended with code 2"):
        run_to_end(launch.train_here(1, ["run", str(tmp_path / "no.toml"), "--out", "x"], Run(tmp_path / "run")))
    assert not (tmp_path / "run").exists()


def test_the_rows_of_all_parts_are_the_batch() -> None:
    """None is left out, none is learnt from twice, and no part has two more than another."""
    for batch_size, count in ((8, 2), (5, 2), (7, 3), (1, 1)):
        parts = [Part(index, count).rows(batch_size) for index in range(count)]
        assert [row for part in parts for row in part] == list(range(batch_size))
        assert max(map(len, parts)) - min(map(len, parts)) <= 1


@pytest.mark.parametrize(
    "text",
    [
        "{",
        "{}",
        '{"cluster": {"worker": ["a:1"]}, "task": {"type": "worker", "index": 1}}',
        '{"cluster": {"worker": ["a:1"], "ps": ["b:1"]}, "task": {"type": "worker", "index": 0}}',
        '{"cluster": {"worker": 3}, "task": {"type": "worker", "index": 0}}',
    ],
)
def test_a_wrong_cluster_is_a_sentence(text: str) -> None:
    """It shows how it should look."""
    with pytest.raises(DeblurError, match="looks like this"):
        distributed.cluster(text)


def test_only_the_first_process_writes_into_the_folder_of_the_run(
    single_process_run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The others work in a copy, which goes when they are done."""
    cluster = {"worker": ["a:1", "b:1"]}
    for index in (0, 1):
        monkeypatch.setenv("TF_CONFIG", json.dumps({"cluster": cluster, "task": {"type": "worker", "index": index}}))
        with distributed.worker_run_folder(single_process_run, is_new=False) as own:
            assert (own == single_process_run) is (index == 0)
            assert own.config == single_process_run.config
            assert own.load_arrays("checkpoint") is not None
        assert own.folder.exists() is (index == 0)
    with (
        pytest.raises(DeblurError, match="cannot be read by every process"),
        distributed.worker_run_folder(Run(tmp_path / "gone"), is_new=False),
    ):
        pass


def test_the_commands_for_each_machine_are_printed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """They differ in who is who alone, and a shell reads them as they are meant."""
    words = ["launch", "--hosts", "red,blue:23456", "--out", str(tmp_path / "a run"), "config.toml", "--photos", "p"]
    assert cli.main(words) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "# on red:12345"
    commands = [line for line in lines if not line.startswith("#")]
    program = tmp_path / "deblur-train"
    program.write_text('#!/bin/sh\nprintf \'%s\\n\' "$TF_CONFIG" "$@"\n')
    program.chmod(0o755)
    assert len(commands) == 2
    for index, command in enumerate(commands):
        path = {"PATH": f"{tmp_path}:/usr/bin:/bin"}
        process = subprocess.run(["/bin/sh", "-c", command], env=path, capture_output=True, text=True, check=True)
        displayed = process.stdout.splitlines()
        settings = json.loads(displayed[0])
        assert settings["cluster"]["worker"] == ["red:12345", "blue:23456"]
        assert settings["task"]["index"] == index
        assert displayed[1:] == ["run", "config.toml", "--out", str(tmp_path / "a run"), "--photos", "p"]


@pytest.mark.parametrize(("hosts", "words"), [(["a", "a"], "one address"), ([], "at least one host")])
def test_hosts_that_cannot_be_told_apart_are_a_sentence(hosts: list[str], words: str) -> None:
    """Each process needs an address of its own."""
    with pytest.raises(DeblurError, match=words):
        launch.workers(hosts, [])
