"""Training as a task: equal to Keras, and safe against kills, cancels and bad numbers."""

from __future__ import annotations

import math
import shutil
import threading
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import keras
import numpy as np
import pytest
import tensorflow as tf
from PIL import Image

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.networks import weights
from training.batches.stored_pairs import divide
from training.config.sections import Network
from training.data import dataset
from training.data.pairs import Pair, find_pairs
from training.fit.trainer import TrainingProgress, resume, train
from training.learning.train_step import TrainStep, build_network
from training.reports.comparison import compare, measures_of
from training.reports.report import write_report
from training.runs.run import Run
from training.trainables.trainables import trainable_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from deblur_app.core.task import Progress, Task
    from training.config.config import TrainingConfig

type Losses = Callable[[Run], list[tuple[float, float]]]


def until(task: Task[Run], condition: Callable[[TrainingProgress], bool]) -> TrainingProgress:
    """Drive `task` until a progress fulfils `condition`."""
    for progress in task:
        if isinstance(progress, TrainingProgress) and condition(progress):
            return progress
    raise AssertionError("the task ended before")


def as_keras_trains(config: TrainingConfig, arrays: dataset.PairArrays) -> keras.callbacks.History:
    """The paper's script: compile and fit, on the batches that our loop takes."""
    training, validation = divide(arrays, config)
    orders = [dataset.batches(len(training), config.batch_size, config.seed, e + 1) for e in range(config.epochs)]

    def batches() -> Iterator[tuple[np.ndarray, np.ndarray]]:
        for order in orders:
            for indices in order:
                yield training.blurred[indices] / np.float32(255), training.sharp[indices] / np.float32(255)

    model = build_network(config, "float32")
    model.compile(optimizer=keras.optimizers.Adam(config.learning_rate), loss="mse", metrics=["acc"])
    plateau = keras.callbacks.ReduceLROnPlateau(
        factor=config.plateau_factor,
        patience=config.plateau_patience,
        min_delta=config.plateau_min_delta,
        cooldown=0,
        min_lr=config.min_learning_rate,
    )
    return model.fit(
        batches(),
        shuffle=False,
        steps_per_epoch=len(orders[0]),
        epochs=config.epochs,
        validation_data=(validation.blurred / np.float32(255), validation.sharp / np.float32(255)),
        validation_batch_size=config.batch_size,
        callbacks=[plateau],
        verbose=0,
    )


@pytest.mark.parametrize("protocol", ["held-out", "paper"])
def test_it_trains_as_keras_fit_does(pairs_folder: Path, tiny: TrainingConfig, tmp_path: Path, protocol: str) -> None:
    """Losses, accuracies and learning rates of every epoch, to 1e-5, with a plateau on the way."""
    config = replace(
        tiny, protocol=protocol, epochs=6, batch_size=3, learning_rate=0.01, plateau_patience=2, plateau_min_delta=0.01
    )
    run = run_to_end(train(config, find_pairs(pairs_folder).pairs, Run(tmp_path / "run")))
    arrays = run_to_end(dataset.load_pairs(find_pairs(pairs_folder).pairs, config.network.side))
    history = as_keras_trains(config, arrays).history
    epochs = run.events("epoch")
    for ours, keras_name in (
        ("loss", "loss"), ("accuracy", "acc"), ("val_loss", "val_loss"), ("val_accuracy", "val_acc"),
        ("learning_rate", "learning_rate"),
    ):  # fmt: skip
        np.testing.assert_allclose([epoch[ours] for epoch in epochs], history[keras_name], atol=1e-5, err_msg=ours)
    assert epochs[-1]["learning_rate"] < epochs[0]["learning_rate"]


def test_the_papers_network_steps_as_keras_does(tiny: TrainingConfig) -> None:
    """The network of Table 1: two steps in float32; rounding may decide the strongest channel of a few pixels."""
    config = replace(tiny, network=Network())
    blurred, sharp = np.random.default_rng(0).integers(0, 256, (2, 2, 128, 128, 3), np.uint8)
    train_step = TrainStep(
        config,
        trainable_of(config).objective(config),
        strategy=tf.distribute.OneDeviceStrategy("/CPU:0"),
        precision="float32",
    )
    model = build_network(config, "float32")
    model.compile(optimizer=keras.optimizers.Adam(config.learning_rate), loss="mse", metrics=["acc"])
    for _ in range(2):
        model.reset_metrics()
        expected = model.train_on_batch(blurred / np.float32(255), sharp / np.float32(255))
        loss, accuracy, _ = train_step.step(blurred, sharp)
        np.testing.assert_allclose(loss, expected[0], atol=1e-5)
        np.testing.assert_allclose(accuracy, expected[1], atol=4 / (2 * 128 * 128))


