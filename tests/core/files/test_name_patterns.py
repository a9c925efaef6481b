"""Names of results by patterns."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.name_patterns import check_pattern, fill_pattern

PHOTO = Path("/photos/IMG_1.jpg")


@pytest.mark.parametrize(
    ("pattern", "name"),
    [("{name}_sharp", "IMG_1_sharp"), ("{date}_{name}", "2026-11-30_IMG_1"), ("trip-{counter:03}", "trip-007"),
     ("{counter}", "7"), ("{name} {date} {name}", "IMG_1 2026-11-30 IMG_1")],
)  # fmt: skip
def test_patterns_give_names(pattern: str, name: str) -> None:
    """Of the photo's name, the day on which it was taken, and its number."""
    check_pattern(pattern)
    assert fill_pattern(pattern, PHOTO, 7, "2026:11:30 12:00:00") == name


def test_a_photo_without_capture_time_has_the_day_of_its_change(tmp_path: Path) -> None:
    """EXIF may be missing or damaged."""
    photo = tmp_path / "a.png"
    photo.touch()
    os.utime(photo, (1_000_000_000, 1_000_000_000))
    for taken in ("", "0000", "yesterday"):
        assert fill_pattern("{date}", photo, 1, taken) == "2001-09-09"


@pytest.mark.parametrize(
    "pattern",
    [
        "",
        "  ",
        "{",
        "{model}",
        "{}",
        "{0}",
        "{name.parent}",
        "{name!r}",
        "{name:>9}",
        "{counter:99999}",
        "a/b",
        "..\\b",
        "a:b",
    ],
)
def test_other_patterns_are_refused(pattern: str) -> None:
    """Nothing but names in the folder of the results comes of a pattern."""
    with pytest.raises(DeblurError, match="pattern"):
        check_pattern(pattern)
