"""The workspace Batch, with small photos, restored in this process but for one test."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QMimeData, QPointF, QSettings, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox

from deblur_app.core import image_io
from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.core.picture import Picture
from deblur_app.engine.batch.inputs import BatchPhoto
from deblur_app.engine.batch.journal import Record, name_journal, open_journal, read_journal
from deblur_app.engine.batch.plan import Plan, begin_journal
from deblur_app.engine.batch.runner import BatchEvent
from deblur_app.engine.batch.settings import BatchSettings, Override
from deblur_app.engine.blend import PLAIN
from deblur_app.engine.method import Request
from deblur_app.gui.batch.batch_page import BatchPage, move_names
from deblur_app.gui.batch.batch_work import make_processes
from deblur_app.gui.batch.unfinished_batch import find_unfinished, forget_unfinished
from deblur_app.gui.filmstrip.thumbnail_loader import ThumbnailLoader
from tests.engine.batch.inline_pool import InlinePool, StepwisePool

SECONDS = 60_000
"""Milliseconds for something that takes a few seconds where the machine is idle."""


@pytest.fixture
def photos(tmp_path, scene):
    """Three photos, one of them in a folder of its own and one damaged."""
    folder = tmp_path / "in"
    (folder / "sub").mkdir(parents=True)
    image_io.write(Picture(scene.copy()), folder / "a.png")
    image_io.write(Picture(scene.copy()), folder / "sub" / "b.png")
    (folder / "bad.jpg").write_bytes(b"no photo")
    return folder


@pytest.fixture
def page(qtbot, tmp_path):
    """The page, with the quickest method and a folder for the results."""
    loader = ThumbnailLoader()
    page = BatchPage(loader, lambda: (Request("denoise", {"strength": 2.0}), PLAIN), SavingSettings)
    qtbot.addWidget(page)
    page.work.make_pool = InlinePool
    page.panel.show_folder(tmp_path / "out")
    page.panel.method.setCurrentIndex(page.panel.method.findData("denoise"))
    page.resize(1100, 700)
    page.show()
    page.activateWindow()
    qtbot.waitUntil(page.isActiveWindow, timeout=SECONDS)
    yield page
    page.finish()
    loader.finish()


def _add(qtbot, page, folder, count):
    page.work.add([folder])
    qtbot.waitUntil(lambda: len(page.model.rows) == count, timeout=SECONDS)


def _run(qtbot, page, act):
    with qtbot.waitSignal(page.work.ended, timeout=SECONDS):
        act()
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=SECONDS)


def _states(page):
    return {row.photo.relative: row.state for row in page.model.rows}


def _mark_doubtful(out, *names):
    with open_journal(name_journal(out)) as journal:
        for name in names:
            journal.add(replace(journal.records[name], doubts=("unsure",)))


def test_dropped_folders_are_restored_with_their_structure_and_reviewed(qtbot, page, photos, tmp_path):
    """From the drop to the last decision: errors are collected, one key accepts, rejects or changes the method."""
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photos))])
    place, copy = QPointF(1, 1), Qt.DropAction.CopyAction
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    QApplication.sendEvent(page, QDragEnterEvent(place, copy, data, button, key))
    QApplication.sendEvent(page, QDropEvent(place, copy, data, button, key))
    qtbot.waitUntil(lambda: len(page.model.rows) == 3, timeout=SECONDS)
    out = tmp_path / "out"
    _run(qtbot, page, page.bar.start.click)
    assert _states(page) == {"a.png": "done", "bad.jpg": "failed", "sub/b.png": "done"}
    assert (out / "sub" / "b_deblurred.png").is_file()
    assert page.bar.words.text() == "Done: 2 restored, 1 failed"
    assert page.bar.retry.isEnabled()
    assert "bad.jpg" in page.model.find("bad.jpg").details
    assert find_unfinished() is None

    _mark_doubtful(out, "a.png", "sub/b.png")
    for name in ("a.png", "sub/b.png"):
        page.work.queue.set_state(name, "waiting")
    page.show_photos()
    _run(qtbot, page, page.bar.start.click)
    assert _states(page)["a.png"] == "skipped"
    qtbot.waitUntil(lambda: bool(page.review.canvas.original), timeout=SECONDS)
    assert page.review.isVisible()
    assert page.review.title.text() == "a.png · 1 of 2 to look at"
    with qtbot.waitSignal(page.work.reviewed, timeout=SECONDS):
        QTest.keyClick(page.review.canvas, Qt.Key.Key_A)
    assert page.review.title.text() == "b.png · 1 of 1 to look at"
    with qtbot.waitSignal(page.work.reviewed, timeout=SECONDS):
        QTest.keyClick(page.review.canvas, Qt.Key.Key_R)
    assert page.grid.isVisible()
    assert _states(page)["sub/b.png"] == "rejected"
    assert not (out / "sub" / "b_deblurred.png").exists()
    _, records = read_journal(name_journal(out))
    assert (records["a.png"].event, records["sub/b.png"].event) == ("accepted", "rejected")

    page.steps.show_one("a.png")
    menu = page.review.make_menu()
    (wiener,) = [action for action in menu.actions() if action.text() == "Wiener deconvolution"]
    page.review.method_chosen.disconnect()
    chosen = []
    page.review.method_chosen.connect(lambda *names: chosen.append(names))
    wiener.trigger()
    assert chosen == [("a.png", "wiener")]


def test_another_method_is_taken_once_the_review_is_over(qtbot, page, photos, tmp_path):
    """The result takes the place of the first one."""
    page.panel.method.setCurrentIndex(0)  # that of the open photo, of strength 2
    _add(qtbot, page, photos / "a.png", 1)
    _run(qtbot, page, page.bar.start.click)
    before = (tmp_path / "out" / "a_deblurred.png").read_bytes()
    page.steps.show_one("a.png")
    with qtbot.waitSignal(page.work.ended, timeout=SECONDS):
        page.review.method_chosen.emit("a.png", "denoise")
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=SECONDS)
    assert page.work.queue.find("a.png").override.method == "denoise"
    assert [path.name for path in (tmp_path / "out").glob("*.png")] == ["a_deblurred.png"]
    assert (tmp_path / "out" / "a_deblurred.png").read_bytes() != before


def test_a_batch_that_was_not_finished_is_offered_and_gone_on_with(qtbot, page, photos, tmp_path):
    """With its settings, its folder and the settings of single photos."""
    out = tmp_path / "other"
    settings = BatchSettings(Request("denoise", {"strength": 1.0}))
    with open_journal(name_journal(out)) as journal:
        plan = Plan((photos / "a.png",), out, settings, {"a.png": Override(strength=50)})
        begin_journal(journal, settings, plan=plan)
    QSettings("Deblur", "Deblur").setValue("batch/unfinished", str(out))
    with qtbot.waitSignal(page.found_unfinished, timeout=SECONDS):
        page.work.look_for_unfinished()
    assert page.notice.text == f"The batch into “{out}” was not finished: 0 photos are done."
    _run(qtbot, page, page.notice.button.click)
    assert _states(page) == {"a.png": "done"}
    assert (out / "a_deblurred.png").is_file()
    assert page.panel.folder == out
    assert find_unfinished() is None


def test_other_settings_are_asked_about(qtbot, page, photos, tmp_path):
    """Nothing is done before the answer."""
    out = tmp_path / "out"
    with open_journal(name_journal(out)) as journal:
        begin_journal(journal, BatchSettings(Request("wiener")))
        journal.add(Record("a.png", "failed", error="It is damaged."))
    _add(qtbot, page, photos / "a.png", 1)
    with qtbot.waitSignal(page.work.settings_changed, timeout=SECONDS):
        page.bar.start.click()
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=SECONDS)
    (box,) = page.findChildren(QMessageBox)
    assert "other settings" in box.text()
    (again,) = [button for button in box.buttons() if button.text() == "&Restore again"]
    _run(qtbot, page, again.click)
    assert _states(page) == {"a.png": "done"}


def test_processes_restore_the_photos(qtbot, page, photos, tmp_path):
    """As many as the machine holds; they are gone with the batch."""
    page.work.make_pool = make_processes
    _add(qtbot, page, photos / "a.png", 1)
    _run(qtbot, page, page.bar.start.click)
    assert _states(page) == {"a.png": "done"}
    assert (tmp_path / "out" / "a_deblurred.png").is_file()


def test_failed_photos_are_tried_again_by_a_button(qtbot, page, photos, tmp_path):
    """Those alone; the button says how many there are."""
    _add(qtbot, page, photos, 3)
    _run(qtbot, page, page.bar.start.click)
    assert page.bar.retry.text() == "Retry failed (1)"
    (photos / "bad.jpg").write_bytes((photos / "a.png").read_bytes())
    before = (tmp_path / "out" / "a_deblurred.png").stat().st_mtime_ns
    _run(qtbot, page, page.bar.retry.click)
    assert set(_states(page).values()) == {"done"}
    assert (tmp_path / "out" / "a_deblurred.png").stat().st_mtime_ns == before
    assert not page.bar.retry.isEnabled()


def test_a_paused_batch_starts_no_photo_and_tells_the_time_left_otherwise(qtbot, page, photos):
    """What runs comes to its end; the time left of the whole is told once a photo is done, and not while it rests."""
    (photos / "bad.jpg").unlink()
    for name in ("c.png", "d.png"):
        (photos / name).write_bytes((photos / "a.png").read_bytes())
    pool = StepwisePool(1)
    page.work.make_pool = lambda _: pool
    _add(qtbot, page, photos, 4)
    page.bar.start.click()
    pool.allowed.release()
    qtbot.waitUntil(lambda: "Deblurring: 1 of 4 photos" in page.bar.words.text(), timeout=SECONDS)
    assert page.bar.words.text().endswith(" left")
    page.bar.pause.click()
    assert page.bar.pause.text() == "Resume"
    for _ in range(3):
        pool.allowed.release()
    qtbot.waitUntil(lambda: page.bar.words.text() == "Paused: 2 of 4 photos", timeout=SECONDS)
    assert sorted(_states(page).values()) == ["done", "done", "waiting", "waiting"]
    assert page.bar.stop.isEnabled()
    _run(qtbot, page, page.bar.pause.click)
    assert set(_states(page).values()) == {"done"}
    assert page.bar.pause.text() == "Pause"


def test_a_stopped_batch_waits_for_another_start(qtbot, page, photos):
    """What ran waits again."""
    _add(qtbot, page, photos, 3)
    with qtbot.waitSignal(page.work.ended, timeout=SECONDS):
        page.bar.start.click()
        page.work.look_for_unfinished()  # as the window does late at its start: it spares the batch that has begun
        assert page.bar.stop.isEnabled()
        assert not page.panel.method.isEnabled()
        page.bar.stop.click()
    qtbot.waitUntil(lambda: not page.work.is_busy, timeout=SECONDS)
    assert set(_states(page).values()) == {"waiting"}
    assert page.bar.words.text() == "Stopped: 3 waiting"
    assert find_unfinished() == page.panel.folder
    forget_unfinished()


def test_photos_are_reordered_removed_and_given_settings_of_their_own(qtbot, page, photos):
    """By the menu and by keys."""
    _add(qtbot, page, photos, 3)
    page.grid.first_wanted.emit(["sub/b.png"])
    assert page.work.queue.list_waiting() == ["sub/b.png", "a.png", "bad.jpg"]
    page.grid.setCurrentIndex(page.model.index(0))
    QTest.keyClick(page.grid, Qt.Key.Key_Down, Qt.KeyboardModifier.AltModifier)
    assert [row.photo.relative for row in page.model.rows] == ["a.png", "sub/b.png", "bad.jpg"]
    assert page.work.queue.list_waiting() == ["a.png", "sub/b.png", "bad.jpg"]
    assert page.grid.names == ["sub/b.png"]
    page.panel.own_method.setCurrentIndex(page.panel.own_method.findData("wiener"))
    page.panel.has_own_strength.setChecked(True)
    page.panel.own_strength.setValue(60)
    page.panel.apply.click()
    override = page.work.queue.find("sub/b.png").override
    assert (override.method, override.strength) == ("wiener", 60)
    assert page.model.find("sub/b.png").words == "waiting · own settings"
    QTest.keyClick(page.grid, Qt.Key.Key_Delete)
    assert [row.photo.relative for row in page.model.rows] == ["a.png", "bad.jpg"]
    page.grid.removal_wanted.emit(["a.png", "bad.jpg"])
    assert page.area.isVisible()


def test_the_settings_are_those_of_the_panel_and_of_the_preferences(page):
    """Or those of the open photo."""
    page.panel.strength.setValue(80)
    page.panel.leaves_sharp.setChecked(True)
    page.panel.format.setCurrentIndex(page.panel.format.findData(".webp"))
    settings = page.panel.make_settings()
    assert (settings.request.method, settings.blend.strength) == ("denoise", 80)
    assert (settings.output.suffix, settings.output.leaves_sharp) == (".webp", True)
    page.panel.method.setCurrentIndex(0)
    assert page.panel.make_settings().request.values == {"strength": 2.0}


def test_states_are_told_in_words(page, tmp_path):
    """With the time left of a photo that is being restored."""
    photo = BatchPhoto(tmp_path / "a.jpg", "a.jpg", "a", 1)
    page.model.add([photo])
    page.model.take_event(BatchEvent("a.jpg", "running"))
    page.model.take_event(BatchEvent("a.jpg", "running", fraction=0.5))
    assert page.model.find("a.jpg").words.startswith("50% · ")
    page.model.take_event(BatchEvent("a.jpg", "unblurred", Record("a.jpg", "done")))
    assert page.model.find("a.jpg").words == "no blur found"
    page.model.take_event(BatchEvent("a.jpg", "done", Record("a.jpg", "done", doubts=("check",))))
    assert page.model.find("a.jpg").words == "done · look at it"
    assert "gentler one" in page.model.data(page.model.index(0), Qt.ItemDataRole.ToolTipRole)


def test_names_move_by_one_place():
    """Those that are chosen together stay together."""
    assert move_names(list("abcd"), ["b", "c"], -1) == list("bcad")
    assert move_names(list("abcd"), ["b", "c"], 1) == list("adbc")
    assert move_names(list("abcd"), ["a"], -1) == list("abcd")
    assert move_names(list("abcd"), ["c", "d"], 1) == list("abcd")


def test_the_panel_is_as_wide_as_its_content_in_a_large_font(qtbot, page):
    """Nothing of it lies beyond the edge of the window."""
    font = page.font()
    font.setPointSizeF(18)
    page.setFont(font)
    page.panel.setFont(font)
    qtbot.waitUntil(
        lambda: page.panel.viewport().width() >= page.panel.widget().minimumSizeHint().width(), timeout=SECONDS
    )
    assert page.panel.geometry().right() <= page.width()
