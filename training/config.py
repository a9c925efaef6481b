"""Everything that decides how a run goes, as one value that is stored with the run."""

from __future__ import annotations

import dataclasses
import tomllib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, get_args

import tomli_w

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import write_atomic

if TYPE_CHECKING:
    from pathlib import Path

type Protocol = Literal["held-out", "paper"]
type Precision = Literal["auto", "float32", "mixed_bfloat16"]

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


@dataclass(frozen=True)
class TrainingConfig:
    """Settings of a training; the defaults are the paper's.

    Attributes:
        protocol: Which pairs judge the network, see `PROTOCOL_EXPLAINED`.
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
        device: Name of a device, or “auto”.
        side: Side in pixels of the squares the network takes.
        filters: Channels of the encoder's convolutions; the decoder mirrors them.
        latent: Length of the latent vector.
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

    def __post_init__(self) -> None:
        """Refuse values that cannot work.

        Raises:
            DeblurError: A value is out of its range.
        """
        for name, (low, high) in _LIMITS.items():
            value, whole = getattr(self, name), type(getattr(type(self), name)) is int
            if isinstance(value, bool) or not isinstance(value, int if whole else (int, float)):
                kind = "whole number" if whole else "number"
                raise DeblurError(f"{_words(name)} must be a {kind}, not {value!r}.")
            if not low <= value <= high:
                raise DeblurError(f"{_words(name)} must lie between {low:g} and {high:g}: {value}.")
        if self.protocol not in PROTOCOL_EXPLAINED:
            raise DeblurError(f"There is no protocol “{self.protocol}”. Choose held-out or paper.")
        if self.precision not in get_args(Precision.__value__):
            choices = ", ".join(get_args(Precision.__value__))
            raise DeblurError(f"There is no precision “{self.precision}”. Choose one of: {choices}.")
        if not 1 <= len(self.filters) <= 6 or any(type(f) is not int or not 1 <= f <= 1024 for f in self.filters):
            raise DeblurError(f"Filters must be 1 to 6 whole numbers between 1 and 1024: {list(self.filters)}.")
        if self.side % 2 ** len(self.filters):
            raise DeblurError(f"Side {self.side} must be a multiple of {2 ** len(self.filters)}.")

    @property
    def architecture(self) -> dict[str, object]:
        """The arguments of `networks.autoencoder.build_autoencoder` that make the network."""
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
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise DeblurError(f"{path} cannot be read: {error.strerror}.") from error
    except ValueError as error:
        raise DeblurError(f"{path} is not a training configuration: {error}.") from error
    known = {field.name for field in dataclasses.fields(TrainingConfig)}
    if unknown := set(content) - known:
        raise DeblurError(f"{path} has unknown keys: {', '.join(sorted(unknown))}. Known: {', '.join(sorted(known))}.")
    try:
        values: dict[str, Any] = {k: tuple(v) if k == "filters" else v for k, v in content.items()}
        return TrainingConfig(**values)
    except TypeError as error:
        raise DeblurError(f"{path} has a value of the wrong kind: {error}.") from error


def _words(name: str) -> str:
    return name.replace("_", " ").capitalize()
