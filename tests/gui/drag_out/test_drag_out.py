"""A result is dragged out as a file with the name and the settings of a saved one, and stays unsaved."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt

from deblur_app.core import image_io
from deblur_app.core.files.saving_settings import SavingSettings
from deblur_app.core.settings import Settings
from deblur_app.gui.drag_out import dragged_files
from deblur_app.gui.main_window import MainWindow
from tests.gui.windows import show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from PySide6.QtCore import QUrl
    from PySide6.QtGui import QDrag
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

MOMENT = 20_000


@pytest.fixture
def window(qtbot: QtBot, photo: Path) -> Iterator[MainWindow]:
    """A window with a result."""
    window = MainWindow(Settings(method="denoise", saving=SavingSettings(suffix=".tif", pattern="{name}_sharp")))
    with show_window(qtbot, window, MOMENT):
        qtbot.waitUntil(lambda: window.services.drag_out is not None)
        window.session.open(photo)
        qtbot.waitUntil(lambda: window.session.result is not None and not window.session.is_busy, timeout=MOMENT)
        yield window


@pytest.fixture
def dropped(window: MainWindow) -> list[QUrl]:
    """What another program gets."""
    urls: list[QUrl] = []

    def execute(drag: QDrag) -> None:
        urls.extend(drag.mimeData().urls())

    assert window.services.drag_out is not None
    window.services.drag_out._execute = execute
    return urls


def pull(qtbot: QtBot, widget: QWidget, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press on a widget and move the pointer."""
    place = widget.rect().center()
    qtbot.mousePress(widget, Qt.MouseButton.LeftButton, keys, place)
    qtbot.mouseMove(widget, place + QPoint(3, 0))
    qtbot.mouseMove(widget, place + QPoint(40, 40))
    qtbot.mouseRelease(widget, Qt.MouseButton.LeftButton, keys, place)


def test_the_export_button_can_be_dragged(qtbot: QtBot, window: MainWindow, dropped: list[QUrl], photo: Path) -> None:
    """The file is what saving would write; the photo's folder gets nothing, and the result is still unsaved."""
    pull(qtbot, window.frame.top_bar.export)
    (url,) = dropped
    path = image_io.read(dragged_files.Path(url.toLocalFile()))
    assert url.fileName() == "photo_sharp.tif"
    assert window.session.result is not None
    shown = window.session.result.display_image.picture.pixels
    assert np.abs(path.pixels - shown).max() < 1 / 250
    assert not list(photo.parent.glob("*_sharp*"))
    assert len(window.session.unsaved_results) == 1
    assert not window.frame.top_bar.export.isDown()


def test_the_picture_can_be_dragged_with_ctrl(qtbot: QtBot, window: MainWindow, dropped: list[QUrl]) -> None:
    """Without the key it is moved as ever."""
    canvas = window.photo_view.canvas
    pull(qtbot, canvas)
    assert dropped == []
    pull(qtbot, canvas, Qt.KeyboardModifier.ControlModifier)
    assert [url.fileName() for url in dropped] == ["photo_sharp.tif"]


def test_a_photo_of_the_filmstrip_drags_its_result(
    qtbot: QtBot, window: MainWindow, dropped: list[QUrl], photo: Path, truth: Path
) -> None:
    """One without a result drags nothing."""
    window.settings.after_drop = "wait"
    window.opener.open_paths([photo, truth])
    qtbot.waitUntil(lambda: not window.session.is_busy, timeout=MOMENT)
    strip = window.filmstrip.strip
    strip.startDrag(Qt.DropAction.CopyAction)
    assert [url.fileName() for url in dropped] == ["photo_sharp.tif"]
    window.filmstrip.choose(1)
    qtbot.waitUntil(lambda: window.session.input is not None and window.session.input.name == "sharp.png")
    strip.startDrag(Qt.DropAction.CopyAction)
    assert len(dropped) == 1


def test_files_of_programs_that_are_gone_are_removed(qtbot: QtBot, window: MainWindow, dropped: list[QUrl]) -> None:
    """With the next drag, and no earlier: the other program may still read them."""
    left = dragged_files.dragged_folder() / "1-1"
    left.mkdir(parents=True)
    pull(qtbot, window.frame.top_bar.export)
    assert not left.exists()
    (url,) = dropped
    assert dragged_files.Path(url.toLocalFile()).exists()
