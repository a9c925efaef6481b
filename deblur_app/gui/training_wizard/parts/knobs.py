"""The settings of a training that have a field in the wizard; each is a key of the configuration."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    from training.config.config import TrainingConfig


@dataclass(frozen=True)
class Knob:
    """One setting.

    Attributes:
        path: Its key, such as “epochs” or “learning.average”.
        label: The label for the user, with the field's word in brackets.
        tip: One sentence.
        low: Smallest value of a number.
        high: Largest value of a number; equal to `low` for words.
        unit: Unit of a number.
        choices: Words that it may take, with what people read.
        only: “synthetic” or “pairs” where it has a meaning for that source alone, else "".
        is_rate: Whether it has as many decimals as it needs.
    """

    path: str
    label: str
    tip: str
    low: float = 0.0
    high: float = 0.0
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)
    only: str = ""
    is_rate: bool = False


KNOBS = (
    Knob("epochs", "P&asses over all pairs (epochs)", "How often it sees the pairs; the paper's have 100", 1, 100_000),
    Knob(
        "data.steps_per_epoch",
        "Steps in a pass",
        "Batches of synthetic pairs in one epoch",
        1,
        1_000_000,
        only="synthetic",
    ),
    Knob(
        "batch_size",
        "Pairs in one step (batch si&ze)",
        "How many it learns from at once; fewer need less memory",
        1,
        4096,
        " pairs",
    ),
    Knob(
        "learning_rate",
        "Size of a step (learning rate)",
        "How far the weights move at each step; lower it if the training breaks down",
        1e-9,
        1.0,
        is_rate=True,
    ),
    Knob(
        "learning.schedule",
        "Its course",
        "When the learning rate falls",
        choices={"plateau": "Falls when the validation loss stays", "cosine": "Falls step by step to zero"},
    ),
    Knob(
        "learning.warmup_steps",
        "Steps to warm up",
        "Over so many steps the learning rate rises from zero, where it falls step by step",
        0,
        1_000_000,
    ),
    Knob(
        "learning.patience",
        "Ends early after",
        "Epochs without a lower validation loss after which it ends; 0 never ends it early",
        0,
        100_000,
        " epochs",
    ),
    Knob(
        "learning.minutes", "Time it may take", "Epochs that do not fit are left out; 0 for any time", 0.0, 1e6, " min"
    ),
    Knob(
        "learning.average",
        "Running mean of weights",
        "Share of the past in what is judged and kept; 0 for none",
        0.0,
        0.99999,
        is_rate=True,
    ),
    Knob("learning.clip_norm", "Longest gradient", "Longer ones are shortened; 0 leaves them", 0.0, 1e6),
    Knob(
        "validation_share", "Held out to judge by", "Share of the pairs or photos that it never learns from", 0.01, 0.9
    ),
    Knob(
        "data.validation_crops",
        "Made to judge by",
        "Pairs made of held-out photos for each kind of blur",
        1,
        10_000,
        " pairs",
        only="synthetic",
    ),
    Knob(
        "data.workers",
        "Processes that make pairs",
        "More are faster where there are more cores; 0 makes them in between",
        0,
        64,
        only="synthetic",
    ),
    Knob(
        "seed",
        "Random start (see&d)",
        "The same number gives the same split, start weights and order again",
        0,
        2**31 - 1,
    ),
    Knob(
        "precision",
        "Number type (precision)",
        "How numbers are stored while it learns; Automatic checks what is sound",
        choices={
            "auto": "Automatic",
            "float32": "Exact (float32)",
            "mixed_bfloat16": "Fast where supported (bfloat16)",
        },
    ),
)
"""All of them, in the order they are seen."""


def value_of(config: TrainingConfig, path: str) -> Any:
    """Return the value of a setting by its key."""
    value: Any = config
    for name in path.split("."):
        value = getattr(value, name)
    return value


def with_values(config: TrainingConfig, values: Mapping[str, Any]) -> TrainingConfig:
    """Return `config` with other values, by their keys.

    Raises:
        DeblurError: A value is out of its range, or they do not go together.
    """
    top = {path: value for path, value in values.items() if "." not in path}
    for table in {path.split(".")[0] for path in values if "." in path}:
        inside = {path.split(".")[1]: value for path, value in values.items() if path.startswith(f"{table}.")}
        top[table] = replace(getattr(config, table), **inside)
    return replace(config, **top)
