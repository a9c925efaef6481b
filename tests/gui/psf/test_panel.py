"""The PSF tab: choose, draw, find, try, check; every change is tried at once on what the panes show."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea, QWidget

from deblur_app.blur import kernel_arrays, models
from deblur_app.blur.kernel_grid import even_grid
from deblur_app.blur.psf import Psf
from deblur_app.engine.method import Request
from deblur_app.gui.psf.source import DRAWN
from deblur_app.gui.viewer import captions
from tests.gui.psf.bench import MOMENT, STREAK, Bench

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.core.picture import Pixels


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
    assert bench.messages == ["Too sharp."]
    assert bench.errors == []
    bench.slide("Smoothing", 1.0)
    assert bench.preview is not None


def test_deblur_asks_for_the_whole_photo_with_this_psf(bench: Bench) -> None:
    """The session gets the PSF and the window the method; the result then takes the place of the preview."""
    bench.panel.source.choose_blur(STREAK)
    bench.slide("Smoothing", 1.5)
    bench.qtbot.keyClick(bench.panel.deblur_button, Qt.Key.Key_Space)
    assert bench.requests == [("turn", {"smoothing": 1.5})]
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
    assert bench.session.result.display_image.levels[0] == bench.panes.predicted.canvas.image


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