def test_a_kill_before_the_first_epoch_is_done_starts_anew(
    whole_run: Run, tiny: TrainingConfig, pairs_folder: Path, tmp_path: Path, losses: Losses
) -> None:
    """There is no checkpoint yet; the log must not start twice."""
    run = Run(tmp_path / "run")
    task = train(tiny, find_pairs(pairs_folder).pairs, run)
    until(task, lambda progress: progress.loss is not None)
    task.close()
    run_to_end(resume(run))
    np.testing.assert_allclose(losses(run), losses(whole_run), rtol=0, atol=1e-6)
    assert len(run.events("start")) == 1


def test_a_kill_between_checkpoint_and_best_weights_loses_neither(half_done: Run) -> None:
    """The best weights are those of the checkpoint then, and are written again."""
    checkpoint = half_done.load_arrays("checkpoint")
    assert checkpoint is not None
    assert checkpoint["state/epoch"] == checkpoint["state/best_epoch"], "the tiny run should still be getting better"
    (half_done.folder / "best.npz").unlink()
    task = resume(half_done)
    until(task, lambda progress: progress.loss is not None)
    task.close()
    best = half_done.load_arrays("best")
    assert best is not None
    assert all(np.array_equal(array, checkpoint[name]) for name, array in best.items())


def test_a_cancel_within_an_epoch_leaves_a_run_that_goes_on(
    whole_run: Run, tmp_path: Path, pairs_folder: Path, tiny: TrainingConfig, losses: Losses
) -> None:
    """Closing the task takes effect at once and leaves no half-written file."""
    run = Run(tmp_path / "run")
    task = train(tiny, find_pairs(pairs_folder).pairs, run)
    until(task, lambda progress: progress.epoch == 2 and progress.loss is not None)
    task.close()
    assert len(losses(run)) == 1
    assert {path.name for path in run.folder.iterdir()} == {
        "config.toml", "pairs.json", "events.jsonl", "curve.csv", "checkpoint.npz", "best.npz", "previews", ".lock",
    }  # fmt: skip
    run_to_end(resume(run))
    np.testing.assert_allclose(losses(run), losses(whole_run), rtol=0, atol=1e-6)


def test_stop_and_keep_writes_the_best_so_far(tmp_path: Path, pairs_folder: Path, tiny: TrainingConfig) -> None:
    """After the current batch, not after the current epoch; and the run can still go on."""
    run, stop, calls = Run(tmp_path / "run"), threading.Event(), []
    for progress in train(replace(tiny, epochs=50), find_pairs(pairs_folder).pairs, run, stop=stop):
        calls.append(progress)
        if isinstance(progress, TrainingProgress) and progress.epoch == 3 and progress.loss is not None:
            stop.set()
    assert max(p.step for p in calls if isinstance(p, TrainingProgress) and p.loss is not None) == 5
    model, card = weights.load(run.card)
    best = run.load_arrays("best")
    assert best is not None
    assert card.training["epochs"] == 2
    assert card.training["best_epoch"] in {1, 2}
    assert card.do_nothing["val_psnr"] > 0
    for variable in model.weights:
        np.testing.assert_allclose(variable.numpy(), best[f"model/{variable.path}"], atol=1e-3)
    task = resume(run)
    assert until(task, lambda progress: progress.figures is not None).epoch == 3
    task.close()


def test_stopped_before_the_first_epoch_is_a_sentence(tmp_path: Path, pairs_folder: Path, tiny: TrainingConfig) -> None:
    """There is nothing to keep."""
    stop = threading.Event()
    stop.set()
    with pytest.raises(DeblurError, match="no model to keep"):
        run_to_end(train(tiny, find_pairs(pairs_folder).pairs, Run(tmp_path / "run"), stop=stop))


def test_too_few_pairs_are_a_sentence_and_make_no_folder(
    tmp_path: Path, pairs_folder: Path, tiny: TrainingConfig
) -> None:
    """The user adds pairs and takes the same folder again."""
    pairs = find_pairs(pairs_folder).pairs
    for few, word in (([], "no pairs"), (pairs[:1], "only one scene")):
        with pytest.raises(DeblurError, match=word):
            run_to_end(train(tiny, few, Run(tmp_path / "run")))
    assert not (tmp_path / "run").exists()


def test_a_missing_picture_is_named(tmp_path: Path, pairs_folder: Path, tiny: TrainingConfig) -> None:
    """A run may be resumed long after its photographs were moved."""
    pairs = [*find_pairs(pairs_folder).pairs, Pair(tmp_path / "gone_M.png", tmp_path / "gone_S.png", "gone")]
    with pytest.raises(DeblurError, match=r"gone_M\.png"):
        run_to_end(train(tiny, pairs, Run(tmp_path / "run")))


