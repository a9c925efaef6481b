"""The large view shows what will be saved, in all ways of comparison, at the place and zoom the user chooses."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QWheelEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLineEdit, QSlider, QWidget
from skimage.data import astronaut

from deblur_app.core.picture import from_integer
from deblur_app.gui.images import qt_image
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.compare.shown_picture import ShownPicture
from deblur_app.gui.viewer.compare.surround import Surround
from deblur_app.gui.viewer.compare.viewports import Role
from deblur_app.gui.viewer.photo_view import PhotoView

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from pytestqt.qtbot import QtBot

LEFT = Qt.MouseButton.LeftButton
SCENE = cv2.resize(astronaut(), (1501, 1103), interpolation=cv2.INTER_CUBIC)
OTHER = np.ascontiguousarray(SCENE[:, ::-1])


def make_part(values: NDArray[np.uint8], title: str = "") -> ShownPicture:
    """A picture ready to be painted."""
    return ShownPicture(qt_image.pyramid(from_integer(values)), title=title)


@pytest.fixture
def view(qtbot: QtBot) -> PhotoView:
    """A view with a photo and its result."""
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(800, 600)
    view.show()
    view.show_original(make_part(SCENE))
    view.show_result(make_part(OTHER))
    view.canvas.set_marks(visible=False)
    view.overlays.navigator.switch(False)
    return view


def grab_pixels(view: PhotoView) -> NDArray[np.uint8]:
    """Return the pixels that the canvas paints."""
    return np.array(qt_image.values_of(view.canvas.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)))


def part_of(values: NDArray[np.uint8], view: PhotoView) -> NDArray[np.uint8]:
    """Return the part of a picture that should be seen at 100 %."""
    left, top = round(-view.canvas.target().left()), round(-view.canvas.target().top())
    return values[top : top + 600, left : left + 800]


def wheel(view: PhotoView, at: QPointF, notches: int) -> None:
    """Turn the wheel with the pointer at a place."""
    event = QWheelEvent(
        at, view.canvas.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(view.canvas, event)


@pytest.mark.parametrize("mode", [CompareMode.RESULT, CompareMode.SPLIT])
def test_at_100_per_cent_each_pixel_is_the_one_that_is_saved(view: PhotoView, mode: CompareMode) -> None:
    """To the level, wherever the user has moved, and on both sides of the divider."""
    view.set_compare_mode(mode)
    view.set_zoom(1.0)
    view.view.move_by(QPointF(0.0731, -0.0512))
    expected = np.array(part_of(OTHER, view))
    if mode == CompareMode.SPLIT:
        expected[:, :400] = part_of(SCENE, view)[:, :400]
    assert np.array_equal(grab_pixels(view)[2:-2, 2:-2], expected[2:-2, 2:-2])


def test_zoomed_out_it_is_what_is_saved_scaled_down(view: PhotoView) -> None:
    """To a level in the mean: at Fit, and at another zoom."""
    view.set_compare_mode(CompareMode.RESULT)
    target = view.canvas.target().toRect()
    expected = cv2.resize(OTHER, (target.width(), target.height()), interpolation=cv2.INTER_AREA)
    got = grab_pixels(view)[target.top() : target.bottom() + 1, target.left() : target.right() + 1]
    difference = np.abs(got[2:-2, 2:-2].astype(int) - expected[2:-2, 2:-2])
    assert difference.mean() < 1.0


def test_at_800_per_cent_pixels_are_equal_squares(view: PhotoView) -> None:
    """Of eight screen pixels a side, not blended with each other."""
    view.set_compare_mode(CompareMode.RESULT)
    view.set_zoom(8.0)
    picture = grab_pixels(view)[2:-2, 2:-2]
    target = view.canvas.target()
    blocks = picture[round(target.top() - 2) % 8 :, round(target.left() - 2) % 8 :]
    blocks = blocks[: len(blocks) // 8 * 8, : blocks.shape[1] // 8 * 8]
    blocks = blocks.reshape(len(blocks) // 8, 8, -1, 8, 3)
    assert (blocks == blocks[:, :1, :, :1]).all()


def test_the_wheel_zooms_at_the_pointer(view: PhotoView) -> None:
    """The place below the pointer stays there."""
    view.set_compare_mode(CompareMode.RESULT)
    view.set_zoom(0.8)
    point = QPointF(613.0, 177.0)
    before = view.canvas.place(point)
    wheel(view, point, 3)
    after = view.canvas.place(point)
    assert view.scale() == pytest.approx(0.8 * 1.25**3, rel=1e-3)
    assert abs(after.x() - before.x()) * 1501 < 2
    assert abs(after.y() - before.y()) * 1103 < 2


def test_a_double_click_shows_100_per_cent_at_the_pointer_and_then_the_whole(qtbot: QtBot, view: PhotoView) -> None:
    """Not in the middle of the photo."""
    point = QPoint(600, 200)
    before = view.canvas.place(QPointF(point))
    qtbot.mouseDClick(view.canvas, LEFT, pos=point)
    assert view.scale() == pytest.approx(1.0)
    after = view.canvas.place(QPointF(point))
    assert abs(after.x() - before.x()) * 1501 < 2
    qtbot.mouseDClick(view.canvas, LEFT, pos=point)
    assert view.view.zoom == 1.0


def test_zoom_stays_between_25_and_800_per_cent(view: PhotoView) -> None:
    """Farther out only where the whole photo would not be seen otherwise."""
    view.set_zoom(100.0)
    assert view.scale() == pytest.approx(8.0)
    view.set_zoom(0.001)
    assert view.scale() == pytest.approx(0.25)
    view.show_original(make_part(np.zeros((40, 4000, 3), np.uint8)))
    view.set_zoom(0.001)
    assert view.scale() == pytest.approx(0.2)


def test_zoom_and_place_stay_when_the_way_of_comparison_or_the_window_changes(view: PhotoView) -> None:
    """At 100 % it is 100 % in all of them; the whole photo stays the whole photo."""
    view.set_zoom(1.0)
    view.view.move_by(QPointF(0.1, 0.1))
    centre = view.view.centre
    for mode in (CompareMode.SIDE_BY_SIDE, CompareMode.FIGURE_2, CompareMode.DIFFERENCE, CompareMode.SPLIT):
        view.set_compare_mode(mode)
        assert view.scale() == pytest.approx(1.0, rel=0.01)
    assert (view.view.centre - centre).manhattanLength() < 0.01
    view.resize(900, 500)
    assert view.scale() == pytest.approx(1.0)
    view.fit()
    view.resize(700, 500)
    assert view.view.zoom == 1.0


def test_keys_choose_the_way_of_comparison(qtbot: QtBot, view: PhotoView) -> None:
    """1 to 4 and 6, and 2 again turns the divider."""
    for mode in (CompareMode.RESULT, CompareMode.SIDE_BY_SIDE, CompareMode.DIFFERENCE, CompareMode.SPLIT):
        qtbot.keyClick(view.canvas, Qt.Key(ord(mode.key)))
        assert view.compare_mode == mode
    qtbot.keyClick(view.canvas, Qt.Key.Key_2)
    assert not view.canvas.divider.is_vertical
    qtbot.keyClick(view.canvas, Qt.Key.Key_6)
    assert view.panes.isVisible()


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Backslash])
def test_a_held_key_shows_the_original(qtbot: QtBot, view: PhotoView, key: Qt.Key) -> None:
    """As long as it is held, wherever the divider is."""
    view.set_compare_mode(CompareMode.RESULT)
    view.set_zoom(1.0)
    qtbot.keyPress(view.canvas, key)
    assert np.array_equal(grab_pixels(view)[2:-2, 2:-2], part_of(SCENE, view)[2:-2, 2:-2])
    qtbot.keyRelease(view.canvas, key)
    assert np.array_equal(grab_pixels(view)[2:-2, 2:-2], part_of(OTHER, view)[2:-2, 2:-2])


def test_the_divider_follows_the_pointer(qtbot: QtBot, view: PhotoView) -> None:
    """A drag on it moves it and not the photo; beside it the photo moves."""
    view.set_zoom(1.0)
    centre = QPointF(view.view.centre)
    qtbot.mousePress(view.canvas, LEFT, pos=QPoint(401, 100))
    qtbot.mouseMove(view.canvas, QPoint(200, 120))
    qtbot.mouseRelease(view.canvas, LEFT, pos=QPoint(200, 120))
    assert view.canvas.divider.share == pytest.approx(0.25)
    assert view.view.centre == centre
    qtbot.mousePress(view.canvas, LEFT, pos=QPoint(401, 100))
    qtbot.mouseMove(view.canvas, QPoint(381, 90))
    qtbot.mouseRelease(view.canvas, LEFT, pos=QPoint(381, 90))
    assert (view.view.centre.x() - centre.x()) * 1501 == pytest.approx(20, abs=0.01)


def test_the_difference_is_amplified_and_black_where_nothing_changed(qtbot: QtBot, view: PhotoView) -> None:
    """“]” doubles the gain."""
    changed = np.array(SCENE)
    changed[400:] = np.clip(changed[400:].astype(int) + 3, 0, 255)
    view.show_result(make_part(changed))
    view.set_compare_mode(CompareMode.DIFFERENCE)
    view.set_zoom(1.0)
    qtbot.keyClick(view.canvas, Qt.Key.Key_BracketRight)
    assert view.canvas.gain == 8.0
    expected = np.abs(part_of(changed, view).astype(int) - part_of(SCENE, view)) * 8
    assert np.array_equal(grab_pixels(view)[2:-2, 2:-2], expected[2:-2, 2:-2])


def test_a_part_lies_over_the_result_until_there_is_another(view: PhotoView) -> None:
    """As a draft of what is seen."""
    view.set_compare_mode(CompareMode.RESULT)
    view.set_zoom(1.0)
    place = QRectF(500 / 1501, 400 / 1103, 200 / 1501, 150 / 1103)
    view.show_part(qt_image.to_qimage(np.ascontiguousarray(SCENE[400:550, 500:700])), place)
    expected = np.array(OTHER)
    expected[400:550, 500:700] = SCENE[400:550, 500:700]
    assert np.array_equal(grab_pixels(view)[2:-2, 2:-2], part_of(expected, view)[2:-2, 2:-2])
    view.show_result(make_part(OTHER))
    assert view.part is None


def test_pixels_are_read_below_the_pointer(qtbot: QtBot, view: PhotoView) -> None:
    """Place and colours of original and result; nothing beside the photo."""
    view.set_zoom(2.0)
    target = view.canvas.target()
    reading = view.canvas.read_pixel(QPointF(100.0, 50.0))
    x, y = int((100 - target.left()) / 2), int((50 - target.top()) / 2)
    assert reading is not None
    assert (reading.x, reading.y) == (x, y)
    assert reading.original == tuple(SCENE[y, x])
    assert reading.result == tuple(OTHER[y, x])
    assert reading.describe().startswith(f"{x}, {y} px · RGB ")
    view.fit()
    assert view.canvas.read_pixel(QPointF(1.0, 1.0)) is None


def test_the_surround_is_as_the_user_chose(view: PhotoView) -> None:
    """Dark, middle grey or white."""
    for surround, colour in ((Surround.GREY, "#777777"), (Surround.WHITE, "#ffffff"), (Surround.DARK, "#181818")):
        view.canvas.set_surround(surround)
        assert view.canvas.grab().toImage().pixelColor(400, 3) == QColor(colour)


def test_the_key_of_the_original_works_wherever_the_focus_is(qtbot: QtBot) -> None:
    """Pressed on a slider beside the view; in a field of text it is a letter."""
    window = QWidget()
    qtbot.addWidget(window)
    view, slider, field = PhotoView(), QSlider(), QLineEdit()
    layout = QHBoxLayout(window)
    for widget in (view, slider, field):
        layout.addWidget(widget)
    window.resize(1000, 600)
    window.show()
    view.show_original(make_part(SCENE))
    view.show_result(make_part(OTHER))
    for widget, is_held in ((slider, True), (field, False)):
        qtbot.keyPress(widget, Qt.Key.Key_Backslash)
        assert (view.canvas.role_at(QPointF(view.canvas.width() - 5.0, 200.0)) == Role.ORIGINAL) == is_held
        qtbot.keyRelease(widget, Qt.Key.Key_Backslash)
        assert view.canvas.role_at(QPointF(view.canvas.width() - 5.0, 200.0)) == Role.RESULT


def test_the_canvas_says_what_it_shows(view: PhotoView) -> None:
    """Way of comparison, photo and zoom, for screen readers."""
    view.show_original(ShownPicture(make_part(SCENE).levels, "1501 × 1103 px · IMG_2041.jpg\nOriginal: PSNR 20 dB"))
    view.set_zoom(1.0)
    assert view.canvas.accessibleName() == "Photo and result"
    assert view.canvas.accessibleDescription() == "Split, 1501 × 1103 px · IMG_2041.jpg, 100%"


def test_arrows_go_to_the_next_photo_while_the_whole_of_this_one_shows(qtbot: QtBot, view: PhotoView) -> None:
    """They move a photo that is larger than the canvas."""
    view.show_original(make_part(np.zeros((300, 400, 3), np.uint8)))
    view.fit()
    steps: list[int] = []
    view.neighbour_wanted.connect(steps.append)
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Up):
        qtbot.keyClick(view.canvas, key)
    assert steps == [1, -1]
    view.set_zoom(4.0)
    before = view.canvas.view.centre.x()
    qtbot.keyClick(view.canvas, Qt.Key.Key_Right)
    assert view.canvas.view.centre.x() > before
    assert steps == [1, -1]
