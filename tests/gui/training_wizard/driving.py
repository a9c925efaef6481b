"""Steps that every test of the wizard takes."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.gui.training_wizard.runs.training_session import QueuedTraining
from deblur_app.gui.training_wizard.state import OpenPhoto, PageId
from deblur_app.gui.training_wizard.wizard import TrainingWizard
from training.config.config import TrainingConfig
from training.config.sections import Network
from training.runs.run import Run

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from PySide6.QtWidgets import (
        QAbstractButton,
    )
    from pytestqt.qtbot import QtBot


SMALL = TrainingConfig(epochs=2, batch_size=4, network=Network(side=16, filters=(4, 8), latent=8), precision="float32")
MINUTE = 60_000


def write(pixels: np.ndarray, path: Path) -> None:
    """A picture file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image_io.write(Picture(pixels), path)


def show_panel(qtbot: QtBot, width: int = 420, height: int = 760) -> TrainingWizard:
    """A new panel, once it has nothing more to do by itself."""
    panel = TrainingWizard()
    qtbot.addWidget(panel, before_close_func=TrainingWizard.cancel_and_wait)
    panel.resize(width, height)
    with qtbot.waitExposed(panel):
        panel.show()
    settle(panel, qtbot)
    return panel


def choose(panel: TrainingWizard, qtbot: QtBot, *folders: Path) -> None:
    """Choose folders to train on, and wait for their pairs."""
    panel.pictures_page.take(list(folders))
    settle(panel, qtbot)
    assert panel.model.inputs.count


def choose_and_set_up(panel: TrainingWizard, qtbot: QtBot, *folders: Path, **changes: object) -> None:
    """Choose folders, and go to the settings of a small network."""
    choose(panel, qtbot, *folders)
    panel.model.go_to(PageId.SETTINGS)
    panel.model.take_config(replace(SMALL, **changes))  # type: ignore[arg-type]


def settle(panel: TrainingWizard, qtbot: QtBot) -> None:
    """Wait until nothing works any more."""
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=2 * MINUTE)


def press(qtbot: QtBot, button: QAbstractButton) -> None:
    """Press a button that the user sees and can press."""
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def wait_for_epoch(panel: TrainingWizard, qtbot: QtBot) -> None:
    """Wait until the panel has shown the end of the next epoch."""
    with qtbot.waitSignal(panel.preview_ready, timeout=2 * MINUTE):
        pass


def nothing() -> Iterator[None]:
    """A task that does nothing."""
    yield from ()


def unfold(panel: TrainingWizard, page: PageId) -> None:
    """Go to a page and show all that it may have."""
    panel.model.go_to(page)
    if page == PageId.PICTURES:
        panel.pictures_page.two.setChecked(True)
        for widget in (panel.pictures_page.blur_form, panel.pictures_page.check, panel.pictures_page.show_unpaired):
            widget.show()
    elif page == PageId.SETTINGS:
        panel.settings_page.more.setChecked(True)
        panel.model.set_photo(OpenPhoto(Path("photo.jpg")))
    elif page == PageId.TRAINING:
        panel.training_page.begin(QueuedTraining(Run(Path("a folder")), lambda _: nothing(), SMALL, 8))
        panel.training_page.scrubber.show()
        panel.training_page.queue.show_waiting([Run(Path("another folder"))])
    for button in (*panel.steps.buttons, panel.back, panel.next):
        button.setEnabled(True)
