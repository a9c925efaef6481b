"""Results are never lost without a question, and what is saved is what is shown."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox

from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.core.settings import Settings
from deblur_app.core.task import Progress
from deblur_app.engine import tasks
from deblur_app.engine.method import Request
from deblur_app.engine.recipes import storage
from deblur_app.gui import commands
from deblur_app.gui.export.export_dialog import ExportDialog
from deblur_app.gui.session.display import PartShown
from deblur_app.gui.session.results import recovery
from deblur_app.gui.session.results.kept_result import PhotoKey
from deblur_app.gui.session.results.result_store import ResultStore
from tests.stories.user import User, write

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.tasks import Restored

pytestmark = pytest.mark.qt_log_ignore("^This plugin does not support", extend=True)  # offscreen: no window manager


@pytest.fixture
def plain(qtbot: QtBot) -> Iterator[User]:
    """A user whose method needs no engine."""
    user = User(qtbot, Settings(method="denoise"))
    yield user
    user.leave()


@pytest.fixture
def endless(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let deblurring show a part and go on until it is stopped."""

    def deblur(picture: Picture, request: Request) -> Task[Restored]:
        pixels = np.zeros((4, 4, 3), np.float32)
        from deblur_app.core.tiling.local_tiling import PartDone

        while True:
            yield PartDone(0.1, "Deblurring", None, pixels, (0.0, 0.0, 0.5, 0.5))
            yield Progress(0.2, "Deblurring")

    monkeypatch.setattr(tasks, "deblur", deblur)


def save_dialogs(user: User) -> list[ExportDialog]:
    """The dialogs on the screen that ask where to save."""
    return [dialog for dialog in user.window.findChildren(ExportDialog) if dialog.isVisible()]


def test_closing_with_unsaved_results_asks_and_saves_them_beside_their_photos(
    plain: User, photo: Path, tmp_path: Path, scene: Pixels
) -> None:
    """Cancel keeps the window with all that is in it; Save writes each result, closes, and leaves nothing behind."""
    other = write(tmp_path / "other.png", scene[::-1].copy())
    plain.open(photo)
    plain.open(other)
    window = plain.window
    results = window.session.results.folder
    window.close()
    (box,) = plain.messages
    assert box.text() == "2 photos have results that are not saved. Save before closing?"
    assert all(name in box.informativeText() for name in ("photo.png", "other.png"))
    window.close()
    plain.answer(QMessageBox.StandardButton.Cancel)
    plain.until(lambda: not plain.messages)
    assert window.isVisible()
    assert len(window.session.unsaved_results) == 2
    window.close()
    plain.answer(QMessageBox.StandardButton.Save)
    plain.until(lambda: not window.isVisible())
    assert {path.name for path in tmp_path.glob("*_deblurred.png")} == {"photo_deblurred.png", "other_deblurred.png"}
    assert not results.exists()


def test_closing_after_a_failed_save_keeps_the_window(plain: User, tmp_path: Path, scene: Pixels) -> None:
    """A message says that the folder of a photo is gone, and nothing is lost."""
    photo = write(tmp_path / "photos" / "photo.png", scene)
    plain.open(photo)
    photo.parent.rename(tmp_path / "moved")
    plain.window.close()
    plain.answer(QMessageBox.StandardButton.Save)
    plain.until(lambda: plain.messages and "photo_deblurred.png" in plain.messages[0].text())
    plain.messages[0].accept()
    assert plain.window.isVisible()
    assert len(plain.window.session.unsaved_results) == 1


def test_a_saved_result_and_an_unchanged_photo_are_not_asked_about(plain: User, photo: Path) -> None:
    """The window closes at once."""
    plain.open(photo)
    plain.window.session.save(photo.with_name("mine.png"))
    plain.wait()
    plain.window.close()
    assert plain.messages == []
    assert not plain.window.isVisible()


def test_the_list_marks_what_is_not_saved_and_leads_back(plain: User, photo: Path, tmp_path: Path) -> None:
    """It opens with the second photo; going back to the first shows its result, and saving takes the mark away."""
    other = write(tmp_path / "other.png", np.full((30, 40, 3), 0.5, np.float32))
    plain.open(photo)
    filmstrip = plain.window.filmstrip
    assert not filmstrip.isVisible()
    plain.open(other)
    assert filmstrip.isVisible()
    assert filmstrip.names == ["photo.png", "other.png"]
    assert filmstrip.words == ["photo.png, result not saved", "other.png, left as it is"]  # even grey has no blur
    filmstrip.choose(0)
    plain.wait()
    assert plain.captions[0].endswith("photo.png")
    assert plain.sizes[2] == (80, 60)
    plain.window.session.save(photo.with_name("mine.png"))
    plain.wait()
    assert filmstrip.words[0] == "photo.png, saved"


