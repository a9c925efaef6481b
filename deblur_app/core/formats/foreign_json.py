"""Read tables of others: JSON with bounds on size, depth and numbers, and tables checked against types.

Cards of models, bundles, packages and settings go through here, and settings of trainings (TOML) through `convert`:
what comes out has the types that it says, so that nobody has to ask for them again.
"""

from __future__ import annotations

import json
import math
from typing import Annotated, Any, cast

import msgspec
from msgspec import Meta

from deblur_app.core.errors import shorten

_INT64 = 2**64
"""Integers from here on are refused."""
_LONGEST_INTEGER = 20
"""Characters of an integer at most, sign included."""


def _plain(depth: int) -> Any:
    """Return the type of values nested at most `depth` lists or tables deep."""
    scalar = bool | int | float | str | None
    if depth == 0:
        return scalar
    inner, lists, tables = _plain(depth - 1), cast("Any", list), cast("Any", dict)
    return scalar | lists[inner] | tables[str, inner]


_PLAIN = _plain(8)
"""The deepest cards of ours are five deep."""


def parse_json(data: bytes, most_bytes: int = 1_000_000) -> Any:
    """Return what a JSON text holds: plain values nested at most eight deep, numbers finite and below 2⁶⁴.

    NaN and infinities as Python writes them become None. A key that is there twice, of which programs take different
    ones, is an error.

    Raises:
        ValueError: It is larger than `most_bytes`, no JSON, or out of these bounds; the text is part of a sentence.
    """
    if len(data) > most_bytes:
        raise ValueError(f"it has {len(data)} bytes")
    try:
        content = json.loads(
            data,
            object_pairs_hook=_unique,
            parse_constant=lambda _: None,
            parse_float=_finite,
            parse_int=_parse_bounded_integer,
        )
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except ValueError as error:
        raise ValueError(shorten(error)) from error
    return convert(content, _PLAIN)


def decode_json[T](data: bytes, kind: type[T]) -> T:
    """Return the JSON text `data` as `kind`; keys that it does not name are passed over, and never allocated.

    Raises:
        ValueError: It is no JSON, or not of this kind.
    """
    try:
        return msgspec.json.decode(data, type=kind)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except ValueError as error:
        raise ValueError(_reason(error)) from error


def convert[T](content: Any, kind: type[T]) -> T:
    """Return plain values as `kind`: a dataclass, or lists and tables of what may be in them.

    Raises:
        ValueError: They are of other types, out of range, or nested too deep; the text says where.
    """
    try:
        return msgspec.convert(content, type=kind, strict=True)
    except RecursionError as error:
        raise ValueError("it is nested too deep") from error
    except ValueError as error:
        raise ValueError(_reason(error)) from error


def _reason(error: ValueError) -> str:
    """Return what msgspec says, without its marks: “expected int, got str at files.encoder.bytes”."""
    text = str(error).replace("`", "").replace(" - at $.", " at ").replace(" - at ", " at ")
    return shorten(text[:1].lower() + text[1:])


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    table = dict(pairs)
    if len(table) < len(pairs):
        raise ValueError("a key is there twice")
    return table


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise ValueError(f"{shorten(text, 20)} is out of range")
    return number


def _parse_bounded_integer(text: str) -> int:
    if len(text) > _LONGEST_INTEGER or abs(number := int(text)) >= _INT64:
        raise ValueError(f"{shorten(text, 20)} is out of range")
    return number


type Text = Annotated[str, Meta(max_length=1000)]
"""A short text."""

type Count = Annotated[int, Meta(ge=0, le=2**53)]
"""A number of things."""
