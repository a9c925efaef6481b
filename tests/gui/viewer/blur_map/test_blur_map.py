"""The blur map shows the kernels of a field at their places, and one large where the user clicks."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from skimage.data import astronaut

from deblur_app.blur.kernel_grid import even_grid, field_of_grid
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core.picture import Picture, from_integer
from deblur_app.engine.deblurring import Restored
from deblur_app.engine.method import Request
from deblur_app.engine.methods import restorer_blind
from deblur_app.gui.images import qt_image
from deblur_app.gui.session.display import DisplayImage, Result
from deblur_app.gui.session.session import Session
from deblur_app.gui.viewer.blur_map.map_brush import MapBrush
from deblur_app.gui.viewer.blur_map.map_cells import list_cells, paint_cell
from deblur_app.gui.viewer.photo_view import PhotoView
from deblur_app.gui.viewer.viewer import Viewer
from tests.untrained_networks import make_card

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels
    from deblur_app.gui.viewer.blur_map.map_tool import MapTool

SIZE = (360, 240)
ALONG, ACROSS = (Blur("motion", {"length": 9.0, "angle": angle}).kernel() for angle in (0.0, 90.0))


def make_field() -> Psf:
    """Return kernels along the left half of a frame, sure, and across the right one, unsure."""
    return Psf(field_of_grid(even_grid([[ALONG, ACROSS]], SIZE[::-1], [[1.0, 0.0]])))


def show(session: Session, pixels: Pixels, psf: Psf | None) -> None:
    """Open a photo with a PSF."""
    session.input = DisplayImage(Picture(pixels), qt_image.pyramid(pixels))
    session.psf = psf
    session.changed.emit()


@pytest.fixture
def session(qapp: object) -> Iterator[Session]:
    """A session with a photo whose blur varies, as its PSF says."""
    session = Session(partial(Request, "wiener"))
    yield session
    session.close()
    session.deleteLater()


@pytest.fixture
def tool(qtbot: QtBot, session: Session) -> Iterator[MapTool]:
    """The blur map over a view of that photo."""
    view = PhotoView()
    qtbot.addWidget(view)
    view.resize(720, 480)
    view.show()
    viewer = Viewer(view, session)
    session.changed.connect(viewer.refresh)
    show(session, from_integer(astronaut()[: SIZE[1], : SIZE[0]]), make_field())
    yield viewer.blur_map
    viewer.finish()


@pytest.fixture
def untrained_cards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """Networks that have learnt nothing, for a known blur and without one."""
    guided, blind = make_card(tmp_path, 3), make_card(tmp_path, 1)
    monkeypatch.setattr(restorer_blind, "find_bundled_card", lambda: blind)
    return guided, blind


def test_cells_have_the_kernels_of_their_places() -> None:
    """Lying ones on the left, standing ones on the right; of one kernel all are alike."""
    blur_map = list_cells(make_field(), SIZE)
    assert (blur_map.columns, blur_map.rows) == (9, 6)
    left, right = blur_map.cell_at(0.05, 0.5), blur_map.cell_at(0.99, 0.5)
    assert left.kernel.sum(axis=0).max() < 0.3 < left.kernel.sum(axis=1).max()
    assert right.kernel.sum(axis=1).max() < 0.3 < right.kernel.sum(axis=0).max()
    assert (left.confidence, right.confidence) == (1.0, 0.0)
    kernels = [cell.kernel for cell in list_cells(Psf(ALONG), SIZE).cells]
    assert all(kernel is kernels[0] for kernel in kernels)


def test_the_colour_tells_the_confidence() -> None:
    """Blue is sure and orange is not; where there is no light, the photo shows through."""
    blur_map = list_cells(make_field(), SIZE)
    sure, unsure = (paint_cell(blur_map.cell_at(x, 0.5)) for x in (0.05, 0.99))
    middle = len(sure) // 2
    assert sure[middle, middle, 2] > sure[middle, middle, 0]
    assert unsure[middle, middle, 0] > unsure[middle, middle, 2]
    assert sure[middle, middle, 3] > 200
    assert sure[0, 0, 3] == 0


def test_the_map_lies_over_the_photo_and_goes_again(tool: MapTool) -> None:
    """Kernels that are known are shown at once, over a photo that is darker than before."""
    canvas = tool.layer.parentWidget()
    before = canvas.grab().toImage()
    tool.toggle()
    assert tool.layer.isVisible()
    assert tool.layer.blur_map is not None
    assert canvas.grab().toImage() != before
    tool.toggle()
    assert canvas.grab().toImage() == before


def test_a_click_shows_the_kernel_of_its_place_large(qtbot: QtBot, tool: MapTool) -> None:
    """Its size and confidence are said; a second click there hides it."""
    tool.toggle()
    canvas = tool.layer.parentWidget()
    place = QPoint(round(0.95 * canvas.width()), canvas.height() // 2)
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert tool.layer.selected is not None
    assert tool.layer.accessibleDescription().endswith("× 11 px, confidence 0%")
    qtbot.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=place)
    assert tool.layer.selected is None


def show_result(session: Session, cards: tuple[Path, Path]) -> None:
    """Show a result that was made with that PSF, by a network that has learnt nothing."""
    assert session.input
    request = Request("restorer-psf", {"noise": 0.4, "model": str(cards[0])}, "cpu", psf=session.psf)
    session.request, photo = request, session.input
    restored = Restored(photo.picture.with_pixels(photo.picture.pixels * np.float32(0.9)), request, "cpu", "", 0.1)
    kept, _ = session.results.keep(photo.key, request, restored, is_changed=True)
    session.result = Result(photo, restored, photo.levels, kept=kept)
    session.changed.emit()


def test_the_brushes_are_there_where_a_result_has_kernels(tool: MapTool, session: Session) -> None:
    """There alone is something to mark; they go with the map."""
    tool.toggle()
    assert not tool.layer.brushes.isVisible()
    show_result(session, (Path("guided"), Path("blind")))
    assert tool.layer.brushes.isVisible()
    tool.toggle()
    assert not tool.layer.brushes.isVisible()


def test_what_the_user_paints_as_moving_is_restored_anew_and_nothing_else(
    qtbot: QtBot, tool: MapTool, session: Session, untrained_cards: tuple[Path, Path]
) -> None:
    """A new version, whose map shows that the kernels are not used there; the next one goes on from it."""
    show_result(session, untrained_cards)
    tool.toggle()
    canvas = tool.layer.parentWidget()
    before = session.result.restored.picture.pixels
    qtbot.mouseClick(tool.layer.brushes.buttons[1], Qt.MouseButton.LeftButton)
    start, end = (QPoint(round(share * canvas.width()), canvas.height() // 2) for share in (0.08, 0.14))
    qtbot.mousePress(canvas, Qt.MouseButton.LeftButton, pos=start)
    qtbot.mouseMove(canvas, end)
    qtbot.mouseRelease(canvas, Qt.MouseButton.LeftButton, pos=end)
    qtbot.waitUntil(lambda: len(session.versions) == 2 and not session.is_busy, timeout=60_000)

    restored = session.result.restored
    assert restored.request.psf.trust is not None
    assert np.abs(restored.picture.pixels[110:130, 30:48] - before[110:130, 30:48]).mean() > 0.01
    np.testing.assert_array_equal(restored.picture.pixels[:, 120:], before[:, 120:])
    assert tool.layer.blur_map.trust[31:33, 9:12].max() < 0.1
    assert tool.layer.blur_map.cell_at(0.11, 0.5).confidence < tool.layer.blur_map.cell_at(0.3, 0.5).confidence
    assert session.psf is restored.request.psf
    assert tool.layer.brushes.isVisible()


def test_escape_leaves_the_brush(qtbot: QtBot, tool: MapTool, session: Session) -> None:
    """Clicks enlarge kernels again."""
    show_result(session, (Path("guided"), Path("blind")))
    tool.toggle()
    canvas = tool.layer.parentWidget()
    qtbot.mouseClick(tool.layer.brushes.buttons[2], Qt.MouseButton.LeftButton)
    assert tool.layer.brushes.brush is MapBrush.STAYS
    qtbot.keyClick(canvas, Qt.Key.Key_Escape)
    assert tool.layer.brushes.brush is MapBrush.LOOK


def test_a_photo_whose_blur_cannot_be_estimated_says_so(qtbot: QtBot, tool: MapTool, session: Session) -> None:
    """A photo that is too even has a sentence in place of the map; it is not tried again and again."""
    show(session, np.full((200, 200, 3), 0.5, np.float32), None)
    tool.toggle()
    qtbot.waitUntil(lambda: "even" in tool.layer.words, timeout=60_000)
    session.changed.emit()
    assert "even" in tool.layer.words
    assert tool.layer.blur_map is None
