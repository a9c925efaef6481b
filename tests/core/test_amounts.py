"""Durations and amounts of bytes are told as people tell them."""

from __future__ import annotations

import pytest

from deblur_app.core.amounts import describe_bytes, describe_duration, describe_short_duration

HOUR = 3600


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (None, ""),
        (0.2, "1 s"),
        (89.4, "89 s"),
        (89.6, "90 s"),
        (100, "2 min"),
        (4800, "80 min"),
        (6000, "1 h 40 min"),
        (2 * HOUR, "2 h"),
        (60 * HOUR, "2.5 days"),
    ],
)
def test_durations_read_well(seconds: float | None, text: str) -> None:
    """Nobody counts 100 seconds or 200 minutes, and nothing takes no time."""
    assert describe_duration(seconds) == text


@pytest.mark.parametrize(("seconds", "text"), [(0.0123, "12 ms"), (1.46, "1.5 s")])
def test_steps_take_milliseconds(seconds: float, text: str) -> None:
    """Or a few seconds."""
    assert describe_short_duration(seconds) == text


@pytest.mark.parametrize(
    ("count", "text"),
    [
        (12, "12 bytes"),
        (12_300, "12 kB"),
        (2.46e6, "2.5 MB"),
        (9.99e6, "10.0 MB"),
        (740e6, "740 MB"),
        (1.44e9, "1.4 GB"),
    ],
)
def test_sizes_read_well(count: float, text: str) -> None:
    """With two or three figures."""
    assert describe_bytes(count) == text
