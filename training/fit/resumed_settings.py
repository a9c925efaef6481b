"""Comparison of edited settings with stored ones: which a resumed run takes, and which it keeps as it began."""

from __future__ import annotations

import dataclasses
import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from training.config.config import TrainingConfig, config_of, write_config
from training.config.old_layouts import upgrade
from training.runs.events import number

if TYPE_CHECKING:
    from training.runs.run import Run

_TAKEN = frozenset(
    (
        *("epochs", "device", "plateau_patience", "plateau_factor", "plateau_min_delta", "min_learning_rate"),
        *("learning.patience", "learning.minutes", "learning.deterministic"),
        *("data.workers", "data.watch", "logs.csv", "logs.tensorboard"),
    )
)
"""Settings that say how long and where it goes on. All others decide what the weights in the checkpoint are."""

_LONGEST = 60
"""Letters of a value in a sentence."""


@dataclass(frozen=True)
class ResumedSettings:
    """The settings that a run goes on with.

    Attributes:
        config: These settings.
        sentences: One for each that was edited since the run last began or went on, as people read it.
        has_refused: Whether one of them is not taken.
    """

    config: TrainingConfig
    sentences: tuple[str, ...] = ()
    has_refused: bool = False


def encode_settings(config: TrainingConfig) -> dict[str, Any]:
    """Return settings as the log keeps them."""
    stored: dict[str, Any] = json.loads(json.dumps(dataclasses.asdict(config)))
    return stored


def compare_settings(run: Run) -> ResumedSettings:
    """Compare the settings in the folder of a run with those that its checkpoint was made with.

    Runs of versions that did not keep the latter, or have no epoch behind them, take all settings as they are.

    Raises:
        DeblurError: The folder holds no run.
    """
    config = run.config
    began = run.settings_in_log()
    if began is None or not run.has_weights():
        return ResumedSettings(config)
    now, before = _flat(encode_settings(config)), _flat(upgrade(began))
    sentences, is_refused = [], False
    for name, value in now.items():
        if name not in before or _is_equal(value, before[name]):
            continue
        if name in _TAKEN:
            sentences.append(f"“{name}” is {_text(value)} from now on, before it was {_text(before[name])}.")
            continue
        is_refused = True
        now[name] = before[name]
        sentences.append(
            f"“{name}” stays {_text(before[name])}: the weights so far were trained with it. For {_text(value)}, start "
            "a new run."
        )
    return ResumedSettings(config_of(_nest_tables(now)) if is_refused else config, tuple(sentences), is_refused)


def settle_settings(run: Run) -> TrainingConfig:
    """Return the settings that a run goes on with; where edited ones are not taken, its config.toml says so again.

    Raises:
        DeblurError: The folder holds no run or cannot be written to.
    """
    resumed = compare_settings(run)
    if resumed.has_refused:
        write_config(resumed.config, run.folder / "config.toml")
    if resumed.sentences:
        run.append([{"kind": "settings", "config": encode_settings(resumed.config)}])
    return resumed.config


def _flat(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the settings by names such as “learning.patience”; the ranges of blurs are one."""
    flat: dict[str, Any] = {}
    for name, value in settings.items():
        if isinstance(value, dict):
            flat |= {f"{name}.{part}": inner for part, inner in value.items()}
        else:
            flat[name] = value
    return flat


def _nest_tables(flat: dict[str, Any]) -> dict[str, Any]:
    nested: dict[str, Any] = {}
    for name, value in flat.items():
        table, _, part = name.rpartition(".")
        (nested.setdefault(table, {}) if table else nested)[part] = value
    return nested


def _is_equal(one: Any, other: Any) -> bool:
    return bool(one == other or (number(one) == number(other)))


def _text(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