def test_a_setting_changed_back_in_the_form_shows_the_kept_result(plain: User, photo: Path) -> None:
    """The form shows the settings of the result that is brought back."""
    plain.open(photo)
    first = plain.window.session.result
    panel = plain.window.tools.method_panel
    panel.ask_for("denoise", {"strength": 1.0})
    plain.wait()
    plain.open(photo)
    assert panel.request().values["strength"] == 1.0
    panel.ask_for("denoise", {})
    plain.wait()
    again = plain.window.session.result
    assert first
    assert again
    assert again.kept is first.kept


@pytest.mark.usefixtures("endless")
def test_no_preview_stays_after_stop_and_none_is_saved(plain: User, qtbot: QtBot, photo: Path) -> None:
    """While a part shows, saving and copying say why they wait; after Stop the pane is as it was before."""
    window = plain.window
    plain.drop(photo)
    canvas = window.panes.predicted.canvas
    plain.until(lambda: canvas.part is not None)
    assert window.panes.predicted.caption.whole == "Preview – the rest is being computed"
    window.menus.actions["save"].trigger()
    assert "as soon as the whole photo is done" in window.panes.predicted.notice.text
    assert save_dialogs(plain) == []
    qtbot.keyClick(window, Qt.Key.Key_Period, Qt.KeyboardModifier.ControlModifier)
    plain.wait()
    assert canvas.part is None
    assert plain.sizes == [(80, 60), None, None]
    window.session.progressed.emit(PartShown(0.1, "late", None, canvas.image))
    plain.until(lambda: canvas.part is None)


@pytest.mark.usefixtures("endless")
def test_escape_asks_before_much_work_is_lost(
    plain: User, qtbot: QtBot, photo: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Short work ends at once, long work only when the user says so; the question is not asked twice."""
    plain.drop(photo)
    plain.until(lambda: plain.window.session.is_making)
    monkeypatch.setattr(commands, "MOST_LOST_UNASKED", 0.0)
    qtbot.keyClick(plain.window, Qt.Key.Key_Escape)
    plain.window.commands.stop_by_escape()
    plain.answer(QMessageBox.StandardButton.No)
    plain.until(lambda: not plain.messages)
    assert plain.window.session.is_busy
    plain.window.commands.stop_by_escape()
    plain.answer(QMessageBox.StandardButton.Yes)
    plain.wait()
    assert plain.window.session.result is None


def test_transparency_that_jpeg_cannot_hold_is_told(plain: User, tmp_path: Path, scene: Pixels) -> None:
    """Below the result, when it was saved."""
    cutout = tmp_path / "cutout.png"
    alpha = np.ones(scene.shape[:2], np.float32)
    alpha[:20] = 0.0
    image_io.write(Picture(scene, alpha), cutout)
    plain.open(cutout)
    plain.window.session.save(tmp_path / "result.jpg")
    plain.wait()
    assert "JPEG cannot hold transparency" in plain.window.panes.predicted.notice.text


def test_results_of_a_crash_are_offered_at_the_next_start(qtbot: QtBot, photo: Path, scene: Pixels) -> None:
    """Save writes them with their recipes, and they are not offered again; what was saved is cleaned away."""
    folder = recovery.results_folder() / "1-1-crashed"  # of a process that is not the one with this number now
    store = ResultStore(folder, least_free=0)
    status = photo.stat()
    key = PhotoKey(photo.name, photo, (status.st_mtime_ns, status.st_size))
    restored = tasks.Restored(Picture(scene * np.float32(0.5)), Request("denoise"), "CPU", "", 1.0)
    kept, _ = store.keep(key, Request("denoise"), restored, is_changed=True)
    store.show(kept)
    other, _ = store.keep(replace(key, name="b.png"), Request("denoise"), restored, is_changed=True)
    assert other
    user = User(qtbot, Settings(method="denoise"))
    user.until(lambda: user.messages)
    assert "Deblur ended unexpectedly, and 1 result was not saved" in user.messages[0].text()
    user.answer(QMessageBox.StandardButton.Save)
    user.until(lambda: photo.with_name("photo_deblurred.png").exists())
    user.wait()
    assert not folder.exists()
    saved = image_io.read(photo.with_name("photo_deblurred.png"))
    assert np.abs(saved.pixels - scene * np.float32(0.5)).max() < 1 / 250
    recipe = storage.find_recipe(saved)
    assert recipe is not None
    assert recipe.request.method == "denoise"
    assert recovery.find_leftovers() == []
    user.leave()