def test_progress_grows_and_tells_all_a_watcher_needs(tmp_path: Path, pairs_folder: Path, tiny: TrainingConfig) -> None:
    """One loss for each batch, figures and a preview for each epoch, a forecast after the first epoch."""
    calls: list[Progress] = list(train(tiny, find_pairs(pairs_folder).pairs, Run(tmp_path / "run")))
    fractions = [progress.fraction for progress in calls]
    assert fractions == sorted(fractions)
    sentences = [progress for progress in calls if isinstance(progress, TrainingProgress)]
    assert [p.step for p in sentences if p.loss is not None] == list(range(1, 9))
    assert [p.figures.epoch for p in sentences if p.figures] == [1, 2, 3, 4]
    assert all(p.preview is not None and p.preview.predicted.shape == (16, 16, 3) for p in sentences if p.figures)
    assert next(p.do_nothing for p in sentences if p.do_nothing).val_psnr > 10
    assert all(p.seconds_left is not None for p in sentences if p.epoch > 1)


def test_damaged_pictures_are_named_before_the_folder_of_the_run_is_made(
    tmp_path: Path, pairs_folder: Path, tiny: TrainingConfig
) -> None:
    """All of them at once; after they are mended, the same command works."""
    shutil.copytree(pairs_folder, tmp_path / "pairs")
    for name in ("sharp/0_CAMERA_S.png", "motion_blurred/1_CAMERA_M.png"):
        (tmp_path / "pairs" / name).write_bytes(b"damaged")
    run = Run(tmp_path / "run")
    with pytest.raises(DeblurError, match=r"“sharp/0_CAMERA_S\.png”, “motion_blurred/1_CAMERA_M\.png”"):
        run_to_end(train(tiny, find_pairs(tmp_path / "pairs").pairs, run))
    assert not run.folder.exists()


def test_photos_that_cannot_be_used_are_all_named_before_the_run(tmp_path: Path, tiny: TrainingConfig) -> None:
    """Damaged ones and those that are smaller than a crop."""
    for number in range(4):
        side = 8 if number == 3 else 32
        Image.fromarray(np.full((side, side, 3), 40 * number, np.uint8)).save(tmp_path / f"{number}.png")
    (tmp_path / "1.png").write_bytes(b"damaged")
    config = replace(tiny, data=replace(tiny.data, source="synthetic", photos=(str(tmp_path),)))
    with pytest.raises(DeblurError, match=r"1\.png.*3\.png"):
        run_to_end(train(config, [], Run(tmp_path / "run")))
    assert not (tmp_path / "run").exists()


def test_grey_pairs_have_no_accuracy(tmp_path: Path, tiny: TrainingConfig) -> None:
    """Of three equal channels rounding picks one; where some pairs have colour, those alone count."""
    for side, strength in (("sharp", 1), ("blurred", 5)):
        for number in range(4):
            pixels = np.random.default_rng(number).integers(0, 256, (20, 20), np.uint8)
            (tmp_path / "pairs" / side).mkdir(parents=True, exist_ok=True)
            blurred = cv2.blur(pixels, (strength, strength))
            Image.fromarray(np.stack([blurred] * 3, axis=2)).save(tmp_path / "pairs" / side / f"{number}.png")
    pairs = find_pairs(tmp_path / "pairs").pairs
    run = run_to_end(train(replace(tiny, epochs=2), pairs, Run(tmp_path / "run")))
    assert '"accuracy": null' in (run.folder / "events.jsonl").read_text(encoding="utf-8")
    assert math.isnan(run.start()["do_nothing"]["val_accuracy"])
    assert all(math.isnan(epoch[name]) for epoch in run.events("epoch") for name in ("accuracy", "val_accuracy"))
    assert "NaN" not in run.card.read_text(encoding="utf-8")
    page = run_to_end(write_report(run)).read_text(encoding="utf-8")
    assert "these pictures are grey" in page
    assert "nan" not in page
    assert not (run.folder / "report" / "figure-4.png").exists()
    compared = compare([run], pytest.fail)
    assert [measure.name for measure in measures_of(compared)] == ["val_loss", "val_psnr", "val_ssim"]


def test_the_accuracy_of_a_batch_is_that_of_its_pictures_in_colour(tiny: TrainingConfig) -> None:
    """A grey one among them does not count."""
    strategy = tf.distribute.OneDeviceStrategy("/CPU:0")
    truth = np.random.default_rng(0).integers(0, 256, (3, 16, 16, 3), np.uint8)
    grey = np.concatenate([truth, np.full((1, 16, 16, 3), 90, np.uint8)])
    figures = []
    for batch in (truth, grey):
        train_step = TrainStep(tiny, trainable_of(tiny).objective(tiny), strategy=strategy, precision="float32")
        figures.append(train_step.step(batch, batch))
    assert figures[0][1] == pytest.approx(figures[1][1])
    assert (figures[0][2], figures[1][2]) == (3, 3)


def test_a_run_is_never_mixed_with_the_pictures_it_learns_from(pairs_folder: Path, tiny: TrainingConfig) -> None:
    """Neither among the pictures nor beside their folders."""
    pairs = find_pairs(pairs_folder).pairs
    before = sorted(pairs_folder.rglob("*"))
    for folder in (pairs_folder, pairs_folder / "sharp"):
        with pytest.raises(DeblurError, match="holds the pictures"):
            run_to_end(train(tiny, pairs, Run(folder)))
    assert sorted(pairs_folder.rglob("*")) == before
