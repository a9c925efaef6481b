"""The contact sheet shows one part of the photo by every suitable method, and the user chooses."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from skimage.data import astronaut

from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core import metrics
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture, from_integer, to_uint8
from deblur_app.core.task import Progress, run_to_end
from deblur_app.engine import psf_tasks
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Method, PsfUse, Request
from deblur_app.gui.contact_sheet import sheet_steps
from deblur_app.gui.contact_sheet.sheet_steps import CellDone, SheetRequest
from deblur_app.gui.contact_sheet.sheet_tool import SheetTool
from deblur_app.gui.images import qt_image
from deblur_app.gui.session import steps
from deblur_app.gui.session.session import Session
from deblur_app.gui.viewer.photo_view import PhotoView
from deblur_app.gui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from tests.conftest import MethodTable

SCENE = from_integer(astronaut()) * np.float32(0.9)
STREAK = Psf.of_model(Blur("motion", {"length": 5.0, "angle": 0.0}))
MOMENT = 60_000


def _dim(context: Context) -> Task[Pixels]:
    yield Progress(0.5)
    return context.pixels * np.float32(0.5)


def _undo(context: Context) -> Task[Pixels]:
    yield Progress(0.5)
    assert context.known_psf.side >= 5
    return context.pixels * np.float32(0.9)


def _fail(context: Context) -> Task[Pixels]:
    yield Progress(0.5)
    raise DeblurError(f"Too small: {context.pixels.shape[1]} px.")


@pytest.fixture(autouse=True)
def methods(method_table: MethodTable) -> None:
    """One that needs no PSF, one that undoes one, one that fails, and one that estimates for itself."""
    plain = partial(Method, parameters=(), is_neural=False, is_faithful=False)
    method_table.put(
        plain("dim", "Dim", "Dims.", run=_dim),
        plain("undo", "Undo", "Undoes.", run=_undo, psf=PsfUse.GIVEN),
        plain("fail", "Fail", "Fails.", run=_fail),
        plain("auto", "Auto", "Estimates.", run=_dim, psf=PsfUse.ESTIMATED),
    )
    method_table.put(plain("restorer-blind", "Blind", "Is not offered.", run=_dim, is_offered=lambda: False))
    method_table.keep("dim", "undo", "fail", "auto", "restorer-blind")


class Stand:
    """A session with a view, and the sheet over it."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.session, self.view = Session(partial(Request, "dim")), PhotoView()
        qtbot.addWidget(self.view)
        self.view.resize(480, 360)
        self.view.show()
        self.viewer = Viewer(self.view, self.session)
        self.session.changed.connect(self.viewer.refresh)
        self.tool = SheetTool(self.session, self.view)
        self.chosen: list[str] = []
        self.tool.chosen.connect(self.chosen.append)
        self.session.psf = STREAK
        self.session.take_picture(Picture(SCENE))
        self.wait()

    def wait(self) -> None:
        """Until nothing is done any more."""
        self.qtbot.waitUntil(lambda: not self.session.is_busy, timeout=MOMENT)

    def open(self) -> None:
        """Open the sheet, and wait until it is full."""
        self.tool.toggle()
        self.fill()

    def fill(self) -> None:
        """Wait until all pictures are there."""
        self.qtbot.waitUntil(lambda: all(cell.done for cell in self.sheet.cells), timeout=MOMENT)
        self.wait()

    @property
    def sheet(self):
        """The sheet that is open."""
        assert self.tool.sheet is not None
        return self.tool.sheet


@pytest.fixture
def stand(qtbot: QtBot) -> Iterator[Stand]:
    """A photo with a known PSF."""
    stand = Stand(qtbot)
    yield stand
    stand.tool.close()
    stand.wait()


def test_each_method_restores_the_part_as_it_would_the_photo() -> None:
    """With its time, and PSNR against the ground truth; what cannot be restored is said."""
    picture, box = Picture(SCENE), (300, 330, 460, 450)
    request = SheetRequest(picture, Picture(SCENE), STREAK, box, "cpu")
    suitable = sheet_steps.list_suitable(STREAK)
    assert [method.name for method in suitable] == ["dim", "undo", "fail"]
    done = {p.name: p for p in sheet_steps.fill_sheet(request, suitable) if isinstance(p, CellDone)}
    part = SCENE[330:450, 300:460]
    for name, factor in (("", 1.0), ("dim", 0.5), ("undo", 0.9)):
        image, pixels = done[name].image, part * np.float32(factor)
        assert image is not None
        assert np.abs(qt_image.values_of(image).astype(int) - to_uint8(pixels)).max() <= 1
        assert done[name].psnr == pytest.approx(metrics.psnr(part, pixels), rel=1e-5)
    assert done["fail"].image is None
    assert done["fail"].problem.startswith("Too small")


