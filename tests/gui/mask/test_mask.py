"""The mask of a photo: painted with the mouse, seen at once, taken back, and exactly what is done."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtTest import QTest

from deblur_app.core import image_io
from deblur_app.core.picture import Picture, to_uint8
from deblur_app.core.task import Progress
from deblur_app.engine.blend import Blend
from deblur_app.engine.masks.mask import Gradient, Stroke, Subject, mask_of_values
from deblur_app.engine.method import Method, Request
from deblur_app.engine.recipes import storage
from deblur_app.gui.images import qt_image
from deblur_app.gui.mask.mask_card import MaskCard
from deblur_app.gui.mask.mask_layer import Tool
from deblur_app.gui.mask.mask_tool import MaskTool
from deblur_app.gui.method.live_blend import BlendBox, LiveBlend
from deblur_app.gui.session.session import Session
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.compare.shown_picture import ShownPicture
from deblur_app.gui.viewer.photo_view import PhotoView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from tests.conftest import MethodTable

SCENE = np.full((240, 320, 3), 0.8, np.float32)
SCENE[60:180, 80:240] = (0.9, 0.2, 0.1)
SCENE += np.random.default_rng(0).normal(0, 0.02, SCENE.shape).astype(np.float32)
SCENE = np.rint(np.clip(SCENE, 0, 1) * 255).astype(np.float32) / 255
LEFT = Qt.MouseButton.LeftButton


class Stand:
    """A session with a view, sliders and a mask, as in the window."""

    def __init__(self, qtbot: QtBot, runs: list[str]) -> None:
        self.qtbot, self.runs = qtbot, runs
        self.session, self.view = Session(partial(Request, "dim")), PhotoView()
        self.box, self.card = BlendBox(), MaskCard()
        for widget in (self.view, self.box, self.card):
            qtbot.addWidget(widget)
        self.view.resize(700, 500)
        self.view.set_compare_mode(CompareMode.RESULT)
        self.view.show()
        self.tool = MaskTool(self.card, self.session, self.view)
        self.editor, self.layer, self.canvas = self.tool.editor, self.tool.layer, self.view.canvas
        self.live = LiveBlend(self.box, self.session, self.view, self.editor)
        self.session.changed.connect(self._paint)
        self.session.take_picture(Picture(SCENE))
        self.wait()

    def _paint(self) -> None:
        photo, result = self.session.input, self.session.result
        self.view.show_original(ShownPicture(photo.levels if photo else []))
        self.view.show_result(ShownPicture(result.display_image.levels if result else []))

    def wait(self) -> None:
        """Until nothing is done any more."""
        live, editor = self.live, self.editor
        self.qtbot.waitUntil(
            lambda: not (
                self.session.is_busy or live.drafts.is_busy or live.wholes.is_busy or editor.is_looking
            ) and editor.is_drawn,
            timeout=20_000,
        )  # fmt: skip

    def point(self, place: tuple[float, float]) -> QPoint:
        """Return the point of the canvas at a place in shares of the photo."""
        target = self.canvas.target()
        return QPointF(target.left() + place[0] * target.width(), target.top() + place[1] * target.height()).toPoint()

    def drag(self, *places: tuple[float, float]) -> None:
        """Drag the mouse over the photo."""
        QTest.mousePress(self.canvas, LEFT, pos=self.point(places[0]))
        for place in places[1:]:
            QTest.mouseMove(self.canvas, self.point(place))
        QTest.mouseRelease(self.canvas, LEFT, pos=self.point(places[-1]))

    def choose(self, tool: Tool) -> None:
        """Press the button of a tool."""
        self.card.tools.buttons[tool.value].click()

    @property
    def pixels(self) -> Pixels:
        """Those of the result."""
        assert self.session.result
        return self.session.result.display_image.picture.pixels


@pytest.fixture
def stand(qtbot: QtBot, method_table: MethodTable) -> Iterator[Stand]:
    """A method that halves the light, and counts how often it is run."""
    runs: list[str] = []

    def dim(context: Context) -> Task[Pixels]:
        runs.append("dim")
        yield Progress(0.5)
        return context.pixels * np.float32(0.5)

    method_table.put(Method("dim", "Dim", "Dims.", (), dim, is_neural=False, is_faithful=False))
    stand = Stand(qtbot, runs)
    yield stand
    stand.live.finish()
    stand.editor.finish()


def _assert_only_within(stand: Stand, weights: np.ndarray) -> None:
    """The photo stays to the level where the mask is empty, and the result is taken where it is full."""
    outside, inside = weights == 0, weights == 255
    assert outside.any()
    assert inside.any()
    assert stand.session.input
    np.testing.assert_array_equal(stand.pixels[outside], stand.session.input.picture.pixels[outside])
    np.testing.assert_allclose(stand.pixels[inside], SCENE[inside] / 2, atol=2e-5)  # results are kept in 16 bits


def test_a_stroke_restores_what_it_covers_and_nothing_else(stand: Stand) -> None:
    """What the mask shows is what is done, seen and recorded; the method is not run again."""
    stand.choose(Tool.BRUSH)
    stand.drag((0.2, 0.5), (0.4, 0.5), (0.6, 0.5))
    stand.wait()
    weights = stand.editor.weights
    assert weights is not None
    assert weights.shape == (240, 320)  # a cell for each pixel of a small photo
    assert weights[120, 64:192].min() == 255
    assert not weights[:100].any()
    _assert_only_within(stand, weights)
    assert stand.session.blend.mask == stand.editor.mask
    assert stand.runs == ["dim"]


def test_a_part_of_the_result_is_seen_while_the_brush_is_down(qtbot: QtBot, stand: Stand) -> None:
    """Only where it was painted; the session's result follows when the stroke has ended."""
    stand.choose(Tool.BRUSH)
    QTest.mousePress(stand.canvas, LEFT, pos=stand.point((0.5, 0.5)))
    qtbot.waitUntil(lambda: stand.canvas.part is not None and not stand.live.drafts.is_busy, timeout=20_000)
    before = stand.canvas.part
    with qtbot.waitSignal(stand.live.drafts.ready, timeout=20_000):
        QTest.mouseMove(stand.canvas, stand.point((0.6, 0.5)))
    part = stand.canvas.part
    assert part is not None
    assert part is not before
    assert part.width() < stand.session.input.picture.width / 2
    assert stand.session.blend.is_plain
    QTest.mouseRelease(stand.canvas, LEFT, pos=stand.point((0.6, 0.5)))
    stand.wait()
    assert stand.canvas.part is None
    _assert_only_within(stand, stand.editor.weights)


