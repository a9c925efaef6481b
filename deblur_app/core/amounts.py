"""Durations and amounts of bytes in words."""

from __future__ import annotations

from deblur_app.core.texts import tr

_MINUTE, _HOUR, _DAY = 60, 3600, 86_400  # seconds
_LONGEST_IN_SECONDS, _LONGEST_IN_MINUTES = 90, 90
_LONGEST_IN_HOURS = 36
_KILO, _MEGA, _GIGA = 1e3, 1e6, 1e9  # bytes, as makers of disks count


def describe_duration(seconds: float | None) -> str:
    """Return a duration as people say it, such as “12 s”, “3 min”, “1 h 40 min” or “2.5 days”; "" for None."""
    if seconds is None:
        return ""
    if seconds < _LONGEST_IN_SECONDS:
        return tr("{seconds} s", seconds=max(round(seconds), 1))
    minutes = round(seconds / _MINUTE)
    if minutes < _LONGEST_IN_MINUTES:
        return tr("{minutes} min", minutes=minutes)
    if seconds < _LONGEST_IN_HOURS * _HOUR:
        hours, minutes = divmod(minutes, 60)
        return tr("{hours} h {minutes} min", hours=hours, minutes=minutes) if minutes else tr("{hours} h", hours=hours)
    return tr("{days:.1f} days", days=seconds / _DAY)


def describe_short_duration(seconds: float) -> str:
    """Return the duration of a step, such as “120 ms” or “1.5 s”."""
    return tr("{ms:.0f} ms", ms=seconds * 1000) if seconds < 1 else tr("{seconds:.1f} s", seconds=seconds)


def describe_bytes(count: float) -> str:
    """Return an amount of bytes, such as “1.4 GB”, “740 MB”, “2.5 MB” or “12 kB”."""
    if count >= _GIGA:
        return tr("{size:.1f} GB", size=count / _GIGA)
    if count >= 10 * _MEGA:
        return tr("{size:.0f} MB", size=count / _MEGA)
    if count >= _MEGA:
        return tr("{size:.1f} MB", size=count / _MEGA)
    return tr("{size:.0f} kB", size=count / _KILO) if count >= _KILO else tr("{size:.0f} bytes", size=count)
