"""The types of the settings in their file."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any, Literal, get_type_hints

from msgspec import Meta

from deblur_app.core.files.saving_settings import SavingSettings  # noqa: TC001 -- the type of a field that is checked
from deblur_app.core.formats.foreign_json import Text, convert, parse_json

type _Path = Annotated[str, Meta(max_length=4096, pattern="^[^\\0]*$")]


@dataclass(frozen=True)
class _Form:
    """The types of the settings in the file; ranges of a method's numbers are checked where it is used."""

    device: Text
    method: Text
    values: Annotated[dict[Text, bool | int | float | _Path], Meta(max_length=1000)]
    recent: Annotated[list[_Path], Meta(max_length=1000)]
    folder: _Path
    look: Literal["system", "dark", "light"]
    language: Annotated[str, Meta(max_length=20)]
    surround: Literal["theme", "dark", "grey", "white"]
    after_drop: Literal["restore", "wait"]
    precision: Literal["auto", "float32"]
    memory_limit: Annotated[int, Meta(ge=0, le=4096)]
    threads: Annotated[int, Meta(ge=0, le=256)]
    notify: Literal["long", "never"]
    motion: Literal["system", "reduced"]
    screen_profile: _Path
    saving: SavingSettings
    export: SavingSettings | None


def parse_settings(data: bytes) -> tuple[dict[str, Any], list[str]]:
    """Return the settings in a JSON text that are of the right type, and the names of all others.

    Raises:
        ValueError: It is no JSON, or no table.
    """
    content = convert(parse_json(data), dict[str, Any])
    types = get_type_hints(_Form, include_extras=True)
    values = {}
    for key, value in content.items():
        try:
            values[key] = convert(value, types[key])
        except (KeyError, ValueError):
            continue
    return values, [key for key in content if key not in values]
