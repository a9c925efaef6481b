"""The window paints before its parts are made, and makes them by itself afterwards."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMenuBar

from deblur_app.core.settings import Settings
from deblur_app.gui import theme
from deblur_app.gui.main_window import MainWindow
from tests.gui.windows import show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that has not been shown, and has no parts yet."""
    window = MainWindow(Settings(method="denoise", after_drop="wait"), builds_later=True)
    window.resize(1200, 800)
    yield window
    window.close()
    window.deleteLater()


def paint(window: MainWindow) -> QImage:
    """Return what a window paints."""
    image = QImage(window.size(), QImage.Format.Format_RGB32)
    window.render(image)
    return image


def test_the_first_paint_shows_surfaces_and_invitation_before_there_is_any_part(window: MainWindow) -> None:
    """The first frame is that of the window: bar and panel in their colours, and something to read in the middle."""
    image = paint(window)
    assert not window.is_built
    assert window.findChild(QMenuBar) is None
    colours = theme.colours_of(window.palette())
    assert image.pixelColor(600, 40) == QColor(colours.panel)
    assert image.pixelColor(5, 700) == QColor(colours.ground)
    middle = image.copy(300, 250, 300, 200)
    shades = {middle.pixelColor(x, y).name() for x in range(middle.width()) for y in range(middle.height())}
    assert len(shades) > 3, "no invitation is painted"


def test_after_the_first_paint_the_window_completes_itself(qtbot: QtBot) -> None:
    """Menus, panel and filmstrip come in steps, and the invitation lies where the first frame showed it."""
    window = MainWindow(Settings(method="denoise"), builds_later=True)
    steps = []
    window.painted.connect(lambda: steps.append("painted"))
    window.built.connect(lambda: steps.append("built"))
    window.filled.connect(lambda: steps.append("filled"))
    with show_window(qtbot, window, wait=20_000):
        qtbot.waitUntil(lambda: "filled" in steps, timeout=20_000)
        assert steps == ["painted", "built", "filled"]
        assert window.centralWidget() is window.frame
        assert window.tools.method_panel.isVisible()
        assert window.filmstrip.parent() is not None


def test_a_photo_that_comes_before_the_parts_is_opened(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """Whoever opens something completes the window first."""
    window.build()
    window.opener.open_paths([photo])
    qtbot.waitUntil(lambda: window.session.input is not None and not window.is_busy, timeout=20_000)
    assert window.windowTitle().startswith(photo.name)


def test_a_window_that_is_closed_before_it_is_complete_makes_nothing_more(qtbot: QtBot, window: MainWindow) -> None:
    """No step comes after the end."""
    with qtbot.waitSignal(window.painted):
        window.show()
    window.close()
    qtbot.wait(1)
    assert not window.is_built
    assert not window.is_busy
