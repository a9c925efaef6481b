"""The curves show what they were given, fast, in the colours of the window."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPalette, QWheelEvent
from PySide6.QtWidgets import QApplication, QToolTip

from deblur_app.gui.training_wizard.plots.curve_plot import CurvePlot
from deblur_app.gui.widgets.graphs.series import Series
from training.fit.progress import EpochFigures

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


FIGURES = ("loss", "val_loss", "accuracy", "val_accuracy", "val_psnr", "val_ssim", "learning_rate")


def figures(epoch: int, val_loss: float = 0.02) -> EpochFigures:
    """Figures of an epoch, of which only the validation loss matters."""
    return EpochFigures(epoch, 0.03, 0.5, val_loss, 0.6, 20.0, 0.7, 1e-3, 1.0)


@pytest.fixture
def plot(qtbot: QtBot) -> CurvePlot:
    """A plot that is on the screen."""
    plot = CurvePlot()
    qtbot.addWidget(plot)
    plot.resize(420, 600)
    with qtbot.waitExposed(plot):
        plot.show()
    return plot


def test_what_is_added_is_drawn(plot: CurvePlot, qtbot: QtBot) -> None:
    """Batches, epochs and the level of doing nothing become curves without being asked to draw."""
    plot.set_do_nothing(figures(0, 0.01))
    for step in range(1, 11):
        plot.add_batch(step / 5, 0.1 / step)
    plot.add_epoch(figures(1))
    plot.add_epoch(figures(2))
    qtbot.waitUntil(lambda: plot.loss.curves["batch"].yData is not None)
    assert len(plot.loss.curves["batch"].yData) == 10
    assert plot.loss.curves["training"].xData.tolist() == [1, 2]
    assert plot.loss.curves["validation"].yData.tolist() == [0.02, 0.02]
    assert plot.quality.curves["validation"].yData.tolist() == [60, 60]  # in per cent, as the axis says
    assert plot.loss.curves["nothing"].yData.tolist() == [0.03, 0.03]
    assert plot.quality.curves["nothing"].yData.tolist() == [50, 50]
    assert plot.point_counts() == {"batch": 10, **dict.fromkeys(FIGURES, 2)}


def test_many_points_in_a_row_are_drawn_at_once(plot: CurvePlot, monkeypatch: pytest.MonkeyPatch) -> None:
    """Twenty thousand batches cause no drawing while they arrive, and one drawing takes few of their points."""
    drawings = []
    monkeypatch.setattr(plot.loss, "draw", lambda *_: drawings.append(1))
    for step in range(20_000):
        plot.add_batch(step / 100, 0.02)
    monkeypatch.undo()
    assert not drawings
    plot.redraw()
    plot.grab()
    assert len(plot.loss.curves["batch"].yData) <= 5_001


def test_the_best_epoch_is_marked(plot: CurvePlot) -> None:
    """The mark is at the lowest validation loss, wherever the curve goes afterwards."""
    for epoch, loss in enumerate((0.05, 0.03, 0.04), 1):
        plot.add_epoch(figures(epoch, loss))
    plot.redraw()
    assert plot.best_epoch == 2
    assert plot.loss.curves["best"].xData.tolist() == [2]
    assert plot.loss.curves["best"].yData.tolist() == [0.03]
    assert "epoch&nbsp;2" in plot._legend.text()


def test_a_continued_run_takes_back_what_it_does_again(plot: CurvePlot) -> None:
    """Points after the epoch of the checkpoint go, so that no curve runs backwards."""
    plot.add_batches(np.array([0.5, 1.0, 1.5, 2.0]), np.array([4.0, 3.0, 2.0, 1.0]))
    plot.add_epoch(figures(1))
    plot.add_epoch(figures(2, 0.001))
    plot.forget_after(1)
    plot.add_batch(1.5, 2.5)
    plot.redraw()
    assert plot.loss.curves["batch"].yData.tolist() == [4.0, 3.0, 2.5]
    assert plot.best_epoch == 1
    plot.clear()
    plot.redraw()
    assert set(plot.point_counts().values()) == {0}
    assert plot.best_epoch is None


@pytest.mark.parametrize("height", [170, 900])
@pytest.mark.parametrize("values", [(0.0,), (1e-9, 1.0), (0.0201, 0.0203), (0.003, 0.07)])
def test_the_logarithmic_axis_takes_every_loss(plot: CurvePlot, values: tuple[float, ...], height: int) -> None:
    """A loss of zero, many decades and a hundredth of one are all drawn, and numbers do not overlap."""
    plot.resize(420, height)
    for step, value in enumerate(values, 1):
        plot.add_batch(step, value)
    plot.log_scale.click()
    plot.grab()
    assert np.isfinite(plot.loss.curves["batch"].yData).sum() == len(values)
    axis = plot.loss.getAxis("left")
    low, high = (math.log10(bound) for bound in (min(values) + 1e-9, max(values) + 1e-8))
    ticks = axis.logTickValues(low, high, 150.0, [])[0][1]
    assert 1 <= len(ticks) <= 10
    assert len(set(axis.logTickStrings(ticks, 1.0, None))) == len(ticks)
    plot.log_scale.click()
    plot.grab()


def test_figures_that_are_no_numbers_do_no_harm(plot: CurvePlot) -> None:
    """A NaN among the figures is left out of the curves and never the best."""
    plot.set_do_nothing(figures(0, math.nan))
    plot.add_epoch(figures(1, math.nan))
    assert plot.best_epoch is None
    plot.add_epoch(figures(2))
    plot.redraw()
    plot.grab()
    assert plot.best_epoch == 2


def test_colours_follow_the_window(plot: CurvePlot) -> None:
    """In a dark window the ground is dark, and the curves are lighter than in a light one."""
    plot.setPalette(QPalette(QColor("white")))
    light = plot.loss.curves["training"].opts["pen"].color()
    dark_palette = QPalette(QColor("#303030"))
    plot.setPalette(dark_palette)
    dark = plot.loss.curves["training"].opts["pen"].color()
    assert dark.lightness() > light.lightness()
    assert plot.loss.backgroundBrush().color() == dark_palette.color(QPalette.ColorRole.Base)
    assert plot.loss.getAxis("left").textPen().color() == dark_palette.color(QPalette.ColorRole.Text)
    for palette in (dark_palette, QPalette(QColor("white"))):
        plot.setPalette(palette)
        text = palette.color(QPalette.ColorRole.Text).name()
        assert all(f"color: {text}" in plot.loss.getAxis(side).labelString() for side in ("left", "bottom"))


def test_diagrams_stand_side_by_side_where_there_is_room(plot: CurvePlot, qtbot: QtBot) -> None:
    """Narrow: one above the other. Wide: beside each other."""
    assert plot.quality.mapTo(plot, QPoint()).y() > plot.loss.mapTo(plot, QPoint()).y() + 100
    plot.resize(1100, 600)
    qtbot.waitUntil(lambda: plot.quality.mapTo(plot, QPoint()).x() > plot.loss.mapTo(plot, QPoint()).x() + 300)
    assert plot.quality.mapTo(plot, QPoint()).y() == plot.loss.mapTo(plot, QPoint()).y()


def test_pointing_at_an_epoch_tells_its_figures(plot: CurvePlot) -> None:
    """The tool tip names the nearest epoch; the wheel is left to the page."""
    plot.add_epoch(figures(1))
    plot.add_epoch(figures(2, 0.0123))
    plot.redraw()
    plot.grab()
    viewport = plot.loss.viewport()
    place = QPoint(viewport.width() - 5, viewport.height() // 2)
    QApplication.sendEvent(viewport, QHelpEvent(QEvent.Type.ToolTip, place, viewport.mapToGlobal(place)))
    assert "Epoch 2" in QToolTip.text()
    assert "validation 0.0123" in QToolTip.text()
    QToolTip.hideText()
    before = plot.loss.viewRange()
    wheel = QWheelEvent(
        QPointF(place),
        QPointF(viewport.mapToGlobal(place)),
        QPoint(),
        QPoint(0, 120),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.NoScrollPhase,
        False,
    )
    QApplication.sendEvent(viewport, wheel)
    assert plot.loss.viewRange() == before


def test_thinning_keeps_every_peak() -> None:
    """However many points are left out, the highest and the lowest are still there, in their order."""
    series = Series()
    values = np.random.default_rng(0).random(123_457)
    values[77_777], values[11_111] = 5.0, -5.0
    series.extend(np.arange(len(values)), values)
    x, y = series.decimate(5_000)
    assert len(x) <= 5_100
    assert (np.diff(x) > 0).all()
    assert (y.min(), y.max()) == (-5.0, 5.0)
    assert (y == values[x.astype(int)]).all()
