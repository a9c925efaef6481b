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
    QComboBox,
    QLabel,
    QLineEdit,
    QMessageBox,
    QSpinBox,
    QWidget,
)

from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.engine.devices import Device
from deblur_app.gui import training_panel
from deblur_app.gui.training_data import describe
from deblur_app.gui.training_figures import verdict
from deblur_app.gui.training_panel import TrainingPanel
from deblur_app.networks import weights
from training.config import PROTOCOL_EXPLAINED, TrainingConfig
from training.pairs import PairList
from training.run import Run
from training.trainer import EpochFigures, Preview

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
def panel(qtbot: QtBot) -> TrainingPanel:
    """A panel on the screen that has looked for unfinished runs."""
    return shown_panel(qtbot)


def shown_panel(qtbot: QtBot) -> TrainingPanel:
    """A new panel, once it has nothing more to do by itself."""
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    panel.resize(420, 760)
    with qtbot.waitExposed(panel):
        panel.show()
    qtbot.waitUntil(lambda: not panel.is_busy())
    panel.settings.set_config(SMALL)
    return panel


def choose(panel: TrainingPanel, qtbot: QtBot, *folders: Path) -> None:
    """Choose folders to train on, and wait for their pairs."""
    with qtbot.waitSignal(panel.data.changed, timeout=MINUTE):
        panel.data.take(list(folders))
    qtbot.waitUntil(lambda: not panel.is_busy())


def press(qtbot: QtBot, button: QAbstractButton) -> None:
    """Press a button that the user sees and can press."""
    assert button.isVisible()
    assert button.isEnabled()
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)


def wait_for_epoch(panel: TrainingPanel, qtbot: QtBot) -> None:
    """Wait until the panel has shown the end of the next epoch."""
    with qtbot.waitSignal(panel.preview_ready, timeout=MINUTE):
        pass


# --- choosing photos ------------------------------------------------------------------------------------------------


def test_nothing_can_be_started_before_photos_are_chosen(panel: TrainingPanel) -> None:
    """The start button waits for photos and says so."""
    assert not panel.start_button.isEnabled()
    assert "photos" in panel.start_button.toolTip()
    assert panel.notice.text == ""
    assert panel.offer.text == ""


def test_a_folder_tells_its_pairs_by_kind_and_what_is_left_over(
    panel: TrainingPanel, qtbot: QtBot, photos: Path
) -> None:
    """After the choice the counts are shown, the photo without a counterpart can be listed, and Start is enabled."""
    choose(panel, qtbot, photos)
    assert panel.data.summary.text() == (
        "“photos” has 8 pairs: 6 out of focus, 2 motion blur. 1 photo has no counterpart and will not be used."
    )
    assert not panel.data.unpaired.isVisible()
    press(qtbot, panel.data.show_unpaired)
    assert panel.data.unpaired.isVisible()
    assert panel.data.unpaired.toPlainText() == str(photos / "sharp" / "99_CAMERA_S.png")
    assert panel.start_button.isEnabled()


