"""Reading of the events of a run: values that are missing, null or of the wrong type are told apart from figures.

A log may come from a newer version, whose events have keys or kinds that are not known, or from a disk that was full.
"""

from __future__ import annotations

import json
import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

type Event = dict[str, Any]

_FIGURES = ("loss", "accuracy", "val_loss", "val_accuracy", "val_psnr", "val_ssim", "learning_rate")

_LARGEST = 1e15
"""A number above is no figure; whole ones above are no counts."""


def parse_event(line: str) -> Event | None:
    """Return the event in a line of the log as it stands there; None for half a line or what is no event."""
    try:
        event = json.loads(line)
    except (ValueError, RecursionError):
        return None
    return event if isinstance(event, dict) and isinstance(event.get("kind"), str) else None


def read_event(event: Event) -> Event | None:
    """Return an event with the keys and types that its kind has; None where it lacks what it is about.

    Figures that are missing are NaN, as are those that have no meaning for the data. Unknown keys are left out.
    Events of unknown kinds are returned as they are.
    """
    read = _READERS.get(event["kind"])
    return event if read is None else read(event)


def figures_of(content: Any, *, epoch: int) -> Event:
    """Return the figures of an epoch, or of doing nothing, with all their keys."""
    content = content if isinstance(content, dict) else {}
    figures: Event = {"epoch": epoch} | {name: number(content.get(name)) for name in _FIGURES}
    seconds = number(content.get("seconds"))
    sharp = number(content.get("sharp_psnr"))
    return figures | {
        "seconds": seconds if seconds >= 0 else 0.0,
        "gains": _table(content.get("gains")),
        "sharp_psnr": None if math.isnan(sharp) else sharp,
        "shares": _table(content.get("shares")),
    }


def number(value: Any) -> float:
    """Return a value as a finite number, NaN for all else."""
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not abs(value) <= _LARGEST:
        return math.nan
    return float(value)


def number_text(value: Any, form: str) -> str:
    """Return a figure as people read it; a dash where it is not known or has no meaning."""
    figure = number(value)
    return "–" if math.isnan(figure) else format(figure, form)


def without_nan(value: Any) -> Any:
    """Return figures for JSON, which knows neither infinity nor NaN: those become None."""
    if isinstance(value, dict):
        return {key: without_nan(part) for key, part in value.items()}
    return None if isinstance(value, float) and not math.isfinite(value) else value


def best_of(epochs: Sequence[Event]) -> Event | None:
    """Return the figures of the epoch with the lowest validation loss; None where there is none."""
    return min(epochs, key=lambda epoch: float(epoch["val_loss"]), default=None)


def _count(value: Any) -> int | None:
    return value if type(value) is int and 0 <= value <= _LARGEST else None


def _table(value: Any) -> dict[str, float]:
    """Return figures by name, without those that are no numbers."""
    if not isinstance(value, dict):
        return {}
    numbers = {name: number(figure) for name, figure in value.items()}
    return {name: figure for name, figure in numbers.items() if not math.isnan(figure)}


def _read_start(event: Event) -> Event:
    return {
        "kind": "start",
        **{
            name: value if isinstance(value := event.get(name), str) else "" for name in ("precision", "device", "note")
        },
        **{name: _count(event.get(name)) for name in ("training_pairs", "validation_pairs")},
        "do_nothing": figures_of(event.get("do_nothing"), epoch=0),
    }


def _read_epoch(event: Event) -> Event | None:
    epoch = _count(event.get("epoch"))
    if not epoch or math.isnan(number(event.get("val_loss"))):  # without it, nobody knows how good it was
        return None
    return {"kind": "epoch"} | figures_of(event, epoch=epoch)


def _read_batch(event: Event) -> Event | None:
    epoch, step, loss = _count(event.get("epoch")), _count(event.get("step")), number(event.get("loss"))
    if epoch is None or step is None or math.isnan(loss):
        return None
    return {"kind": "batch", "epoch": epoch, "step": step, "loss": loss}


def _read_end(event: Event) -> Event:
    epoch, best = _count(event.get("epoch")) or 0, _count(event.get("best_epoch")) or 0
    reason = event.get("reason")
    return {"kind": "end", "epoch": epoch, "best_epoch": best, "reason": reason if isinstance(reason, str) else ""}


_READERS: dict[str, Callable[[Event], Event | None]] = {
    "start": _read_start,
    "epoch": _read_epoch,
    "batch": _read_batch,
    "end": _read_end,
}
