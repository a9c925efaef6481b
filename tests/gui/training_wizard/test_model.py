"""The state of the wizard, without a window: what is chosen, what follows from it, and who is told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from deblur_app.blur.kinds import Blur
from deblur_app.core.errors import DeblurError
from deblur_app.engine.devices import Device
from deblur_app.gui.training_wizard.model import WizardModel, new_run_folder
from deblur_app.gui.training_wizard.state import BUNDLED, SCRATCH, STEPS, OpenPhoto, PageId
from training.config.config import TrainingConfig
from training.data.pairs import Pair, PairList
from training.data.training_inputs import TrainingInputs
from training.trainables.trainables import TRAINABLES

if TYPE_CHECKING:
    from collections.abc import Mapping

PAIRS = TrainingInputs((Path("pairs"),), PairList([Pair("1", Path("b/1.png"), Path("s/1.png"))]))
PHOTOS = TrainingInputs((Path("photos"),), photos=(Path("photos/1.png"), Path("photos/2.png")))


def test_the_doctor_belongs_to_the_first_of_five_steps() -> None:
    """The steps are the five pages in their order; the doctor is no step of its own."""
    assert [page.name for page in STEPS] == ["PICTURES", "MODEL", "SETTINGS", "TRAINING", "RESULT"]
    assert PageId.DOCTOR.step is PageId.PICTURES


def test_listeners_hear_of_their_fields_and_of_real_changes_alone() -> None:
    """A listener is told once for each change of its field; the same value again is no change."""
    model, calls = WizardModel(), []
    model.on_change(lambda: calls.append("inputs"), "inputs", "photo")
    model.take_inputs(PAIRS)
    model.take_inputs(PAIRS)
    model.change(folder="elsewhere")
    assert calls == ["inputs"]
    with pytest.raises(ValueError, match="has no colour"):
        model.on_change(print, "colour")


def test_a_page_that_is_shown_can_be_gone_to_again() -> None:
    """Going to the present page tells those who show it, so that a list on it is made anew."""
    model, calls = WizardModel(), []
    model.on_change(lambda: calls.append(model.page), "page")
    model.go_to(PageId.RESULT)
    model.go_to(PageId.RESULT)
    assert calls == [PageId.RESULT] * 2


def test_the_network_follows_the_pictures_until_the_user_has_chosen() -> None:
    """Photos propose the restorer, pairs the autoencoder; a choice that cannot learn from pairs waits for photos."""
    model = WizardModel()
    model.take_inputs(PHOTOS)
    assert model.network == "restorer"
    model.choose_network("psf-estimator")
    model.take_inputs(PAIRS)
    assert model.network == "autoencoder"
    model.take_inputs(PHOTOS)
    assert model.network == "psf-estimator"


def test_weights_to_start_from_belong_to_the_network_they_were_chosen_for() -> None:
    """A file that was chosen for one network is not given to another; the bundled model each network has itself."""
    model = WizardModel()
    model.take_inputs(PHOTOS)
    model.start_from("mine/model.json")
    assert model.start_weights == "mine/model.json"
    model.choose_network("autoencoder")
    assert model.start_weights == SCRATCH
    model.start_from(BUNDLED)
    model.choose_network("restorer")
    is_there = TRAINABLES["restorer"].find_bundled_card() is not None  # what comes with the program can be left out
    assert model.start_weights == (BUNDLED if is_there else SCRATCH)


def test_one_configuration_holds_the_choices_of_all_pages() -> None:
    """Pictures, blurs, network, settings, device and the photo to watch end in one value."""
    model = WizardModel()
    model.take_inputs(PHOTOS)
    model.choose_blurs(model.state.blurs.with_kind("motion", is_chosen=False))
    model.set_value("epochs", 3)
    model.set_devices([Device("gpu:0", "Card", "/GPU:0")])
    model.change(device="gpu:0")
    model.set_photo(OpenPhoto(Path("mine.jpg")))
    model.choose_settings(replace(model.settings.with_value("seed", 7), watches_photo=True))
    config = model.config()
    assert config.network.architecture == "restorer"
    assert config.data.photos == ("photos",)
    assert "motion" not in config.data.blurs
    assert (config.epochs, config.seed, config.device, config.data.watch) == (3, 7, "gpu:0", "mine.jpg")


def test_a_blur_like_that_of_the_photo_is_around_it() -> None:
    """The strength “like my photo” takes the estimate; without a photo any strength takes its place."""
    model = WizardModel()
    model.take_inputs(PHOTOS)
    model.choose_blurs(type(model.state.blurs)(strength="found"))
    model.set_photo(OpenPhoto(Path("mine.jpg"), Blur("motion", {"length": 10.0, "angle": 30.0}), "10 px"))
    assert model.config().data.blurs["motion"]["length"] == (8.0, 12.0)
    model.set_photo(OpenPhoto())
    assert len(model.config().data.blurs) > 1


def test_without_a_blur_there_is_no_configuration() -> None:
    """The sentence says what is missing."""
    model = WizardModel()
    model.take_inputs(PHOTOS)
    model.choose_blurs(type(model.state.blurs)(kinds=()))
    with pytest.raises(DeblurError, match="one kind of blur"):
        model.config()


def test_what_is_remembered_is_chosen_again() -> None:
    """The answers of one wizard make the next one equal, whatever pictures came first."""
    first = WizardModel()
    first.take_inputs(PHOTOS)
    first.choose_network("restorer")
    first.choose_settings(first.settings.with_preset("quick").with_value("batch_size", 5))
    first.change(shows_advanced=True)
    second = WizardModel(lambda page: first.answers().get(page, {}))
    second.take_inputs(PHOTOS)
    assert second.config() == first.config()
    assert second.state.shows_advanced


@pytest.mark.parametrize(
    "answers",
    [
        {"pictures": {"folders": "no list", "blurs": 3, "strength": []}},
        {"model": {"network": "gone", "start": "/nowhere/model.json", "start_of": 1}},
        {"settings": {"preset": ["usual"], "changed": {"epochs": "many", "batch_size": 1e99, "seed": True}}},
        {"settings": {"protocol": 1, "device": {}, "watch": "yes", "changed": [1]}},
    ],
)
def test_answers_that_make_no_sense_are_left_out(answers: Mapping[str, Mapping[str, Any]]) -> None:
    """A damaged memory leads to the usual settings, or to the nearest that a setting can be, and never to an error."""
    model = WizardModel(lambda page: answers.get(page, {}))
    assert model.list_remembered_folders() == []
    assert model.network == "autoencoder"
    assert model.start_weights == SCRATCH
    config = model.config()
    assert config.epochs == TrainingConfig().epochs
    assert config.batch_size in {TrainingConfig().batch_size, 4096}


def test_the_settings_of_a_file_for_other_pictures_are_refused() -> None:
    """The sentence says which pictures they need; those that are chosen, and their settings, stay."""
    model = WizardModel()
    model.take_inputs(PHOTOS)
    config = model.config()
    model.take_inputs(PAIRS)
    before = model.config()
    with pytest.raises(DeblurError, match="for sharp photos"):
        model.take_config(config)
    assert model.config() == before
    model.take_inputs(PHOTOS)
    with pytest.raises(DeblurError, match="for pairs"):
        model.take_config(TrainingConfig())


def test_a_run_folder_is_new(tmp_path: Path) -> None:
    """Two folders in one second have two names."""
    first = new_run_folder(tmp_path)
    first.mkdir()
    assert new_run_folder(tmp_path) != first
    assert not new_run_folder(tmp_path).exists()
