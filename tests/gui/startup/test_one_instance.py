"""A second start gives its photos to the window that is there."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from deblur_app.gui.startup.one_instance import OneInstance

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

_SECOND = """
import sys
from pathlib import Path
from deblur_app.gui.startup.one_instance import OneInstance
second = OneInstance(Path(sys.argv[1]), "deblur-test")
print(second.claim(), second.give([Path(name) for name in sys.argv[2:]], patience=20), flush=True)
"""
_ENDS_UNEXPECTEDLY = """
import os, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from deblur_app.gui.startup.one_instance import OneInstance
application = QCoreApplication([])
first = OneInstance(Path(sys.argv[1]), "deblur-test")
assert first.claim()
first.listen()
os._exit(1)
"""


@pytest.fixture
def folder() -> Iterator[Path]:
    """A folder with a short path: the address of a socket has at most some hundred letters."""
    with tempfile.TemporaryDirectory(prefix="one") as name:
        yield Path(name)


@pytest.fixture
def first(folder: Path, qapp: object) -> Iterator[OneInstance]:
    """The first window's side, listening."""
    instance = OneInstance(folder, "deblur-test")
    assert instance.claim()
    instance.listen()
    yield instance
    instance.close()


def start(program: str, folder: Path, *arguments: str) -> subprocess.Popen[str]:
    """Start a program of Python with the folder and these arguments."""
    command = [sys.executable, "-c", program, str(folder), *arguments]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3])


def test_photos_of_a_second_process_reach_the_first(first: OneInstance, folder: Path, qtbot: QtBot) -> None:
    """With their whole paths, whatever letters they have; the second process hears that they were taken."""
    with qtbot.waitSignal(first.photos_given, timeout=30_000) as given:
        second = start(_SECOND, folder, "Übel & 100 %.jpg", "/a/b\n.png")
    assert given.args == [[Path(__file__).parents[3] / "Übel & 100 %.jpg", Path("/a/b\n.png")]]
    assert second.communicate(timeout=30)[0].split() == ["False", "True"]


def test_a_start_without_photos_brings_the_window_to_the_front(first: OneInstance, folder: Path, qtbot: QtBot) -> None:
    """The first window is told, with an empty list."""
    with qtbot.waitSignal(first.photos_given, timeout=30_000) as given:
        second = start(_SECOND, folder)
    assert given.args == [[]]
    second.communicate(timeout=30)


def test_a_window_that_is_busy_starting_gets_the_photos_later(folder: Path, qtbot: QtBot) -> None:
    """It has the lock but does not listen yet: the second start waits for it."""
    first = OneInstance(folder, "deblur-test")
    assert first.claim()
    second = start(_SECOND, folder, "a.jpg")
    qtbot.wait(100)
    with qtbot.waitSignal(first.photos_given, timeout=30_000):
        first.listen()
    assert second.communicate(timeout=30)[0].split() == ["False", "True"]
    first.close()


def test_a_window_that_never_answers_is_not_waited_for_for_ever(folder: Path, qapp: object) -> None:
    """The second start then opens a window of its own."""
    first = OneInstance(folder, "deblur-test")
    assert first.claim()
    second = OneInstance(folder, "deblur-test")
    assert not second.claim()
    assert not second.give([Path("a.jpg")], patience=0.2)
    first.close()


def test_what_a_process_left_that_ended_unexpectedly_is_no_obstacle(folder: Path, qtbot: QtBot) -> None:
    """Its lock counts for nothing, and its socket is replaced."""
    start(_ENDS_UNEXPECTEDLY, folder).communicate(timeout=30)
    assert {file.suffix for file in folder.iterdir()} == {".lock", ".socket"}
    first = OneInstance(folder, "deblur-test")
    assert first.claim()
    first.listen()
    with qtbot.waitSignal(first.photos_given, timeout=30_000):
        second = start(_SECOND, folder, "a.jpg")
    second.communicate(timeout=30)
    first.close()


@pytest.mark.parametrize("message", [b"nonsense\n", b'{"photos": 7}\n', b"[]\n", b'{"photos": ["a"], "photos": []}\n'])
def test_nonsense_is_not_answered(first: OneInstance, folder: Path, message: bytes, qtbot: QtBot) -> None:
    """Whatever is written to the socket, the window goes on."""
    from PySide6.QtNetwork import QLocalSocket

    given = []
    first.photos_given.connect(given.append)
    socket = QLocalSocket()
    socket.connectToServer(str(folder / "deblur-test.socket"))
    with qtbot.waitSignal(socket.disconnected, timeout=10_000):
        socket.write(message)
    assert given == []


@pytest.mark.skipif(sys.platform == "win32", reason="pipes of Windows have no files")
def test_only_the_user_may_write_to_the_socket(first: OneInstance, folder: Path) -> None:
    """Others must neither open photos here nor read what is given."""
    assert (folder / "deblur-test.socket").stat().st_mode & 0o077 == 0


def test_where_no_lock_can_be_written_each_start_has_a_window(tmp_path: Path) -> None:
    """An unwritable home is no reason to fail."""
    (tmp_path / "file").touch()
    for _ in range(2):
        instance = OneInstance(tmp_path / "file" / "folder", "deblur-test")
        assert instance.claim()
        instance.listen()
        instance.close()
