"""The kernel under the brush: mouse and keyboard draw, erase, undo, zoom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QWheelEvent
from PySide6.QtWidgets import QApplication

from deblur_app.blur import models
from deblur_app.gui.psf.kernel_editor.drawing import resize_field
from deblur_app.gui.psf.kernel_editor.editor import PsfEditor

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.blur.kernel_arrays import Kernel

LEFT, RIGHT = Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton


@pytest.fixture
def editor(qtbot: QtBot) -> PsfEditor:
    """An editor on the screen with a streak in it."""
    editor = PsfEditor()
    qtbot.addWidget(editor)
    editor.resize(300, 480)
    editor.show()
    qtbot.waitExposed(editor)
    editor.show_kernel(models.motion(9.0, 0.0))
    return editor


def at(editor: PsfEditor, x: float, y: float) -> QPoint:
    """The point of the canvas over a pixel, counted from the middle of the kernel."""
    canvas = editor.canvas
    side, target = len(canvas.field), canvas._target()
    pixel, middle = target.width() / side, target.center()
    return QPoint(round(middle.x() + x * pixel), round(middle.y() + y * pixel))


def shows(editor: PsfEditor, kernel: Kernel) -> bool:
    """Return whether an editor shows a kernel; how much black is around it does not matter."""
    result = editor.kernel()
    assert result is not None
    side = max(len(result), len(kernel))
    return np.allclose(resize_field(result, side), resize_field(kernel, side), atol=1e-6)


def value(editor: PsfEditor, x: int, y: int) -> float:
    """The light at a pixel, counted from the middle."""
    middle = len(editor.canvas.field) // 2
    return float(editor.canvas.field[middle + y, middle + x])


def test_the_left_button_draws_and_the_right_one_takes_away(qtbot: QtBot, editor: PsfEditor) -> None:
    """A stroke is told once, when it ends; what it leaves is a kernel again."""
    assert value(editor, 0, 4) == 0
    with qtbot.waitSignal(editor.drawn):
        qtbot.mousePress(editor.canvas, LEFT, pos=at(editor, -3, 4))
        qtbot.mouseMove(editor.canvas, at(editor, 3, 4))
        qtbot.mouseRelease(editor.canvas, LEFT, pos=at(editor, 3, 4))
    assert value(editor, 0, 4) == 1
    kernel = editor.kernel()
    assert kernel is not None
    assert kernel.sum() == pytest.approx(1.0, abs=1e-5)
    qtbot.mouseClick(editor.canvas, RIGHT, pos=at(editor, 0, 4))
    assert value(editor, 0, 4) == 0
    assert value(editor, 3, 4) == 1


def test_moving_without_a_button_draws_nothing(qtbot: QtBot, editor: PsfEditor) -> None:
    """The brush hovers."""
    before = editor.canvas.field.copy()
    for x in range(-5, 5):
        qtbot.mouseMove(editor.canvas, at(editor, x, 3))
    assert np.array_equal(editor.canvas.field, before)


def test_strokes_are_undone_and_done_again_by_button_and_key(qtbot: QtBot, editor: PsfEditor) -> None:
    """Undo gives back exactly what was there; each undo and redo is told, so that the preview follows."""
    first = editor.canvas.field.copy()
    qtbot.mouseClick(editor.canvas, LEFT, pos=at(editor, 0, 5))
    second = editor.canvas.field.copy()
    assert not np.array_equal(first, second)
    with qtbot.waitSignal(editor.drawn):
        editor.undo_button.click()
    assert np.array_equal(editor.canvas.field, first)
    assert not editor.undo_button.isEnabled()
    editor.canvas.setFocus()
    with qtbot.waitSignal(editor.drawn):
        qtbot.keyClick(
            editor.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
        )
    assert np.array_equal(editor.canvas.field, second)
    qtbot.keyClick(editor.canvas, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert np.array_equal(editor.canvas.field, first)


def test_everything_can_be_drawn_by_keyboard(qtbot: QtBot, editor: PsfEditor) -> None:
    """Arrows move the brush, Space held down draws along its way, Delete takes away."""
    canvas = editor.canvas
    canvas.setFocus()
    for _ in range(4):
        qtbot.keyClick(canvas, Qt.Key.Key_Down)
    assert value(editor, 0, 4) == 0
    with qtbot.waitSignal(editor.drawn):
        qtbot.keyPress(canvas, Qt.Key.Key_Space)
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
        qtbot.keyClick(canvas, Qt.Key.Key_Right)
        qtbot.keyRelease(canvas, Qt.Key.Key_Space)
    assert [value(editor, x, 4) for x in range(3)] == [1, 1, 1]
    qtbot.keyClick(canvas, Qt.Key.Key_Delete)
    assert value(editor, 2, 4) == 0
    assert value(editor, 0, 4) == 1


def test_clear_and_centre(qtbot: QtBot, editor: PsfEditor) -> None:
    """Clear leaves no kernel and says what to do; a spot off the middle is moved into it, and both can be undone."""
    editor.clear_button.click()
    assert editor.kernel() is None
    assert editor.facts.text() == "Draw where the light goes."
    qtbot.mouseClick(editor.canvas, LEFT, pos=at(editor, 4, -4))
    assert "off centre" in editor.facts.text()
    editor.centre_button.click()
    assert "centred" in editor.facts.text()
    for _ in range(3):
        editor.undo()
    assert shows(editor, models.motion(9.0, 0.0))


def test_the_field_grows_where_the_light_comes_near_its_rim(qtbot: QtBot, editor: PsfEditor) -> None:
    """Nobody has to choose a size; the light stays where it was."""
    side = len(editor.canvas.field)
    qtbot.mouseClick(editor.canvas, LEFT, pos=at(editor, side // 2, 0))
    assert len(editor.canvas.field) > side
    assert value(editor, side // 2, 0) == 1


def test_the_brush_has_a_size_and_a_strength(qtbot: QtBot, editor: PsfEditor) -> None:
    """A wide, weak brush leaves a wide, weak spot."""
    editor.clear()
    sliders = {spin.accessibleName(): spin for spin in editor.brush.findChildren(type(editor.brush._editors["size"]))}
    sliders["Brush"].setValue(5.0)
    sliders["Strength"].setValue(40.0)
    qtbot.mouseClick(editor.canvas, LEFT, pos=at(editor, 0, 0))
    assert value(editor, 0, 0) == pytest.approx(0.4)
    assert value(editor, 2, 0) == pytest.approx(0.4)
    assert value(editor, 4, 0) == 0


def test_the_wheel_zooms_only_with_the_focus(qtbot: QtBot, editor: PsfEditor) -> None:
    """Scrolling the page does not zoom a kernel under the pointer that nobody chose."""
    canvas = editor.canvas

    def turn() -> None:
        place = QPointF(at(editor, 3, 0))
        event = QWheelEvent(
            place, QPointF(canvas.mapToGlobal(place.toPoint())), QPoint(), QPoint(0, 360), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(canvas, event)

    editor.undo_button.setEnabled(True)
    editor.undo_button.setFocus()
    turn()
    assert canvas.view.zoom == 1
    editor.activateWindow()
    canvas.setFocus()
    qtbot.waitUntil(canvas.hasFocus)
    turn()
    assert canvas.view.zoom > 1.5
    qtbot.mouseClick(canvas, LEFT, pos=at_pixel(editor, 3, 2))
    assert value(editor, 3, 2) == 1
    editor.whole_button.click()
    assert canvas.view.zoom == 1


def at_pixel(editor: PsfEditor, x: int, y: int) -> QPoint:
    """The point over a pixel when zoomed: by the canvas's own target, which may reach beyond the widget."""
    canvas = editor.canvas
    target, side = canvas._target(), len(canvas.field)
    pixel = target.width() / side
    return QPoint(
        round(target.left() + (side // 2 + x + 0.5) * pixel), round(target.top() + (side // 2 + y + 0.5) * pixel)
    )


def test_the_response_shows_instead_of_the_kernel_and_cannot_be_drawn_on(qtbot: QtBot, editor: PsfEditor) -> None:
    """The toggle changes the picture, follows the kernel, and keeps the brush off."""
    kernel = editor.canvas.grab().toImage()
    editor.response_button.setChecked(True)
    response = editor.canvas.grab().toImage()
    assert response != kernel
    before = editor.canvas.field.copy()
    qtbot.mouseClick(editor.canvas, LEFT, pos=at(editor, 0, 3))
    assert np.array_equal(editor.canvas.field, before)
    editor.show_kernel(models.defocus(5.0))
    assert editor.canvas.grab().toImage() != response


def test_another_kernel_begins_another_history(qtbot: QtBot, editor: PsfEditor) -> None:
    """Strokes on the kernel before cannot come back into the new one."""
    qtbot.mouseClick(editor.canvas, LEFT, pos=at(editor, 0, 3))
    editor.show_kernel(models.defocus(3.0))
    assert not editor.undo_button.isEnabled()
    assert shows(editor, models.defocus(3.0))


def test_steps_are_undone_and_done_again_in_order(qtbot: QtBot, editor: PsfEditor) -> None:
    """Undo goes back step by step, redo forward; a new step forgets what was undone."""
    fields = [editor.canvas.field]
    for x in (-2, 2):
        qtbot.mouseClick(editor.canvas, LEFT, pos=at(editor, x, 4))
        fields.append(editor.canvas.field)
    for field in (fields[1], fields[0]):
        editor.undo()
        assert np.array_equal(editor.canvas.field, field)
    assert not editor.undo_button.isEnabled()
    editor.redo()
    assert np.array_equal(editor.canvas.field, fields[1])
    editor.clear()
    assert not editor.redo_button.isEnabled()


def test_a_long_history_forgets_its_beginning_and_no_more(editor: PsfEditor) -> None:
    """Hundreds of steps do not fill the memory, and the last dozens can still be undone."""
    for _ in range(200):
        editor.clear()
    assert 20 <= editor.history.count() <= 100


def test_undo_in_the_middle_of_a_stroke_takes_that_stroke_back(qtbot: QtBot, editor: PsfEditor) -> None:
    """The stroke ends there, and what was there before it is back."""
    before = editor.canvas.field.copy()
    qtbot.mousePress(editor.canvas, LEFT, pos=at(editor, 0, 4))
    assert value(editor, 0, 4) == 1
    editor.undo()
    assert np.array_equal(editor.canvas.field, before)
    qtbot.mouseMove(editor.canvas, at(editor, 3, 4))
    qtbot.mouseRelease(editor.canvas, LEFT, pos=at(editor, 3, 4))
    assert np.array_equal(editor.canvas.field, before)
