"""A wizard, and pairs for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from tests.gui.training_wizard.driving import show_panel, write

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.gui.training_wizard.wizard import TrainingWizard


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Eight pairs in the layout of the paper, six defocused and two with motion, and a photo that is left over."""
    folder = tmp_path / "photos"
    random = np.random.default_rng(1)
    for number in range(1, 9):
        kind, letter = ("motion_blurred", "M") if number > 6 else ("defocused_blurred", "F")
        pixels = random.random((20, 24, 3), np.float32)
        write(pixels, folder / "sharp" / f"{number}_CAMERA_S.png")
        write(pixels * 0.5 + 0.25, folder / kind / f"{number}_CAMERA_{letter}.png")
    write(pixels, folder / "sharp" / "99_CAMERA_S.png")
    return folder


@pytest.fixture
def panel(qtbot: QtBot) -> TrainingWizard:
    """A panel on the screen that has looked for unfinished runs."""
    return show_panel(qtbot)
