"""Training in the window: from a folder of photos to a model, with every way to end it."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import (
    QMessageBox,
)

from deblur_app.networks import weights
from tests.gui.training_wizard.driving import (
    MINUTE,
    SMALL,
    choose_and_set_up,
    press,
    settle,
    show_panel,
    wait_for_epoch,
)
from training.config.config import write_config
from training.evaluation.evaluators import Preview
from training.runs.run import Run

if TYPE_CHECKING:
    from pathlib import Path

    import pytest
    from pytestqt.qtbot import QtBot

    from deblur_app.core.task import Task
    from deblur_app.gui.training_wizard.wizard import TrainingWizard


def test_two_epochs_from_photos_to_a_model_in_use(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """Start, watch curves, figures and previews, and use the model: its weights load."""
    previews: list[object] = []
    states: list[bool] = []
    choose_and_set_up(panel, qtbot, photos)
    panel.preview_ready.connect(previews.append)
    panel.busy_changed.connect(states.append)
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.start_button)
        assert panel.is_busy()
    settle(panel, qtbot)
    assert states[0]
    assert not states[-1]
    assert len(previews) == 2
    assert all(isinstance(preview, Preview) and preview.predicted.shape == (16, 16, 3) for preview in previews)
    counts = panel.training_page.plot.point_counts()
    assert counts.pop("batch") == 4
    assert set(counts.values()) == {2}
    assert len(panel.training_page.plot.loss.curves["batch"].yData) == 4
    assert len(panel.training_page.plot.loss.curves["nothing"].yData) == 2
    table = panel.training_page.table
    assert table.horizontalHeaderItem(0).text() == "Latest\nepoch 2"
    assert table.item(0, 0).text().endswith(" dB")
    assert table.item(0, 2).text().endswith(" dB")
    assert "Done after 2 epochs" in panel.training_page.box.status.text()
    assert panel.training_page.verdict.text()
    settle(panel, qtbot)
    with qtbot.waitSignal(panel.model_ready) as use:
        press(qtbot, panel.result_page.buttons.use)
    model, card = weights.load(use.args[0])
    assert card.parameters == SMALL.parameters
    assert model(np.zeros((1, 16, 16, 3), np.float32)).shape == (1, 16, 16, 3)


def test_the_status_tells_epoch_loss_and_doing_nothing(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """While it trains, one sentence says how far it is and how it compares with leaving the photos alone."""
    choose_and_set_up(panel, qtbot, photos, epochs=1000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    panel.training_page.pause.click()
    panel.training_page.box.refresh()
    status = panel.training_page.box.status.text()
    assert status.startswith("Epoch 1 of 1000 · loss 0.") or "of 1000" in status
    assert " dB, blurred " in status
    assert panel.training_page.box.time.text() == "paused"
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        press(qtbot, panel.training_page.cancel)


def test_cancelling_keeps_the_run_and_it_can_be_continued(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """After a cancel the panel says where the run is and continues it, with its curves, to its end."""
    choose_and_set_up(panel, qtbot, photos, epochs=1000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        press(qtbot, panel.training_page.cancel)
    run = panel.session.run
    assert run is not None
    assert not run.card.exists()
    assert str(run.folder) in panel.notice.text
    epochs_done = len(run.events("epoch"))
    config = run.folder / "config.toml"
    config.write_text(config.read_text().replace("epochs = 1000", f"epochs = {epochs_done + 1}"))
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.notice.button)
    assert run.card.exists()
    assert panel.training_page.plot.point_counts()["loss"] == epochs_done + 1
    assert panel.training_page.plot.point_counts()["batch"] == 2 * (epochs_done + 1)
    assert [event["epoch"] for event in run.events("epoch")] == list(range(1, epochs_done + 2))


def test_cancelling_before_the_first_epoch_can_be_continued_too(
    panel: TrainingWizard, qtbot: QtBot, photos: Path
) -> None:
    """A run that was cancelled while it prepared starts from its settings and photos."""
    choose_and_set_up(panel, qtbot, photos)
    settings = panel.model.run_folder / "config.toml"
    when_started = {"check_params_cb": lambda *_: settings.exists()}  # its folder is made once all pictures are read
    with qtbot.waitSignal(panel.session.progressed, timeout=MINUTE, **when_started):
        panel.start_button.click()
    panel.training_page.pause.click()
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        press(qtbot, panel.training_page.cancel)
    assert "before the first epoch" in panel.notice.text
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.notice.button)
    assert panel.training_page.plot.point_counts()["loss"] == 2


def test_cancelling_before_anything_was_written_leads_back(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """There is nothing to continue and no folder is left where there is no run yet."""
    choose_and_set_up(panel, qtbot, photos)
    folder = panel.model.run_folder
    panel.session.run = Run(folder)
    panel.session.cancelled.emit()
    assert "Nothing was written" in panel.notice.text
    assert panel.start_button.isVisible()
    assert not folder.exists()


def test_pausing_rests_until_it_goes_on(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """Paused, nothing more arrives once the step under way has ended; continued, it goes on to its end."""
    choose_and_set_up(panel, qtbot, photos, epochs=3)
    with qtbot.waitSignal(panel.session.progressed, timeout=MINUTE):
        panel.start_button.click()
        panel.training_page.pause.click()
    assert panel.session.is_paused
    assert panel.training_page.pause.text().replace("&", "") == "Continue"
    with qtbot.waitSignal(panel.session.progressed, timeout=500, raising=False):
        pass  # the step that was under way: a task rests at its next yield
    with qtbot.assertNotEmitted(panel.session.progressed, wait=200):
        pass
    assert panel.is_busy()
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.training_page.pause)
    assert panel.training_page.plot.point_counts()["loss"] == 3


def test_stop_and_keep_makes_a_model_of_the_best_epoch(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """It can be asked for once there is an epoch to keep, even while paused, and leads to a usable model."""
    choose_and_set_up(panel, qtbot, photos, epochs=100_000)
    panel.start_button.click()
    assert not panel.training_page.stop.isEnabled()
    wait_for_epoch(panel, qtbot)
    panel.training_page.pause.click()
    with qtbot.waitSignal(panel.session.succeeded, timeout=MINUTE) as signal:
        press(qtbot, panel.training_page.stop)
        assert not panel.training_page.cancel.isEnabled()
    assert weights.load(signal.args[0].card)[1].training["best_epoch"] >= 1
    assert "the best, is kept" in panel.training_page.box.status.text()
    settle(panel, qtbot)
    press(qtbot, panel.result_page.buttons.new)
    assert panel.pictures_page.isVisible()


def test_a_folder_that_holds_a_run_is_refused_in_the_settings(
    panel: TrainingWizard, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """The wizard leads back to the settings with a sentence, and the other run is untouched."""
    other = Run(tmp_path / "other")
    other.create(SMALL, [])
    before = sorted(path.name for path in other.folder.iterdir())
    choose_and_set_up(panel, qtbot, photos)
    panel.settings_page.advanced.folder.setText(str(other.folder))
    with qtbot.waitSignal(panel.session.failed, timeout=MINUTE):
        press(qtbot, panel.start_button)
    assert "holds a run already" in panel.notice.text
    assert panel.start_button.isVisible()
    assert panel.start_button.isEnabled()
    assert sorted(path.name for path in other.folder.iterdir() if path.name != ".lock") == before


def test_a_broken_photo_is_named(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """A file that is no picture ends the start with a sentence that names it."""
    broken = photos / "sharp" / "3_CAMERA_S.png"
    broken.write_bytes(b"not a picture")
    choose_and_set_up(panel, qtbot, photos)
    with qtbot.waitSignal(panel.session.failed, timeout=MINUTE):
        press(qtbot, panel.start_button)
    assert broken.name in panel.notice.text
    assert panel.start_button.isEnabled()


def test_a_mistake_of_the_program_is_shown_with_details(
    panel: TrainingWizard, qtbot: QtBot, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything but a DeblurError opens a message with the traceback to copy, and the panel can be used again."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(Run, "create", fail)
    choose_and_set_up(panel, qtbot, photos)
    with qtbot.waitSignal(panel.session.failed, timeout=MINUTE):
        press(qtbot, panel.start_button)
    box = panel.findChild(QMessageBox)
    assert box is not None
    assert "ZeroDivisionError: a defect" in box.detailedText()
    box.close()
    assert panel.start_button.isEnabled()


def test_an_unfinished_run_is_offered_at_the_next_start(qtbot: QtBot, photos: Path) -> None:
    """A new panel offers what a crash or a cancel left, goes on from there, and says which settings it takes."""
    panel = show_panel(qtbot)
    choose_and_set_up(panel, qtbot, photos, epochs=1000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        panel.training_page.cancel.click()
    run = panel.session.run
    assert run is not None
    epochs_done = len(run.events("epoch"))
    write_config(replace(run.config, seed=77), run.folder / "config.toml")
    another = show_panel(qtbot)
    assert f"“{run.folder.name}” was not finished: {epochs_done} of 1000 epochs" in another.offer.text
    with qtbot.waitSignal(another.preview_ready, timeout=2 * MINUTE):
        press(qtbot, another.offer.button)
    assert another.training_page.plot.point_counts()["loss"] == epochs_done + 1
    assert "“seed” stays" in another.training_page.box.edits.text()
    with qtbot.waitSignal(another.session.succeeded, timeout=MINUTE):
        another.training_page.stop.click()
    assert show_panel(qtbot).offer.text == ""


def test_closing_cancels_without_freezing(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """`shut_down` returns at once and calls back when the thread has ended; idle, it calls back at once."""
    called: list[bool] = []
    panel.shut_down(lambda: called.append(panel.is_busy()))
    assert called == [False]
    choose_and_set_up(panel, qtbot, photos, epochs=100_000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    panel.shut_down(lambda: called.append(panel.is_busy()))
    assert called == [False]
    qtbot.waitUntil(lambda: len(called) == 2, timeout=MINUTE)
    assert called == [False, False]


def test_the_end_of_the_program_waits_for_the_thread(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """`cancel_and_wait` blocks until nothing runs, even while the training rests."""
    choose_and_set_up(panel, qtbot, photos)
    panel.start_button.click()
    panel.training_page.pause.click()
    panel.cancel_and_wait()
    qtbot.waitUntil(lambda: not panel.is_busy())


def test_the_report_is_written_and_opened(
    panel: TrainingWizard, qtbot: QtBot, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The button writes the run's report in the background and hands it to the browser."""
    opened: list[str] = []

    def write_report(run: Run) -> Task[Path]:
        yield from ()
        return run.folder / "report" / "index.html"

    monkeypatch.setattr("training.reports.report.write_report", write_report)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    panel.start(SMALL, _pairs(panel, qtbot, photos), Run(tmp_path / "run"))
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        pass
    settle(panel, qtbot)
    press(qtbot, panel.result_page.buttons.report)
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=MINUTE)
    assert opened == [str(tmp_path / "run" / "report" / "index.html")]


def _pairs(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> list:  # type: ignore[type-arg]
    choose_and_set_up(panel, qtbot, photos)
    return panel.model.pairs