def test_a_bad_folder_is_explained_and_changes_nothing(
    panel: TrainingPanel, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """A folder without pairs leads to a sentence; folder and pairs of before stay, and can be trained on."""
    choose(panel, qtbot, photos)
    summary, pairs = panel.data.summary.text(), panel.data.pairs
    with qtbot.waitSignal(panel.data.failed, timeout=MINUTE):
        panel.data.take([tmp_path / "nowhere"])
    assert "nowhere is not a folder" in panel.notice.text
    assert panel.data.summary.text() == summary
    assert panel.data.folder.path == photos
    assert panel.data.pairs is pairs
    assert panel.start_button.isEnabled()
    assert QApplication.activeModalWidget() is None  # the sentence is in the panel, and nothing is to be clicked away
    press(qtbot, panel.notice.close_button)
    assert panel.notice.text == ""


def test_a_typed_path_is_read_when_it_is_entered(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """By keyboard alone: type a path, press Enter."""
    panel.data.folder.edit.setFocus()
    qtbot.keyClicks(panel.data.folder.edit, str(photos))
    with qtbot.waitSignal(panel.data.changed, timeout=MINUTE):
        qtbot.keyClick(panel.data.folder.edit, Qt.Key.Key_Return)
    assert len(panel.data.pairs.pairs) == 8


def test_two_folders_with_equal_names_are_told_apart(
    panel: TrainingPanel, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """Of two dropped folders, the one called sharp is the ground truth; both are shown in their rows."""
    sharp, blurred = tmp_path / "sharp_ones", tmp_path / "blurry_ones"
    for path in (photos / "sharp").iterdir():
        for folder in (sharp, blurred):
            folder.mkdir(exist_ok=True)
            (folder / path.name).write_bytes(path.read_bytes())
    choose(panel, qtbot, sharp, blurred)
    assert panel.data.two.isChecked()
    assert (panel.data.blurred.path, panel.data.sharp.path) == (blurred, sharp)
    assert panel.data.pairs.pairs[0].sharp.parent == sharp
    assert panel.data.summary.text() == "“blurry_ones” has 9 pairs."


def test_folders_can_be_dropped_and_photos_are_left_to_the_window(
    panel: TrainingPanel, qtbot: QtBot, photos: Path
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
            with qtbot.waitSignal(panel.data.changed, timeout=MINUTE):
                drop = QDropEvent(QPointF(panel.rect().center()), copy, mime, left, none)
                QApplication.sendEvent(panel, drop)
    assert len(panel.data.pairs.pairs) == 8
    qtbot.waitUntil(lambda: not panel.is_busy())  # the thread that looked ends a moment after it has told


def test_three_folders_are_too_many(panel: TrainingPanel, qtbot: QtBot, tmp_path: Path) -> None:
    """More than two folders cannot be a choice, and this is said."""
    panel.data.take([tmp_path, tmp_path, tmp_path])
    assert "Drop one folder" in panel.notice.text


def test_pairs_are_counted_in_words() -> None:
    """One pair is not “1 pairs”."""
    assert describe(PairList([], []), Path("a/b")) == "“b” has 0 pairs."


# --- settings -------------------------------------------------------------------------------------------------------


def test_the_settings_are_the_papers_until_they_are_changed(qtbot: QtBot) -> None:
    """An untouched form asks for what the paper did; each field changes its own setting and no other."""
    panel = TrainingPanel()
    qtbot.addWidget(panel)
    qtbot.waitUntil(lambda: not panel.is_busy())
    form = panel.settings
    assert form.config() == TrainingConfig()
    form.epochs.setValue(7)
    form.protocol.setCurrentIndex(form.protocol.findData("paper"))
    form.learning_rate.setValue(0.00025)
    assert form.config() == replace(TrainingConfig(), epochs=7, protocol="paper", learning_rate=0.00025)
    assert form.learning_rate.text() == "0.00025"
    assert form.protocol_hint.text()[1:] == PROTOCOL_EXPLAINED["paper"][1:] + "."


def test_devices_are_listed_once_they_are_known(panel: TrainingPanel) -> None:
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


def test_a_run_folder_is_proposed_that_is_new(panel: TrainingPanel, own_folders: Path, tmp_path: Path) -> None:
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


def test_two_epochs_from_photos_to_a_model_in_use(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """Start, watch curves, figures and previews, and use the model: its weights load."""
    previews: list[object] = []
    states: list[bool] = []
    choose(panel, qtbot, photos)
    panel.preview_ready.connect(previews.append)
    panel.busy_changed.connect(states.append)
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.start_button)
        assert panel.is_busy()
    assert not panel.is_busy()
    assert states == [True, False]
    assert len(previews) == 2
    assert all(isinstance(preview, Preview) and preview.predicted.shape == (16, 16, 3) for preview in previews)
    counts = panel.view.plot.point_counts()
    assert counts == {"batch": 4, "loss": 2, "val_loss": 2, "accuracy": 2, "val_accuracy": 2}
    assert len(panel.view.plot.loss.curves["batch"].yData) == 4
    assert len(panel.view.plot.loss.curves["nothing"].yData) == 2
    table = panel.view.table
    assert table.verticalHeaderItem(0).text() == "Latest, epoch 2"
    assert table.item(0, 1).text().endswith(" dB")
    assert table.item(2, 1).text().endswith(" dB")
    assert "Done after 2 epochs" in panel.view.status.text()
    assert panel.view.verdict.text()
    with qtbot.waitSignal(panel.model_ready) as use:
        press(qtbot, panel.view.use)
    model, card = weights.load(use.args[0])
    assert card.parameters == SMALL.architecture
    assert model(np.zeros((1, 16, 16, 3), np.float32)).shape == (1, 16, 16, 3)


def test_the_status_tells_epoch_loss_and_doing_nothing(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """While it trains, one sentence says how far it is and how it compares with leaving the photos alone."""
    choose(panel, qtbot, photos)
    panel.settings.epochs.setValue(1000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    panel.view.pause.click()
    panel.view._refresh()
    status = panel.view.status.text()
    assert status.startswith("Epoch 1 of 1000 · loss 0.") or "of 1000" in status
    assert " dB, doing nothing " in status
    assert panel.view.time.text() == "paused"
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        press(qtbot, panel.view.cancel)


def test_cancelling_keeps_the_run_and_it_can_be_continued(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """After a cancel the panel says where the run is and continues it, with its curves, to its end."""
    choose(panel, qtbot, photos)
    panel.settings.epochs.setValue(1000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        press(qtbot, panel.view.cancel)
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
    assert panel.view.plot.point_counts()["loss"] == done + 1
    assert panel.view.plot.point_counts()["batch"] == 2 * (done + 1)
    assert [event["epoch"] for event in run.events("epoch")] == list(range(1, done + 2))


def test_cancelling_before_the_first_epoch_can_be_continued_too(
    panel: TrainingPanel, qtbot: QtBot, photos: Path
) -> None:
    """A run that was cancelled while it prepared starts from its settings and photos."""
    choose(panel, qtbot, photos)
    with qtbot.waitSignal(panel.session.progressed, timeout=MINUTE):
        panel.start_button.click()
        panel.view.pause.click()
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        press(qtbot, panel.view.cancel)
    assert "before the first epoch" in panel.notice.text
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.notice.button)
    assert panel.view.plot.point_counts()["loss"] == 2


def test_cancelling_before_anything_was_written_leads_back(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """Where there is no run yet, there is nothing to continue and no folder is left."""
    choose(panel, qtbot, photos)
    folder = panel.settings.run_folder()
    panel.session.run = Run(folder)
    panel._show_cancelled()
    assert "Nothing was written" in panel.notice.text
    assert panel.start_button.isVisible()
    assert not folder.exists()


def test_pausing_rests_until_it_goes_on(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """Paused, nothing more arrives; continued, it goes on to its end."""
    choose(panel, qtbot, photos)
    panel.settings.epochs.setValue(3)
    with qtbot.waitSignal(panel.session.progressed, timeout=MINUTE):
        panel.start_button.click()
        panel.view.pause.click()
    assert panel.session.is_paused
    assert "ontinue" in panel.view.pause.text()
    with qtbot.assertNotEmitted(panel.session.progressed, wait=200):
        pass
    assert panel.is_busy()
    with qtbot.waitSignal(panel.session.succeeded, timeout=2 * MINUTE):
        press(qtbot, panel.view.pause)
    assert panel.view.plot.point_counts()["loss"] == 3


def test_stop_and_keep_makes_a_model_of_the_best_epoch(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """It can be asked for once there is an epoch to keep, even while paused, and leads to a usable model."""
    choose(panel, qtbot, photos)
    panel.settings.epochs.setValue(100_000)
    panel.start_button.click()
    assert not panel.view.stop.isEnabled()
    wait_for_epoch(panel, qtbot)
    panel.view.pause.click()
    with qtbot.waitSignal(panel.session.succeeded, timeout=MINUTE) as done:
        press(qtbot, panel.view.stop)
        assert not panel.view.cancel.isEnabled()
    assert weights.load(done.args[0].card)[1].training["best_epoch"] >= 1
    assert "the best, is kept" in panel.view.status.text()
    press(qtbot, panel.view.new)
    assert panel.start_button.isVisible()


def test_a_folder_that_holds_a_run_is_refused_in_the_settings(
    panel: TrainingPanel, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """What cannot start leads back to the settings with a sentence, and the other run is untouched."""
    other = Run(tmp_path / "other")
    other.create(SMALL, [])
    before = sorted(path.name for path in other.folder.iterdir())
    choose(panel, qtbot, photos)
    panel.settings.folder.setText(str(other.folder))
    with qtbot.waitSignal(panel.session.failed, timeout=MINUTE):
        press(qtbot, panel.start_button)
    assert "holds a run already" in panel.notice.text
    assert panel.start_button.isVisible()
    assert panel.start_button.isEnabled()
    assert sorted(path.name for path in other.folder.iterdir()) == before


def test_a_broken_photo_is_named(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """A file that is no picture ends the start with a sentence that names it."""
    broken = photos / "sharp" / "3_CAMERA_S.png"
    broken.write_bytes(b"not a picture")
    choose(panel, qtbot, photos)
    with qtbot.waitSignal(panel.session.failed, timeout=MINUTE):
        press(qtbot, panel.start_button)
    assert broken.name in panel.notice.text
    assert panel.start_button.isEnabled()


def test_a_mistake_of_the_program_is_shown_with_details(
    panel: TrainingPanel, qtbot: QtBot, photos: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Anything but a DeblurError opens a message with the traceback to copy, and the panel can be used again."""

    def fail(*_: object) -> None:
        raise ZeroDivisionError("a defect")

    monkeypatch.setattr(Run, "create", fail)
    choose(panel, qtbot, photos)
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
    choose(panel, qtbot, photos)
    panel.settings.epochs.setValue(1000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    with qtbot.waitSignal(panel.session.cancelled, timeout=MINUTE):
        panel.view.cancel.click()
    run = panel.session.run
    assert run is not None
    done = len(run.events("epoch"))
    another = shown_panel(qtbot)
    assert f"“{run.folder.name}” was not finished: {done} of 1000 epochs" in another.offer.text
    with qtbot.waitSignal(another.preview_ready, timeout=2 * MINUTE):
        press(qtbot, another.offer.button)
    assert another.view.plot.point_counts()["loss"] == done + 1
    with qtbot.waitSignal(another.session.succeeded, timeout=MINUTE):
        another.view.stop.click()
    assert shown_panel(qtbot).offer.text == ""


def test_closing_cancels_without_freezing(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """`shut_down` returns at once and calls back when the thread has ended; idle, it calls back at once."""
    called: list[bool] = []
    panel.shut_down(lambda: called.append(panel.is_busy()))
    assert called == [False]
    choose(panel, qtbot, photos)
    panel.settings.epochs.setValue(100_000)
    panel.start_button.click()
    wait_for_epoch(panel, qtbot)
    panel.shut_down(lambda: called.append(panel.is_busy()))
    assert called == [False]
    qtbot.waitUntil(lambda: len(called) == 2, timeout=MINUTE)
    assert called == [False, False]


def test_the_end_of_the_program_waits_for_the_thread(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> None:
    """`cancel_and_wait` blocks until nothing runs, even while the training rests."""
    choose(panel, qtbot, photos)
    panel.start_button.click()
    panel.view.pause.click()
    panel.cancel_and_wait()
    qtbot.waitUntil(lambda: not panel.is_busy())


def test_the_report_is_written_and_opened(
    panel: TrainingPanel, qtbot: QtBot, photos: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
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
    press(qtbot, panel.view.report)
    qtbot.waitUntil(lambda: not panel.is_busy(), timeout=MINUTE)
    assert opened == [str(tmp_path / "run" / "report" / "index.html")]


def _pairs(panel: TrainingPanel, qtbot: QtBot, photos: Path) -> list:  # type: ignore[type-arg]
    choose(panel, qtbot, photos)
    return panel.data.pairs.pairs


# --- how it is to use -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("running", [False, True])
def test_everything_fits_into_a_narrow_dock(panel: TrainingPanel, *, running: bool) -> None:
    """At 420 pixels nothing has to be scrolled sideways, on either page, with everything unfolded."""
    panel.settings.more.setChecked(True)
    panel.data.two.setChecked(True)
    if running:
        panel._show_training(Run(Path("a folder")))
        panel.view.describe(SMALL, 8)
        panel.view.show_end("Done", has_model=True)
    area = panel._pages.currentWidget()
    page = area.widget()  # type: ignore[attr-defined]
    assert page.minimumSizeHint().width() <= 420 - area.verticalScrollBar().sizeHint().width()  # type: ignore[attr-defined]
    panel.grab()


def test_every_control_is_reached_by_tab_in_the_order_it_is_seen(panel: TrainingPanel, qtbot: QtBot) -> None:
    """Tab goes through all controls of the settings from top to bottom, and each has a name and an explanation."""
    panel.settings.more.setChecked(True)
    panel.start_button.setEnabled(True)
    panel.activateWindow()
    qtbot.waitUntil(panel.isActiveWindow)
    panel.data.folder.edit.setFocus()
    visited: list[QWidget] = []
    for _ in range(40):
        focused = QApplication.focusWidget()
        if focused is None or focused in visited:
            break
        visited.append(focused)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    form = panel.settings
    expected = [
        panel.data.folder.edit,
        panel.data.folder.button,
        form.epochs,
        form.protocol,
        form.more,
        form.batch_size,
        form.learning_rate,
        form.seed,
        form.precision,
        form.device,
        form.folder,
        form.folder_button,
        panel.start_button,
    ]
    assert [widget for widget in visited if widget in expected] == expected
    for widget in panel.findChildren(QWidget):
        if isinstance(widget, QComboBox | QSpinBox | QLineEdit) and widget.parent() in (form, form._advanced):
            assert widget.toolTip()


@pytest.mark.parametrize("page", ["settings", "running", "ended"])
def test_no_two_mnemonics_of_a_page_are_equal(panel: TrainingPanel, page: str) -> None:
    """Alt and a letter goes to one place on each page, and to none that the window's menus and tabs have."""
    panel.settings.more.setChecked(True)
    if page != "settings":
        panel._show_training(Run(Path("a folder")))
    if page == "ended":
        panel.view.show_end("Done", has_model=True)
    panel.grab()
    labels = [label for label in panel.findChildren(QLabel) if label.buddy()]
    letters = [
        QKeySequence.mnemonic(widget.text()).toString()
        for widget in panel.findChildren(QAbstractButton) + labels
        if widget.isVisible() and not QKeySequence.mnemonic(widget.text()).isEmpty()
    ]
    assert letters
    assert len(letters) == len(set(letters))
    assert not {f"Alt+{letter}" for letter in "FEVPNHMTBC"} & set(letters)


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
        f"import {training_panel.__name__}\n"
        "from PySide6.QtWidgets import QApplication\n"
        "app = QApplication([])\n"
        f"panel = sys.modules['{training_panel.__name__}'].TrainingPanel()\n"
        "panel.cancel_and_wait()\n"
        "print(sorted({'tensorflow', 'keras', 'matplotlib'} & sys.modules.keys()))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=120)
    assert done.stdout.strip() == "[]"
