"""The harness itself: each kind of bad answer is noticed, a good one is not."""

from __future__ import annotations

import os
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest

from deblur_app.core.errors import DeblurError
from tests.fuzz import harness
from tests.fuzz.harness import HangError, Reader, check

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


def _reader(read: Callable[[Path], object]) -> Reader:
    return Reader("own", "file.bin", lambda _: b"", read)


def _refuse(text: str) -> Callable[[Path], object]:
    def read(_: Path) -> None:
        raise DeblurError(text)

    return read


def test_a_result_and_a_sentence_are_answers() -> None:
    """Whatever the reader returns; the sentence is returned for who wants to look at it."""
    assert check(_reader(lambda path: path.read_bytes()), b"abc") is None
    assert check(_reader(_refuse("“file.bin” is damaged.")), b"abc") == "“file.bin” is damaged."


@pytest.mark.parametrize("text", ["", "no end", "x" * 1000 + "."])
def test_what_is_no_sentence_is_noticed(text: str) -> None:
    """Empty, without an end, too long; line breaks cannot come so far."""
    with pytest.raises(AssertionError):
        check(_reader(_refuse(text)), b"abc")
    assert check(_reader(_refuse("two\nlines\x1b.")), b"abc") == "two lines?."


def test_other_exceptions_are_passed_on() -> None:
    """They are what a person would see as a traceback."""
    with pytest.raises(ZeroDivisionError):
        check(_reader(lambda _: 1 / 0), b"abc")


def test_output_past_python_is_noticed() -> None:
    """As of a codec in C."""
    with pytest.raises(AssertionError, match="printed on stderr: libfoo: bad"):
        check(_reader(lambda _: os.write(2, b"libfoo: bad")), b"abc")


@pytest.mark.skipif(sys.platform == "win32", reason="no alarms")
def test_a_hang_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even where the reader catches every exception."""
    monkeypatch.setattr(harness, "MOST_SECONDS", 0.05)

    def read(_: Path) -> None:
        while True:
            with suppress(Exception):  # as readers of broken files do
                time.sleep(10)

    with pytest.raises(HangError):
        check(_reader(read), b"abc")


@pytest.mark.skipif(sys.platform != "linux", reason="peaks of memory are Linux's")
def test_much_memory_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where it is given back before the reader returns."""
    monkeypatch.setattr(harness, "MOST_BYTES", 20_000_000)
    with pytest.raises(AssertionError, match=r"took .* MB for 3 bytes"):
        check(_reader(lambda _: len(b"x" * 60_000_000)), b"abc")
