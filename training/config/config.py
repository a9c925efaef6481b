"""The settings that decide how a run goes, as one value that is stored with the run."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Annotated, Any, Literal

import tomli_w
from msgspec import Meta

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.texts import tr
from training.config.checks import check_settings
from training.config.families import FAMILIES, Family, check_family
from training.config.old_layouts import upgrade
from training.config.plain_toml import read_toml, shorten_sentence
from training.config.sections import Data, Learning, Logs, Network

if TYPE_CHECKING:
    from pathlib import Path

_LONGEST_KEY = 40
"""Letters of an unknown key in a sentence."""

type Protocol = Literal["held-out", "paper"]
type Precision = Literal["auto", "float32", "mixed_bfloat16"]

PRECISIONS = ("float32", "mixed_bfloat16")
"""The precisions that can be computed with."""

PROTOCOL_EXPLAINED = {
    "held-out": "held-out: trained on 80 % of the pairs and evaluated on the other 20 %, which it never saw",
    "paper": "paper: trained on all pairs and evaluated on the same pairs, as the paper's script does",
}

MILESTONES = (10, 25, 50, 75, 100)
"""The epochs at which the paper's Table 2 and its text judge the network."""

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
        network: What is trained.
        learning: How it is trained.
        data: What it is trained on.
        logs: What is written for other programs.
    """

    protocol: Protocol = "held-out"
    epochs: Annotated[int, Meta(ge=1, le=100_000)] = 100
    batch_size: Annotated[int, Meta(ge=1, le=4096)] = 32
    learning_rate: Annotated[float, Meta(ge=1e-9, le=1.0)] = 1e-3
    plateau_patience: Annotated[int, Meta(ge=1, le=100_000)] = 5
    plateau_factor: Annotated[float, Meta(ge=1e-3, le=1.0)] = 0.1**0.5
    plateau_min_delta: Annotated[float, Meta(ge=0.0, le=1.0)] = 1e-4
    min_learning_rate: Annotated[float, Meta(ge=0.0, le=1.0)] = 0.5e-6
    validation_share: Annotated[float, Meta(ge=0.01, le=0.9)] = 0.2
    seed: Annotated[int, Meta(ge=0, le=2**31 - 1)] = 42
    precision: Precision = "auto"
    device: str = "auto"
    network: Network = field(default_factory=Network)
    learning: Learning = field(default_factory=Learning)
    data: Data = field(default_factory=Data)
    logs: Logs = field(default_factory=Logs)

    def __post_init__(self) -> None:
        """Refuse values that cannot work.

        Raises:
            DeblurError: A value is out of its range.
        """
        check_settings(self)
        if self.data.is_synthetic and self.protocol != "held-out":
            raise DeblurError(
                tr("Synthetic pairs are evaluated on photographs held out: choose the protocol held-out.")
            )
        check_family(self.network, self.learning, self.data)

    @property
    def family(self) -> Family:
        """The family of the network that is trained."""
        return FAMILIES[self.network.architecture]

    @property
    def parameters(self) -> dict[str, object]:
        """The arguments that build the network, as a card stores them."""
        return self.family.parameters(self.network, self.data)


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
    values = dict(upgrade(content))
    for name, table in _TABLES.items():
        if name in values:
            values[name] = table(**values[name])
    return TrainingConfig(**values)


def _check_keys(content: dict[str, Any], table: type[Any], path: Path, where: str = "") -> None:
    if not isinstance(content, dict):
        raise DeblurError(tr("“{path}” has a value{where} where there should be a table.", path=path, where=where))
    names = {entry.name for entry in dataclasses.fields(table)}
    if unknown := set(content) - names:
        unknown_names = ", ".join(
            key if len(key) <= _LONGEST_KEY else f"{key[:_LONGEST_KEY]}…" for key in sorted(unknown)[:3]
        )
        known_names = ", ".join(sorted(names))
        raise DeblurError(
            tr(
                "“{path}” has unknown keys{where}: {unknown_names}. Known: {known_names}.",
                path=path,
                where=where,
                unknown_names=unknown_names,
                known_names=known_names,
            )
        )
