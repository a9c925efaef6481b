"""The settings that decide how a run goes, as one value that is stored with the run."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal, get_args

import tomli_w

from deblur_app.blur.blur_posterior import SIZES
from deblur_app.blur.spectrum_features import WINDOW
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from training.config.old_layouts import upgrade
from training.config.plain_toml import read_toml, shorten_sentence
from training.config.sections import Data, Learning, Logs, Network, check_numbers, lists_to_tuples

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_KEY = 40
"""Letters of an unknown key in a sentence."""

type Protocol = Literal["held-out", "paper"]
type Precision = Literal["auto", "float32", "mixed_bfloat16"]

PRECISIONS = ("float32", "mixed_bfloat16")
"""What is computed with, in the end."""

PROTOCOL_EXPLAINED = {
    "held-out": "held-out: trained on 80 % of the pairs and judged on the other 20 %, which it never saw",
    "paper": "paper: trained on all pairs and judged on the same pairs, as the paper's script does",
}

MILESTONES = (10, 25, 50, 75, 100)
"""The epochs at which the paper's Table 2 and its text judge the network."""

_LIMITS = {
    "epochs": (1, 100_000),
    "batch_size": (1, 4096),
    "learning_rate": (1e-9, 1.0),
    "plateau_patience": (1, 100_000),
    "plateau_factor": (1e-3, 1.0),
    "plateau_min_delta": (0.0, 1.0),
    "min_learning_rate": (0.0, 1.0),
    "validation_share": (0.01, 0.9),
    "seed": (0, 2**31),
    "side": (8, 1024),
    "latent": (1, 4096),
}
"""Least and largest value of each number."""


_TABLES: dict[str, type[Any]] = {"network": Network, "learning": Learning, "data": Data, "logs": Logs}


@dataclass(frozen=True)
class TrainingConfig:
    """Settings of a training; the defaults are the paper's.

    Attributes:
        protocol: Which pairs judge the network: “held-out”, some that it never saw, or “paper”, those it learns from,
            as the paper's script does.
        epochs: Passes over the training pairs.
        batch_size: Pairs in one step.
        learning_rate: Adam's learning rate at the start.
        plateau_patience: Epochs without a better validation loss after which the learning rate drops.
        plateau_factor: What the learning rate is multiplied with then.
        plateau_min_delta: By how much a validation loss must be lower to count as better; Keras's default.
        min_learning_rate: The learning rate never falls below.
        validation_share: Share of the pairs that is held out, in the protocol “held-out”.
        seed: Decides the split, the start weights and the order of the batches.
        precision: “float32”, “mixed_bfloat16”, or “auto”: bfloat16 where the device gains by it and a check on
            the first batch shows that the gradients agree.
        device: Name of a device, several names with commas between them, “all”, or “auto”.
        side: Side in pixels of the squares the network takes, or is trained on.
        filters: Channels of the autoencoder's convolutions in the encoder; the decoder mirrors them.
        latent: Length of the autoencoder's latent vector.
        network: What is trained.
        learning: How it is trained.
        data: What it is trained on.
        logs: What is written for other programs.
    """

    protocol: Protocol = "held-out"
    epochs: int = 100
    batch_size: int = 32
    learning_rate: float = 1e-3
    plateau_patience: int = 5
    plateau_factor: float = 0.1**0.5
    plateau_min_delta: float = 1e-4
    min_learning_rate: float = 0.5e-6
    validation_share: float = 0.2
    seed: int = 42
    precision: Precision = "auto"
    device: str = "auto"
    side: int = 128
    filters: tuple[int, ...] = (64, 128, 256)
    latent: int = 256
    network: Network = field(default_factory=Network)
    learning: Learning = field(default_factory=Learning)
    data: Data = field(default_factory=Data)
    logs: Logs = field(default_factory=Logs)

    def __post_init__(self) -> None:
        """Refuse values that cannot work.

        Raises:
            DeblurError: A value is out of its range.
        """
        check_numbers(self, _LIMITS)
        if self.protocol not in PROTOCOL_EXPLAINED:
            raise DeblurError(f"There is no protocol “{self.protocol}”. Choose held-out or paper.")
        if self.precision not in get_args(Precision.__value__):
            choices = ", ".join(get_args(Precision.__value__))
            raise DeblurError(f"There is no precision “{self.precision}”. Choose one of: {choices}.")
        if not 1 <= len(self.filters) <= 6 or any(type(f) is not int or not 1 <= f <= 1024 for f in self.filters):
            raise DeblurError(f"Filters must be 1 to 6 whole numbers between 1 and 1024: {list(self.filters)}.")
        if self.data.is_synthetic and self.protocol != "held-out":
            raise DeblurError("Synthetic pairs are judged on photographs held out: choose the protocol held-out.")
        if not self.data.is_synthetic and self.network.architecture == "restorer":
            raise DeblurError("The restorer learns from pairs whose noise is known: choose the source synthetic.")
        if self.data.deconvolved and (not self.data.is_synthetic or self.network.architecture != "restorer"):
            raise DeblurError("Only the restorer takes deconvolved pictures, and only synthetic pairs have them.")
        if self.data.deconvolved and self.data.source == "scenes":
            raise DeblurError("The blur of scenes varies over the frame: choose the source synthetic to deconvolve.")
        if self.data.watch and (self.data.deconvolved or self.network.architecture == "psf-estimator"):
            raise DeblurError("Only networks that restore a photo by itself can watch one: leave out watch.")
        if (self.network.architecture == "psf-estimator") != (self.learning.loss == "blur"):
            raise DeblurError("The loss “blur” belongs to the psf-estimator, and to no other network.")
        if self.network.architecture == "psf-estimator":
            self._check_crops()
        levels = self.filters if self.network.architecture == "autoencoder" else self.network.widths
        if self.side % 2 ** len(levels):
            raise DeblurError(f"Side {self.side} must be a multiple of {2 ** len(levels)}.")

    def _check_crops(self) -> None:
        """Refuse what a network that names blurs cannot learn from."""
        if not self.data.is_synthetic:
            raise DeblurError("The psf-estimator learns from crops whose blur is known: choose the source synthetic.")
        if unknown := set(self.data.blurs) - set(SIZES):
            raise DeblurError(f"The psf-estimator knows {', '.join(SIZES)}, not: {', '.join(sorted(unknown))}.")
        if self.side < WINDOW:
            raise DeblurError(f"The psf-estimator needs crops with a side of {WINDOW} or more: {self.side}.")

    @property
    def pictures(self) -> int:
        """The number of pictures the restorer is given: 1, the photograph, or 3, two deconvolved ones before it."""
        return 3 if self.data.deconvolved else 1

    @property
    def architecture(self) -> dict[str, object]:
        """The arguments that build the network, as a card stores them."""
        network = self.network
        if network.architecture == "psf-estimator":
            return {"widths": list(network.widths), "blocks": list(network.blocks)}
        if network.architecture == "restorer":
            return {"widths": list(network.widths), "blocks": list(network.blocks), "pictures": self.pictures}
        return {"side": self.side, "filters": list(self.filters), "latent": self.latent}


