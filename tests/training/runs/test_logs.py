"""Files that a run leaves beside its log: a table, TensorBoard's files, and pictures of each epoch."""

from __future__ import annotations

import csv
import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import tensorflow as tf

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end
from tests.training.conftest import draw
from training.config.config import Logs, TrainingConfig, write_config
from training.data.pairs import find_pairs
from training.evaluation.watched import load_watched
from training.fit.trainer import TrainingProgress, resume, train
from training.runs import epoch_pictures, logs
from training.runs.run import Run

if TYPE_CHECKING:
    from pathlib import Path


def rows(run: Run) -> list[dict[str, str]]:
    """The rows of its table."""
    with logs.curve_file(run).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_table_has_a_row_for_each_epoch(whole_run: Run, half_done: Run) -> None:
    """With the figures of the log, before and after the run went on; without what is not about figures."""
    run_to_end(resume(half_done))
    for run, count in ((whole_run, 4), (half_done, 6)):
        table = rows(run)
        assert [float(row["val_loss"]) for row in table] == [e["val_loss"] for e in run.events("epoch")]
        assert [row["epoch"] for row in table] == [str(number) for number in range(1, count + 1)]
        assert "kind" not in table[0]


def test_a_table_lost_or_ahead_of_the_run_is_mended(half_done: Run) -> None:
    """A kill may come between the log and the table, or between the table and the checkpoint."""
    logs.curve_file(half_done).unlink()
    task = resume(half_done)
    while not isinstance(progress := next(task), TrainingProgress) or progress.loss is None:
        pass
    assert len(rows(half_done)) == 4
    task.close()
    logs.append_curve(half_done, {"epoch": 5, "val_loss": 1.0})
    run_to_end(resume(half_done))
    assert [row["epoch"] for row in rows(half_done)] == ["1", "2", "3", "4", "5", "6"]


def test_tables_within_an_epoch_become_columns_and_what_is_no_number_stays_empty(tmp_path: Path) -> None:
    """Also those that come later than the first epoch."""
    run = Run(tmp_path)
    for epoch in (
        {"kind": "epoch", "epoch": 1, "val_loss": 0.5, "val_psnr": math.nan, "gains": {}, "sharp_psnr": None},
        {"kind": "epoch", "epoch": 2, "val_loss": 0.4, "val_psnr": 20.5, "gains": {"motion": 1.5}, "sharp_psnr": None},
    ):
        run.append([epoch])
        logs.append_curve(run, epoch)
    assert [[row[name] for name in ("epoch", "val_psnr", "sharp_psnr", "gains.motion")] for row in rows(run)] == [
        ["1", "", "", ""],
        ["2", "20.5", "", "1.5"],
    ]


def test_tensorboard_finds_figures_and_pictures(pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path) -> None:
    """In its own format, of each epoch and each batch, also where TensorBoard itself is not installed."""
    config = replace(tiny, epochs=2, logs=Logs(csv=False, tensorboard=True))
    run = run_to_end(train(config, find_pairs(pairs_folder).pairs, Run(tmp_path / "run")))
    assert not logs.curve_file(run).exists()
    (file,) = (run.folder / "tensorboard").iterdir()
    result: dict[str, list[tuple[int, tf.Tensor]]] = {}
    plugins = set()
    for record in tf.data.TFRecordDataset(str(file)):
        event = tf.compat.v1.Event.FromString(record.numpy())
        for value in event.summary.value:
            result.setdefault(value.tag, []).append((event.step, tf.make_ndarray(value.tensor)))
            plugins.add(value.metadata.plugin_data.plugin_name)
    losses = [(step, float(value)) for step, value in result["epoch/val_loss"]]
    assert losses == [(e["epoch"], pytest.approx(e["val_loss"])) for e in run.events("epoch")]
    assert [step for step, _ in result["batch/loss"]] == [1, 2, 3, 4]
    width, height, picture = result["preview/1"][0][1].tolist()
    assert (width, height) == (b"16", b"16")
    assert tf.io.decode_jpeg(picture).shape == (16, 16, 3)
    assert plugins - {""} == {"scalars", "images"}


def test_each_epoch_has_pictures(whole_run: Run) -> None:
    """Of always the same held-out pairs: input and truth once, the prediction each time."""
    assert epoch_pictures.epochs(whole_run) == [1, 2, 3, 4]
    scenes = epoch_pictures.scenes(whole_run)
    assert [scene.name for scene in scenes] == ["1", "2"]
    for scene in scenes:
        assert scene.truth is not None
        sharp, blurred = (image_io.read(path).pixels for path in (scene.truth, scene.input))
        assert sharp.shape == blurred.shape == (16, 16, 3)
        assert np.abs(sharp - blurred).max() > 0.02
        first, last = (epoch_pictures.prediction(whole_run, epoch, scene.name).read_bytes() for epoch in (1, 4))
        assert first != last


def test_the_users_own_photo_is_followed(pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path) -> None:
    """It comes after the held-out ones; the watcher is given it; and a run goes on when it is gone."""
    photo = tmp_path / "mine.png"
    image_io.write(Picture(from_integer(draw(99))), photo)
    config = replace(tiny, epochs=1, data=replace(tiny.data, watch=str(photo)))
    run = Run(tmp_path / "run")
    progress = list(train(config, find_pairs(pairs_folder).pairs, run))
    displayed = [p.photo for p in progress if isinstance(p, TrainingProgress) and p.figures]
    assert [pixels.shape for pixels in displayed if pixels is not None] == [(16, 16, 3)]
    last = epoch_pictures.scenes(run)[-1]
    assert (last.name, last.truth) == (epoch_pictures.PHOTO, None)
    assert epoch_pictures.prediction(run, 1, epoch_pictures.PHOTO).exists()
    photo.unlink()
    write_config(replace(config, epochs=2), run.folder / "config.toml")
    run_to_end(resume(run))
    assert len(run.events("epoch")) == 2


def test_a_photo_that_is_not_there_is_told_at_once(pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path) -> None:
    """At the start somebody is there to mend it."""
    config = replace(tiny, data=replace(tiny.data, watch=str(tmp_path / "none.png")))
    with pytest.raises(DeblurError, match=r"none\.png” does not exist"):
        run_to_end(train(config, find_pairs(pairs_folder).pairs, Run(tmp_path / "run")))
    assert not (tmp_path / "run").exists()


def test_a_network_of_any_size_sees_the_middle_of_a_photo(tiny: TrainingConfig, tmp_path: Path) -> None:
    """As it is, with sides that fold evenly; a small one is filled up."""
    config = replace(
        tiny, network=replace(tiny.network, architecture="restorer", widths=(4, 8, 16), blocks=(1, 1, 1)),
        data=replace(tiny.data, source="synthetic", watch=str(tmp_path / "photo.png")),
    )  # fmt: skip
    random = np.random.default_rng(0)
    for size, expected in (((301, 500), (256, 256)), ((30, 20), (24, 16)), ((5, 100), (8, 96))):
        pixels = from_integer(random.integers(0, 256, (*size, 3), np.uint8))
        image_io.write(Picture(pixels), tmp_path / "photo.png")
        watched = load_watched(config)
        assert watched is not None
        assert watched.pixels.shape == (*expected, 3)
        assert watched.restore(lambda seen, *_: seen / np.float32(255)).shape == (*expected, 3)
