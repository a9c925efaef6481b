"""Overlays of the canvas: navigator, loupe, histogram, clipped pixels, progress, and the menu that switches them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QMenu
from skimage.data import astronaut

from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress
from deblur_app.gui.images import qt_image
from deblur_app.gui.viewer.compare.histogram import count_levels
from deblur_app.gui.viewer.compare.shown_picture import ShownPicture
from deblur_app.gui.viewer.compare.surround import Surround
from deblur_app.gui.viewer.photo_view import PhotoView

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
SCENE = cv2.resize(astronaut(), (1500, 1000), interpolation=cv2.INTER_AREA)


@pytest.fixture
def view(qtbot: QtBot) -> PhotoView:
    """A view with a photo."""
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    view.show_original(ShownPicture(qt_image.pyramid(from_integer(SCENE))))
    return view


def test_the_navigator_shows_while_one_is_zoomed_in_and_moves_the_view(qtbot: QtBot, view: PhotoView) -> None:
    """A click in it shows that place; the whole photo needs none."""
    navigator = view.overlays.navigator
    assert not navigator.isVisible()
    view.set_zoom(2.0)
    assert navigator.isVisible()
    qtbot.mouseClick(navigator, LEFT, pos=QPoint(round(0.7 * navigator.width()), round(0.4 * navigator.height())))
    assert view.view.centre.x() == pytest.approx(0.7, abs=0.01)
    assert view.view.centre.y() == pytest.approx(0.4, abs=0.01)
    view.fit()
    assert not navigator.isVisible()
    navigator.switch(False)
    view.set_zoom(2.0)
    assert not navigator.isVisible()


def test_the_loupe_shows_pixels_below_the_pointer_at_twice_their_size(qtbot: QtBot, view: PhotoView) -> None:
    """Its middle is the pixel that the pointer is on; it hides beside the photo."""
    values = np.zeros((1000, 1500, 3), np.uint8)
    values[450:460, 600:620] = 255
    view.show_original(ShownPicture(qt_image.pyramid(from_integer(values))))
    loupe, target, scale = view.overlays.loupe, view.canvas.target(), view.scale()
    qtbot.keyClick(view.canvas, Qt.Key.Key_L)
    qtbot.mouseMove(view.canvas, QPoint(round(target.left() + 600 * scale), round(target.top() + 455 * scale)))
    assert loupe.isVisible()
    painted, middle = loupe.grab().toImage(), loupe.width() // 2
    bright = [x for x in range(30, loupe.width() - 30) if painted.pixelColor(x, middle).red() > 127]
    assert bright[0] == pytest.approx(middle, abs=2)
    assert len(bright) == pytest.approx(40, abs=1)
    view.set_zoom(0.25)
    qtbot.mouseMove(view.canvas, QPoint(2, 2))
    assert not loupe.isVisible()
    qtbot.mouseMove(view.canvas, target.center().toPoint())
    assert loupe.isVisible()
    qtbot.keyClick(view.canvas, Qt.Key.Key_L)
    assert not loupe.isVisible()


def test_the_histogram_counts_what_is_shown(qtbot: QtBot, view: PhotoView) -> None:
    """All pixels of each channel, of the result as soon as there is one."""
    qtbot.keyClick(view.canvas, Qt.Key.Key_H)
    box = view.overlays.histogram
    assert box.isVisible()
    assert box.shares is not None
    assert box.shares.sum(axis=1) == pytest.approx(1.0)
    red = np.zeros((40, 40, 3), np.uint8)
    red[:, :10, 0] = 200
    view.show_result(ShownPicture(qt_image.pyramid(from_integer(red))))
    assert box.shares[0][200] == pytest.approx(0.25)
    assert box.shares[1][0] == 1.0
    assert np.array_equal(count_levels(qt_image.to_qimage(red)), box.shares)


def test_clipped_pixels_are_marked(qtbot: QtBot, view: PhotoView) -> None:
    """Full ones red, empty ones blue, all others as they are."""
    values = np.full((600, 900, 3), 90, np.uint8)
    values[100:150, 100:150, 1] = 255
    values[200:250, 100:150] = 0
    view.show_original(ShownPicture(qt_image.pyramid(from_integer(values))))
    view.set_zoom(1.0)
    qtbot.keyClick(view.canvas, Qt.Key.Key_J)
    painted, target = view.canvas.grab().toImage(), view.canvas.target().topLeft().toPoint()
    assert painted.pixelColor(target + QPoint(120, 120)).name() == "#ff0000"
    assert painted.pixelColor(target + QPoint(120, 220)).name() == "#0000ff"
    assert painted.pixelColor(target + QPoint(400, 300)).name() == "#5a5a5a"


def test_the_menu_of_the_canvas_switches_all_of_it(view: PhotoView) -> None:
    """Zoom, overlays and the colour around the photo."""
    menu = QMenu(view)
    view.overlays.fill_menu(menu)
    entries = {entry.text().split("\t")[0].replace("&", ""): entry for entry in menu.actions() if entry.text()}
    assert list(entries) == ["Fit", "100 %", "200 %", "Loupe", "Histogram", "Clipped pixels", "Navigator", "Surround"]
    entries["200 %"].trigger()
    assert view.scale() == pytest.approx(2.0)
    entries["Histogram"].trigger()
    assert view.overlays.histogram.isVisible()
    colours = {entry.text(): entry for entry in entries["Surround"].menu().actions()}
    colours["White"].trigger()
    assert view.canvas.surround == Surround.WHITE


def test_progress_is_a_line_with_a_button_that_stops(qtbot: QtBot, view: PhotoView) -> None:
    """The button shows once the work takes a while, and goes with it."""
    line = view.progress_line
    line.set_busy(True)
    line.show_progress(Progress(0.5, "Estimating the blur"))
    assert line.isVisible()
    assert not line.pill.isVisible()
    qtbot.waitUntil(line.pill.isVisible)
    assert line.words.text() == "Estimating the blur"
    with qtbot.waitSignal(view.stop_wanted):
        line.button.click()
    line.set_busy(False)
    assert not line.isVisible()
    assert not line.pill.isVisible()


def test_progress_lies_over_the_photo_only_where_nothing_else_tells_it(qtbot: QtBot, view: PhotoView) -> None:
    """In the window the bar at the top has stage and Stop; the photo has them when it fills the screen."""
    line, is_told = view.progress_line, [True]
    line.is_told_elsewhere = lambda: is_told[0]
    line.set_busy(True)
    line._show_words()
    assert line.isVisible()
    assert not line.pill.isVisible()
    is_told[0] = False
    line.show_progress(Progress(0.5, "Deblurring"))
    assert line.pill.isVisible()
    is_told[0] = True
    line.show_progress(Progress(0.6, "Deblurring"))
    assert not line.pill.isVisible()
