"""Patterns for the names of results, such as “{date}_{name}_sharp”."""

from __future__ import annotations

import re
import time
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from pathlib import Path

_FIELD = re.compile(r"\{(name|date|counter)(?::0?([1-9]))?\}")
"""A field; that of a counter may have a number of digits behind it, as in {counter:03}."""
_FORBIDDEN = frozenset('<>:"/\\|?*{}')
"""Letters that no name of a file has on all systems, and what is left of wrong fields."""
_CAPTURE_TIME = re.compile(r"(\d{4}):(\d{2}):(\d{2}) ")


def check_pattern(pattern: str) -> None:
    """Refuse a pattern that gives no names.

    Raises:
        DeblurError: It is empty, has other fields than name, date and counter, or letters that no name can have.
    """
    if not pattern.strip() or _FORBIDDEN & set(_FIELD.sub("", pattern)):
        raise DeblurError(
            tr(
                "“{pattern}” is no pattern for names: it may have letters, {{name}}, {{date}} and {{counter}}, as in "
                "“{{date}}_{{name}}_sharp” or “trip-{{counter:03}}”.",
                pattern=pattern,
            )
        )


def fill_pattern(pattern: str, photo: Path, number: int, taken: str = "", *, name: str | None = None) -> str:
    """Return the name, without an ending, that a pattern gives.

    Args:
        pattern: One that `check_pattern` accepts.
        photo: The photo.
        number: Its number among all photos of the command, from 1.
        taken: When it was taken, as EXIF has it (“2026:11:30 12:00:00”); without it the time of change counts.
        name: What stands for {name}; None takes the name of the photo without its ending.
    """
    found = _CAPTURE_TIME.match(taken)
    date = "-".join(found.groups()) if found else _date_of_change(photo)
    values = {"name": photo.stem if name is None else name, "date": date}
    return _FIELD.sub(lambda field: values.get(field[1]) or str(number).zfill(int(field[2] or 1)), pattern)


def has_counter(pattern: str) -> bool:
    """Return whether the names of a pattern are numbered."""
    return any(field[1] == "counter" for field in _FIELD.finditer(pattern))


def _date_of_change(photo: Path) -> str:
    try:
        return time.strftime("%Y-%m-%d", time.localtime(photo.stat().st_mtime))
    except OSError:
        return time.strftime("%Y-%m-%d")
