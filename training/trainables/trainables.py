"""The networks of the project that can be trained, and the presets of their settings."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.amounts import describe_bytes
from deblur_app.core.errors import DeblurError
from deblur_app.core.resources import resource
from training.config.config import TrainingConfig, read_config

if TYPE_CHECKING:
    from collections.abc import Callable

    from training.config.sections import Source

_CONFIGS = Path(__file__).parents[1] / "configs"


@dataclass(frozen=True)
class Trainable:
    """A network that can be trained.

    Attributes:
        name: Its key in `TRAINABLES`.
        label: What people call it.
        explanation: One sentence: what it does.
        good_for: One sentence: when to choose it.
        numbers: How many weights it has with the settings of its file.
        file: The file in `training/configs` with its settings.
        card: The card of the model of its kind that comes with the program, among the bundled weights.
        sources: What it can learn from, see `Data.source`; the first is its usual one.
    """

    name: str
    label: str
    explanation: str
    good_for: str
    numbers: int
    file: str
    card: str
    sources: tuple[Source, ...]

    @property
    def architecture(self) -> str:
        """The network's name in configurations and cards."""
        return self.config().network.architecture

    @property
    def deconvolved(self) -> bool:
        """True if it is also given deconvolved pictures."""
        return self.config().data.deconvolved

    def config(self) -> TrainingConfig:
        """Read its usual settings.

        Raises:
            DeblurError: The file is missing or broken.
        """
        return read_config(_CONFIGS / self.file)

    def find_bundled_card(self) -> Path | None:
        """Return the card of the model of its kind that comes with the program; None where that was left out."""
        card = resource("weights", self.card)
        return card if card.is_file() else None

    @property
    def size(self) -> str:
        """The number of weights and the size of the file, in words."""
        return f"{self.numbers / 1e6:.2g} million weights, {describe_bytes(self.numbers * 2)} as a file"


_ALL = (
    Trainable(
        name="autoencoder",
        label="The paper's autoencoder",
        explanation="It squeezes each square of 128 × 128 pixels through 256 numbers and paints it anew.",
        good_for="Repeating the paper, and trying training out: it learns from pairs of any kind.",
        numbers=34_951_683,
        file="paper.toml",
        card="autoencoder.json",
        sources=("pairs", "synthetic"),
    ),
    Trainable(
        name="restorer",
        label="The blind restorer",
        explanation="A network of residual blocks that works on whole photos and is told how noisy they are.",
        good_for="Repairing photos whose blur nobody knows.",
        numbers=1_638_028,
        file="restorer.toml",
        card="restorer-blind.json",
        sources=("synthetic",),
    ),
    Trainable(
        name="restorer-psf",
        label="The restorer for known blurs",
        explanation="It perfects what deconvolution makes of a photo, and is also shown what that is.",
        good_for="Repairing photos whose blur is given or was found: crisper, and calm where deconvolution rings.",
        numbers=1_644_940,
        file="restorer_psf.toml",
        card="restorer-psf.json",
        sources=("synthetic",),
    ),
    Trainable(
        name="psf-estimator",
        label="The network that names blurs",
        explanation="It looks at the spectrum of a photo and says which blur it has, how large and in what direction.",
        good_for="Finding the blur of photos; it repairs nothing by itself.",
        numbers=499_136,
        file="psf_estimator.toml",
        card="psf-estimator.json",
        sources=("synthetic",),
    ),
)

TRAINABLES: dict[str, Trainable] = {each.name: each for each in _ALL}
"""The networks of the project by name."""


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

_SYNTHETIC_STEPS = 50
"""Batches of synthetic pairs in an epoch of the autoencoder, whose own settings know only pairs of files."""


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
        Preset("usual", "The settings that this network is known to learn well with.", lambda config: config),
        Preset("quick", "A few short epochs, to see whether it goes the right way. No good model.", _quick),
        Preset("thorough", "Three times as long as usual, for the last bit of quality.", _thorough),
    )
}
"""The presets by name."""


def preset_label(preset: str, network: str) -> str:
    """Return the label of a preset for a network, with its epochs and batches."""
    config = PRESETS[preset].change(TRAINABLES[network].config())
    size = f"{config.epochs} epochs, batch {config.batch_size}"
    usual = "Paper" if network == "autoencoder" else "As published"
    return {"usual": f"{usual} ({size})", "quick": f"Quick look ({size})", "thorough": f"Thorough ({size})"}[preset]


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
        raise DeblurError(f"There is no network “{network}” with a preset “{preset}”. Choose another.")
    trainable = TRAINABLES[network]
    if source not in trainable.sources:
        raise DeblurError(f"{trainable.label} learns from sharp photographs. Choose a folder of those.")
    config = trainable.config()
    if source != config.data.source:
        config = replace(config, data=replace(config.data, source=source, steps_per_epoch=_SYNTHETIC_STEPS))
    return PRESETS[preset].change(config)


def network_of(config: TrainingConfig) -> str:
    """Return the key of the network that `config` trains."""
    architecture, deconvolved = config.network.architecture, config.data.deconvolved
    return next((t.name for t in _ALL if (t.architecture, t.deconvolved) == (architecture, deconvolved)), "autoencoder")
