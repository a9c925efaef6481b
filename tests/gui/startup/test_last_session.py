"""What was open comes back: asked for after a crash, offered quietly after an end as it should be."""

from __future__ import annotations

import gc
import json
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from deblur_app.core.settings import Settings
from deblur_app.gui.filmstrip.photo_model import Mark
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.session import last_session
from deblur_app.gui.session.last_session import LastSession

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

MOMENT = 20_000


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Callable[[], MainWindow]]:
    """Start a window whose method takes no time; it is closed at the end."""
    windows = []

    def begin() -> MainWindow:
        window = MainWindow(Settings(method="denoise", after_drop="wait"))
        windows.append(window)
        with qtbot.waitExposed(window):
            window.show()
        qtbot.waitUntil(lambda: window.services.keeper._describe is not None)
        return window

    yield begin
    for window in windows:
        close(qtbot, window)
        window.deleteLater()
    gc.collect()


def close(qtbot: QtBot, window: MainWindow) -> None:
    """Close a window, and wait until no thread is left."""
    window.close_when_idle()
    qtbot.waitUntil(lambda: not window.is_busy and not window.isVisible(), timeout=MOMENT)


def leave_behind(session: LastSession) -> None:
    """Write down a session as a process that is gone has left it."""
    last_session.write_session(session)
    (file,) = last_session.sessions_folder().glob("*.json")
    file.rename(file.with_name("1-1.json"))


def test_after_a_crash_the_open_photos_are_offered_with_their_marks(
    qtbot: QtBot, start: Callable[[], MainWindow], photo: Path, truth: Path
) -> None:
    """In one question; they are listed as before, and the one that was looked at is open."""
    names = [str(photo), str(truth), str(photo.with_name("gone.png"))]
    leave_behind(LastSession(names, str(truth), picked=[str(photo)], rejected=[str(truth)]))
    window = start()
    (box,) = window.findChildren(QMessageBox)
    assert "ended unexpectedly. You had 2 photos open" in box.text()
    qtbot.mouseClick(box.button(QMessageBox.StandardButton.Open), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: window.session.input is not None, timeout=MOMENT)
    assert window.session.input is not None
    assert window.session.input.picture.path == truth
    assert window.filmstrip.names == ["photo.png", "sharp.png"]
    assert [one.mark for one in window.filmstrip._model.photos] == [Mark.PICKED, Mark.REJECTED]


def test_after_a_usual_end_the_photos_are_offered_on_the_first_page(
    qtbot: QtBot, start: Callable[[], MainWindow], photo: Path, truth: Path
) -> None:
    """Without a question; the marks are kept."""
    window = start()
    window.opener.open_paths([photo, truth])
    qtbot.waitUntil(lambda: window.session.input is not None and not window.is_busy, timeout=MOMENT)
    qtbot.keyClick(window, Qt.Key.Key_P)
    window.services.keeper.write()
    (file,) = last_session.sessions_folder().glob("*.json")
    assert json.loads(file.read_text())["photos"] == [str(photo), str(truth)]
    close(qtbot, window)
    assert json.loads(file.read_text())["is_ended"]
    file.rename(file.with_name("1-1.json"))  # as of a process that is gone
    later = start()
    assert not later.findChildren(QMessageBox)
    assert later.first_sight.again.isVisible()
    assert later.first_sight.again.text() == "Open the 2 photos of last time again"
    later.first_sight.again.click()
    qtbot.waitUntil(lambda: later.session.input is not None, timeout=MOMENT)
    assert [one.mark for one in later.filmstrip._model.photos] == [Mark.PICKED, Mark.NONE]


@pytest.mark.parametrize("content", ["", "[", '{"photos": 5}', '{"photos": [1]}', "[" * 100_000])
def test_a_damaged_file_offers_nothing(start: Callable[[], MainWindow], content: str) -> None:
    """And is gone afterwards; that of a window that is open is left alone."""
    folder = last_session.sessions_folder()
    folder.mkdir(parents=True)
    (folder / "1-1.json").write_text(content)
    last_session.write_session(LastSession(["a.png"]))
    assert last_session.take_last_session() is None
    (left,) = folder.glob("*.json")
    assert left.name != "1-1.json"


def test_only_the_last_session_is_offered_and_only_once(photo: Path) -> None:
    """What was before it is forgotten."""
    leave_behind(LastSession([str(photo)]))
    assert last_session.take_last_session() == LastSession([str(photo)])
    assert last_session.take_last_session() is None
    last_session.write_session(LastSession([str(photo)]))
    last_session.write_session(LastSession())  # all were closed
    assert not list(last_session.sessions_folder().glob("*.json"))
