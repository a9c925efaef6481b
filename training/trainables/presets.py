"""Presets: how thoroughly to train."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr, tr_count, tr_later
from training.trainables.trainables import TRAINABLES

if TYPE_CHECKING:
    from collections.abc import Callable

    from training.config.config import TrainingConfig
    from training.config.sections import Source


@dataclass(frozen=True)
class Preset:
    """A preset of settings: how thoroughly to train.

    Attributes:
        name: Its key in `PRESETS`.
        explanation: One sentence for people.
        change: Usual settings of a network → those of this preset.
    """

    name: str
    explanation: str
    change: Callable[[TrainingConfig], TrainingConfig]


_QUICK_EPOCHS = 5
"""Epochs of the preset “quick”."""


def _quick(config: TrainingConfig) -> TrainingConfig:
    data = config.data
    steps = min(data.steps_per_epoch, 30)
    few = replace(
        data, steps_per_epoch=steps, validation_crops=min(data.validation_crops, 8), crops=min(data.crops, 600)
    )
    learning = replace(config.learning, warmup_steps=min(config.learning.warmup_steps, steps))
    return replace(config, epochs=_QUICK_EPOCHS, data=few, learning=learning)


def _thorough(config: TrainingConfig) -> TrainingConfig:
    return replace(config, epochs=3 * config.epochs)


PRESETS: dict[str, Preset] = {
    preset.name: preset
    for preset in (
        Preset("usual", tr_later("The settings that work well for this network."), lambda config: config),
        Preset("quick", tr_later("A few short epochs, as a test; the model is not yet good."), _quick),
        Preset("thorough", tr_later("Three times as long as usual, for the last bit of quality."), _thorough),
    )
}
"""The presets by name."""


def preset_label(preset: str, network: str) -> str:
    """Return the label of a preset for a network, with its epochs and batches."""
    config = PRESETS[preset].change(TRAINABLES[network].config())
    size = tr_count("{count} epochs, batch {size}", "1 epoch, batch {size}", config.epochs, size=config.batch_size)
    names = {"usual": TRAINABLES[network].usual, "quick": tr_later("Quick look"), "thorough": tr_later("Thorough")}
    return f"{tr(names[preset])} ({size})"


def settings_of(network: str, source: Source, preset: str = "usual") -> TrainingConfig:
    """Return the settings of a network that learns from `source`, by a preset.

    Args:
        network: A key of `TRAINABLES`.
        source: “pairs” or “synthetic”.
        preset: A key of `PRESETS`.

    Raises:
        DeblurError: There is no such network or preset, or the network cannot learn from that.
    """
    if network not in TRAINABLES or preset not in PRESETS:
        raise DeblurError(
            tr(
                "There is no network “{network}” with a preset “{preset}”. Choose another.",
                network=network,
                preset=preset,
            )
        )
    trainable = TRAINABLES[network]
    if source not in trainable.sources:
        raise DeblurError(
            tr("{label} learns from sharp photographs. Choose a folder of those.", label=tr(trainable.label))
        )
    config = trainable.config()
    if source != config.data.source:
        steps = config.data.steps_per_epoch if config.data.is_synthetic else trainable.synthetic_steps
        config = replace(config, data=replace(config.data, source=source, steps_per_epoch=steps))
    return PRESETS[preset].change(config)
