"""The blend sliders act at once on what is seen, then on the whole result, and on what is saved."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QSpinBox
from skimage.data import astronaut

from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer, resize_pixels, to_uint8
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine.blend import Blend, blend_pixels
from deblur_app.engine.method import Method, Request
from deblur_app.engine.tasks import Restored
from deblur_app.gui.images import qt_image
from deblur_app.gui.mask.mask_editor import MaskEditor
from deblur_app.gui.method import blend_steps
from deblur_app.gui.method.blend_steps import LiveMask
from deblur_app.gui.method.live_blend import BlendBox, LiveBlend
from deblur_app.gui.session import steps
from deblur_app.gui.session.display import Result
from deblur_app.gui.session.session import Session
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

SCENE = from_integer(astronaut())


def _dim(context: Context) -> Task[Pixels]:
    yield Progress(0.5)
    return context.pixels * np.float32(0.5)


def _small(context: Context) -> Task[Pixels]:
    yield Progress(0.5)
    return resize_pixels(context.pixels, 16, 16)


class Stand:
    """A session with a view and sliders, as in the window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session, self.view, self.box = Session(partial(Request, "dim")), PhotoView(), BlendBox()
        for widget in (self.view, self.box):
            qtbot.addWidget(widget)
        self.view.resize(900, 400)
        self.view.show()
        self.live = LiveBlend(self.box, self.session, self.view, MaskEditor(self.session))
        self.session.changed.connect(self._paint)

    def _paint(self) -> None:
        photo, result = self.session.input, self.session.result
        self.view.show_original(ShownPicture(photo.levels if photo else []))
        self.view.show_result(ShownPicture(result.display_image.levels if result else []))

    def open(self, picture: Picture) -> None:
        """Open a picture, and wait for its result."""
        self.session.take_picture(picture)
        self.wait()

    def wait(self) -> None:
        """Until nothing is done any more."""
        self.qtbot.waitUntil(lambda: not (self.session.is_busy or self._is_blending()), timeout=20_000)

    def _is_blending(self) -> bool:
        return self.live.drafts.is_busy or self.live.wholes.is_busy

    def slide(self, name: str, value: int) -> None:
        """Move a slider, as the user does."""
        (spin,) = (spin for spin in self.box.findChildren(QSpinBox) if spin.accessibleName() == name)
        spin.setValue(value)

    @property
    def pixels(self) -> Pixels:
        """Those of the result."""
        assert self.session.result
        return self.session.result.display_image.picture.pixels


@pytest.fixture
def stand(qtbot: QtBot, method_table: MethodTable) -> Iterator[Stand]:
    """Methods that halve the light, and that make a small picture."""
    method_table.put(
        Method("dim", "Dim", "Dims.", (), _dim, is_neural=False, is_faithful=False),
        Method("small", "Small", "Makes small.", (), _small, is_neural=False),
    )
    stand = Stand(qtbot)
    yield stand
    stand.live.finish()


def test_the_sliders_show_while_there_is_something_to_blend(stand: Stand) -> None:
    """Not before there is a result, and not where it has another size than the photo."""
    assert not stand.box.isEnabled()
    stand.open(Picture(SCENE))
    assert stand.box.isEnabled()
    stand.session.request = Request("small")
    stand.session.deblur()
    stand.wait()
    assert not stand.box.isEnabled()


def test_a_slider_changes_what_is_seen_and_then_the_whole_result(qtbot: QtBot, stand: Stand) -> None:
    """First a part lies over the pane; then the session has the blend of the whole, and the method's own beside it."""
    stand.box.show()
    stand.open(Picture(SCENE))
    view = stand.view
    with qtbot.waitSignal(stand.live.drafts.ready, timeout=20_000):
        stand.slide("Strength", 40)
    assert view.part is not None
    stand.wait()
    assert view.part is None
    np.testing.assert_allclose(stand.pixels, SCENE * 0.8, atol=1e-5)
    assert stand.session.result
    np.testing.assert_allclose(stand.session.result.restored.picture.pixels, SCENE * 0.5, atol=1e-6)
    stand.slide("Strength", 100)
    stand.wait()
    np.testing.assert_allclose(stand.pixels, SCENE * 0.5, atol=1e-6)


def test_the_next_result_of_a_photo_is_blended_likewise_and_the_next_photo_begins_anew(stand: Stand) -> None:
    """Sliders keep their places while one photo is worked on; none of them goes to the next photo unseen."""
    stand.open(Picture(SCENE))
    stand.slide("Strength", 0)
    stand.wait()
    stand.session.deblur()
    stand.wait()
    np.testing.assert_allclose(stand.pixels, SCENE, atol=1e-6)
    other = np.ascontiguousarray(SCENE[:300, 100:])
    stand.open(Picture(other))
    np.testing.assert_allclose(stand.pixels, other * np.float32(0.5), atol=1e-6)
    assert stand.box.blend() == Blend()


def test_what_is_saved_is_what_the_sliders_say(qtbot: QtBot, stand: Stand, tmp_path: Path) -> None:
    """Also when it is saved before the whole photo was blended."""
    stand.open(Picture(SCENE))
    stand.slide("Strength", 50)
    with qtbot.waitSignal(stand.session.saved, timeout=20_000):
        stand.session.save(tmp_path / "result.png")
    np.testing.assert_allclose(image_io.read(tmp_path / "result.png").pixels, SCENE * 0.75, atol=0.6 / 255)


@pytest.mark.parametrize("part", [QRectF(0, 0, 1, 1), QRectF(0.25, 0.5, 0.5, 0.25)])
@pytest.mark.parametrize("width", [150.0, 2000.0])
def test_a_draft_is_the_part_of_the_whole_that_is_seen(part: QRectF, width: float) -> None:
    """To two grey levels, from whichever of the small copies it comes."""
    photo, blend = resize_pixels(SCENE, 1400, 1400), Blend(150)
    displayed, restored = (run_to_end(steps.show(Picture(pixels))) for pixels in (photo, photo * np.float32(0.5)))
    how = Restored(restored.picture, Request("dim"), "CPU", "", 0.0)
    result = Result(restored, how, restored.levels)
    draft = run_to_end(blend_steps.draft(displayed, result, LiveMask(blend), part, width))
    whole = to_uint8(blend_pixels(displayed.picture.pixels, restored.picture.pixels, blend))
    place, pixel = draft.place, 1 / displayed.levels[-1].width()
    assert place.contains(part)  # whole pixels of the copy that it is made from
    assert part.adjusted(-pixel, -pixel, pixel, pixel).contains(place)
    left, top = round(place.left() * 1400), round(place.top() * 1400)
    values = whole[top : top + round(place.height() * 1400), left : left + round(place.width() * 1400)]
    expected = resize_pixels(from_integer(values), draft.image.width(), draft.image.height())
    difference = np.abs(from_integer(qt_image.values_of(draft.image)) - expected)
    assert difference.mean() < 2 / 255
    assert draft.image.width() >= min(width, 1400) * part.width()


def test_a_draft_with_protected_areas_is_small() -> None:
    """Their masks take time, and a draft is to be seen at once."""
    photo = resize_pixels(SCENE, 1400, 1400)
    display_image, restored = (run_to_end(steps.show(Picture(pixels))) for pixels in (photo, photo * np.float32(0.5)))
    result = Result(restored, Restored(restored.picture, Request("dim"), "CPU", "", 0.0), restored.levels)
    draft = run_to_end(
        blend_steps.draft(display_image, result, LiveMask(Blend(150, sky=40)), QRectF(0, 0, 1, 1), 1400.0)
    )
    assert draft.image.width() * draft.image.height() <= 310_000
