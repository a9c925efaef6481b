"""The log file: where tracebacks of the command line go."""

from __future__ import annotations

import errno
import io
import logging
from typing import TYPE_CHECKING

import pytest

from deblur_app.core.files import log_file as log_module
from deblur_app.core.files.log_file import log_traceback, open_log, warnings_in_log

if TYPE_CHECKING:
    from pathlib import Path


def make_exception() -> Exception:
    """An error with a traceback, and a file name of an old archive in its text."""
    with pytest.raises(ValueError, match="caf") as error:
        int("caf\udce9")
    return error.value


def test_tracebacks_are_appended(log_file: Path) -> None:
    """Each with what was being done; names that are no Unicode are written out."""
    for name in ("a.jpg", "b.jpg"):
        assert log_traceback(f"Unexpected error with {name}", make_exception()) == log_file
    text = log_file.read_text(encoding="utf-8")
    assert text.count("Traceback") == 2
    assert "ERROR deblur: Unexpected error with a.jpg" in text
    assert "\\udce9" in text


def test_a_large_log_makes_room(log_file: Path) -> None:
    """The old one is kept beside it."""
    log_file.write_text("x" * 1_000_001, encoding="utf-8")
    log_traceback("Unexpected error", make_exception())
    assert log_file.stat().st_size < 10_000
    assert log_file.with_suffix(".old.log").stat().st_size == 1_000_001


def test_a_log_that_stays_open_makes_room_while_it_is_written(log_file: Path) -> None:
    """A window that is open for days does not fill the disk."""
    handler = open_log()
    assert handler is not None
    try:
        for _ in range(30):
            handler.handle(logging.LogRecord("deblur", logging.ERROR, "", 0, "x" * 100_000, None, None))
    finally:
        handler.close()
    assert log_file.stat().st_size <= 1_000_000
    assert log_file.with_suffix(".old.log").stat().st_size <= 1_000_000
    assert {file.name for file in log_file.parent.iterdir()} == {"deblur.log", "deblur.old.log"}


class Full(io.StringIO):
    """A file on a full disk."""

    def write(self, _: str) -> int:
        """Fail, as the system does."""
        raise OSError(errno.ENOSPC, "No space left on device")


def test_what_cannot_be_written_is_left_out(log_file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """No traceback of the log itself stands on the terminal."""
    handler = open_log()
    assert handler is not None
    handler.stream.close()
    handler.stream = Full()
    handler.handle(logging.LogRecord("deblur", logging.ERROR, "", 0, "lost", None, None))
    handler.close()
    assert capfd.readouterr().err == ""


def test_without_a_place_for_it_there_is_no_log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The program works all the same."""
    (tmp_path / "file").touch()
    monkeypatch.setattr(log_module, "log_folder", lambda: tmp_path / "file")
    assert open_log() is None
    assert log_traceback("Unexpected error", make_exception()) is None
    assert not logging.getLogger("deblur").handlers


def test_warnings_go_into_the_log_and_not_to_the_terminal(log_file: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """With their tracebacks; a run without warnings makes no file, and no handler stays."""
    before = list(logging.getLogger().handlers)
    with warnings_in_log():
        logging.getLogger("deblur_app.part").info("nothing to tell")
        assert not log_file.exists()
        logging.getLogger("deblur_app.part").warning("The block is left out", exc_info=make_exception())
    assert logging.getLogger().handlers == before
    text = log_file.read_text(encoding="utf-8")
    assert "WARNING deblur_app.part: The block is left out" in text
    assert "Traceback" in text
    assert capfd.readouterr() == ("", "")
