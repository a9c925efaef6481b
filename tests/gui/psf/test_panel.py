"""The PSF tab: choose, draw, find, try, check; every change is tried at once on what the panes show."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QKeySequence, QPalette
from PySide6.QtWidgets import QAbstractButton, QDoubleSpinBox, QFileDialog, QInputDialog, QLabel, QScrollArea, QWidget

from deblur_app.blur import degrade, kernel_arrays, models
from deblur_app.blur.kernel_grid import even_grid
from deblur_app.blur.kinds import Blur
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.parameter import Parameter
from deblur_app.core.picture import Picture
from deblur_app.core.task import Progress
from deblur_app.engine import psf_tasks
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from deblur_app.engine.method import Method, PsfUse, Request
from deblur_app.gui.psf import library as psf_library
from deblur_app.gui.psf.panel import PsfPanel
from deblur_app.gui.psf.source import DRAWN
from deblur_app.gui.psf.tool import PsfTool
from deblur_app.gui.session.session import Session
from deblur_app.gui.viewer import captions
from deblur_app.gui.viewer.compare.compare_mode import CompareMode
from deblur_app.gui.viewer.compare.shown_picture import ShownPicture
from deblur_app.gui.viewer.photo_view import PhotoView

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.method import Context
    from tests.conftest import MethodTable

MOMENT = 20_000
STREAK = Blur("motion", {"length": 9.0, "angle": 30.0})


def _turn_colours(context: Context, *, smoothing: float) -> Task[Pixels]:
    """A method of this test: it gets a PSF and turns the colours round."""
    yield Progress(0.5)
    if smoothing == -1.0:
        raise DeblurError("Too sharp.")
    return np.ascontiguousarray(context.pixels[..., ::-1])


SMOOTHING = Parameter("smoothing", "Smoothing", "Of this test.", 0.0, -4.0, 4.0)


class Bench:
    """The tab with panes and a session, and all it says written down."""

    def __init__(self, qtbot: QtBot, scene: Pixels) -> None:
        self.qtbot = qtbot
        self.session = Session(partial(Request, "turn"))
        self.view = PhotoView()
        self.view.set_compare_mode(CompareMode.FIGURE_2)
        self.panes = self.view.panes
        self.panel = PsfPanel(self.session.current_psf)
        for widget, size in ((self.view, (900, 500)), (self.panel, (280, 700))):
            qtbot.addWidget(widget)
            widget.resize(*size)
            widget.show()
        self.tool = PsfTool(self.panel, self.session, self.view)
        self.said: list[str] = []
        self.errors: list[Exception] = []
        self.wanted: list[tuple[str, object]] = []
        self.tool.said.connect(self.said.append)
        self.tool.failed.connect(self.errors.append)
        self.session.failed.connect(self.errors.append)
        self.tool.request_wanted.connect(lambda *wanted: self.wanted.append(wanted))
        self.session.changed.connect(self.show)
        self.tool.panes_free.connect(self.show)
        self.photo = Picture(degrade.blur(np.tile(scene, (4, 4, 1)), STREAK.kernel()))
        self.settle()

    def show(self) -> None:
        """Show what the session holds, as the window does."""
        result = self.session.result.shown.levels if self.session.result else []
        self.view.show_original(ShownPicture(self.session.input.levels if self.session.input else []))
        self.view.show_truth(ShownPicture(self.session.truth.levels if self.session.truth else []))
        self.view.show_result(ShownPicture(result))
        self.tool.refresh()

    def settle(self) -> None:
        """Wait until nothing is done any more."""
        busy = (self.panel.looks, self.tool.previews, self.panel.source.jobs, self.session)
        self.qtbot.waitUntil(lambda: not any(work.is_busy for work in busy), timeout=MOMENT)

    def open(self) -> None:
        """Open the photo and wait for its result."""
        self.session.take_picture(self.photo)
        self.settle()

    def choose(self, kind: str) -> None:
        """Choose a kind of blur as the user does."""
        self.panel.source.kinds.setCurrentIndex(self.panel.source.kinds.findData(kind))
        self.settle()

    def slide(self, name: str, value: float) -> None:
        """Change a number by its label."""
        (box,) = (box for box in self.panel.findChildren(QDoubleSpinBox) if box.accessibleName() == name)
        box.setValue(value)
        self.settle()

    @property
    def psf(self) -> Psf | None:
        """The PSF of the tab."""
        return self.session.current_psf.psf

    @property
    def kernel(self) -> Kernel:
        """Its kernel."""
        assert self.psf is not None
        return self.psf.kernel

    @property
    def preview(self) -> object:
        """A copy of what is tried in the pane on the right, or None."""
        part = self.panes.predicted.canvas.part
        return part.copy() if part else None


@pytest.fixture
def bench(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, method_table: MethodTable, scene: Pixels) -> Iterator[Bench]:
    """A tab with a photo open and one method."""
    method_table.keep("restorer-blind")  # the one that is there where another fails
    turn = Method(
        "turn",
        "Turn",
        "Of this test.",
        (SMOOTHING,),
        _turn_colours,
        is_neural=False,
        is_faithful=False,
        psf=PsfUse.GIVEN,
    )
    method_table.put(turn)
    monkeypatch.setattr(psf_tasks, "estimate", _stand_in_for_estimation(PsfEstimate(None, None, 0.0)))
    bench = Bench(qtbot, scene)
    bench.open()
    yield bench
    bench.session.cancel()
    bench.settle()
    bench.tool.finish()


def _stand_in_for_estimation(estimate: PsfEstimate) -> object:
    """A stand-in for an estimation: gives `estimate` and writes down what it was asked."""

    def task(*asked: object) -> Task[PsfEstimate]:
        task.asked.append(asked)  # type: ignore[attr-defined]
        yield Progress(0.5, "Looking")
        return estimate

    task.asked = []  # type: ignore[attr-defined]
    return task


def test_the_session_owns_the_psf_and_the_tab_follows_it(bench: Bench) -> None:
    """A PSF that is not there can be neither saved nor undone; one that comes back can."""
    psf, source = bench.psf, bench.panel.source
    buttons = (bench.panel.deblur_button, source.save_button, source.keep_button)
    bench.session.current_psf.take(None)
    assert not any(button.isEnabled() for button in buttons)
    bench.session.current_psf.take(psf, is_wanted=False)
    assert all(button.isEnabled() for button in buttons)
    assert bench.preview is None  # nobody has asked for it
    assert source.kernel is not None
    assert np.array_equal(source.kernel, bench.kernel)


def test_without_a_photo_a_kernel_shows_and_nothing_else_can_be_asked(qtbot: QtBot, scene: Pixels) -> None:
    """A kernel can be drawn, opened and kept; what needs a photo is off."""
    bench = Bench(qtbot, scene)
    assert bench.panel.editor.kernel() is not None
    photo = bench.panel.from_photo
    for button in (
        bench.panel.deblur_button,
        photo.estimate_button,
        photo.select_button,
        photo.point_button,
        photo.grid_button,
        bench.panel.checks.reblur_button,
        bench.panel.checks.curve_button,
    ):
        assert not button.isEnabled()
    assert bench.preview is None
    bench.tool.finish()


def test_opening_a_photo_shows_its_result_and_no_preview(bench: Bench) -> None:
    """Only what the user changes is tried; the result of the whole photo stays until then."""
    assert bench.preview is None
    assert bench.session.result is not None
    assert bench.panel.deblur_button.isEnabled()


def test_each_change_is_tried_at_once(bench: Bench) -> None:
    """A kind, a slider, a value of the method and a stroke each bring another preview, named as such."""
    bench.choose("defocus")
    first = bench.preview
    assert first is not None
    caption = bench.panes.predicted.caption.whole
    assert "Deblur the whole photo" in caption
    assert "%" in caption
    for change in (
        lambda: bench.slide("Radius", 5.0),
        lambda: bench.slide("Smoothing", 2.0),
        lambda: bench.qtbot.mouseClick(bench.panel.editor.canvas, Qt.MouseButton.LeftButton, pos=QPoint(100, 100)),
    ):
        with bench.qtbot.waitSignal(bench.tool.previewed, timeout=MOMENT):
            change()
        bench.settle()
        assert bench.preview is not None


def test_a_preview_covers_what_is_seen_and_follows_the_view(bench: Bench) -> None:
    """Zooming in tries the part that is seen, pixel for pixel."""
    bench.choose("defocus")
    with bench.qtbot.waitSignal(bench.tool.previewed, timeout=MOMENT):
        bench.panes.view.set_zoom(4)
    bench.settle()
    image = bench.panes.predicted.canvas.part
    assert image is not None
    assert image.width() < bench.photo.width
    assert "at 100%" in bench.panes.predicted.caption.whole


def test_without_live_preview_nothing_is_tried(bench: Bench) -> None:
    """Switching it off brings the result back, and changes stay in the panel; switching it on tries them."""
    bench.choose("defocus")
    bench.panel.live.click()
    assert bench.preview is None
    bench.slide("Radius", 6.0)
    assert bench.preview is None
    bench.panel.live.click()
    bench.settle()
    assert bench.preview is not None


def test_what_the_method_cannot_do_is_said_without_a_message(bench: Bench) -> None:
    """A preview that fails tells why in the status line, and the next one works."""
    bench.slide("Smoothing", -1.0)
    assert bench.said == ["Too sharp."]
    assert bench.errors == []
    bench.slide("Smoothing", 1.0)
    assert bench.preview is not None


def test_deblur_asks_for_the_whole_photo_with_this_psf(bench: Bench) -> None:
    """The session gets the PSF and the window the method; the result then takes the place of the preview."""
    bench.panel.source.choose_blur(STREAK)
    bench.slide("Smoothing", 1.5)
    bench.qtbot.keyClick(bench.panel.deblur_button, Qt.Key.Key_Space)
    assert bench.wanted == [("turn", {"smoothing": 1.5})]
    assert bench.session.psf is not None
    assert bench.session.psf.model == STREAK
    bench.session.request = Request("turn", {"smoothing": 1.5})
    bench.session.deblur()
    bench.settle()
    assert bench.session.result is not None
    used = bench.session.result.restored.request
    assert used.psf is not None
    assert np.array_equal(used.psf.kernel, STREAK.kernel())
    assert used.values == {"smoothing": 1.5}
    assert bench.preview is None
    assert bench.session.result.shown.levels[0] == bench.panes.predicted.canvas.image


def test_a_stroke_makes_the_kernel_a_drawn_one(bench: Bench) -> None:
    """Mending a blur of the table is drawing: its sliders go, what was there stays; its kind brings them back."""
    bench.choose("defocus")
    before = bench.panel.editor.kernel()
    bench.qtbot.mouseClick(bench.panel.editor.canvas, Qt.MouseButton.LeftButton, pos=QPoint(60, 60))
    bench.settle()
    assert bench.panel.source.kinds.currentData() == DRAWN
    assert not bench.panel.source.form.isVisible()
    assert not np.array_equal(bench.kernel, before)
    bench.panel.editor.undo_button.click()
    bench.settle()
    assert np.allclose(bench.kernel, before, atol=1e-6)
    bench.panel.editor.clear_button.click()
    assert bench.psf is None
    assert not bench.panel.deblur_button.isEnabled()
    bench.choose("turbulence")
    assert bench.panel.source.form.isVisible()
    assert bench.panel.deblur_button.isEnabled()


def test_drawn_by_hand_begins_with_what_shows(bench: Bench) -> None:
    """Choosing it from the list takes the kernel as it is; going elsewhere and back brings the drawing back."""
    bench.choose("turbulence")
    bench.choose(DRAWN)
    picture = bench.kernel
    bench.choose("motion")
    bench.choose(DRAWN)
    assert np.array_equal(bench.kernel, picture)


def test_a_found_blur_is_shown_with_its_sliders(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The estimate can be refined by hand; the selection is what was asked."""
    task = _stand_in_for_estimation(PsfEstimate(STREAK.kernel(), STREAK, 0.8))
    monkeypatch.setattr(psf_tasks, "estimate", task)
    bench.tool.selection.select(QRectF(0.25, 0.25, 0.5, 0.5))
    assert "160 × 120 px" in bench.panel.from_photo.selection.text()
    photo = bench.panel.from_photo
    photo.looked_for.setCurrentIndex(photo.looked_for.findData("motion"))
    bench.qtbot.keyClick(photo.estimate_button, Qt.Key.Key_Space)
    bench.settle()
    assert task.asked == [(bench.photo, "motion", (80, 60, 160, 120))]  # type: ignore[attr-defined]
    assert bench.psf is not None
    assert bench.psf.model == STREAK
    assert bench.said == ["Motion blur, 9 px at 30°, sure."]
    assert bench.preview is not None


