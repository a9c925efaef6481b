"""A rectangle on a pane: drawn with Shift, moved by keys, taken away by Esc."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt

from deblur_app.gui.images import qt_image
from deblur_app.gui.viewer.panes import PaneRow
from deblur_app.gui.viewer.selection import Selection

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.gui.viewer.canvas import Canvas

SHIFT, CONTROL, PLAIN = (
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.NoModifier,
)


@pytest.fixture
def row(qtbot: QtBot) -> PaneRow:
    """Three panes, the first with a photo of 400 × 200 pixels."""
    row = PaneRow()
    qtbot.addWidget(row)
    row.resize(960, 500)
    row.input.show_picture(qt_image.pyramid(np.full((200, 400, 3), 0.5, np.float32)), "")
    row.show()
    qtbot.waitExposed(row)
    return row


@pytest.fixture
def selection(row: PaneRow) -> Selection:
    """A selection on the first pane."""
    return Selection(row.input.canvas)


def point(canvas: Canvas, x: float, y: float) -> QPoint:
    """The point of a canvas at shares of its picture."""
    target = canvas.target()
    return QPoint(round(target.left() + x * target.width()), round(target.top() + y * target.height()))


def drag(qtbot: QtBot, canvas: Canvas, start: QPoint, end: QPoint, keys: Qt.KeyboardModifier) -> None:
    """Drag with the left button and some keys down."""
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, keys, start)
    qtbot.mouseMove(canvas, (start + end) / 2)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, keys, end)


def test_a_drag_with_shift_selects_pixels_of_the_photo(qtbot: QtBot, row: PaneRow, selection: Selection) -> None:
    """The rectangle is told in pixels of the photo, whichever way it was drawn, and the photo does not move."""
    canvas = row.input.canvas
    row.view.set_zoom(2)
    before = row.view.centre
    with qtbot.waitSignal(selection.changed):
        drag(qtbot, canvas, point(canvas, 0.6, 0.7), point(canvas, 0.4, 0.3), SHIFT)
    assert selection.pixels() == pytest.approx((160, 60, 80, 80), abs=2)
    assert row.view.centre == before


def test_without_shift_the_photo_moves_and_nothing_is_selected(
    qtbot: QtBot, row: PaneRow, selection: Selection
) -> None:
    """An ordinary drag is the pane's."""
    canvas = row.input.canvas
    row.view.set_zoom(4)
    before = row.view.centre
    drag(qtbot, canvas, point(canvas, 0.5, 0.5), point(canvas, 0.45, 0.5), PLAIN)
    assert selection.pixels() is None
    assert row.view.centre != before


def test_while_armed_the_next_drag_selects_and_the_one_after_moves(
    qtbot: QtBot, row: PaneRow, selection: Selection
) -> None:
    """The button of the panel stands for Shift once."""
    canvas = row.input.canvas
    selection.arm(True)
    drag(qtbot, canvas, point(canvas, 0.1, 0.1), point(canvas, 0.5, 0.6), PLAIN)
    found = selection.pixels()
    assert found == pytest.approx((40, 20, 160, 100), abs=3)
    assert not selection.is_armed
    drag(qtbot, canvas, point(canvas, 0.5, 0.5), point(canvas, 0.4, 0.4), PLAIN)
    assert selection.pixels() == found


def test_a_click_with_shift_takes_the_selection_away(qtbot: QtBot, row: PaneRow, selection: Selection) -> None:
    """A rectangle of no size is none."""
    canvas = row.input.canvas
    selection.select(QRectF(0.2, 0.2, 0.3, 0.3))
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, SHIFT, point(canvas, 0.8, 0.8))
    assert selection.pixels() is None


def test_a_selection_ends_where_the_photo_ends(selection: Selection) -> None:
    """Parts outside are cut off; a rectangle that lies outside altogether is none."""
    selection.select(QRectF(0.8, 0.9, 0.5, 0.5))
    assert selection.pixels() == (320, 180, 80, 20)
    selection.select(QRectF(1.2, 0.0, 0.5, 0.5))
    assert selection.pixels() is None


def test_it_is_made_moved_and_resized_by_keys(qtbot: QtBot, row: PaneRow, selection: Selection) -> None:
    """Shift and an arrow make it in the middle and move it, Ctrl and an arrow change its size, Esc ends it."""
    canvas, right = row.input.canvas, Qt.Key.Key_Right
    qtbot.keyClick(canvas, right, SHIFT)
    assert selection.pixels() == (100, 50, 200, 100)
    qtbot.keyClick(canvas, right, SHIFT)
    assert selection.pixels() == (108, 50, 200, 100)
    qtbot.keyClick(canvas, right, CONTROL)
    assert selection.pixels() == (108, 50, 208, 100)
    for _ in range(60):
        qtbot.keyClick(canvas, right, SHIFT)
    assert selection.pixels() == (192, 50, 208, 100)
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert selection.pixels() is None


def test_without_a_photo_nothing_can_be_selected(qtbot: QtBot, row: PaneRow, selection: Selection) -> None:
    """Drags and keys on an empty pane do nothing."""
    canvas = row.input.canvas
    row.input.show_picture([], "")
    drag(qtbot, canvas, QPoint(20, 20), QPoint(90, 90), SHIFT)
    qtbot.keyClick(canvas, Qt.Key.Key_Right, SHIFT)
    assert selection.pixels() is None


def test_the_rectangle_is_painted_and_lets_the_pane_be_seen(row: PaneRow, selection: Selection) -> None:
    """Its line lies over the photo, its inside shows the photo."""
    canvas = row.input.canvas
    canvas.clearFocus()
    before = canvas.grab().toImage()
    selection.select(QRectF(0.25, 0.25, 0.5, 0.5))
    after = canvas.grab().toImage()
    corner, middle = point(canvas, 0.25, 0.5), point(canvas, 0.5, 0.5)
    assert after.pixelColor(middle) == before.pixelColor(middle)
    line = {after.pixelColor(corner + QPoint(x, 0)).getRgb() for x in (-1, 0, 1)}
    assert line != {before.pixelColor(corner).getRgb()}


def test_handles_move_sides_corners_and_all_of_it(qtbot: QtBot, row: PaneRow, selection: Selection) -> None:
    """Without Shift; beside the handles the photo moves as before."""
    canvas = row.input.canvas
    selection.select(QRectF(0.25, 0.25, 0.5, 0.5))
    drag(qtbot, canvas, point(canvas, 0.75, 0.5), point(canvas, 0.9, 0.6), PLAIN)
    assert near(selection.rectangle, (0.25, 0.25, 0.65, 0.5))
    drag(qtbot, canvas, point(canvas, 0.25, 0.25), point(canvas, 0.1, 0.1), PLAIN)
    assert near(selection.rectangle, (0.1, 0.1, 0.8, 0.65))
    drag(qtbot, canvas, point(canvas, 0.5, 0.425), point(canvas, 0.9, 0.425), PLAIN)
    assert near(selection.rectangle, (0.2, 0.1, 0.8, 0.65))
    before = selection.rectangle
    drag(qtbot, canvas, point(canvas, 0.35, 0.3), point(canvas, 0.4, 0.4), PLAIN)
    assert selection.rectangle == before


def near(rectangle: QRectF | None, numbers: tuple[float, float, float, float]) -> bool:
    """Return whether a rectangle has these left, top, width and height, to two screen pixels."""
    assert rectangle is not None
    return max(abs(a - b) for a, b in zip(rectangle.getRect(), numbers, strict=True)) < 0.02
