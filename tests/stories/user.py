"""Somebody in front of the window, who does with it what people do."""

from __future__ import annotations

import gc
import os
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QComboBox, QMessageBox

from deblur_app.core import image_io
from deblur_app.core.picture import Picture
from deblur_app.engine import devices
from deblur_app.gui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.settings import Settings
    from deblur_app.gui.viewer.panes import PaneRow


MINUTE = 60_000


class User:
    """Somebody in front of the window."""

    def __init__(self, qtbot: QtBot, settings: Settings) -> None:
        self.qtbot = qtbot
        self.window = window = MainWindow(settings)
        window.resize(1200, 700)
        with qtbot.waitExposed(window):
            window.show()
        window.set_devices(devices.list_devices())

    def leave(self) -> None:
        """Close the window, whatever it does, and wait until no thread is left."""
        for box in self.messages:
            box.accept()
        self.window.close_when_idle()
        self.until(lambda: not self.window.is_busy and not self.window.isVisible())
        self.window.deleteLater()
        gc.collect()  # here, and not in the thread of the next test's worker

    def until(self, what: Callable[[], object]) -> None:
        """Wait until something is so."""
        self.qtbot.waitUntil(lambda: bool(what()), timeout=MINUTE)

    def wait(self) -> None:
        """Wait until the session has nothing more to do."""
        self.until(lambda: not self.window.session.is_busy)

    def drop(self, *paths: Path, on: QWidget | None = None) -> None:
        """Drop files on the window, or on a part of it."""
        widget, mime = on or self.window, QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
        place, copy = QPointF(20, 20), Qt.DropAction.CopyAction
        button, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        enter = QDragEnterEvent(place, copy, mime, button, keys)
        enter.ignore()
        QApplication.sendEvent(widget, enter)
        assert enter.isAccepted()
        QApplication.sendEvent(widget, QDropEvent(place, copy, mime, button, keys))

    def open(self, *paths: Path, on: QWidget | None = None) -> None:
        """Drop files and wait for all that follows."""
        self.drop(*paths, on=on)
        self.wait()

    def read_message(self) -> str:
        """Wait for a message, read it and close it."""
        self.until(lambda: self.messages)
        (box,) = self.messages
        text = box.text().replace("\N{ZERO WIDTH SPACE}", "")
        box.accept()
        self.until(lambda: not self.messages)
        return text

    @property
    def messages(self) -> list[QMessageBox]:
        """The messages on the screen."""
        return [box for box in self.window.findChildren(QMessageBox) if box.isVisible()]

    @property
    def captions(self) -> tuple[str, str, str]:
        """Return what stands below the panes."""
        return _captions(self.window.panes)

    @property
    def sizes(self) -> list[tuple[int, int] | None]:
        """Width and height of what the panes show."""
        return _sizes(self.window.panes)

    @property
    def training_captions(self) -> tuple[str, str, str]:
        """Return what stands below the pictures of the training."""
        return _captions(self.window.tools.train_page.previews)

    @property
    def training_sizes(self) -> list[tuple[int, int] | None]:
        """Width and height of the pictures of the training."""
        return _sizes(self.window.tools.train_page.previews)

    def choice(self, name: str) -> QComboBox:
        """A box of the method's form, by the name a screen reader says."""
        boxes = self.window.tools.method_panel.findChildren(QComboBox)
        return next(box for box in boxes if box.accessibleName() == name)

    def choose(self, box: QComboBox, data: str) -> None:
        """Choose an entry as the mouse does."""
        box.setCurrentIndex(box.findData(data))
        box.activated.emit(box.currentIndex())
        self.wait()

    def answer(self, button: QMessageBox.StandardButton) -> None:
        """Answer the question that is on the screen."""
        self.until(lambda: self.messages)
        (box,) = self.messages
        self.qtbot.mouseClick(box.button(button), Qt.MouseButton.LeftButton)


def _captions(panes: PaneRow) -> tuple[str, str, str]:
    input_, truth, predicted = (pane.caption.whole for pane in (panes.input, panes.truth, panes.predicted))
    return input_, truth, predicted


def _sizes(panes: PaneRow) -> list[tuple[int, int] | None]:
    images = [pane.canvas.image for pane in (panes.input, panes.truth, panes.predicted)]
    return [(image.width(), image.height()) if image else None for image in images]


def write(path: Path, pixels: Pixels) -> Path:
    """A picture file."""
    path.parent.mkdir(parents=True, exist_ok=True)
    image_io.write(Picture(pixels), path)
    return path
