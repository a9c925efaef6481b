"""A training in the window, and photos beside it."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from deblur_app.blur import degrade, models
from deblur_app.gui.shell.workspace import Workspace
from deblur_app.networks import weights
from tests.stories.user import MINUTE, User, write
from training.config.config import TrainingConfig
from training.config.sections import Network
from training.data.pairs import find_pairs
from training.runs.run import Run

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from training.data.pairs import Pair

pytestmark = [
    pytest.mark.slow,
    pytest.mark.qt_log_ignore("^This plugin does not support", extend=True),  # offscreen: no window manager
]


SMALL = TrainingConfig(epochs=2, batch_size=4, network=Network(side=16, filters=(4, 8), latent=8), precision="float32")


@pytest.fixture
def pairs(tmp_path: Path) -> list[Pair]:
    """Eight pairs in the folders of the paper's data set."""
    random = np.random.default_rng(1)
    for number in range(1, 9):
        sharp = random.random((20, 24, 3), np.float32)
        write(tmp_path / "data" / "sharp" / f"{number}_CAMERA_S.png", sharp)
        blurred = degrade.blur(sharp, models.motion(5, 0))
        write(tmp_path / "data" / "motion_blurred" / f"{number}_CAMERA_M.png", blurred)
    return find_pairs(tmp_path / "data").pairs


def test_from_eight_pairs_to_a_model_in_use(
    user: User, qtbot: QtBot, photo: Path, tmp_path: Path, pairs: list[Pair]
) -> None:
    """A training shows its curves and a held-out picture after each epoch, and its model deblurs the next photo."""
    user.open(photo)
    panel = user.window.tools.show_training()
    run = Run(tmp_path / "runs" / "first")
    with qtbot.waitSignals([panel.preview_ready] * 2, timeout=MINUTE):
        panel.start(SMALL, pairs, run)
    user.until(lambda: not panel.is_busy())
    assert user.training_sizes == [(16, 16)] * 3
    assert user.training_captions[0].startswith("16 × 16 px · training\nBlurred: PSNR")
    counts = panel.training_page.plot.point_counts()
    assert counts.pop("batch") == 4  # six pairs in batches of four, twice
    assert set(counts.values()) == {2}
    qtbot.mouseClick(panel.result_page.buttons.use, Qt.MouseButton.LeftButton)
    user.wait()
    assert user.window.tools.workspace is Workspace.PHOTO
    assert user.choice("Model").currentData() == str(run.card)
    result = user.window.session.result
    assert result
    assert result.restored.request.values["model"] == str(run.card)
    assert user.sizes == [(80, 60), None, (80, 60)]
    assert weights.read_card(run.card).training["epochs"] == 2


def test_a_photo_is_deblurred_while_a_training_goes_on(
    user: User, qtbot: QtBot, photo: Path, tmp_path: Path, pairs: list[Pair]
) -> None:
    """A photo dropped during a training is shown with its result, and no preview takes its place; closing asks."""
    window = user.window
    panel = window.tools.show_training()
    run = Run(tmp_path / "runs" / "long")
    with qtbot.waitSignal(panel.preview_ready, timeout=MINUTE):
        panel.start(replace(SMALL, epochs=100_000), pairs, run)
    user.open(photo)
    assert window.tools.workspace is Workspace.PHOTO
    with qtbot.waitSignal(panel.preview_ready, timeout=MINUTE):
        assert panel.is_busy()
    assert user.captions[0].endswith("photo.png")
    assert user.sizes == [(80, 60), None, (80, 60)]
    window.tools.show_training()
    with qtbot.waitSignal(panel.preview_ready, timeout=MINUTE):
        assert panel.is_busy()
    assert "training" in user.training_captions[0]
    window.close()
    user.answer(QMessageBox.StandardButton.Discard)
    user.until(lambda: not window.isVisible())
    assert not panel.is_busy()
    assert (run.folder / "checkpoint.npz").exists()  # nothing of it is lost