def test_what_is_seen_while_painting_is_what_comes_after_it(qtbot: QtBot, stand: Stand) -> None:
    """The draft and the result differ by the rounding of 8 bits at most."""
    stand.choose(Tool.BRUSH)
    stand.canvas.set_scale(1.0)
    QTest.mousePress(stand.canvas, LEFT, pos=stand.point((0.5, 0.5)))
    qtbot.waitUntil(lambda: stand.canvas.part is not None and not stand.live.drafts.is_busy, timeout=20_000)
    draft = qt_image.values_of(stand.canvas.part).astype(int)
    QTest.mouseRelease(stand.canvas, LEFT, pos=stand.point((0.5, 0.5)))
    stand.wait()
    np.testing.assert_allclose(draft, to_uint8(stand.pixels), atol=1)


def test_erasing_inverting_and_resetting(stand: Stand) -> None:
    """Erasing takes away, a shape of an inverted mask adds to what is seen, and a reset restores the whole photo."""
    stand.choose(Tool.BRUSH)
    stand.drag((0.2, 0.5), (0.8, 0.5))
    stand.card.erase.click()
    stand.drag((0.5, 0.5), (0.5, 0.5))
    stand.wait()
    assert stand.editor.weights[120, 160] == 0
    assert stand.editor.weights[120, 70] == 255
    stand.card.invert.click()
    stand.card.erase.click()  # paints again
    stand.drag((0.25, 0.5), (0.25, 0.5))
    stand.wait()
    weights = stand.editor.weights
    assert (weights[120, 160], weights[10, 10], weights[120, 80], weights[120, 240]) == (255, 255, 255, 0)
    _assert_only_within(stand, weights)
    stand.card.clearing_wanted.emit()
    stand.wait()
    np.testing.assert_allclose(stand.pixels, SCENE / 2, atol=1e-6)
    assert stand.session.blend.is_plain


