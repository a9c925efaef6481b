"""Remarks on the course of a training, such as overfitting or a low learning rate, in plain words."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal

from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from training.config.config import TrainingConfig
    from training.runs.run import Run

type Event = dict[str, Any]
type Topic = Literal["few-pairs", "overfitting", "rollback", "slow", "worse-than-nothing", "going-well"]

_FEW_PAIRS = 100
"""Fewer pairs of files than this teach a network these pairs, and little else."""

_RISING = 4
"""Epochs without a better validation loss after which it counts as rising."""

_RISE = 1.02
"""By what factor it must be above its best by then: less is chance."""

_SLOW_EPOCHS = 5
"""Epochs over which the fall of the training loss is judged."""

_SLOW_GAIN = 0.01
"""Share by which the training loss falls in so many epochs at least, where the learning rate is not too low."""

_LEAST_GAIN = 0.2
"""Gain in dB over doing nothing from which a training is praised: less is neither seen nor safe from chance."""

_PATIENCE = 3
"""Epochs that a network is given before it is compared with doing nothing."""


@dataclass(frozen=True)
class Remark:
    """A remark on the course of a training.

    Attributes:
        topic: What it is about.
        sentence: What was seen and what can be done, for people.
        is_warning: Whether something should be done.
    """

    topic: Topic
    sentence: str
    is_warning: bool = True


def remarks(config: TrainingConfig, events: Sequence[Event]) -> list[Remark]:
    """Return remarks on a training so far; the most urgent first.

    Args:
        config: Its settings.
        events: Its events but for those of batches, oldest first: “start”, “epoch” and “rollback”.
    """
    start: Event = next((event for event in events if event.get("kind") == "start"), {})
    epochs = [event for event in events if event.get("kind") == "epoch"]
    rollbacks = [event for event in events if event.get("kind") == "rollback"]
    candidates = [
        *_advise_after_rollback(rollbacks),
        *_overfitting(epochs),
        *_worse_than_nothing(start, epochs),
        *_slow(config, epochs),
        *_few_pairs(config, start),
    ]
    return candidates or _going_well(start, epochs)


def events_of(run: Run) -> list[Event]:
    """Return the events of a run that the remarks are based on."""
    return run.events("start", "epoch", "rollback")


def _few_pairs(config: TrainingConfig, start: Event) -> list[Remark]:
    count = start.get("training_pairs")
    if config.data.is_synthetic or not isinstance(count, int) or count >= _FEW_PAIRS:
        return []
    text = tr(
        "It learns from {count} pairs only. A network memorises so few and fails on others: add pairs "
        "({few_pairs} or more), or choose a folder of sharp photos, from which any number of pairs can be made.",
        count=count,
        few_pairs=_FEW_PAIRS,
    )
    return [Remark("few-pairs", text)]


def _overfitting(epochs: Sequence[Event]) -> list[Remark]:
    losses = [_number(epoch, "val_loss") for epoch in epochs]
    if len(losses) <= _RISING or not all(map(math.isfinite, losses)):
        return []
    best = min(range(len(losses)), key=losses.__getitem__)
    since = len(losses) - 1 - best
    learns_on = _number(epochs[-1], "loss") <= _number(epochs[best], "loss")
    if since < _RISING or min(losses[best + 1 :][-_RISING:]) < _RISE * losses[best] or not learns_on:
        return []
    first = epochs[best]["epoch"] + 1
    text = tr(
        "The validation loss has been rising since epoch {first}, while the training loss falls: the network "
        "memorises the training pairs. Epoch {best} is the best so far; “Stop and keep the best” keeps it.",
        first=first,
        best=first - 1,
    )
    return [Remark("overfitting", text)]


def _advise_after_rollback(rollbacks: Sequence[Event]) -> list[Remark]:
    if not rollbacks:
        return []
    last = rollbacks[-1]
    rate = _number(last, "learning_rate")
    epoch = last.get("epoch", "?")
    text = (
        tr(
            "In epoch {epoch} the loss was no longer a number, so the training went back to the last good epoch "
            "and goes "
            "on with a learning rate of {rate:.3g}, a third of what it was. Nothing needs to be done.",
            epoch=epoch,
            rate=rate,
        )
        if math.isfinite(rate)
        else tr(
            "In epoch {epoch} the loss was no longer a number, so the training went back to the last good epoch "
            "and goes "
            "on, a third of what it was. Nothing needs to be done.",
            epoch=epoch,
        )
    )
    return [Remark("rollback", text, is_warning=False)]


def _slow(config: TrainingConfig, epochs: Sequence[Event]) -> list[Remark]:
    if len(epochs) <= _SLOW_EPOCHS:
        return []
    before, now = (_number(epochs[index], "loss") for index in (-1 - _SLOW_EPOCHS, -1))
    rate = _number(epochs[-1], "learning_rate")
    if not (math.isfinite(before) and math.isfinite(now) and math.isfinite(rate)):
        return []
    if before <= 0 or now < before * (1 - _SLOW_GAIN) or now > before * (1 + _SLOW_GAIN):
        return []
    if rate < 0.05 * config.learning_rate:
        text = tr(
            "In the last {epochs} epochs the training loss hardly moved. The learning rate of {rate:.2g} may be "
            "too low, "
            "since it has fallen from {first:.2g}: more epochs will change little. Keep the best.",
            epochs=_SLOW_EPOCHS,
            rate=rate,
            first=config.learning_rate,
        )
    else:
        text = tr(
            "In the last {epochs} epochs the training loss hardly moved. The learning rate of {rate:.2g} may be "
            "too low: "
            "start again with about {higher:.2g}, or let it rest at what it can.",
            epochs=_SLOW_EPOCHS,
            rate=rate,
            higher=min(3 * config.learning_rate, 1.0),
        )
    return [Remark("slow", text)]


def _worse_than_nothing(start: Event, epochs: Sequence[Event]) -> list[Remark]:
    nothing = start.get("do_nothing") or {}
    own, other = _number(nothing, "val_psnr"), max((_number(e, "val_psnr") for e in epochs), default=math.nan)
    if len(epochs) < _PATIENCE or not (math.isfinite(own) and math.isfinite(other)) or other >= own:
        return []
    text = tr(
        "So far its best result has {other:.1f} dB and the blurred photos themselves {own:.1f} dB: leaving them "
        "unchanged is better. Train for more epochs and with more photos, or choose the restorer.",
        other=other,
        own=own,
    )
    return [Remark("worse-than-nothing", text)]


def _going_well(start: Event, epochs: Sequence[Event]) -> list[Remark]:
    own = _number(start.get("do_nothing") or {}, "val_psnr")
    best = max((_number(epoch, "val_psnr") for epoch in epochs), default=math.nan)
    if not best - own >= _LEAST_GAIN or any(_is_rising(epochs, name) for name in ("loss", "val_loss")):
        return []
    return [
        Remark(
            "going-well",
            tr("Going well: {best:.1f} dB better than leaving the photos unchanged.", best=best - own),
            False,
        )
    ]


def _is_rising(epochs: Sequence[Event], name: str) -> bool:
    """Return whether a loss is higher after the last epoch than after an earlier one, by more than chance."""
    losses = [_number(epoch, name) for epoch in epochs]
    return losses[-1] > _RISE * min(losses)


def _number(event: Event, name: str) -> float:
    value = event.get(name)
    return float(value) if isinstance(value, (int, float)) else math.nan
