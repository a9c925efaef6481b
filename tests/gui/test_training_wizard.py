"""Training in the window: from a folder of photos to a model, with every way to end it."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDropEvent, QKeySequence
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QLabel,
    QMessageBox,
    QRadioButton,
    QWidget,
)

from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.engine.devices import Device
from deblur_app.gui.training_wizard import wizard
from deblur_app.gui.training_wizard.knobs import KNOBS, value_of, with_values
from deblur_app.gui.training_wizard.training_figures import verdict
from deblur_app.gui.training_wizard.wizard import MODEL, PICTURES, SETTINGS, TRAINING, TrainingWizard
from deblur_app.networks import weights
from training.config import PROTOCOL_EXPLAINED, TrainingConfig
from training.judges import Preview
from training.run import Run
from training.trainer import EpochFigures

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.core.task import Task

SMALL = TrainingConfig(epochs=2, batch_size=4, side=16, filters=(4, 8), latent=8, precision="float32")
MINUTE = 60_000


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Eight pairs in the layout of the paper, six defocused and two with motion, and a photo that is left over."""
    folder = tmp_path / "photos"
    random = np.random.default_rng(1)
    for number in range(1, 9):
        kind, letter = ("motion_blurred", "M") if number > 6 else ("defocused_blurred", "F")
        pixels = random.random((20, 24, 3), np.float32)
        _write(pixels, folder / "sharp" / f"{number}_CAMERA_S.png")
        _write(pixels * 0.5 + 0.25, folder / kind / f"{number}_CAMERA_{letter}.png")
    _write(pixels, folder / "sharp" / "99_CAMERA_S.png")
    return folder


def _write(pixels: np.ndarray, path: Path) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    image_io.write(Picture(pixels), path)


@pytest.fixture
def panel(qtbot: QtBot) -> TrainingWizard:
    """A panel on the screen that has looked for unfinished runs."""
    return shown_panel(qtbot)


def shown_panel(qtbot: QtBot) -> TrainingWizard:
    """A new panel, once it has nothing more to do by itself."""
    panel = TrainingWizard()
    qtbot.addWidget(panel, before_close_func=TrainingWizard.cancel_and_wait)
    panel.resize(420, 760)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.waitUntil(lambda: not panel.is_busy())
    return panel


def choose(panel: TrainingWizard, qtbot: QtBot, *folders: Path) -> None:
    """Choose folders to train on, and wait for their pairs."""
    with qtbot.waitSignal(panel.pictures.changed, timeout=MINUTE):
        panel.pictures.take(list(folders))
    qtbot.waitUntil(lambda: not panel.is_busy())


def choose_and_set_up(panel: TrainingWizard, qtbot: QtBot, *folders: Path, **changes: object) -> None:
    """Choose folders, and go to the settings of a small network."""
    choose(panel, qtbot, *folders)
    panel._go(SETTINGS)
    panel.settings.set_config(replace(SMALL, **changes))  # type: ignore[arg-type]


def settle(panel: TrainingWizard, qtbot: QtBot) -> None:
    """Wait until nothing works any more."""
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=MINUTE)


def press(qtbot: QtBot, button: QAbstractButton) -> None:
    """Press a button that the user sees and can press."""
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def wait_for_epoch(panel: TrainingWizard, qtbot: QtBot) -> None:
    """Wait until the panel has shown the end of the next epoch."""
    with qtbot.waitSignal(panel.preview_ready, timeout=MINUTE):
        pass


# --- choosing photos ------------------------------------------------------------------------------------------------


def test_nothing_can_be_started_before_photos_are_chosen(panel: TrainingWizard) -> None:
    """The start button waits for photos and says so."""
    assert not panel.start_button.isEnabled()
    assert "photos" in panel.start_button.toolTip()
    assert panel.notice.text == ""
    assert panel.offer.text == ""


def test_a_folder_tells_its_pairs_by_kind_and_what_is_left_over(
    panel: TrainingWizard, qtbot: QtBot, photos: Path
) -> None:
    """After the choice the counts are shown, the photo without a counterpart can be listed, and Start is enabled."""
    choose(panel, qtbot, photos)
    assert panel.pictures.summary.text() == (
        "“photos” has 8 pairs: 6 out of focus, 2 motion blur. 1 photo has no counterpart and will not be used."
    )
    assert not panel.pictures.unpaired.isVisible()
    press(qtbot, panel.pictures.show_unpaired)
    assert panel.pictures.unpaired.isVisible()
    assert panel.pictures.unpaired.toPlainText() == str(photos / "sharp" / "99_CAMERA_S.png")
    assert panel.start_button.isEnabled()