def test_a_gradient_is_dragged_and_a_click_makes_none(stand: Stand) -> None:
    """Full where the drag began, nothing where it ended."""
    stand.choose(Tool.GRADIENT)
    stand.drag((0.5, 0.5), (0.5, 0.5))
    assert not stand.editor.mask
    stand.drag((0.25, 0.5), (0.5, 0.5), (0.75, 0.5))
    stand.wait()
    (shape,) = stand.editor.mask.shapes
    assert isinstance(shape, Gradient)
    assert stand.editor.weights[120, 70] == 255
    assert stand.editor.weights[120, 250] == 0
    _assert_only_within(stand, stand.editor.weights)


def test_a_subject_is_found_in_a_rectangle(stand: Stand) -> None:
    """The red thing in the middle; the card says that it is looked for, and what the mask is then."""
    stand.choose(Tool.SUBJECT)
    stand.drag((0.15, 0.15), (0.5, 0.5), (0.85, 0.85))
    assert stand.card.note.text() == "Looking for the subject…"
    stand.wait()
    (shape,) = stand.editor.mask.shapes
    assert isinstance(shape, Subject)
    assert stand.editor.weights[70:170, 90:230].min() == 255
    assert not stand.editor.weights[:58].any()
    assert stand.card.note.text() == "Restored inside of the mask: 1 subject."
    _assert_only_within(stand, stand.editor.weights)


def test_changes_of_the_mask_are_undone_and_redone(stand: Stand) -> None:
    """One after the other, with their pixels; what was gone back from is forgotten by the next change."""
    stand.choose(Tool.BRUSH)
    stand.drag((0.2, 0.2), (0.3, 0.2))
    stand.wait()
    first = stand.pixels.copy()
    stand.drag((0.7, 0.7), (0.8, 0.7))
    stand.wait()
    second = stand.pixels.copy()
    for steps, pixels, count in ((-1, first, 1), (1, second, 2), (-1, first, 1), (-1, SCENE / 2, 0)):
        assert stand.tool.can_go(steps)
        stand.tool.go(steps)
        stand.wait()
        np.testing.assert_allclose(stand.pixels, pixels, atol=1e-6)
        assert len(stand.editor.mask.shapes) == count
    assert not stand.editor.can_go(-1)
    stand.drag((0.5, 0.5), (0.6, 0.5))
    assert not stand.editor.can_go(1)
    assert stand.runs == ["dim"]


def test_undo_goes_back_to_a_version_before_it_goes_back_to_a_mask_of_that_version(stand: Stand) -> None:
    """What was done last is undone first."""
    stand.choose(Tool.BRUSH)
    stand.drag((0.2, 0.2), (0.3, 0.2))
    stand.wait()
    version = stand.session.result.kept
    stand.session.deblur()  # again, which is another version
    stand.wait()
    assert stand.session.result.kept is not version
    stand.tool.go(-1)
    stand.wait()
    assert len(stand.editor.mask.shapes) == 1


def test_the_mask_stays_when_the_photo_is_restored_again_and_goes_with_the_photo(stand: Stand) -> None:
    """It comes back with the photo that it was painted on."""
    stand.choose(Tool.BRUSH)
    stand.drag((0.2, 0.5), (0.6, 0.5))
    stand.wait()
    mask, key = stand.editor.mask, stand.session.input.key
    stand.session.deblur()
    stand.wait()
    assert stand.session.result.blend.mask == mask
    _assert_only_within(stand, stand.editor.weights)
    stand.session.take_picture(Picture(SCENE[:200, :300]))
    stand.wait()
    assert not stand.editor.mask
    assert stand.session.result.blend.is_plain
    stand.session.open_again(key)
    stand.wait()
    assert stand.editor.mask == mask
    _assert_only_within(stand, stand.editor.weights)