def test_a_star_in_the_selection_becomes_the_psf(bench: Bench) -> None:
    """A point of light is read as it is; where there is none, that is said and nothing changes."""
    night = np.full((120, 160, 3), 0.01, np.float32)
    night[60, 80] = 1.0
    bench.session.take_picture(Picture(degrade.blur(night, models.motion(9.0, 0.0))))
    bench.settle()
    assert not bench.panel.from_photo.point_button.isEnabled()
    before = bench.psf
    bench.tool.selection.select(QRectF(0.0, 0.0, 0.2, 0.2))
    bench.panel.from_photo.point_button.click()
    bench.settle()
    assert "no star or lamp" in str(bench.errors.pop())
    assert bench.psf is before
    bench.tool.selection.select(QRectF(0.4, 0.4, 0.2, 0.2))
    bench.panel.from_photo.point_button.click()
    bench.settle()
    assert kernel_arrays.describe(bench.kernel).extent[0] == pytest.approx(10, abs=1)
    assert kernel_arrays.describe(bench.kernel).extent[1] <= 3


def test_a_grid_shows_as_a_matrix_and_one_of_it_can_be_taken(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Regions and their confidence show in place of the brush; Enter takes the chosen kernel for the whole photo."""
    kernels = [[models.motion(5.0 + row + 3 * column, 0.0) for column in range(3)] for row in range(2)]
    grid = even_grid(kernels, bench.photo.pixels.shape, [[0.1, 0.5, 0.9]] * 2)
    task = _stand_in_for_estimation(PsfEstimate(grid, None, 0.5))
    monkeypatch.setattr(psf_tasks, "estimate_grid", task)
    bench.panel.from_photo.rows.setValue(2)
    bench.panel.from_photo.grid_button.click()
    bench.settle()
    assert task.asked == [(bench.photo, 2, 3)]  # type: ignore[attr-defined]
    assert bench.psf is not None
    assert bench.psf.grid is grid
    view = bench.panel.grid
    assert view.isVisible()
    assert not bench.panel.editor.isVisible()
    assert bench.preview is not None
    assert view.cell == (1, 1)
    bench.qtbot.keyClick(view, Qt.Key.Key_Right)
    assert "90% sure" in view.accessibleDescription()
    bench.qtbot.keyClick(view, Qt.Key.Key_Return)
    bench.settle()
    assert bench.panel.editor.isVisible()
    assert np.array_equal(bench.kernel, grid.kernels[1][2])


def test_the_matrix_is_chosen_from_by_mouse(qtbot: QtBot, bench: Bench) -> None:
    """A click frames a cell, a double click takes it."""
    grid = even_grid([[models.defocus(2.0), models.defocus(4.0)]], bench.photo.pixels.shape)
    bench.panel.source.choose_psf("Found by regions", Psf(grid))
    bench.settle()
    view = bench.panel.grid
    qtbot.mouseClick(view, Qt.MouseButton.LeftButton, pos=QPoint(5, 20))
    assert view.cell == (0, 0)
    with qtbot.waitSignal(view.taken) as restored:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() - 5, 20))
    assert restored.args == [0, 1]
    bench.settle()


def test_what_the_method_found_by_itself_is_shown_quietly(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a result whose method looked for the blur, the tab shows that blur, and the result stays in the pane."""
    monkeypatch.setattr(psf_tasks, "estimate", _stand_in_for_estimation(PsfEstimate(STREAK.kernel(), STREAK, 0.8)))
    bench.session.deblur()
    bench.settle()
    assert bench.psf is not None
    assert bench.psf.model == STREAK
    assert bench.preview is None


def test_a_result_is_checked_by_blurring_it_again(bench: Bench) -> None:
    """The middle pane shows where the result is not the photo, with a verdict; the button brings the truth back."""
    bench.session.psf = Psf.of_model(STREAK)
    bench.session.deblur()
    bench.settle()
    button = bench.panel.checks.reblur_button
    button.click()
    bench.settle()
    assert button.isChecked()
    assert "photo" in bench.panel.checks.verdict.text()
    assert bench.panel.checks.verdict.text() in bench.panes.truth.caption.whole
    assert bench.panes.truth.canvas.image is not None
    button.click()
    assert bench.panes.truth.canvas.image is None
    assert not bench.panel.checks.verdict.isVisible()


def test_a_check_ends_with_the_result_it_was_about(bench: Bench) -> None:
    """Another result takes the residual away."""
    bench.session.psf = Psf.of_model(STREAK)
    bench.session.deblur()
    bench.settle()
    bench.panel.checks.reblur_button.click()
    bench.settle()
    bench.session.deblur()
    bench.settle()
    assert not bench.panel.checks.reblur_button.isChecked()
    assert bench.panes.truth.canvas.image is None


def test_the_curve_shows_its_best_strength_and_a_click_tries_another(bench: Bench) -> None:
    """The least score is marked and said; a click to its right smooths more, relative to the best."""
    bench.panel.source.choose_blur(STREAK)
    bench.settle()
    bench.panel.checks.curve_button.click()
    bench.settle()
    curve = bench.panel.checks.curve
    assert curve is not None
    assert curve.has_curve
    assert "0 (automatic) explains the photo best" in curve.accessibleDescription()
    bench.qtbot.mouseClick(curve.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(curve.width() - 10, 40))
    bench.settle()
    assert float(bench.panel.restoring.values()["smoothing"]) > 0
    bench.qtbot.mouseClick(curve.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(9, 40))
    bench.settle()
    assert float(bench.panel.restoring.values()["smoothing"]) < 0
    assert curve.grab().toImage().width() > 0
    curve.setPalette(QPalette(QColor(45, 45, 45)))
    assert QColor(curve.getAxis("bottom").labelStyle["color"]).lightnessF() > 0.5  # also after a change to dark


def test_work_that_is_stopped_changes_nothing(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """An estimation is work like any other: it shows as busy, and a cancel leaves the PSF that was there."""

    def endless(*_: object) -> Task[PsfEstimate]:
        while True:
            yield Progress(0.5, "Looking")

    monkeypatch.setattr(psf_tasks, "estimate", endless)
    before = bench.psf
    bench.panel.from_photo.estimate_button.click()
    assert bench.session.is_busy
    bench.session.cancel()
    bench.settle()
    assert bench.psf is before


def test_another_photo_ends_the_questions_about_the_one_before(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither its estimate nor its selection nor its preview stay."""
    monkeypatch.setattr(
        psf_tasks, "estimate_grid", _stand_in_for_estimation(PsfEstimate(models.defocus(9.0), None, 1.0))
    )
    bench.choose("defocus")
    bench.tool.selection.select(QRectF(0.1, 0.1, 0.3, 0.3))
    bench.session.take_picture(Picture(bench.photo.pixels[::-1].copy()))
    bench.settle()
    assert bench.tool.selection.pixels() is None
    assert bench.preview is None


def test_esc_in_the_panel_takes_the_selection_away(bench: Bench) -> None:
    """Whichever widget of the panel has the focus."""
    bench.tool.selection.select(QRectF(0.1, 0.1, 0.3, 0.3))
    bench.qtbot.keyClick(bench.panel.live, Qt.Key.Key_Escape)
    assert bench.tool.selection.pixels() is None


def test_presets_and_kept_kernels_are_one_choice_away(bench: Bench) -> None:
    """A preset brings its sliders; a kept kernel comes back as it was; deleting takes it from the list."""
    source = bench.panel.source

    def pick(name: str) -> None:
        source.library.setCurrentIndex(source.library.findText(name))
        source.library.activated.emit(source.library.currentIndex())
        bench.settle()

    pick("Hot air")
    assert bench.psf is not None
    assert bench.psf.model == psf_library.PRESETS[-1].blur
    assert not source.forget_button.isEnabled()
    bench.slide("Strength σ", 3.0)
    remaining = bench.panel.editor.kernel()
    source.keep_button.click()
    (dialog,) = source.findChildren(QInputDialog)
    dialog.textValueSelected.emit("my haze")
    dialog.reject()
    bench.settle()
    assert bench.said[-1] == "“my haze” was added to the library."
    bench.choose("motion")
    pick("my haze")
    assert np.allclose(bench.kernel, remaining, atol=1e-6)
    source.forget_button.click()
    assert source.library.findText("my haze") < 0


def test_kernels_are_opened_and_saved_by_dialogs(bench: Bench, tmp_path: Path) -> None:
    """The file that was saved can be opened again; a broken one is explained and changes nothing."""
    source = bench.panel.source
    bench.choose("defocus")
    displayed = bench.panel.editor.kernel()
    source.save_button.click()
    (dialog,) = source.findChildren(QFileDialog)
    dialog.fileSelected.emit(str(tmp_path / "disk.tif"))
    dialog.reject()
    dialog.deleteLater()
    bench.settle()
    assert "disk.tif" in bench.said[-1]
    bench.choose("motion")
    source.open(tmp_path / "disk.tif")
    bench.settle()
    assert source.kinds.currentText() == "disk.tif"
    assert np.allclose(bench.kernel, displayed, atol=1e-3)
    (tmp_path / "broken.npy").write_bytes(b"nothing")
    source.open(tmp_path / "broken.npy")
    bench.settle()
    assert "broken.npy" in str(bench.errors[-1])
    assert source.kinds.currentText() == "disk.tif"


def test_what_was_done_to_an_opened_psf_is_told(bench: Bench, tmp_path: Path) -> None:
    """The note stands where the kind of blur is explained, as long as that PSF is chosen."""
    spot = np.pad(np.ones((5, 5), np.float32), 10)
    image_io.write(Picture(np.repeat((0.1 + 0.9 * spot)[:, :, None], 3, axis=2)), tmp_path / "lamp.png")
    bench.panel.source.open(tmp_path / "lamp.png")
    bench.settle()
    assert "grey background" in bench.panel.source.explanation.text()
    bench.choose("motion")
    assert "grey background" not in bench.panel.source.explanation.text()


def test_no_two_keys_of_the_tab_are_equal(bench: Bench) -> None:
    """Alt and a letter goes to one place, and to none that the window's menus, tabs and status line have."""
    labels = [label for label in bench.panel.findChildren(QLabel) if label.buddy()]
    texts = [widget.text() for widget in [*bench.panel.findChildren(QAbstractButton), *labels]]
    letters = [QKeySequence.mnemonic(text).toString() for text in texts if not QKeySequence.mnemonic(text).isEmpty()]
    assert len(letters) == len(set(letters)) >= 8
    assert not {f"Alt+{letter}" for letter in "FEVPTHMNBSC"} & set(letters)


@pytest.mark.parametrize("width", [260, 420])
def test_the_tab_fits_a_narrow_dock(bench: Bench, width: int) -> None:
    """Nothing is cut off at the side, whichever blur shows."""
    panel = bench.panel
    panel.resize(width, 700)
    area = panel.findChild(QScrollArea)
    for index in range(panel.source.kinds.count()):
        panel.source.kinds.setCurrentIndex(index)
        bench.settle()
        panel.grab()
        page = area.widget()
        assert panel.minimumSizeHint().width() <= width
        assert page.width() <= area.viewport().width()
        for widget in page.findChildren(QWidget):
            if widget.isVisible() and widget.parentWidget() is page:
                assert widget.geometry().right() <= page.width()


def test_captions_say_which_psf_is_undone() -> None:
    """A blur by its name and values, a kernel by its size, a grid as what it is, and nothing for none."""
    kernel = models.defocus(2.0)
    assert captions.describe_psf(None) == ""
    assert captions.describe_psf(Psf.of_model(STREAK)) == "motion blur, 9 px at 30°"
    width, height = kernel_arrays.describe(kernel).extent
    assert captions.describe_psf(Psf(kernel)) == f"kernel, {width} × {height} px"
    assert captions.describe_psf(Psf(even_grid([[kernel]], (9, 9)))) == "blur that varies over the frame"
