"""The frame of the window: workspaces, panels that never move by themselves, and the running work."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from deblur_app.core.settings import Settings
from deblur_app.core.task import Progress
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.shell.desk import NARROWEST, USUAL, WIDEST
from deblur_app.gui.shell.workspace import Workspace
from deblur_app.gui.widgets.work_display import FallingTime, WorkDisplay

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot


def show(qtbot: QtBot) -> MainWindow:
    """A window on the screen."""
    window = MainWindow(Settings(method="wiener"))
    window.resize(1200, 700)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: "method_panel" in window.tools.__dict__)
    return window


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window without a photo."""
    window = show(qtbot)
    yield window
    close(qtbot, window)
    gc.collect()


def close(qtbot: QtBot, window: MainWindow) -> None:
    """Close a window, and wait until no thread is left."""
    window.close_when_idle()
    qtbot.waitUntil(lambda: not window.is_busy and not window.isVisible(), timeout=20_000)
    window.deleteLater()


def test_a_workspace_is_chosen_by_click_and_by_key(qtbot: QtBot, window: MainWindow) -> None:
    """The bar shows which one is in front; what belongs to photos is not offered in the training."""
    bar = window.frame.top_bar
    keys = {
        Workspace.BATCH: Qt.Key.Key_F7,
        Workspace.LAB: Qt.Key.Key_F3,
        Workspace.TRAIN: Qt.Key.Key_F4,
        Workspace.PHOTO: Qt.Key.Key_F2,
    }
    for workspace, key in keys.items():
        qtbot.keyClick(window, key)
        assert window.tools.workspace is workspace
        assert bar.workspaces.buttons[list(Workspace).index(workspace)].isChecked()
        assert bar.export.isVisible() == (workspace in {Workspace.PHOTO, Workspace.LAB})
        assert window.tools.train_page.isVisible() == (workspace is Workspace.TRAIN)
        assert window.batch.isVisible() == (workspace is Workspace.BATCH)
        assert window.frame.desk.isVisible() == (workspace in {Workspace.PHOTO, Workspace.LAB})
    bar.workspaces.buttons[2].click()
    assert window.tools.workspace is Workspace.LAB
    assert window.tools.psf is not None
    assert window.tools.psf.is_in_front


def test_texts_do_not_change_the_width_of_the_panel(qtbot: QtBot, window: MainWindow) -> None:
    """Whatever is chosen or said, the panel is as wide as before."""
    side = window.frame.desk.side
    assert side.width() == USUAL
    panel = window.tools.method_panel
    methods = [index for index in range(panel.method_box.count()) if panel.method_box.itemData(index)]
    for index in methods:  # the others are headings
        panel.method_box.setCurrentIndex(index)
        window.grab()
        assert side.width() == USUAL
    window.tools.show_psf()
    window.grab()
    assert side.width() == USUAL


def test_each_workspace_remembers_the_width_of_its_panel(qtbot: QtBot, window: MainWindow) -> None:
    """Also from one start to the next, between a narrowest and a widest one."""
    desk = window.frame.desk
    desk.moveSplitter(window.width() - 400, 1)
    width = desk.side.width()
    assert USUAL < width <= WIDEST
    window.tools.show_psf()
    window.grab()
    assert desk.side.width() == USUAL
    desk.moveSplitter(window.width() - 40, 1)
    assert desk.side.width() == NARROWEST
    window.remember()
    later = show(qtbot)
    later.grab()
    assert later.frame.desk.side.width() == width
    assert later.frame.desk.widths[Workspace.LAB] == NARROWEST
    close(qtbot, later)


def test_panels_can_be_hidden_and_the_photo_fills_the_screen(qtbot: QtBot, window: MainWindow) -> None:
    """F8 hides the panels; F11 hides all but the photo and brings it back."""
    desk = window.frame.desk
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert not desk.side.isVisible()
    qtbot.keyClick(window, Qt.Key.Key_F8)
    assert desk.side.isVisible()
    parts = (desk.side, window.status, window.frame.top_bar, window.menuBar())
    for leave in (Qt.Key.Key_F11, Qt.Key.Key_Escape):
        qtbot.keyClick(window, Qt.Key.Key_F11)
        assert window.isFullScreen()
        assert not any(part.isVisible() for part in parts)
        qtbot.keyClick(window, leave)
        assert not window.isFullScreen()
        assert all(part.isVisible() for part in parts)


def test_the_time_left_only_falls() -> None:
    """A forecast that turns out to be too short lets it stand still."""
    time = FallingTime()
    assert [time.take(seconds) for seconds in (None, 300.0, 29.0, 240.0, None, 20.0)] == [None, 300, 29, 29, 29, 20]
    time.restart()
    assert time.take(100.0) == 100.0


def test_no_time_is_told_where_the_work_was_said_to_be_nearly_over() -> None:
    """As on the contact sheet, whose first methods are quick and whose last ones are not."""
    time = FallingTime()
    assert [time.take(seconds) for seconds in (1.0, 9.0, 12.0, 0.5)] == [1.0, None, None, 0.5]


def test_running_work_is_shown_in_a_place_that_never_moves(qtbot: QtBot) -> None:
    """Work on a photo goes before a batch, that before a training; the button stops the first and shows the others."""
    display = WorkDisplay()
    qtbot.addWidget(display)
    display.show()
    width = display.sizeHint().width()
    display.set_training(True)
    display.show_training(Progress(0.5, "Epoch 2", 7200.0))
    assert display.stage.text() == "Training · 2 h left"
    with qtbot.waitSignal(display.training_wanted):
        display.button.click()
    display.set_busy(True)
    display.show_progress(Progress(0.25, "Looking for the kernel", 60.0))
    display.show_training(Progress(0.5, "Epoch 2", 7100.0))
    assert display.stage.text().startswith("Looking for the kernel · ")
    assert display.bar.value() == 250
    with qtbot.waitSignal(display.cancel_wanted):
        display.button.click()
    display.set_busy(False)
    display.set_batch(True)
    display.show_batch(Progress(0.25, "Deblurring: 1 of 4 photos", 60.0))
    display.show_training(Progress(0.5, "Epoch 2", 7000.0))
    assert display.stage.text() == "Batch · 60 s left"
    display.show_batch(Progress(0.25, "Paused: 1 of 4 photos"))
    assert display.stage.text() == "Batch"
    with qtbot.waitSignal(display.batch_wanted):
        display.button.click()
    display.set_batch(False)
    display.set_training(False)
    assert not display.bar.isVisible()
    assert display.sizeHint().width() == width


def test_tab_hides_the_panels_of_a_picture_that_was_clicked_and_else_goes_on(qtbot: QtBot, window: MainWindow) -> None:
    """As programs for photos have it, and without a trap for who works by keyboard."""
    canvas, desk = window.photo_view.canvas, window.frame.desk
    desk.show_photo(is_open=True)
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert desk.has_panels
    assert not canvas.hasFocus()
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton)
    canvas.setFocus()
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert not desk.has_panels
    qtbot.keyClick(canvas, Qt.Key.Key_Tab)
    assert desk.has_panels
