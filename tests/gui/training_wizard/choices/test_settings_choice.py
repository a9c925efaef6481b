"""Settings follow their preset, and say truly what is set."""

from __future__ import annotations

from dataclasses import replace

from deblur_app.gui.training_wizard.choices.knobs import KNOBS, clean
from deblur_app.gui.training_wizard.choices.settings_choice import OWN, SettingsChoice, explain_protocol
from training.config.config import TrainingConfig
from training.config.sections import Network


def test_a_preset_says_the_epochs_that_are_set() -> None:
    """After a change the chosen preset names the new number and says that it was changed; the others stay."""
    choice = SettingsChoice("restorer", "synthetic")
    assert choice.preset_label("usual").endswith("(40 epochs, batch 8)")
    choice = choice.with_value("epochs", 2)
    assert choice.preset_label("usual").endswith(", changed (2 epochs, batch 8)")
    assert "2 epochs" not in choice.preset_label("thorough")
    assert "changed" not in choice.with_value("epochs", 40).preset_label("usual")


def test_the_share_that_is_said_is_the_share_that_is_set() -> None:
    """The sentence on evaluation has the numbers of the settings, and not those of the paper."""
    assert "94 % of the photos; the other 6 %" in explain_protocol("held-out", 0.06)
    assert "80 % of the photos; the other 20 %" in explain_protocol("held-out", 0.2)
    assert "%" not in explain_protocol("paper", 0.06)


def test_realistic_scenes_are_a_kind_of_synthetic_pairs() -> None:
    """They are chosen like any setting, and a file with them is one for photos without blurred twins."""
    choice = SettingsChoice("restorer", "synthetic").with_value("data.source", "scenes")
    assert choice.config().data.source == "scenes"
    opened = SettingsChoice("autoencoder", "pairs").with_config(choice.config())
    assert opened.source == "synthetic"
    assert opened.value("data.source") == "scenes"


def test_another_network_takes_its_own_preset_and_keeps_seed_and_precision() -> None:
    """Settings of the machine and the user stay; those of a network are the new one's."""
    choice = (
        SettingsChoice("autoencoder", "pairs")
        .with_value("seed", 7)
        .with_value("precision", "float32")
        .with_value("epochs", 3)
    )
    adapted = choice.adapt_to("restorer", "synthetic")
    assert (adapted.value("seed"), adapted.value("precision")) == (7, "float32")
    assert adapted.value("epochs") == 40
    assert adapted.adapt_to("restorer", "synthetic") is adapted


def test_the_settings_of_a_file_are_a_preset_of_their_own() -> None:
    """They hold with all that has no field, until another preset is chosen."""
    config = replace(TrainingConfig(), epochs=12, network=Network(filters=(4, 8)))
    choice = SettingsChoice("autoencoder", "pairs").with_config(config)
    assert choice.config() == config
    assert choice.preset_label(OWN) == "My own settings (12 epochs, batch 32)"
    assert choice.with_preset("usual").config() == TrainingConfig()


def test_values_of_files_are_brought_within_the_limits_of_their_settings() -> None:
    """Numbers are bounded and whole where they must be; words that are unknown and what is no number are left out."""
    knobs = {knob.path: knob for knob in KNOBS}
    assert clean(knobs["epochs"], 1e9) == 100_000
    assert clean(knobs["validation_share"], 0) == 0.01
    assert clean(knobs["batch_size"], 3.7) == 3
    for value in (True, float("nan"), "3", None):
        assert clean(knobs["epochs"], value) is None
    assert clean(knobs["precision"], "float8") is None
