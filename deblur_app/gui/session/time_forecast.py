"""The time that a method takes, as this machine took it the last time."""

from __future__ import annotations

from PySide6.QtCore import QSettings

from deblur_app.core.amounts import describe_duration
from deblur_app.core.texts import tr

_LEAST = 0.1
"""Megapixels of a photo below which times are not used: they say nothing of larger ones."""


def learn_time(method: str, megapixels: float, seconds: float) -> None:
    """Keep how long a method took for a photo."""
    if megapixels >= _LEAST and seconds > 0.0:
        QSettings("Deblur", "Deblur").setValue(f"pace/{method}", f"{seconds / megapixels:.3f}")


def forecast_seconds(method: str, megapixels: float) -> float | None:
    """Return the seconds that a method will take for a photo; None before it has ever run."""
    try:
        pace = float(str(QSettings("Deblur", "Deblur").value(f"pace/{method}", "")))
    except ValueError:
        return None
    return pace * max(megapixels, _LEAST) if pace > 0.0 else None


def describe_forecast(method: str, megapixels: float) -> str:
    """Return the forecast in words, such as “about 8 s”; "" before the method has ever run, or without a photo."""
    seconds = forecast_seconds(method, megapixels) if megapixels else None
    return "" if seconds is None else tr("about {duration}", duration=describe_duration(seconds))
