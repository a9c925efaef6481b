"""The first pages of the wizard: which photos, and how to train on them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import (
    QApplication,
)

from deblur_app.engine.devices import Device
from deblur_app.gui.training_wizard.choices.knobs import KNOBS, value_of, with_values
from tests.gui.training_wizard.driving import (
    MINUTE,
    choose,
    press,
    settle,
)
from training.config.config import TrainingConfig
from training.trainables.presets import settings_of

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.gui.training_wizard.wizard import TrainingWizard


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
    assert panel.pictures_page.summary.text() == (
        "“photos” has 8 pairs: 6 out of focus, 2 motion blur. 1 photo has no counterpart and will not be used."
    )
    assert not panel.pictures_page.unpaired.isVisible()
    press(qtbot, panel.pictures_page.show_unpaired)
    assert panel.pictures_page.unpaired.isVisible()
    assert panel.pictures_page.unpaired.toPlainText() == str(photos / "sharp" / "99_CAMERA_S.png")
    assert panel.start_button.isEnabled()


def test_a_bad_folder_is_explained_and_changes_nothing(
    panel: TrainingWizard, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """A folder without pairs leads to a sentence; folder and pairs of before stay, and can be trained on."""
    choose(panel, qtbot, photos)
    summary, pairs = panel.pictures_page.summary.text(), panel.model.inputs.pairs
    with qtbot.waitSignal(panel.pictures_page.failed, timeout=MINUTE):
        panel.pictures_page.take([tmp_path / "nowhere"])
    assert "nowhere is not a folder" in panel.notice.text
    assert panel.pictures_page.summary.text() == summary
    assert panel.pictures_page.folder.path == photos
    assert panel.model.inputs.pairs is pairs
    assert panel.start_button.isEnabled()
    assert QApplication.activeModalWidget() is None  # the sentence is in the panel, and nothing is to be clicked away
    press(qtbot, panel.notice.close_button)
    assert panel.notice.text == ""


def test_a_typed_path_is_read_when_it_is_entered(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """By keyboard alone: type a path, press Enter."""
    panel.pictures_page.folder.edit.setFocus()
    qtbot.keyClicks(panel.pictures_page.folder.edit, str(photos))
    qtbot.keyClick(panel.pictures_page.folder.edit, Qt.Key.Key_Return)
    settle(panel, qtbot)
    assert len(panel.model.pairs) == 8


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
    assert panel.pictures_page.two.isChecked()
    assert (panel.pictures_page.blurred.path, panel.pictures_page.sharp.path) == (blurred, sharp)
    assert panel.model.pairs[0].sharp.parent == sharp
    assert panel.pictures_page.summary.text() == "“blurry_ones” has 9 pairs."


def test_folders_can_be_dropped_and_photos_are_left_to_the_window(
    panel: TrainingWizard, qtbot: QtBot, photos: Path
) -> None:
    """A folder dropped anywhere on the panel is data; a photo is not, so that the window can open it."""
    photo = next((photos / "sharp").iterdir())
    for path, expected in ((photos, True), (photo, False)):
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path))])
        copy, left, none = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(QPointF(panel.rect().center()), copy, mime, left, none)
        enter.ignore()
        QApplication.sendEvent(panel, enter)
        assert enter.isAccepted() == expected
        if expected:
            drop = QDropEvent(QPointF(panel.rect().center()), copy, mime, left, none)
            QApplication.sendEvent(panel, drop)
            settle(panel, qtbot)
    assert len(panel.model.pairs) == 8


def test_the_three_folders_of_the_paper_are_recognised(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """Dropped one by one, they are what the folder that holds them is."""
    choose(panel, qtbot, photos / "motion_blurred", photos / "sharp", photos / "defocused_blurred")
    assert panel.model.inputs.folders == (photos,)
    assert len(panel.model.pairs) == 8


def test_the_settings_are_the_papers_until_they_are_changed(panel: TrainingWizard) -> None:
    """An untouched form asks for what the paper did; each field changes its own setting and no other."""
    form = panel.settings_page
    assert panel.model.config() == TrainingConfig()
    form.epochs.setValue(7)
    form.protocol.setCurrentIndex(form.protocol.findData("paper"))
    form.knobs["learning_rate"].setValue(0.00025)  # type: ignore[attr-defined]
    form.knobs["learning.average"].setValue(0.998)  # type: ignore[attr-defined]
    averaged = replace(TrainingConfig().learning, average=0.998)
    expected = replace(TrainingConfig(), epochs=7, protocol="paper", learning_rate=0.00025, learning=averaged)
    assert panel.model.config() == expected
    assert form.knobs["learning_rate"].text() == "0.00025"  # type: ignore[attr-defined]
    assert form.protocol_hint.text().startswith("Trained and evaluated on the same photos")


def test_every_field_is_a_key_of_the_configuration_within_its_limits(panel: TrainingWizard) -> None:
    """The lowest and the highest value of every field is one that a configuration takes."""
    for knob in KNOBS:
        limits = knob.limits
        numbers = [] if knob.words else [limits.low, limits.high]
        for end in [*knob.words, *map(int if limits.is_whole else float, numbers)]:
            base = settings_of("restorer", "synthetic") if knob.is_synthetic else TrainingConfig()
            config = with_values(base, {knob.path: end})
            assert value_of(config, knob.path) == end


def test_devices_are_listed_once_they_are_known(panel: TrainingWizard) -> None:
    """A device that is chosen stays chosen when the list comes again; one that is gone gives way to automatic."""
    cpu, gpu = Device("cpu", "CPU (two cores)", "/CPU:0"), Device("gpu:0", "Card", "/GPU:0")
    box = panel.settings_page.advanced.device
    assert [box.itemText(i) for i in range(box.count())] == ["Automatic"]
    panel.set_devices([cpu, gpu])
    assert [box.itemText(i) for i in range(box.count())] == ["Automatic", "CPU (two cores)", "Card"]
    box.setCurrentIndex(2)
    panel.set_devices([cpu, gpu])
    assert panel.model.config().device == "gpu:0"
    panel.set_devices([cpu])
    assert panel.model.config().device == "auto"


def test_a_run_folder_is_proposed_that_is_new(panel: TrainingWizard, own_folders: Path, tmp_path: Path) -> None:
    """The proposal lies in the folder of runs, or beside the folder the user has chosen, and is free."""
    form, model = panel.settings_page, panel.model
    first = model.run_folder
    assert first.parent == own_folders
    form.advanced._take_folder(str(tmp_path / "mine"))
    assert model.run_folder == tmp_path / "mine" / first.name
    for _ in range(3):
        model.propose_folder()
        assert model.run_folder.parent == tmp_path / "mine"
        assert not model.run_folder.exists()
        model.run_folder.mkdir(parents=True)


def test_damaged_pictures_are_named_all_at_once_before_a_training(
    panel: TrainingWizard, qtbot: QtBot, photos: Path
) -> None:
    """Each is named with its folder on the first page; left out, the others can be trained on."""
    for name in ("sharp/3_CAMERA_S.png", "defocused_blurred/5_CAMERA_F.png"):
        (photos / name).write_bytes(b"not a picture")
    choose(panel, qtbot, photos)
    damaged = panel.pictures_page.damaged
    assert "“sharp/3_CAMERA_S.png”" in damaged.text.text()
    assert "“defocused_blurred/5_CAMERA_F.png”" in damaged.text.text()
    press(qtbot, damaged.leave_out_button)
    settle(panel, qtbot)
    assert not damaged.isVisible()
    assert len(panel.model.pairs) == 6
    assert not {3, 5} & {int(pair.sharp.name[0]) for pair in panel.model.pairs}


def test_the_check_for_damaged_pictures_can_be_stopped(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """It goes on in the background with a progress bar; stopped, nothing is said, and the pairs can be trained on."""
    damaged = panel.pictures_page.damaged
    (photos / "sharp" / "3_CAMERA_S.png").write_bytes(b"not a picture")
    with qtbot.waitSignal(damaged.jobs.busy_changed, timeout=MINUTE):
        panel.pictures_page.take([photos])
    assert damaged.bar.isVisible()
    press(qtbot, damaged.stop_button)
    settle(panel, qtbot)
    assert not damaged.isVisible()
    assert len(panel.model.pairs) == 8


def test_before_a_measurement_nobody_is_asked_to_measure_again(
    panel: TrainingWizard, qtbot: QtBot, photos: Path
) -> None:
    """Changed settings take a forecast away; where there was none, the invitation stays."""
    choose(panel, qtbot, photos)
    page = panel.settings_page
    invitation = page.forecast.text.text()
    page.epochs.setValue(2)
    assert page.forecast.text.text() == invitation
    assert "again" not in invitation


def test_the_page_of_settings_says_what_is_set(panel: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """The preset names the epochs that are set, and the sentence on evaluation the share that is kept aside."""
    choose(panel, qtbot, photos)
    page = panel.settings_page
    page.epochs.setValue(2)
    assert page.preset.currentText().endswith(", changed (2 epochs, batch 32)")
    page.knobs["validation_share"].setValue(6)  # type: ignore[attr-defined]
    assert page.knobs["validation_share"].text() == "6.00 %"  # type: ignore[attr-defined]
    assert "94 %" in page.protocol_hint.text()
    assert "other 6 %" in page.protocol_hint.text()
    assert panel.model.config().validation_share == 0.06
    assert page.knobs["learning.minutes"].text() == "no limit"  # type: ignore[attr-defined]
    page.preset.activated.emit(page.preset.currentIndex())
    assert "changed" not in page.preset.currentText()
