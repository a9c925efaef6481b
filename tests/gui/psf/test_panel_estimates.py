"""The panel estimates the PSF from the photo, and checks results with it."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QPalette

from deblur_app.blur import degrade, kernel_arrays, models
from deblur_app.blur.kernel_grid import even_grid
from deblur_app.blur.psf import Psf
from deblur_app.core.picture import Picture
from deblur_app.core.task import Progress
from deblur_app.engine import psf_tasks
from deblur_app.engine.estimation.psf_estimate import PsfEstimate
from tests.gui.psf.bench import STREAK, Bench, stand_in_for_estimation

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.core.task import Task


def test_a_found_blur_is_shown_with_its_sliders(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """The estimate can be refined by hand; the selection is what was asked."""
    task = stand_in_for_estimation(PsfEstimate(STREAK.kernel(), STREAK, 0.8))
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
    assert bench.messages == ["Motion blur, 9 px at 30°, sure."]
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
    task = stand_in_for_estimation(PsfEstimate(grid, None, 0.5))
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
    with qtbot.waitSignal(view.cell_chosen) as restored:
        qtbot.mouseDClick(view, Qt.MouseButton.LeftButton, pos=QPoint(view.width() - 5, 20))
    assert restored.args == [0, 1]
    bench.settle()


def test_what_the_method_found_by_itself_is_shown_quietly(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    """After a result whose method looked for the blur, the tab shows that blur, and the result stays in the pane."""
    monkeypatch.setattr(psf_tasks, "estimate", stand_in_for_estimation(PsfEstimate(STREAK.kernel(), STREAK, 0.8)))
    bench.open()  # anew: the blur of an open photo is not estimated again
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
    may_end = threading.Event()

    def estimate_grid(*_: object) -> Task[PsfEstimate]:
        while not may_end.wait(0.002):
            yield Progress(0.5, "Looking")
        return PsfEstimate(models.defocus(9.0), None, 1.0)

    monkeypatch.setattr(psf_tasks, "estimate_grid", estimate_grid)
    bench.choose("defocus")
    bench.tool.selection.select(QRectF(0.1, 0.1, 0.3, 0.3))
    bench.panel.from_photo.grid_button.click()
    before, other = bench.session.input, Picture(bench.photo.pixels[::-1].copy())
    bench.session.take_picture(other)
    bench.qtbot.waitUntil(lambda: bench.session.input is not before)
    may_end.set()
    bench.settle()
    assert bench.messages == []
    assert bench.tool.selection.pixels() is None
    assert bench.preview is None


def test_esc_in_the_panel_takes_the_selection_away(bench: Bench) -> None:
    """Whichever widget of the panel has the focus."""
    bench.tool.selection.select(QRectF(0.1, 0.1, 0.3, 0.3))
    bench.qtbot.keyClick(bench.panel.live, Qt.Key.Key_Escape)
    assert bench.tool.selection.pixels() is None
