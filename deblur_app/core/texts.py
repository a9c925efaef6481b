"""The texts that people read, in the language of the window.

The window installs a translation; without one, as in the command line, all texts are the English ones of the code.
`pyside6-lupdate` reads the calls of `tr`, `tr_count` and `tr_later`: their texts are literals.
"""

from __future__ import annotations

import numbers
import string
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

type Translate = Callable[[str, str, int], str]
"""Returns an English text in another language; its arguments are the text, the comment, and the number or -1."""


@dataclass
class _Language:
    translate: Translate | None = None
    decimal_point: str = "."


_LANGUAGE = _Language()


class _Formatter(string.Formatter):
    """Fills places with numbers as the language writes them."""

    def format_field(self, value: Any, format_spec: str) -> str:
        """Return a value as text, with the decimal point of the language."""
        text = str(super().format_field(value, format_spec))
        is_number = isinstance(value, numbers.Real)
        return text.replace(".", _LANGUAGE.decimal_point) if is_number else text


_FORMATTER = _Formatter()


class _Thread(threading.local):
    is_english = False


_THREAD = _Thread()


@contextmanager
def keep_english() -> Iterator[None]:
    """Leave all texts in English within this thread: those that are written into files."""
    before, _THREAD.is_english = _THREAD.is_english, True
    try:
        yield
    finally:
        _THREAD.is_english = before


def install_language(translate: Translate | None, decimal_point: str = ".") -> None:
    """Translate all texts from now on; None goes back to those of the code.

    Args:
        translate: Called from any thread.
        decimal_point: The sign before the decimals of a number.
    """
    _LANGUAGE.translate, _LANGUAGE.decimal_point = translate, decimal_point


def tr(text: str, comment: str = "", /, **values: object) -> str:
    """Return a text in the language of the window, with its places filled.

    Args:
        text: The English text, a whole sentence where it is one, with places such as “{name}” or “{gain:.1f}”.
        comment: What tells it from an equal English text with another meaning.
        values: What the places hold; without any, braces stay as they are.
    """
    if _LANGUAGE.translate and text and not _THREAD.is_english:
        text = _LANGUAGE.translate(text, comment, -1)
    return _fill(text, values) if values else text


def tr_count(many: str, one: str, count: int, /, **values: object) -> str:
    """Return a text about a number of things, which its place {count} holds, such as “3 photos” or “1 photo”.

    Args:
        many: The English text for several, and for none.
        one: The English text for a single one.
        count: The number.
        values: What the other places hold.
    """
    english = one if count == 1 else many
    is_translated = _LANGUAGE.translate and not _THREAD.is_english
    text = _LANGUAGE.translate(many, one, count) if _LANGUAGE.translate and is_translated else english
    return _fill(text, {"count": count, **values})


def tr_later(text: str) -> str:
    """Return `text` as it is: that of a table, which `tr` translates where it is shown."""
    return text


def upper_first(text: str) -> str:
    """Return a text with a capital at its beginning."""
    return f"{text[:1].upper()}{text[1:]}"


def lower_first(text: str) -> str:
    """Return a text as it stands within a sentence: in English with a small first letter, else as it is."""
    is_english = _LANGUAGE.translate is None or _THREAD.is_english
    return f"{text[:1].lower()}{text[1:]}" if is_english else text


def _fill(text: str, values: dict[str, object]) -> str:
    is_plain = _LANGUAGE.decimal_point == "." or _THREAD.is_english
    return text.format(**values) if is_plain else _FORMATTER.vformat(text, (), values)
