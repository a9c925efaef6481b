"""Only ordinary files are opened, and only so much of them is read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from deblur_app.core.errors import DeblurError, on_one_line, shorten
from deblur_app.core.files.plain_file import open_plain, read_plain


def test_an_ordinary_file_is_read_up_to_a_limit(tmp_path: Path) -> None:
    """Also through a link."""
    (tmp_path / "a").write_bytes(b"12345")
    (tmp_path / "link").symlink_to(tmp_path / "a")
    assert read_plain(tmp_path / "link", 5) == b"12345"
    with pytest.raises(DeblurError, match=r"“link” is too large: more than 4 bytes\."):
        read_plain(tmp_path / "link", 4)


def test_what_is_no_file_is_a_sentence(tmp_path: Path) -> None:
    """Missing, a folder, a name that no file can have."""
    for path, sentence in (
        (tmp_path / "a", "does not exist"),
        (tmp_path, "is a folder"),
        (Path("a\0b"), "not a file name"),
    ):
        with pytest.raises(DeblurError, match=sentence):
            open_plain(path)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="pipes have names on POSIX systems only")
def test_pipes_and_devices_are_refused_without_waiting(tmp_path: Path) -> None:
    """Nobody writes into the pipe, so that opening it would never return."""
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", Path("/dev/zero")):
        with pytest.raises(DeblurError, match="is a pipe or a device"):
            open_plain(path)


@pytest.mark.skipif(not Path("/proc/self/pagemap").exists(), reason="a file of Linux that says 0 bytes")
def test_a_file_that_says_it_is_empty_is_bounded_too() -> None:
    """Files of the system have no size until they are read."""
    with pytest.raises(DeblurError, match="too large"):
        read_plain(Path("/proc/self/status"), 10)


def test_a_text_of_others_becomes_one_line() -> None:
    """In errors, whoever writes them."""
    assert str(DeblurError("“a\nb\t\x1b[31m\udce9” is\r\ndamaged.")) == "“a b ?[31m?” is damaged."
    assert on_one_line("“é” 字.") == "“é” 字."
    assert shorten("a\n" * 500, 10) == "a a a a a…"
    assert shorten(ValueError("it ends.")) == "it ends"
