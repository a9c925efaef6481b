"""Three panes with one view: what is done in one is seen in all."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QPushButton

from deblur_app.gui.images import qt_image
from deblur_app.gui.viewer.panes import PaneRow

if TYPE_CHECKING:
    from PySide6.QtGui import QImage, QPixmap
    from pytestqt.qtbot import QtBot

    from deblur_app.gui.viewer.canvas import Canvas
    from deblur_app.gui.viewer.pane import Pane

RED, BLUE = (255, 0, 0), (0, 0, 255)
LONG = "a_name_without_any_place_to_break_it_" * 8 + ".jpg"


def two_colours(width: int = 200, height: int = 200) -> list[QImage]:
    """A picture whose left half is red and whose right half is blue."""
    pixels = np.zeros((height, width, 3), np.float32)
    pixels[:, : width // 2, 0] = 1
    pixels[:, width // 2 :, 2] = 1
    return qt_image.pyramid(pixels)


@pytest.fixture
def row(qtbot: QtBot) -> PaneRow:
    """The three panes on the screen, each with a picture."""
    row = PaneRow()
    qtbot.addWidget(row)
    row.resize(960, 420)
    for pane in (row.input, row.truth, row.predicted):
        pane.show_picture(two_colours(), "200 × 200 px")
    row.show()
    qtbot.waitExposed(row)
    return row


def canvases(row: PaneRow) -> list[Canvas]:
    """The canvas of each pane."""
    return [row.input.canvas, row.truth.canvas, row.predicted.canvas]


def grab_canvas(canvas: Canvas) -> QPixmap:
    """Return what a canvas paints."""
    canvas.clearFocus()
    return canvas.grab()


def colour(canvas: Canvas, x: int, y: int) -> tuple[int, int, int]:
    """The colour that a canvas shows at a point."""
    return grab_canvas(canvas).toImage().pixelColor(x, y).getRgb()[:3]


def turn_wheel(canvas: Canvas, place: QPointF, steps: int) -> None:
    """Turn the mouse wheel with the pointer at a place."""
    event = QWheelEvent(
        place,
        QPointF(canvas.mapToGlobal(place.toPoint())),
        QPoint(),
        QPoint(0, 120 * steps),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(canvas, event)


def files(*paths: Path) -> QMimeData:
    """Files as another program hands them over."""
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drag(pane: Pane, mime: QMimeData) -> QDragEnterEvent:
    """Drag something over a pane."""
    event = QDragEnterEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    event.ignore()
    QApplication.sendEvent(pane, event)
    return event


def drop(pane: Pane, mime: QMimeData) -> None:
    """Let something fall on a pane."""
    event = QDropEvent(
        QPointF(5, 5), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    QApplication.sendEvent(pane, event)


def test_the_panes_are_equally_wide_whatever_stands_below_them(row: PaneRow) -> None:
    """Long names and figures neither widen a pane nor the window."""
    before = row.minimumSizeHint().width()
    row.input.show_picture(two_colours(), f"200 × 200 px · {LONG}\nDoing nothing: PSNR 26.10 dB · SSIM 0.812")
    row.predicted.show_picture([], "")
    QApplication.processEvents()
    widths = [pane.width() for pane in (row.input, row.truth, row.predicted)]
    assert max(widths) - min(widths) <= 1
    assert row.minimumSizeHint().width() == before


def test_a_long_name_is_shortened_in_its_middle(row: PaneRow) -> None:
    """The caption keeps size, figures, and the end of the name on as many lines as there is room for."""
    row.input.show_picture(two_colours(), f"200 × 200 px · {LONG}\nPSNR 26.10 dB")
    caption = row.input.caption
    first, second = caption.text().split("\n")
    assert first.startswith("200 × 200 px · a_")
    assert first.endswith(".jpg")
    assert caption.fontMetrics().horizontalAdvance(first) <= caption.width()
    assert second == "PSNR 26.10 dB"
    assert LONG in caption.toolTip()
    row.resize(3000, 420)
    QApplication.processEvents()
    assert len(caption.text().split("\n")[0]) > len(first)
    assert row.minimumSizeHint().width() < 960  # the longer text must not keep the window from becoming small again


def test_how_a_result_was_made_is_shortened_at_its_end(row: PaneRow) -> None:
    """The seconds come first and are kept; the long name of a processor is what gives way."""
    row.predicted.show_picture(two_colours(), "200 × 200 px · 1.1 s on CPU " + "with a long name " * 9)
    assert row.predicted.caption.text().startswith("200 × 200 px · 1.1 s on CPU")
    assert row.predicted.caption.text().endswith("…")


def test_captions_of_narrow_panes_are_read_whole(row: PaneRow) -> None:
    """As in Figure 2 of a window of 800 pixels; the pictures stay equally large, as they show the same place."""
    row.predicted.show_picture(
        two_colours(), "Motion blur, 14 px at 32°\n600 × 400 px · 12.3 s on CPU\nPSNR 30.1 dB · SSIM 0.91 · accuracy 83"
    )
    for width in (1200, 450):
        row.resize(width, 400)
        QApplication.processEvents()
        caption = row.predicted.caption
        assert caption.heightForWidth(caption.width()) <= caption.height()
        assert len({pane.canvas.height() for pane in (row.input, row.truth, row.predicted)}) == 1


def test_a_name_that_looks_like_markup_is_shown_as_it_is(row: PaneRow) -> None:
    """A file called <b>x</b>.png is called that in the caption too."""
    row.input.show_picture(two_colours(), "1 px · <b>x</b>.png")
    assert row.input.caption.textFormat() == Qt.TextFormat.PlainText
    assert row.input.caption.text() == "1 px · <b>x</b>.png"


def test_the_picture_is_painted_whole_and_in_its_colours(row: PaneRow) -> None:
    """Left is left, right is right, and the ground around the picture is grey."""
    for canvas in canvases(row):
        middle, height = canvas.width() // 2, canvas.height() // 2
        assert colour(canvas, middle - 60, height) == RED
        assert colour(canvas, middle + 60, height) == BLUE
        red, green, blue = colour(canvas, middle, 3)
        assert red == green == blue


def test_the_wheel_zooms_all_panes_around_the_pointer(row: PaneRow) -> None:
    """Turning the wheel over one pane zooms all of them, and what was under the pointer stays there."""
    canvas = row.truth.canvas
    middle, height = canvas.width() / 2, canvas.height() / 2
    turn_wheel(canvas, QPointF(middle - 40, height), 8)
    assert row.view.zoom == pytest.approx(1.25**8)
    for each in canvases(row):
        assert colour(each, round(middle) - 40, round(height)) == RED
        assert colour(each, round(middle) + 100, round(height)) == RED  # the border between the colours has moved off
    turn_wheel(canvas, QPointF(middle - 40, height), -20)
    assert row.view.zoom == 1
    assert colour(row.input.canvas, round(middle) + 100, round(height)) == BLUE


def test_a_drag_moves_the_picture_with_the_pointer(qtbot: QtBot, row: PaneRow) -> None:
    """While the button is down, the picture follows the pointer in all panes; afterwards it does not."""
    row.view.set_zoom(4)
    canvas = row.input.canvas
    middle, height = canvas.width() // 2, canvas.height() // 2
    assert colour(canvas, middle + 30, height) == BLUE
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=QPoint(middle, height))
    assert canvas.cursor().shape() == Qt.CursorShape.ClosedHandCursor
    qtbot.mouseMove(canvas, QPoint(middle + 60, height))
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=QPoint(middle + 60, height))
    centre = row.view.centre
    for each in canvases(row):
        assert colour(each, middle + 30, height) == RED
        assert colour(each, middle + 80, height) == BLUE
    qtbot.mouseMove(canvas, QPoint(middle, height))
    assert row.view.centre == centre


def test_arrow_keys_move_the_picture(qtbot: QtBot, row: PaneRow) -> None:
    """Each arrow key moves all panes by a tenth of what is seen, in its direction."""
    row.view.set_zoom(4)
    for key, shift in (
        (Qt.Key.Key_Left, (-0.025, 0)),
        (Qt.Key.Key_Up, (0, -0.025)),
        (Qt.Key.Key_Right, (0.025, 0)),
        (Qt.Key.Key_Down, (0, 0.025)),
    ):
        before = QPointF(row.view.centre)
        qtbot.keyClick(row.predicted.canvas, key)
        moved = row.view.centre - before
        assert (moved.x(), moved.y()) == pytest.approx(shift)


def test_a_double_click_changes_between_single_pixels_and_the_whole(qtbot: QtBot, row: PaneRow) -> None:
    """One picture pixel on one screen pixel, and with the next double click the whole picture again."""
    canvas = row.input.canvas
    canvas.set_levels(two_colours(1200, 1200))
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    assert canvas.scale() == pytest.approx(1)
    qtbot.mouseDClick(canvas, Qt.MouseButton.LeftButton)
    assert row.view.zoom == 1


@pytest.mark.parametrize("size", [(1, 1), (5000, 20), (20, 5000), (3, 2)])
def test_odd_shapes_are_painted(row: PaneRow, size: tuple[int, int]) -> None:
    """A picture of one pixel and a thin strip are seen, whole and at the largest zoom."""
    canvas = row.input.canvas
    canvas.set_levels(qt_image.pyramid(np.full((size[1], size[0], 3), (1, 0, 0), np.float32)))
    middle, height = canvas.width() // 2, canvas.height() // 2
    for zoom in (1, 64):
        row.view.set_zoom(zoom)
        red, green, blue = colour(canvas, middle, height)
        assert red > 200
        assert max(green, blue) < 60


def test_without_a_picture_the_invitation_is_there(qtbot: QtBot, row: PaneRow) -> None:
    """An empty pane invites, and neither wheel, mouse nor keys go wrong on it."""
    pane = row.input
    assert not pane.invitation.isVisible()
    pane.show_picture([], "")
    assert pane.invitation.isVisible()
    turn_wheel(pane.canvas, QPointF(50, 50), 3)
    qtbot.mouseDClick(pane.canvas, Qt.MouseButton.LeftButton)
    qtbot.mouseMove(pane.canvas, QPoint(9, 9))
    assert row.view.zoom == 1
    assert pane.canvas.image is None
    assert pane.canvas.scale() == 0


def test_what_a_pane_invites_to_is_reached_by_keyboard(qtbot: QtBot, row: PaneRow) -> None:
    """A button on the invitation can be focused with Tab and pressed with the space bar."""
    pressed: list[str] = []
    row.input.invite("Open a photo…", lambda: pressed.append("open"))
    row.input.show_picture([], "")
    (button,) = row.input.invitation.findChildren(QPushButton)
    row.input.canvas.setFocus()
    row.activateWindow()
    qtbot.waitUntil(row.input.canvas.hasFocus)
    qtbot.keyClick(row.input.canvas, Qt.Key.Key_Tab)
    assert button.hasFocus()
    qtbot.keyClick(button, Qt.Key.Key_Space)
    assert pressed == ["open"]


def test_dropped_files_are_told_with_their_paths(qtbot: QtBot, row: PaneRow, tmp_path: Path) -> None:
    """A drop on a pane tells which files, with spaces and umlauts as they are, and the pane shows its welcome."""
    paths = [tmp_path / "Grüße aus Köln" / "a b#1%.png", tmp_path / "b.png"]
    mime = files(*paths)
    assert drag(row.truth, mime).isAccepted()
    assert row.truth.autoFillBackground()
    with qtbot.waitSignal(row.truth.dropped) as dropped:
        drop(row.truth, mime)
    assert dropped.args == [paths]
    assert not row.truth.autoFillBackground()


def test_what_is_no_file_is_not_welcome(row: PaneRow) -> None:
    """Text and addresses of other computers are not taken; leaving takes the welcome back."""
    text, address = QMimeData(), QMimeData()
    text.setText("hello")
    address.setUrls([QUrl("https://example.org/a.png")])
    assert not drag(row.input, text).isAccepted()
    assert not drag(row.input, address).isAccepted()
    drag(row.input, files(Path("/a.png")))
    QApplication.sendEvent(row.input, QDragLeaveEvent())
    assert not row.input.autoFillBackground()


def test_figures_are_explained_below_the_panes_only_where_there_are_any(row: PaneRow) -> None:
    """The explanation takes room only while there are figures to explain."""
    tall = row.input.canvas.height()
    row.explain("PSNR: how small the error is. " * 3)
    QApplication.processEvents()
    assert row.input.canvas.height() < tall
    row.explain("")
    QApplication.processEvents()
    assert row.input.canvas.height() == tall


def test_transparent_parts_are_a_checkerboard(qtbot: QtBot, row: PaneRow) -> None:
    """Neither black nor the colour that is hidden there; where the picture is opaque, it is as it is."""
    alpha = np.zeros((40, 40), np.float32)
    alpha[:, :20] = 1.0
    pixels = np.full((40, 40, 3), (1.0, 0.0, 0.0), np.float32)
    row.resize(900, 500)
    row.show()
    row.input.show_picture(qt_image.pyramid(pixels, alpha), "")
    canvas = row.input.canvas
    target = canvas.target()
    painted = canvas.grab().toImage()
    y = range(int(target.top()) + 2, int(target.bottom()) - 2)
    visible = {painted.pixelColor(int(target.left() + target.width() / 4), line).name() for line in y}
    hidden = {painted.pixelColor(int(target.left() + target.width() * 3 / 4), line).name() for line in y}
    assert visible == {"#ff0000"}
    assert hidden == {"#c8c8c8", "#969696"}
