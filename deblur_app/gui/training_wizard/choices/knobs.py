"""The settings of a training that have a field in the wizard; each is a key of the configuration."""

from __future__ import annotations

import math
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from deblur_app.core.texts import tr_later

if TYPE_CHECKING:
    from collections.abc import Mapping

    from training.config.checks import Limits
    from training.config.config import TrainingConfig


@dataclass(frozen=True)
class Knob:
    """One setting.

    Attributes:
        path: Its key, such as “epochs” or “learning.average”.
        label: The label for the user.
        tip: One sentence.
        unit: Unit of a number.
        zero: The word for 0 where that switches something off, such as “never”; else "".
        words: What people read for each word that it may be; empty for numbers.
        is_synthetic: Whether it has a meaning for synthetic pairs alone.
        is_rate: Whether it has as many decimals as it needs.
        is_share: Whether it is a share in [0, 1] that people read in per cent.
    """

    path: str
    label: str
    tip: str
    unit: str = ""
    zero: str = ""
    words: Mapping[str, str] = field(default_factory=dict)
    is_synthetic: bool = False
    is_rate: bool = False
    is_share: bool = False

    @property
    def limits(self) -> Limits:
        """The values that it may take, as the configuration declares them."""
        from training.config.checks import limits_of
        from training.config.config import TrainingConfig

        return limits_of(TrainingConfig, self.path)


KNOBS = (
    Knob("epochs", tr_later("Epochs (p&asses)"), tr_later("Passes over all pairs; the paper's network had 100")),
    Knob(
        "data.steps_per_epoch",
        tr_later("Batches in an epoch"),
        tr_later("Batches of synthetic pairs"),
        is_synthetic=True,
    ),
    Knob(
        "data.source",
        tr_later("Kind of synthetic pairs"),
        tr_later(
            "Scenes as cameras take them: the camera and things move, with depth, noise, sharpening, tone curves "
            "and JPEG"
        ),
        words={"synthetic": tr_later("One blur for each photo"), "scenes": tr_later("Realistic scenes")},
        is_synthetic=True,
    ),
    Knob(
        "batch_size", tr_later("Batch si&ze"), tr_later("Pairs in one step; fewer need less memory"), tr_later(" pairs")
    ),
    Knob(
        "learning_rate",
        tr_later("Learning rate"),
        tr_later("How far the weights move at each step; lower it if the training breaks down"),
        is_rate=True,
    ),
    Knob(
        "learning.schedule",
        tr_later("Learning rate schedule"),
        tr_later("When the learning rate falls"),
        words={"plateau": tr_later("Lower when validation stalls"), "cosine": tr_later("Cosine, down to zero")},
    ),
    Knob(
        "learning.warmup_steps",
        tr_later("Warm-up"),
        tr_later("Batches over which the learning rate rises from zero, with the cosine schedule"),
        tr_later(" batches"),
        "none",
    ),
    Knob(
        "learning.patience",
        tr_later("Early stopping after"),
        tr_later("Epochs without a lower validation loss after which the training ends"),
        tr_later(" epochs"),
        "never",
    ),
    Knob(
        "learning.minutes",
        tr_later("Time limit"),
        tr_later("Epochs that do not fit are left out"),
        tr_later(" min"),
        tr_later("no limit"),
    ),
    Knob(
        "learning.average",
        tr_later("Weight averaging (EMA)"),
        tr_later("Share of the earlier weights in the mean that is evaluated and kept"),
        zero="off",
        is_rate=True,
    ),
    Knob(
        "learning.clip_norm",
        tr_later("Gradient clipping"),
        tr_later("Gradients whose norm is larger are scaled down to it"),
        zero="off",
    ),
    Knob(
        "validation_share",
        tr_later("Kept aside for validation"),
        tr_later("Share of the pairs or photos that it never learns from"),
        " %",
        is_share=True,
    ),
    Knob(
        "data.validation_crops",
        tr_later("Validation pairs per blur"),
        tr_later("Pairs made of the photos that are kept aside, for each type of blur"),
        tr_later(" pairs"),
        is_synthetic=True,
    ),
    Knob(
        "data.workers",
        tr_later("Processes for synthetic pairs"),
        tr_later("More are faster where there are more processor cores"),
        zero="none",
        is_synthetic=True,
    ),
    Knob(
        "seed",
        tr_later("Random see&d"),
        tr_later("The same number gives the same split, start weights and order again"),
    ),
    Knob(
        "precision",
        tr_later("Precision"),
        tr_later("Number format of the computation; Automatic takes the fastest that is accurate"),
        words={
            "auto": tr_later("Automatic"),
            "float32": tr_later("Exact (float32)"),
            "mixed_bfloat16": tr_later("Fast where supported (bfloat16)"),
        },
    ),
)
"""All of them, in the order they are seen."""


def clean(knob: Knob, value: Any) -> Any:
    """Return a value of a file as one that the setting can take: within its limits; None where it makes no sense."""
    if knob.words:
        return value if isinstance(value, str) and value in knob.words else None
    limits = knob.limits
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        return None
    if limits.low is None or limits.high is None:
        return None
    bounded = min(max(value, limits.low), limits.high)
    return int(bounded) if limits.is_whole else float(bounded)


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