def test_without_a_psf_only_methods_that_need_none_are_compared() -> None:
    """No blur is estimated from a small part."""
    assert [method.name for method in sheet_steps.list_suitable(None)] == ["dim", "fail"]


def test_the_blur_that_an_earlier_result_was_made_with_is_undone(
    qtbot: QtBot, stand: Stand, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Although the result that is shown was made without one."""

    def estimate(*_: object) -> Task[PsfEstimate]:
        """Know the blur at once."""
        yield Progress(0.5)
        return PsfEstimate(STREAK.kernel, STREAK.model, 0.9)

    monkeypatch.setattr(psf_tasks, "estimate", estimate)
    session, stand.session.psf = stand.session, None
    for method in ("undo", "dim"):
        before, session.request = session.result, Request(method)
        session.follow_settings()
        qtbot.waitUntil(lambda before=before: session.result is not before and not session.is_busy, timeout=MOMENT)
    assert session.result is not None
    assert session.result.restored.estimate is None
    stand.open()
    assert "undo" in [cell.name for cell in stand.sheet.cells]


@pytest.mark.parametrize("centre", [(0.0, 0.0), (0.5, 0.5), (1.0, 1.0)])
def test_the_part_lies_within_the_photo(centre: tuple[float, float]) -> None:
    """Also at its corners, and where the photo is smaller than the room."""
    left, top, right, bottom = sheet_steps.place_box((500, 300), centre, (200, 400))
    assert (right - left, bottom - top) == (200, 300)
    assert left >= 0
    assert right <= 500


def test_keys_and_clicks_choose_a_method(qtbot: QtBot, stand: Stand) -> None:
    """The number before its name, or a click; the sheet closes, and the photo is shown again."""
    stand.open()
    captions = [cell.caption for cell in stand.sheet.cells]
    assert captions[0] == "Original"
    assert captions[1].startswith("1  Dim · 0.")
    assert captions[3] == "3  Fail · cannot restore this part"
    narrow = stand.sheet.cells[1].visible_caption(90)
    assert narrow.startswith("1")
    assert narrow.endswith(stand.sheet.cells[1].caption.rpartition("·")[2])  # the time is seen in any case
    assert stand.sheet.isVisible()
    qtbot.keyClick(stand.sheet.cells[0], Qt.Key.Key_2)
    assert stand.chosen == ["undo"]
    assert stand.view.canvas.isVisible()
    stand.open()
    qtbot.mouseClick(stand.sheet.cells[1], Qt.MouseButton.LeftButton)
    assert stand.chosen == ["undo", "dim"]
    stand.open()
    qtbot.keyClick(stand.sheet.cells[0], Qt.Key.Key_Escape)
    assert stand.tool.sheet is None
    assert stand.chosen == ["undo", "dim"]


def test_a_ground_truth_marks_the_best(qtbot: QtBot, stand: Stand) -> None:
    """By PSNR, in words too."""
    stand.session.truth = run_to_end(steps.show(Picture(SCENE * np.float32(0.9))))
    stand.open()
    captions = [cell.caption for cell in stand.sheet.cells]
    assert "PSNR" in captions[0]
    assert [caption.endswith("best") for caption in captions] == [False, False, True, False]


def test_a_drag_moves_the_part_of_all(qtbot: QtBot, stand: Stand) -> None:
    """They follow at once as they are, and are restored when the pointer rests."""
    stand.open()
    cell = stand.sheet.cells[0]
    before = cell.done.image
    qtbot.mousePress(cell, Qt.MouseButton.LeftButton, pos=QPoint(100, 60))
    qtbot.mouseMove(cell, QPoint(80, 60))
    qtbot.mouseMove(cell, QPoint(60, 40))
    qtbot.mouseRelease(cell, Qt.MouseButton.LeftButton, pos=QPoint(60, 40))
    assert all(cell.done is None for cell in stand.sheet.cells)
    assert stand.chosen == []
    stand.fill()
    after = qt_image.values_of(cell.done.image)
    assert np.array_equal(after[:-20, :-40], qt_image.values_of(before)[20:, 40:])


def test_another_photo_closes_the_sheet(stand: Stand) -> None:
    """It was about the one before."""
    stand.open()
    stand.session.take_picture(Picture(SCENE[::-1].copy()))
    stand.wait()
    assert stand.tool.sheet is None