def test_a_bad_folder_is_explained_and_changes_nothing(
    panel: TrainingWizard, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """A folder without pairs leads to a sentence; folder and pairs of before stay, and can be trained on."""
    choose(panel, qtbot, photos)
    summary, pairs = panel.pictures.summary.text(), panel.pictures.pairs
    with qtbot.waitSignal(panel.pictures.failed, timeout=MINUTE):
        panel.pictures.take([tmp_path / "nowhere"])
    assert "nowhere is not a folder" in panel.notice.text
    assert panel.pictures.summary.text() == summary
    assert panel.pictures.folder.path == photos
    assert panel.pictures.pairs is pairs
    assert panel.start_button.isEnabled()
    assert QApplication.activeModalWidget() is None  # the sentence is in the panel, and nothing is to be clicked away
    press(qtbot, panel.notice.close_button)
    assert panel.notice.text == ""


def test_a_typed_path_is_read_when_it_is_entered(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """By keyboard alone: type a path, press Enter."""
    panel.pictures.folder.edit.setFocus()
    qtbot.keyClicks(panel.pictures.folder.edit, str(photos))
    with qtbot.waitSignal(panel.pictures.changed, timeout=MINUTE):
        qtbot.keyClick(panel.pictures.folder.edit, Qt.Key.Key_Return)
    assert len(panel.pictures.pairs.pairs) == 8


def test_two_folders_with_equal_names_are_told_apart(
    panel: TrainingWizard, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """Of two dropped folders, the one called sharp is the ground truth; both are shown in their rows."""
    sharp, blurred = tmp_path / "sharp_ones", tmp_path / "blurry_ones"
    for path in (photos / "sharp").iterdir():
        for folder in (sharp, blurred):
            folder.mkdir(exist_ok=True)
            (folder / path.name).write_bytes(path.read_bytes())
    choose(panel, qtbot, sharp, blurred)
    assert panel.pictures.two.isChecked()
    assert (panel.pictures.blurred.path, panel.pictures.sharp.path) == (blurred, sharp)
    assert panel.pictures.pairs.pairs[0].sharp.parent == sharp
    assert panel.pictures.summary.text() == "“blurry_ones” has 9 pairs."


def test_folders_can_be_dropped_and_photos_are_left_to_the_window(
    panel: TrainingWizard, qtbot: QtBot, photos: Path
) -> None:
    """A folder dropped anywhere on the panel is data; a photo is not, so that the window can open it."""
    photo = next((photos / "sharp").iterdir())
    for path, wanted in ((photos, True), (photo, False)):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(panel.rect().center()), copy, mime, left, none)
        enter.ignore()
        QApplication.sendEvent(panel, enter)
        assert enter.isAccepted() == wanted
        if wanted:
            with qtbot.waitSignal(panel.pictures.changed, timeout=MINUTE):
                drop = QDropEvent(QPointF(panel.rect().center()), copy, mime, left, none)
                QApplication.sendEvent(panel, drop)
    assert len(panel.pictures.pairs.pairs) == 8
    qtbot.waitUntil(lambda: not panel.is_busy())  # the thread that looked ends a moment after it has told


def test_the_three_folders_of_the_paper_are_recognised(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """Dropped one by one, they are what the folder that holds them is."""
    choose(panel, qtbot, photos / "motion_blurred", photos / "sharp", photos / "defocused_blurred")
    assert panel.pictures.folders == [photos]
    assert len(panel.pictures.pairs.pairs) == 8


# --- settings -------------------------------------------------------------------------------------------------------


def test_the_settings_are_the_papers_until_they_are_changed(panel: TrainingWizard) -> None:
    """An untouched form asks for what the paper did; each field changes its own setting and no other."""
    form = panel.settings
    assert form.config() == TrainingConfig()
    form.epochs.setValue(7)
    form.protocol.setCurrentIndex(form.protocol.findData("paper"))
    form.knobs["learning_rate"].setValue(0.00025)  # type: ignore[attr-defined]
    form.knobs["learning.average"].setValue(0.998)  # type: ignore[attr-defined]
    averaged = replace(TrainingConfig().learning, average=0.998)
    wanted = replace(TrainingConfig(), epochs=7, protocol="paper", learning_rate=0.00025, learning=averaged)
    assert form.config() == wanted
    assert form.knobs["learning_rate"].text() == "0.00025"  # type: ignore[attr-defined]
    assert form.protocol_hint.text()[1:] == PROTOCOL_EXPLAINED["paper"][1:] + "."


def test_every_field_is_a_key_of_the_configuration_within_its_limits(panel: TrainingWizard) -> None:
    """The lowest and the highest value of every field is one that a configuration takes."""
    for knob in KNOBS:
        ends = list(knob.choices) or [type(value_of(TrainingConfig(), knob.path))(end) for end in (knob.low, knob.high)]
        for end in ends:
            config = with_values(TrainingConfig(), {knob.path: end})
            assert value_of(config, knob.path) == end


def test_devices_are_listed_once_they_are_known(panel: TrainingWizard) -> None:
    """A device that is chosen stays chosen when the list comes again; one that is gone gives way to automatic."""
    cpu, gpu = Device("cpu", "CPU (two cores)", "/CPU:0"), Device("gpu:0", "Card", "/GPU:0")
    box = panel.settings.device
    assert [box.itemText(i) for i in range(box.count())] == ["Automatic"]
    panel.set_devices([cpu, gpu])
    assert [box.itemText(i) for i in range(box.count())] == ["Automatic", "CPU (two cores)", "Card"]
    box.setCurrentIndex(2)
    panel.set_devices([cpu, gpu])
    assert panel.settings.config().device == "gpu:0"
    panel.set_devices([cpu])
    assert panel.settings.config().device == "auto"


def test_a_run_folder_is_proposed_that_is_new(panel: TrainingWizard, own_folders: Path, tmp_path: Path) -> None:
    """The proposal lies in the folder of runs, or beside the folder the user has chosen, and is free."""
    form = panel.settings
    first = form.run_folder()
    assert first.parent == own_folders
    form._take_folder(str(tmp_path / "mine"))
    assert form.run_folder() == tmp_path / "mine" / first.name
    for _ in range(3):
        form.propose_folder()
        assert form.run_folder().parent == tmp_path / "mine"
        assert not form.run_folder().exists()
        form.run_folder().mkdir(parents=True)


# --- training -------------------------------------------------------------------------------------------------------


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
    counts = panel.training.plot.point_counts()
    assert counts.pop("batch") == 4
    assert set(counts.values()) == {2}
    assert len(panel.training.plot.loss.curves["batch"].yData) == 4
    assert len(panel.training.plot.loss.curves["nothing"].yData) == 2
    table = panel.training.table
    assert table.verticalHeaderItem(0).text() == "Latest, epoch 2"
    assert table.item(0, 1).text().endswith(" dB")
    assert table.item(2, 1).text().endswith(" dB")
    assert "Done after 2 epochs" in panel.training.status.text()
    assert panel.training.verdict.text()
    settle(panel, qtbot)
    with qtbot.waitSignal(panel.model_ready) as use:
        press(qtbot, panel.result.use)
    model, card = weights.load(use.args[0])
    assert card.parameters == SMALL.architecture
    assert model(np.zeros((1, 16, 16, 3), np.float32)).shape == (1, 16, 16, 3)


def test_the_status_tells_epoch_loss_and_doing_nothing(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """While it trains, one sentence says how far it is and how it compares with leaving the photos alone."""
    choose_and_set_up(panel, qtbot, photos, epochs=1000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    panel.training.pause.click()
    panel.training._refresh()
    status = panel.training.status.text()
    assert status.startswith("Epoch 1 of 1000 · loss 0.") or "of 1000" in status
    assert " dB, doing nothing " in status
    assert panel.training.time.text() == "paused"
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        press(qtbot, panel.training.cancel)


def test_cancelling_keeps_the_run_and_it_can_be_continued(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """After a cancel the panel says where the run is and continues it, with its curves, to its end."""
    choose_and_set_up(panel, qtbot, photos, epochs=1000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        press(qtbot, panel.training.cancel)
    run = panel.session.run
    assert run is not None
    assert not run.card.exists()
    assert str(run.folder) in panel.notice.text
    done = len(run.events("epoch"))
    config = run.folder / "config.toml"
    config.write_text(config.read_text().replace("epochs = 1000", f"epochs = {done + 1}"))
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.notice.button)
    assert run.card.exists()
    assert panel.training.plot.point_counts()["loss"] == done + 1
    assert panel.training.plot.point_counts()["batch"] == 2 * (done + 1)
    assert [event["epoch"] for event in run.events("epoch")] == list(range(1, done + 2))


def test_cancelling_before_the_first_epoch_can_be_continued_too(
    panel: TrainingWizard, qtbot: QtBot, photos: Path
) -> None:
    """A run that was cancelled while it prepared starts from its settings and photos."""
    choose_and_set_up(panel, qtbot, photos)
    with qtbot.waitSignal(panel.session.progressed, timeout=MINUTE):
        panel.start_button.click()
        panel.training.pause.click()
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        press(qtbot, panel.training.cancel)
    assert "before the first epoch" in panel.notice.text
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.notice.button)
    assert panel.training.plot.point_counts()["loss"] == 2


def test_cancelling_before_anything_was_written_leads_back(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """Where there is no run yet, there is nothing to continue and no folder is left."""
    choose_and_set_up(panel, qtbot, photos)
    folder = panel.settings.run_folder()
    panel.session.run = Run(folder)
    panel.session.cancelled.emit()
    assert "Nothing was written" in panel.notice.text
    assert panel.start_button.isVisible()
    assert not folder.exists()


def test_pausing_rests_until_it_goes_on(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """Paused, nothing more arrives; continued, it goes on to its end."""
    choose_and_set_up(panel, qtbot, photos, epochs=3)
    with qtbot.waitSignal(panel.session.progressed, timeout=MINUTE):
        panel.start_button.click()
        panel.training.pause.click()
    assert panel.session.is_paused
    assert panel.training.pause.text().replace("&", "") == "Continue"
    with qtbot.assertNotEmitted(panel.session.progressed, wait=200):
        pass
    assert panel.is_busy()
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.training.pause)
    assert panel.training.plot.point_counts()["loss"] == 3


def test_stop_and_keep_makes_a_model_of_the_best_epoch(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """It can be asked for once there is an epoch to keep, even while paused, and leads to a usable model."""
    choose_and_set_up(panel, qtbot, photos, epochs=100_000)
    panel.start_button.click()
    assert not panel.training.stop.isEnabled()
    wait_for_epoch(panel, qtbot)
    panel.training.pause.click()
    with qtbot.waitSignal(panel.session.succeeded, timeout=MINUTE) as done:
        press(qtbot, panel.training.stop)
        assert not panel.training.cancel.isEnabled()
    assert weights.load(done.args[0].card)[1].training["best_epoch"] >= 1
    assert "the best, is kept" in panel.training.status.text()
    settle(panel, qtbot)
    press(qtbot, panel.result.new)
    assert panel.pictures.isVisible()


def test_a_folder_that_holds_a_run_is_refused_in_the_settings(
    panel: TrainingWizard, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """What cannot start leads back to the settings with a sentence, and the other run is untouched."""
    other = Run(tmp_path / "other")
    other.create(SMALL, [])
    before = sorted(path.name for path in other.folder.iterdir())
    choose_and_set_up(panel, qtbot, photos)
    panel.settings.folder.setText(str(other.folder))
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
    """What a crash or a cancel left is offered by a new panel and goes on from there."""
    panel = shown_panel(qtbot)
    choose_and_set_up(panel, qtbot, photos, epochs=1000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        panel.training.cancel.click()
    run = panel.session.run
    assert run is not None
    done = len(run.events("epoch"))
    another = shown_panel(qtbot)
    assert f"“{run.folder.name}” was not finished: {done} of 1000 epochs" in another.offer.text
    with qtbot.waitSignal(another.preview_ready, timeout=2 * MINUTE):
        press(qtbot, another.offer.button)
    assert another.training.plot.point_counts()["loss"] == done + 1
    with qtbot.waitSignal(another.session.succeeded, timeout=MINUTE):
        another.training.stop.click()
    assert shown_panel(qtbot).offer.text == ""


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
    panel.training.pause.click()
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

    monkeypatch.setattr("training.report.write_report", write_report)
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda url: opened.append(url.toLocalFile()))
    panel.start(SMALL, _pairs(panel, qtbot, photos), Run(tmp_path / "run"))
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        pass
    settle(panel, qtbot)
    press(qtbot, panel.result.report)
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=MINUTE)
    assert opened == [str(tmp_path / "run" / "report" / "index.html")]


def _pairs(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> list:  # type: ignore[type-arg]
    choose_and_set_up(panel, qtbot, photos)
    return panel.pictures.pairs.pairs


# --- how it is to use -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("page", range(5))
def test_everything_fits_into_a_narrow_dock(panel: TrainingWizard, page: int) -> None:
    """At 420 pixels no page has to be scrolled sideways, with everything unfolded."""
    unfold(panel, page)
    room = panel._rooms[page]
    assert room.widget().minimumSizeHint().width() <= 420 - room.verticalScrollBar().sizeHint().width()
    panel.grab()


def unfold(panel: TrainingWizard, page: int) -> None:
    """Go to a page and show all that it may have."""
    panel._go(page)
    if page == PICTURES:
        panel.pictures.two.setChecked(True)
        for widget in (panel.pictures.blur_form, panel.pictures.check, panel.pictures.show_unpaired):
            widget.show()
    elif page == SETTINGS:
        panel.settings.more.setChecked(True)
        panel.settings.set_photo(there=True)
    elif page == TRAINING:
        panel.training.begin(Run(Path("a folder")))
        panel.training.describe(SMALL, 8)
        panel.training.scrubber.show()
        panel.training.queue.show_waiting([Run(Path("another folder"))])
    for button in (*panel.steps.buttons, panel.back, panel.next):
        button.setEnabled(True)


@pytest.mark.parametrize("page", range(5))
def test_every_control_is_reached_by_tab_in_the_order_it_is_seen(
    panel: TrainingWizard, qtbot: QtBot, page: int
) -> None:
    """Tab goes through the steps, all controls of a page from top to bottom, and Back and Next; each has a name."""
    unfold(panel, page)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.steps.buttons[0].setFocus()
    visited: list[QWidget] = []
    while (focused := QApplication.focusWidget()) is not None and focused not in visited:
        visited.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    controls = [panel.pictures, panel.model, panel.settings, panel.training, panel.result][page].controls
    expected = [widget for widget in controls if widget.isVisible() and widget.isEnabled()]
    if page == MODEL:  # buttons of a group are one stop
        expected = [widget for widget in expected if not isinstance(widget, QRadioButton) or widget.isChecked()]
    if page == PICTURES:
        expected = [widget for widget in expected if not isinstance(widget, QRadioButton)]
    assert [widget for widget in visited if widget in expected] == expected
    buttons = {button for button in (panel.back, panel.next) if button.isVisible() and button.isEnabled()}
    assert buttons <= set(visited)
    for widget in expected:
        assert widget.accessibleName() or widget.toolTip() or getattr(widget, "text", str)()


@pytest.mark.parametrize("page", range(5))
def test_no_two_mnemonics_of_a_page_are_equal(panel: TrainingWizard, page: int) -> None:
    """Alt and a letter goes to one place on each page, and to none that the window's menus and tabs have."""
    unfold(panel, page)
    panel.grab()
    labels = [label for label in panel.findChildren(QLabel) if label.buddy()]
    letters = [
        QKeySequence.mnemonic(widget.text()).toString()
        for widget in panel.findChildren(QAbstractButton) + labels
        if widget.isVisible() and not QKeySequence.mnemonic(widget.text()).isEmpty()
    ]
    assert len(letters) > 5
    assert sorted(letters) == sorted(set(letters))
    assert not {f"Alt+{letter}" for letter in "FEVPNHMTBSC"} & set(letters)


def test_the_verdict_says_whether_the_network_helps() -> None:
    """Better, worse and equal are told in plain words; without figures there is nothing to tell."""
    nothing = EpochFigures(0, 0.01, 0.9, 0.01, 0.9, 26.1, 0.8, 0.0, 0.0)
    best = replace(nothing, epoch=9)
    assert verdict(None, nothing) == ""
    assert "2.1 dB closer" in verdict(replace(best, val_psnr=28.2), nothing)
    assert "makes them worse" in verdict(replace(best, val_psnr=16.8), nothing)
    assert "as close" in verdict(best, nothing)


def test_building_the_panel_loads_no_tensorflow() -> None:
    """TensorFlow takes seconds and hundreds of megabytes: the panel comes without it."""
    code = (
        "import sys\n"
        f"import {wizard.__name__}\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        f"panel = sys.modules['{wizard.__name__}'].TrainingWizard()\n"
        "panel.cancel_and_wait()\n"
        "print(sorted({'tensorflow', 'keras', 'matplotlib'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