def test_a_saved_result_has_its_mask_in_pixels_and_recipe(qtbot: QtBot, stand: Stand, tmp_path: Path) -> None:
    """And the recipe takes the mask to the next photo."""
    stand.choose(Tool.BRUSH)
    stand.drag((0.2, 0.5), (0.6, 0.5))
    stand.wait()
    with qtbot.waitSignal(stand.session.saved, timeout=20_000):
        stand.session.save(tmp_path / "saved.png")
    saved = image_io.read(tmp_path / "saved.png")
    outside = stand.editor.weights == 0
    np.testing.assert_array_equal(to_uint8(saved.pixels[outside]), to_uint8(SCENE[outside]))
    recipe = storage.find_recipe(saved)
    assert recipe is not None
    assert recipe.blend.mask == stand.editor.mask
    stand.session.take_picture(Picture(SCENE))
    stand.wait()
    stand.session.take_recipe(recipe)
    stand.wait()
    assert stand.editor.mask == recipe.blend.mask
    _assert_only_within(stand, stand.editor.weights)


def test_a_mask_that_is_a_picture_is_shown_and_not_painted_on(stand: Stand) -> None:
    """The card says why, and that it can be reset."""
    values = np.zeros((240, 320), np.uint8)
    values[:, :100] = 255
    stand.session.blend = Blend(mask=mask_of_values(values))
    stand.session.settings_taken.emit()
    stand.wait()
    np.testing.assert_array_equal(stand.editor.weights, values)
    assert not stand.card.tools.isEnabled()
    assert "picture" in stand.card.note.text()
    _assert_only_within(stand, values)


def test_keys_show_the_mask_size_the_brush_and_put_it_away(stand: Stand) -> None:
    """O, brackets and Esc; without a tool the canvas has its keys and drags."""
    stand.choose(Tool.BRUSH)
    assert stand.card.show_mask.isChecked()
    QTest.keyClick(stand.canvas, Qt.Key.Key_O)
    assert not stand.layer.is_shown
    radius = stand.editor.brush.radius
    QTest.keyClick(stand.canvas, "]")
    assert stand.editor.brush.radius > 1.1 * radius
    QTest.keyClick(stand.canvas, Qt.Key.Key_Escape)
    assert stand.layer.tool is Tool.MOVE
    stand.canvas.set_scale(8.0)
    centre = stand.canvas.view.centre
    stand.drag((0.5, 0.5), (0.52, 0.5))
    assert stand.canvas.view.centre != centre
    assert not stand.editor.mask


def test_a_tool_leaves_the_view_of_figure_2(stand: Stand) -> None:
    """Which has no large picture to paint on."""
    stand.view.set_compare_mode(CompareMode.FIGURE_2)
    stand.choose(Tool.BRUSH)
    assert stand.view.compare_mode is CompareMode.RESULT


def test_the_mask_lies_over_the_photo_in_its_colour(stand: Stand) -> None:
    """Half of the colour where it is full, nothing where it is empty."""
    stand.choose(Tool.BRUSH)
    stand.drag((0.2, 0.5), (0.6, 0.5))
    stand.wait()
    stand.layer._pointer = None
    inside, outside = stand.point((0.4, 0.5)), stand.point((0.9, 0.9))
    shown = stand.canvas.grab().toImage()
    stand.layer.set_shown(False)
    bare = stand.canvas.grab().toImage()
    assert shown.pixelColor(outside) == bare.pixelColor(outside)
    assert shown.pixelColor(inside).red() > bare.pixelColor(inside).red() + 40


def test_a_stroke_changes_its_rectangle_only(stand: Stand) -> None:
    """Also of what is told to the display, however large the photo."""
    parts: list[QRectF] = []
    stand.choose(Tool.BRUSH)
    stand.card.change_size(-30)
    stand.drag((0.2, 0.5), (0.3, 0.5))
    stand.editor.drawn.connect(parts.append)
    stand.drag((0.7, 0.7), (0.72, 0.7), (0.74, 0.7))
    assert len(parts) > 1
    assert all(part.width() * part.height() < 0.01 for part in parts)
    (_, last) = stand.editor.mask.shapes
    assert isinstance(last, Stroke)
