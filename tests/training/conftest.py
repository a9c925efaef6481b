"""Eight small pairs on disk, a tiny network, and a finished run of it."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from PIL import Image

from deblur_app.core.task import run_to_end
from deblur_app.engine import devices
from training.config.config import TrainingConfig
from training.config.sections import Data, Network
from training.data.pairs import find_pairs
from training.fit.trainer import train
from training.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from numpy.typing import NDArray

SCENES = 8


def draw(seed: int) -> NDArray[np.uint8]:
    """A smooth picture of 24 × 20 pixels in clear colours, another one for each seed."""
    coarse = np.random.default_rng(seed).integers(0, 256, (4, 4, 3), np.uint8)
    return cv2.resize(coarse, (24, 20), interpolation=cv2.INTER_CUBIC)


@pytest.fixture(scope="session", autouse=True)
def _engine() -> None:
    """TensorFlow is set up once, as the program does it."""
    devices.load_engine()


@pytest.fixture(scope="session")
def pairs_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The layout of the paper's data set: eight scenes, blurred by turns by motion and by defocus."""
    folder = tmp_path_factory.mktemp("pairs")
    for name in ("sharp", "motion_blurred", "defocused_blurred"):
        (folder / name).mkdir()
    for scene in range(SCENES):
        sharp = draw(scene)
        Image.fromarray(sharp).save(folder / "sharp" / f"{scene}_CAMERA_S.png")
        kind, name = ("M", "motion_blurred") if scene % 2 else ("F", "defocused_blurred")
        Image.fromarray(cv2.blur(sharp, (5, 3))).save(folder / name / f"{scene}_CAMERA_{kind}.png")
    return folder


@pytest.fixture(scope="session")
def tiny() -> TrainingConfig:
    """Settings of a training that takes a second."""
    return TrainingConfig(
        epochs=4,
        batch_size=4,
        learning_rate=0.02,
        network=Network(side=16, filters=(4, 8), latent=8),
        precision="float32",
        device="cpu",
    )


@pytest.fixture(scope="session")
def tiny_restorer() -> TrainingConfig:
    """Settings of a restorer that learns from photographs in no time; which ones, a test says."""
    return TrainingConfig(
        epochs=1,
        batch_size=4,
        validation_share=0.3,
        precision="float32",
        device="cpu",
        network=Network("restorer", side=16, widths=(4, 6), blocks=(1, 1)),
        data=Data("synthetic"),
    )


@pytest.fixture(scope="session")
def whole_run(tmp_path_factory: pytest.TempPathFactory, pairs_folder: Path, tiny: TrainingConfig) -> Run:
    """A run that went to its end; not to be changed."""
    run = Run(tmp_path_factory.mktemp("runs") / "finished")
    return run_to_end(train(tiny, find_pairs(pairs_folder).pairs, run))


@pytest.fixture
def half_done(whole_run: Run, tmp_path: Path, tiny: TrainingConfig) -> Run:
    """A copy of the finished run whose settings ask for two more epochs."""
    from training.config.config import write_config

    run = Run(tmp_path / "half-done")
    shutil.copytree(whole_run.folder, run.folder)
    write_config(replace(tiny, epochs=tiny.epochs + 2), run.folder / "config.toml")
    return run


@pytest.fixture(scope="session")
def losses() -> Callable[[Run], list[tuple[float, float]]]:
    """Reads the training and validation loss of each epoch."""
    return lambda run: [(epoch["loss"], epoch["val_loss"]) for epoch in run.events("epoch")]