def write_config(config: TrainingConfig, path: Path) -> None:
    """Write `config` as TOML.

    Raises:
        DeblurError: The folder cannot be written to or the disk is full.
    """
    write_atomic(path, tomli_w.dumps(dataclasses.asdict(config)).encode())


def read_config(path: Path) -> TrainingConfig:
    """Read a configuration in TOML; missing keys take their defaults.

    Raises:
        DeblurError: No such file, not TOML, an unknown key, or a value out of range.
    """
    content = upgrade(read_toml(path))
    try:
        _check_keys(content, TrainingConfig, path)
        for name, table in _TABLES.items():
            _check_keys(content.get(name, {}), table, path, f" in [{name}]")
        return config_of(content)
    except DeblurError as error:
        raise DeblurError(shorten_sentence(str(error))) from error
    except (TypeError, AttributeError, ValueError, OverflowError, LookupError, RecursionError) as error:
        raise DeblurError(shorten_sentence(f"“{path}” has a value of the wrong kind: {error}.")) from error


def config_of(content: dict[str, Any]) -> TrainingConfig:
    """Return settings from the tables of TOML or JSON; missing keys take their defaults.

    Raises:
        DeblurError: A value is out of its range.
        TypeError: A key is unknown, or a value of the wrong kind.
    """
    values: dict[str, Any] = lists_to_tuples(upgrade(content))
    tables = {name: table(**values[name]) for name, table in _TABLES.items() if name in values}
    return TrainingConfig(**values | tables)


def _check_keys(content: dict[str, Any], table: type[Any], path: Path, where: str = "") -> None:
    if not isinstance(content, dict):
        raise DeblurError(f"“{path}” has a value{where} where there should be a table.")
    known = {entry.name for entry in dataclasses.fields(table)}
    if unknown := set(content) - known:
        shown = ", ".join(key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}…" for key in sorted(unknown)[:3])
        listed = ", ".join(sorted(known))
        raise DeblurError(f"“{path}” has unknown keys{where}: {shown}. Known: {listed}.")
