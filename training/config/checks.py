"""Checks of settings against the types that they are declared with, and the limits that those types have.

A setting is declared once, as a field of a frozen dataclass with an annotated type such as `Annotated[int, Meta(ge=1,
le=100)]`. msgspec checks values against it; files, command line and wizard take limits and choices from it.
"""

from __future__ import annotations

import dataclasses
import typing
from dataclasses import dataclass
from typing import Any

import msgspec
from msgspec import inspect

from deblur_app.core.errors import DeblurError

_LONGEST = 60
"""Characters of a value in a sentence; what stands in a file may be long."""


@dataclass(frozen=True)
class Limits:
    """The values that a setting may take.

    Attributes:
        low: The least number; None where it is no number.
        high: The largest number.
        is_whole: Whether the number must be whole.
        choices: Words that it may be; empty where it may be any.
    """

    low: float | None = None
    high: float | None = None
    is_whole: bool = False
    choices: tuple[str, ...] = ()


def limits_of(table: type[Any], path: str) -> Limits:
    """Return the values that a setting may take.

    Args:
        table: `TrainingConfig` or one of its tables.
        path: The key, such as “epochs” or “learning.patience”.
    """
    head, _, rest = path.partition(".")
    hint = list_declared_types(table)[head]
    if rest:
        return limits_of(hint, rest)
    match inspect.type_info(hint):
        case inspect.IntType(ge=low, le=high):
            return Limits(low, high, is_whole=True)
        case inspect.FloatType(ge=low, le=high):
            return Limits(low, high)
        case inspect.LiteralType(values=values):
            return Limits(choices=tuple(map(str, values)))
    return Limits()


def check_settings(settings: Any) -> None:
    """Refuse a table of settings with a value that does not fit its declared type; give the others just that type.

    Args:
        settings: A frozen dataclass; whole numbers become floats, and lists tuples, where that is declared.

    Raises:
        DeblurError: A value does not fit; the sentence names the key.
    """
    for name in list_declared_types(type(settings)):
        value = getattr(settings, name)
        if not dataclasses.is_dataclass(value):
            object.__setattr__(settings, name, _convert(type(settings), name, value))


def _convert(table: type[Any], name: str, value: Any) -> Any:
    """Return a value as the declared type of a setting.

    Raises:
        DeblurError: It does not fit; the sentence names the key.
    """
    hint = list_declared_types(table)[name]
    try:
        return msgspec.convert(value, hint)
    except (msgspec.ValidationError, OverflowError, RecursionError) as error:
        words = name.replace("_", " ").capitalize()
        raise DeblurError(f"{words} {_describe(inspect.type_info(hint), value)}.") from error


def list_declared_types(table: type[Any]) -> dict[str, Any]:
    """Return the declared type of each key of a table."""
    return typing.get_type_hints(table, include_extras=True)


def _describe(kind: inspect.Type, value: Any) -> str:
    """Return the part of a sentence that says what a value must be, and what it is."""
    value_text = _shorten(value)
    match kind:
        case inspect.IntType(ge=low, le=high):
            text = f"must be a whole number between {low} and {high}, not {value_text}"
        case inspect.FloatType(ge=low, le=high):
            text = f"must be a number between {low:g} and {high:g}, not {value_text}"
        case inspect.LiteralType(values=values):
            text = f"cannot be {_quote(value)}. Choose one of: {', '.join(map(str, values))}"
        case inspect.BoolType():
            text = f"must be true or false, not {value_text}"
        case inspect.StrType():
            text = f"must be a text in quotes, not {value_text}"
        case inspect.VarTupleType(item_type=inspect.IntType(ge=low, le=high), min_length=least, max_length=most):
            text = f"must be {least} to {most} whole numbers between {low} and {high}, not {value_text}"
        case inspect.VarTupleType(item_type=inspect.StrType()):
            text = "must be a list of texts in quotes, such as [“holiday”]"
        case inspect.TupleType(item_types=(inspect.FloatType(ge=low, le=high), _)):
            where = "" if low is None else f" between {low:g} and {high:g}"
            text = f"must be a range of two numbers{where}, such as [1, 2], not {value_text}"
        case _:
            text = f"must be tables of ranges, such as [data.blurs.motion] with length = [3, 23], not {value_text}"
    return text


def _shorten(value: Any) -> str:
    text = repr(list(value) if isinstance(value, tuple) else value)
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _quote(value: Any) -> str:
    return f"“{_shorten(value)[1:-1] if isinstance(value, str) else _shorten(value)}”"
