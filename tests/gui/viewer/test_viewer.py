"""The viewer shows what the session holds, and a draft of a large photo before that is decoded."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image
from PySide6.QtCore import QPointF
from PySide6.QtGui import QImage

from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine.method import Request
from deblur_app.gui.session import steps
from deblur_app.gui.session.display import DraftShown, PartShown
from deblur_app.gui.session.session import Session
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.photo_view import PhotoView
from deblur_app.gui.viewer.viewer import Viewer

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtCore import QRectF
    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.gui.session.display import DisplayImage


class Stand:
    """A session with a view."""

    def __init__(self, qtbot: QtBot) -> None:
        self.session, self.view = Session(partial(Request, "denoise")), PhotoView()
        qtbot.addWidget(self.view)
        self.view.resize(800, 600)
        self.view.show()
        self.viewer = Viewer(self.view, self.session)
        self.session.changed.connect(self.viewer.refresh)


@pytest.fixture
def stand(qtbot: QtBot) -> Stand:
    """One without a photo."""
    return Stand(qtbot)


@pytest.fixture
def display_image(scene: Pixels) -> DisplayImage:
    """A photo, ready to be painted."""
    return run_to_end(steps.show(Picture(scene)))


def test_a_large_photo_is_seen_before_it_is_decoded(qtbot: QtBot, stand: Stand, tmp_path: Path) -> None:
    """A draft of it, as a whole; where its opening is stopped, what was open is shown again."""
    values = np.full((2000, 3200, 3), 200, np.uint8)
    Image.fromarray(values).save(tmp_path / "large.jpg")
    drafts: list[tuple[int, int]] = []

    def note(progress: object) -> None:
        if isinstance(progress, DraftShown):
            drafts.append(stand.view.canvas.original.size)
            stand.session.cancel()

    stand.session.progressed.connect(note)
    stand.session.open(tmp_path / "large.jpg")
    qtbot.waitUntil(lambda: bool(drafts) and not stand.session.is_busy, timeout=20_000)
    assert drafts == [(1600, 1000)]
    assert not stand.view.canvas.original


def test_another_photo_is_shown_as_a_whole(stand: Stand, display_image: DisplayImage, scene: Pixels) -> None:
    """Whatever the zoom before, and without the selection on the one before; a new figure of it changes nothing."""
    stand.session.input = display_image
    stand.viewer.refresh()
    stand.view.set_zoom(8.0)
    stand.viewer.refresh()
    assert stand.view.scale() == pytest.approx(8.0)
    stand.session.input = run_to_end(steps.show(Picture(scene)))
    stand.viewer.refresh()
    assert stand.view.view.zoom == 1.0


def test_a_ground_truth_opens_figure_2_and_its_end_brings_the_way_before_back(
    stand: Stand, display_image: DisplayImage
) -> None:
    """Unless the user has chosen another way meanwhile."""
    stand.view.set_compare_mode(CompareMode.RESULT)
    stand.session.input = stand.session.truth = display_image
    stand.viewer.refresh()
    assert stand.view.compare_mode == CompareMode.FIGURE_2
    stand.session.truth = None
    stand.viewer.refresh()
    assert stand.view.compare_mode == CompareMode.RESULT
    stand.session.truth = display_image
    stand.viewer.refresh()
    stand.view.set_compare_mode(CompareMode.SPLIT)
    stand.viewer.refresh()
    assert stand.view.compare_mode == CompareMode.SPLIT


def test_a_selected_part_is_what_is_restored_first(stand: Stand, display_image: DisplayImage) -> None:
    """In place of the visible part; on all canvases it is the same."""
    selected: list[QRectF | None] = []
    stand.view.region_selected.connect(selected.append)
    assert stand.session.visible_shares() is None
    stand.session.input = display_image
    stand.viewer.refresh()
    assert stand.session.visible_shares() == (0.0, 0.0, 1.0, 1.0)
    rectangle = stand.view.visible()
    rectangle.setRect(0.25, 0.25, 0.5, 0.25)
    stand.view.selection.select(rectangle)
    assert stand.session.visible_shares() == (0.25, 0.25, 0.75, 0.5)
    assert selected == [rectangle]
    assert stand.view.selection.pixels() == (20, 15, 40, 15)
    assert stand.session.visible_part() == (0.25, 0.25, 0.75, 0.5)


def test_the_work_that_goes_on_knows_what_the_user_looks_at_now(stand: Stand, display_image: DisplayImage) -> None:
    """After each zoom and pan, so that what is seen then comes next."""
    stand.session.input = display_image
    stand.viewer.refresh()
    stand.view.set_zoom(16.0)
    stand.view.view.move_by(QPointF(-1.0, -1.0))
    left, top, right, bottom = stand.session.visible_part()
    assert (left, top) == (0.0, 0.0)
    assert right < 1.0
    assert bottom < 1.0


def test_tiles_sharpen_in_place_over_a_draft_of_the_whole(stand: Stand, display_image: DisplayImage) -> None:
    """The draft stays below them, and each tile beside those that came before."""
    stand.session.input = display_image
    stand.viewer.refresh()
    stand.view.set_compare_mode(CompareMode.RESULT)
    colours = {"draft": 0xFF808080, "left": 0xFFFF0000, "right": 0xFF0000FF}
    places = {"draft": (0.0, 0.0, 1.0, 1.0), "left": (0.0, 0.0, 0.4, 1.0), "right": (0.6, 0.0, 1.0, 1.0)}
    for name, colour in colours.items():
        image = QImage(40, 40, QImage.Format.Format_RGB32)
        image.fill(colour)
        stand.session.progressed.emit(PartShown(0.1, "Restoring", None, image, places[name]))
    canvas = stand.view.canvas
    target, shown = canvas.target(), canvas.grab().toImage()
    seen = [
        shown.pixel(round(target.left() + share * target.width()), round(target.center().y()))
        for share in (0.2, 0.5, 0.8)
    ]
    assert seen == [colours["left"], colours["draft"], colours["right"]]
    assert "Preview" in stand.view.panes.predicted.caption.whole
