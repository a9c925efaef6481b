"""Choices of networks, presets, blurs and their strength; each choice is a configuration that is valid."""

from __future__ import annotations

import pytest

from deblur_app.blur.kinds import Blur
from deblur_app.core.errors import DeblurError
from training.config.config import TrainingConfig
from training.learning.train_step import build_network
from training.synthetic.blur_choice import STRENGTHS, blurs_like, choose_blur_ranges
from training.synthetic.recipe import FOUR_BLURS, Recipe
from training.trainables.presets import PRESETS, preset_label, settings_of
from training.trainables.trainables import TRAINABLES, trainable_of


@pytest.mark.parametrize("network", TRAINABLES)
@pytest.mark.parametrize("preset", PRESETS)
def test_every_network_has_every_preset_for_each_of_its_sources(network: str, preset: str):
    """Each makes a valid configuration of that network, and a label that tells its epochs."""
    for source in TRAINABLES[network].sources:
        config = settings_of(network, source, preset)
        assert trainable_of(config).name == network
        assert config.data.source == source
    assert "epochs, batch" in preset_label(preset, network)


def test_the_papers_preset_is_the_papers():
    """For pairs of files the usual settings of the autoencoder are the defaults: 100 epochs, batches of 32."""
    assert settings_of("autoencoder", "pairs") == TrainingConfig()
    assert preset_label("usual", "autoencoder") == "Paper (100 epochs, batch 32)"


@pytest.mark.parametrize("network", TRAINABLES)
def test_the_size_that_is_told_is_that_of_the_network(network: str):
    """The number of weights on the page is the one that is trained."""
    trainable = TRAINABLES[network]
    assert build_network(trainable.config(), "float32").count_params() == trainable.numbers


def test_a_network_that_cannot_learn_from_pairs_says_what_it_needs():
    """The restorer learns from sharp photographs."""
    with pytest.raises(DeblurError, match="sharp photographs"):
        settings_of("restorer", "pairs")


@pytest.mark.parametrize("strength", STRENGTHS)
def test_each_strength_is_a_part_of_the_range(strength: str):
    """Sizes are cut to a part, directions are not, and a recipe takes them."""
    blurs = choose_blur_ranges(FOUR_BLURS, strength)
    Recipe(blurs=blurs)
    low, high = blurs["motion"]["length"]
    shortest, longest = FOUR_BLURS["motion"]["length"]
    assert shortest <= low < high <= longest
    assert ((low, high) == (shortest, longest)) is (strength == "any")
    assert blurs["motion"]["angle"] == FOUR_BLURS["motion"]["angle"]


def test_without_a_blur_there_is_nothing_to_learn():
    """At least one has to be chosen, of those there are."""
    with pytest.raises(DeblurError, match="one kind of blur"):
        choose_blur_ranges([])
    with pytest.raises(DeblurError, match="no blur “fog”"):
        choose_blur_ranges(["fog"])


@pytest.mark.parametrize(
    "blur", [Blur("motion", {"length": 12.0, "angle": 170.0}), Blur("defocus", {"radius": 3.0}), Blur("shake", {})]
)
def test_blurs_like_one_that_was_found_lie_around_it(blur: Blur):
    """The ranges hold the values that were found, and a recipe takes them."""
    ranges = blurs_like(blur)
    Recipe(blurs=ranges)
    for name, value in blur.values.items():
        low, high = ranges[blur.kind][name]
        assert low <= float(value) <= high
