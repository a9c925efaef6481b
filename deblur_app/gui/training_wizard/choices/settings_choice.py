"""The settings of a training, as a user chooses them: a preset or a file, and what was changed since.

What needs the configuration is imported when it is first needed: the wizard's first page opens without.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from deblur_app.core.texts import tr, tr_count
from deblur_app.gui.training_wizard.choices.knobs import KNOBS, clean, value_of, with_values

if TYPE_CHECKING:
    from collections.abc import Mapping

    from training.config.config import TrainingConfig
    from training.config.sections import Source

OWN = "own"
"""The preset that stands for the settings of a file."""

_USUAL = "usual"
_PROTOCOL = "protocol"
_PROTOCOLS = ("held-out", "paper")

_KEPT = ("precision", "seed")
"""Settings that belong to the machine or the user rather than to a network."""


@dataclass(frozen=True)
class SettingsChoice:
    """The choice of settings for one network and one source of pairs.

    Attributes:
        network: The key of the network in `TRAINABLES`.
        source: The source of the pairs.
        preset: A key of `PRESETS`, or `OWN`.
        own: The settings of a file, where that is the preset.
        changed: Settings with other values than those of the preset, by their keys.
        watches_photo: Whether the open photo is to be shown after each epoch.
    """

    network: str
    source: Source
    preset: str = _USUAL
    own: TrainingConfig | None = None
    changed: Mapping[str, Any] = field(default_factory=dict)
    watches_photo: bool = False

    @property
    def is_synthetic(self) -> bool:
        """True if pairs are made of photographs."""
        return self.source != "pairs"

    @property
    def base(self) -> TrainingConfig:
        """The settings of the preset or the file."""
        return self.own or _preset_settings(self.network, self.source, self.preset)

    def config(self) -> TrainingConfig:
        """Return the settings as they stand.

        Raises:
            DeblurError: A value is out of its range, or they do not go together.
        """
        return with_values(self.base, self.changed)

    def value(self, key: str) -> Any:
        """Return the value of a setting."""
        return self.changed[key] if key in self.changed else value_of(self.base, key)

    @property
    def can_watch(self) -> bool:
        """True if the network makes something of a photo by itself."""
        from training.trainables.trainables import TRAINABLES

        return TRAINABLES[self.network].can_watch

    def with_value(self, key: str, value: Any) -> SettingsChoice:
        """Return the choice with another value of a setting."""
        changed = {name: other for name, other in self.changed.items() if name != key}
        if value != value_of(self.base, key):
            changed[key] = value
        return replace(self, changed=changed)

    def with_preset(self, preset: str) -> SettingsChoice:
        """Return the choice with the values of a preset, and nothing changed."""
        return replace(self, preset=preset, own=self.own if preset == OWN else None, changed={})

    def with_config(self, config: TrainingConfig) -> SettingsChoice:
        """Return the choice with the settings of a file, and nothing changed."""
        from training.trainables.trainables import trainable_of

        network = trainable_of(config).name
        source: Source = "synthetic" if config.data.is_synthetic else "pairs"
        return replace(self, network=network, source=source, preset=OWN, own=config, changed={})

    def adapt_to(self, network: str, source: Source) -> SettingsChoice:
        """Return the choice for another network or source: by the same preset, with what is the user's own kept."""
        if (network, source) == (self.network, self.source):
            return self
        preset = _USUAL if self.preset == OWN else self.preset
        own_values = {key: self.value(key) for key in _KEPT}
        adapted = SettingsChoice(network, source, preset, watches_photo=self.watches_photo)
        for key, value in own_values.items():
            adapted = adapted.with_value(key, value)
        return adapted

    def preset_label(self, preset: str) -> str:
        """Return the label of a preset, with its epochs; of the chosen one with those that are set."""
        from training.trainables.presets import preset_label

        if preset != self.preset:
            return preset_label(preset, self.network)
        name = tr("My own settings") if preset == OWN else preset_label(preset, self.network).partition(" (")[0]
        epochs = self.value("epochs")
        size = tr_count("{count} epochs, batch {size}", "1 epoch, batch {size}", epochs, size=self.value("batch_size"))
        if self.changed.keys() - {_PROTOCOL}:
            return tr("{name}, changed ({size})", name=name, size=size)
        return f"{name} ({size})"

    def answers(self) -> dict[str, Any]:
        """Return the choice, to be remembered; the settings of a file are not, because the file has them."""
        return {
            "preset": _USUAL if self.preset == OWN else self.preset,
            "changed": {} if self.preset == OWN else {k: v for k, v in self.changed.items() if k != _PROTOCOL},
            "protocol": self.value(_PROTOCOL),
            "watch": self.watches_photo,
        }

    def recall(self, answers: Mapping[str, Any]) -> SettingsChoice:
        """Return the choice that was remembered, as far as it makes sense."""
        from training.trainables.presets import PRESETS

        preset = answers.get("preset")
        choice = replace(
            self.with_preset(preset if isinstance(preset, str) and preset in PRESETS else _USUAL),
            watches_photo=answers.get("watch") is True,
        )
        changed = answers.get("changed")
        changed = changed if isinstance(changed, dict) else {}
        for knob in KNOBS:
            if (self.is_synthetic or not knob.is_synthetic) and (
                value := clean(knob, changed.get(knob.path))
            ) is not None:
                choice = choice.with_value(knob.path, value)
        protocol = answers.get(_PROTOCOL)
        is_free = not self.is_synthetic and protocol in _PROTOCOLS
        return choice.with_value(_PROTOCOL, protocol) if is_free else choice


def explain_protocol(protocol: str, validation_share: float) -> str:
    """Return a sentence on the photos that a network is evaluated on, with the share that is kept aside."""
    if protocol == "paper":
        return tr("Trained and evaluated on the same photos, as in the paper. Such figures flatter the network.")
    return tr(
        "Trained on {share} of the photos; the other {rest} are kept aside, and the network is evaluated on them.",
        share=_percent(1 - validation_share),
        rest=_percent(validation_share),
    )


@functools.cache
def _preset_settings(network: str, source: Source, preset: str) -> TrainingConfig:
    """Read the settings of a preset; synthetic pairs are always evaluated on photos that were kept aside."""
    from training.trainables.presets import settings_of

    settings = settings_of(network, source, preset)
    return replace(settings, protocol="held-out") if source != "pairs" else settings


def _percent(share: float) -> str:
    return tr("{percent:.3g} %", percent=100 * share)
