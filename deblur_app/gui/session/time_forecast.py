"""The time that a method takes, as this machine took it the last time."""

from __future__ import annotations

import math
from contextlib import suppress

from PySide6.QtCore import QSettings

from deblur_app.core.amounts import describe_duration
from deblur_app.core.texts import tr

_LEAST = 0.1
"""Megapixels of a photo below which times are not used: they say nothing of larger ones."""

_LIKE = 4.0
"""Photos up to so many times larger or smaller take a time that is proportional to their size."""


def learn_time(method: str, megapixels: float, seconds: float) -> None:
    """Keep how long a method took for a photo, beside what it took for much larger and smaller ones."""
    if megapixels >= _LEAST and seconds > 0.0:
        size = round(math.log(megapixels, _LIKE))
        QSettings("Deblur", "Deblur").setValue(f"times/{method}/{size}", f"{megapixels:.3f} {seconds:.3f}")


def forecast_seconds(method: str, megapixels: float) -> float | None:
    """Return the seconds that a method will take for a photo, from the run with the most similar size.

    A photo far larger than that takes less than in proportion: loading counts less, and its blur is estimated from
    parts of it.

    Returns:
        The seconds, or None before the method has ever run.
    """
    wanted = max(megapixels, _LEAST)
    known = min(_list_times(method), key=lambda run: abs(math.log(run[0] / wanted)), default=None)
    if known is None:
        return None
    ratio = wanted / known[0]
    near = min(max(ratio, 1.0 / _LIKE), _LIKE)
    return known[1] * near * math.sqrt(ratio / near)


def _list_times(method: str) -> list[tuple[float, float]]:
    """Return megapixels and seconds of the runs that were kept; what cannot be read is left out."""
    stored = QSettings("Deblur", "Deblur")
    stored.beginGroup(f"times/{method}")
    times = []
    for key in stored.childKeys():
        with suppress(ValueError):
            megapixels, seconds = map(float, str(stored.value(key)).split())
            if megapixels > 0.0 and seconds > 0.0:
                times.append((megapixels, seconds))
    return times


def describe_forecast(method: str, megapixels: float) -> str:
    """Return the forecast in words, such as “about 8 s”; "" before the method has ever run, or without a photo."""
    seconds = forecast_seconds(method, megapixels) if megapixels else None
    return "" if seconds is None else tr("about {duration}", duration=describe_duration(seconds))
