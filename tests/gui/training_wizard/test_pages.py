"""Each page of the training wizard does what it says, from synthetic pairs to a model in one file."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
import skimage.data
from PySide6.QtCore import Qt

from deblur_app.blur.kinds import Blur
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer
from deblur_app.gui.training_wizard.parts.forecast_box import describe
from deblur_app.gui.training_wizard.plots.curve_plot import CurvePlot
from deblur_app.gui.training_wizard.plots.run_comparison import RunComparison
from deblur_app.gui.training_wizard.state import PageId
from tests.gui.training_wizard.driving import MINUTE, SMALL, settle, show_panel
from training.config.config import TrainingConfig, read_config
from training.fit.forecast import Forecast
from training.fit.progress import EpochFigures
from training.runs.run import Run

if TYPE_CHECKING:
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.gui.training_wizard.wizard import TrainingWizard


@pytest.fixture
def photos(tmp_path: Path) -> Path:
    """Five sharp photos of 200 × 200 pixels."""
    folder, pixels = tmp_path / "sharp photos", from_integer(np.ascontiguousarray(skimage.data.astronaut()))
    folder.mkdir()
    for number in range(5):
        part = np.ascontiguousarray(pixels[number * 40 : number * 40 + 200, 100:300])
        image_io.write(Picture(part), folder / f"{number}.png")
    return folder


@pytest.fixture
def wizard(qtbot: QtBot) -> TrainingWizard:
    """A wizard on the screen."""
    return show_panel(qtbot, 640, 900)


def with_photos(wizard: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """Choose the photos, and see an example of a pair."""
    with qtbot.waitSignal(wizard.pictures_page.blur_form.samples.ready, timeout=MINUTE):
        wizard.pictures_page.take([photos])
    settle(wizard, qtbot)


def small_made(photos: Path, **changes: object) -> TrainingConfig:
    """Settings of a small network that learns from synthetic pairs."""
    data = replace(
        SMALL.data, source="synthetic", photos=(str(photos),), steps_per_epoch=2, validation_crops=1, workers=0
    )
    return replace(SMALL, data=data, **changes)  # type: ignore[arg-type]


def train_small(
    wizard: TrainingWizard, qtbot: QtBot, photos: Path, name: str = "first", *, rate: float = 1e-3, epochs: int = 2
) -> Run:
    """Train a small network, and wait for its result."""
    from training.runs.run_list import runs_folder

    run = Run(runs_folder() / name)
    with qtbot.waitSignal(wizard.result_page.evaluated, timeout=2 * MINUTE):
        wizard.start(small_made(photos, learning_rate=rate, epochs=epochs), [], run)
    settle(wizard, qtbot)
    return run


def test_sharp_photos_become_pairs_with_the_blurs_that_are_chosen(
    wizard: TrainingWizard, qtbot: QtBot, photos: Path
) -> None:
    """A folder of sharp photos shows an example; another blur another example; and the settings have the blur."""
    with_photos(wizard, qtbot, photos)
    form = wizard.pictures_page.blur_form
    assert form.isVisible()
    assert not form.sharp.image.isNull()
    for name, box in form.kinds.items():
        box.setChecked(name == "defocus")
    with qtbot.waitSignal(form.samples.idle, timeout=MINUTE):
        qtbot.keyClick(form.another, Qt.Key.Key_Space)
    assert form.blurred.caption.text().startswith("Out of focus: radius")
    form.strength.setCurrentIndex(form.strength.findData("light"))
    wizard.model.go_to(PageId.SETTINGS)
    config = wizard.model.config()
    assert config.data.source == "synthetic"
    assert config.data.photos == (str(photos),)
    assert list(config.data.blurs) == ["defocus"]
    assert config.data.blurs["defocus"]["radius"][1] < 3


def test_without_a_blur_the_page_says_what_is_missing(wizard: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """No box ticked is told at once, and again when the training is to begin."""
    with_photos(wizard, qtbot, photos)
    for box in wizard.pictures_page.blur_form.kinds.values():
        box.setChecked(False)
    assert "one kind of blur" in wizard.pictures_page.blur_form.blurred.caption.text()
    wizard.model.go_to(PageId.SETTINGS)
    wizard.next.click()
    assert "one kind of blur" in wizard.notice.text


def test_the_blur_found_in_the_open_photo_can_be_learnt(
    wizard: TrainingWizard, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """It is offered while there is one, and makes ranges around it."""
    with_photos(wizard, qtbot, photos)
    form = wizard.pictures_page.blur_form
    before = form.strength.count()
    wizard.set_photo(tmp_path / "photo.jpg", Blur("motion", {"length": 10.0, "angle": 30.0}), "Moving object: 10 px")
    assert form.strength.itemText(before) == "Like my photo: Moving object: 10 px"
    form.strength.setCurrentIndex(before)
    assert wizard.model.config().data.blurs["motion"]["length"] == (8.0, 12.0)
    wizard.set_photo(None)
    assert form.strength.count() == before


def test_networks_that_need_sharp_photos_are_offered_for_those_alone(
    wizard: TrainingWizard, qtbot: QtBot, photos: Path
) -> None:
    """With pairs of files the restorer waits; with sharp photos it can be chosen, and its own presets come with it."""
    assert not wizard.model_page.networks["restorer"].isEnabled()
    with_photos(wizard, qtbot, photos)
    wizard.model.go_to(PageId.MODEL)
    qtbot.keyClick(wizard.model_page.networks["restorer"], Qt.Key.Key_Space)
    wizard.model.go_to(PageId.SETTINGS)
    assert "40 epochs, batch 8" in wizard.settings_page.preset.currentText()
    assert wizard.model.config().network.architecture == "restorer"
    wizard.settings_page.preset.setCurrentIndex(wizard.settings_page.preset.findData("quick"))
    assert wizard.model.config().epochs == 5


def test_every_page_remembers_its_answers(qtbot: QtBot, photos: Path) -> None:
    """The next wizard has the same folder, blurs, network, preset and changed settings."""
    first = show_panel(qtbot, 640, 900)
    with_photos(first, qtbot, photos)
    first.pictures_page.blur_form.kinds["motion"].setChecked(False)
    first.model.go_to(PageId.MODEL)
    first.model.choose_network("restorer")
    first.model.go_to(PageId.SETTINGS)
    first.settings_page.preset.setCurrentIndex(first.settings_page.preset.findData("quick"))
    first.settings_page.knobs["batch_size"].setValue(5)  # type: ignore[attr-defined]
    expected = first.model.config()
    first.finish()
    second = show_panel(qtbot, 640, 900)
    qtbot.waitUntil(lambda: second.model.inputs.count == 5, timeout=MINUTE)
    second.model.go_to(PageId.SETTINGS)
    assert second.model.config() == expected
    assert expected.batch_size == 5


def test_settings_go_into_a_file_and_come_back(wizard: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """The file holds what the wizard would train with, and can be read again."""
    with_photos(wizard, qtbot, photos)
    wizard.model.go_to(PageId.SETTINGS)
    wizard.settings_page.epochs.setValue(12)
    path = photos.parent / "mine.toml"
    wizard.settings_page.save(path)
    assert read_config(path) == wizard.model.config()
    wizard.settings_page.epochs.setValue(50)
    wizard.settings_page.read(path)
    assert wizard.settings_page.epochs.value() == 12
    wizard.settings_page.read(photos / "none.toml")
    assert "does not exist" in wizard.notice.text


def test_a_forecast_is_told_before_it_begins(wizard: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """The button measures in the background; other settings make it ask to be pressed again."""
    with_photos(wizard, qtbot, photos)
    wizard.model.go_to(PageId.SETTINGS)
    wizard.model.take_config(small_made(photos))
    with qtbot.waitSignal(wizard.settings_page.forecast.forecast_ready, timeout=2 * MINUTE):
        wizard.settings_page.forecast.button.click()
    assert "4 steps" in wizard.settings_page.forecast.text.text()
    wizard.settings_page.epochs.setValue(7)
    assert "Measure again" in wizard.settings_page.forecast.text.text()


def test_a_forecast_warns_of_a_full_disk() -> None:
    """The warning says what is needed and what is left."""
    text = describe(Forecast(7200.0, 2 * 10**9, 10**9, 5 * 10**8, "CPU", 0.25, 1000))
    assert text.startswith("About 2 h on CPU (1000 steps of 250 ms), 2.0 GB of memory and 1.0 GB")
    assert "only 500 MB left" in text


def test_from_photos_to_a_model_with_name_and_file(wizard: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """The result has figures beside doing nothing, samples, a name that is kept, and becomes one file."""
    run = train_small(wizard, qtbot, photos)
    page = wizard.result_page
    assert wizard.model.page == PageId.RESULT
    assert page.table.horizontalHeaderItem(1).text() == "Blurred\nphotos"
    assert page.table.item(0, 0).text().endswith(" dB")
    assert page.samples.isVisible()
    page.name.setText("My network")
    page.name.editingFinished.emit()
    settle(wizard, qtbot)
    assert page.runs.currentText() == "My network"
    file = photos.parent / "mine.deblur"
    wizard.result_page.exports.export(run, file)
    settle(wizard, qtbot)
    assert file.stat().st_size > 1000
    assert str(file) in wizard.notice.text


def test_the_slider_shows_each_epoch_and_the_coach_speaks(wizard: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """After a training every epoch can be looked at; at the right end it follows."""
    train_small(wizard, qtbot, photos, rate=0.1, epochs=4)
    wizard.model.go_to(PageId.TRAINING)
    scrubber = wizard.training_page.scrubber
    qtbot.waitUntil(lambda: scrubber.epoch == 4)
    coach = wizard.training_page.coach
    qtbot.waitUntil(lambda: not coach.jobs.is_busy, timeout=MINUTE)
    assert coach.isVisible()
    assert "leaving them unchanged is better" in coach.text()
    last = scrubber.tiles[1].image
    with qtbot.waitSignal(scrubber.reading.idle, timeout=MINUTE):
        qtbot.keyClick(scrubber.slider, Qt.Key.Key_Left)
    assert scrubber.epoch == 3
    assert scrubber.words.text() == "Afte&r epoch 3"
    assert not scrubber.tiles[1].image.isNull()
    assert scrubber.tiles[1].image != last


def test_a_finished_training_goes_on(wizard: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """It has as many more epochs as asked for."""
    run = train_small(wizard, qtbot, photos)
    wizard.result_page.buttons.more_epochs.setValue(1)
    with qtbot.waitSignal(wizard.result_page.evaluated, timeout=2 * MINUTE):
        wizard.result_page.buttons.go_on.click()
    settle(wizard, qtbot)
    assert len(run.events("epoch")) == 3
    assert wizard.training_page.plot.point_counts()["loss"] == 3


def test_trainings_wait_in_a_queue_and_one_can_be_taken_out(
    wizard: TrainingWizard, qtbot: QtBot, photos: Path, tmp_path: Path
) -> None:
    """The second begins by itself when the first has ended; the third was taken out and never begins."""
    runs = [Run(tmp_path / name) for name in ("one", "two", "three")]
    with qtbot.waitSignal(wizard.preview_ready, timeout=2 * MINUTE):
        wizard.start(small_made(photos, epochs=100_000), [], runs[0])
    for run in runs[1:]:
        wizard.start(small_made(photos), [], run)
    queue = wizard.training_page.queue
    assert [queue.list.item(row).text() for row in range(queue.list.count())] == ["two", "three"]
    queue.list.setCurrentRow(1)
    qtbot.keyClick(queue.drop, Qt.Key.Key_Space)
    assert wizard.session.waiting == [runs[1]]
    with qtbot.waitSignal(wizard.session.succeeded, timeout=2 * MINUTE) as signal:
        wizard.training_page.cancel.click()
    assert signal.args == [runs[1]]
    settle(wizard, qtbot)
    assert "2 epochs" in wizard.training_page.box.title.toolTip()  # the settings of the one that waited
    assert not runs[0].card.exists()
    assert runs[1].card.exists()
    assert not runs[2].folder.exists()


def test_runs_are_compared_side_by_side(wizard: TrainingWizard, qtbot: QtBot, photos: Path) -> None:
    """Two runs are two rows; what is ticked is drawn."""
    from training.runs.run_list import runs_folder

    first = train_small(wizard, qtbot, photos)
    second = train_small(wizard, qtbot, photos, "second")
    dialog = RunComparison(runs_folder(), second)
    qtbot.addWidget(dialog)
    qtbot.waitUntil(lambda: dialog.table.rowCount() == 2 and not dialog.jobs.is_busy, timeout=MINUTE)
    assert dialog.list_drawn_runs() == [second, first]
    dialog.table.item(1, 0).setCheckState(Qt.CheckState.Unchecked)
    assert dialog.list_drawn_runs() == [second]


def test_outliers_and_drops_of_the_learning_rate_show_in_the_curves(qtbot: QtBot) -> None:
    """Ignoring outliers narrows the axis; a fall of the learning rate is marked, a schedule by steps is not."""
    plot = CurvePlot()
    qtbot.addWidget(plot)
    for step in range(1, 201):
        plot.add_batch(step / 50, 100.0 if step == 1 else 0.1)
    for epoch, rate in enumerate((1e-3, 1e-3, 1e-4, 1e-4), 1):
        plot.add_epoch(EpochFigures(epoch, 0.1, 0.5, 0.1 + epoch / 1000, 0.5, 20.0, 0.5, rate, 1.0))
    plot.redraw()
    plot.grab()  # the axis finds its range when it is painted
    assert plot.loss.viewRange()[1][1] > 50
    plot.no_outliers.setChecked(True)
    assert plot.loss.viewRange()[1][1] < 1
    assert plot.drops == plot.loss.drops() == [2.0]
    plot.marks_drops = False
    plot.redraw()
    assert plot.loss.drops() == []
    plot.metrics.setCurrentIndex(1)
    assert plot.quality.curves["validation"].yData.tolist() == [20.0] * 4
