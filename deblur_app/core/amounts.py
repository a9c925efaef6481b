"""Durations and amounts of bytes in words."""

from __future__ import annotations

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400  # seconds
_LONGEST_IN_SECONDS, _LONGEST_IN_MINUTES = 90, 90
_LONGEST_IN_HOURS = 36
_KILO, _MEGA, _GIGA = 1e3, 1e6, 1e9  # bytes, as makers of disks count


def describe_duration(seconds: float | None) -> str:
    """Return a duration as people say it, such as “12 s”, “3 min”, “1 h 40 min” or “2.5 days”; "" for None."""
    if seconds is None:
        return ""
    if seconds < _LONGEST_IN_SECONDS:
        return f"{max(round(seconds), 1)} s"
    minutes = round(seconds / _MINUTE)
    if minutes < _LONGEST_IN_MINUTES:
        return f"{minutes} min"
    if seconds < _LONGEST_IN_HOURS * _HOUR:
        return f"{minutes // 60} h {minutes % 60} min" if minutes % 60 else f"{minutes // 60} h"
    return f"{seconds / _DAY:.1f} days"


def describe_short_duration(seconds: float) -> str:
    """Return the duration of a step, such as “120 ms” or “1.5 s”."""
    return f"{seconds * 1000:.0f} ms" if seconds < 1 else f"{seconds:.1f} s"


def describe_bytes(count: float) -> str:
    """Return an amount of bytes, such as “1.4 GB”, “740 MB”, “2.5 MB” or “12 kB”."""
    if count >= _GIGA:
        return f"{count / _GIGA:.1f} GB"
    if count >= 10 * _MEGA:
        return f"{count / _MEGA:.0f} MB"
    if count >= _MEGA:
        return f"{count / _MEGA:.1f} MB"
    return f"{count / _KILO:.0f} kB" if count >= _KILO else f"{count:.0f} bytes"
