"""One diagram over the epochs of a training, and its colours.

pyqtgraph takes most of a second to import, so this module is imported when the training panel is built and not
before.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QToolTip

from deblur_app.core.texts import tr
from deblur_app.gui.widgets.graphs.plot_theme import curve_pen

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from PySide6.QtGui import QColor, QHelpEvent, QWheelEvent

    from deblur_app.gui.widgets.graphs.plot_theme import PlotTheme
    from deblur_app.gui.widgets.graphs.series import Series

_MOST_POINTS = 5_000
_LOWEST_LOSS = 1e-9
"""A loss of zero has no place on a logarithmic axis."""

_TICK_PIXELS = 40
"""Room for one number on a logarithmic axis."""

_CURVES = ("batch", "training", "validation", "nothing", "best")


class _EpochAxis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """An axis that is only labelled at whole epochs."""

    def tickSpacing(self, minimum: float, maximum: float, size: float) -> list[tuple[float, float]]:
        spacings = super().tickSpacing(minimum, maximum, size)
        return [(step, offset) for step, offset in spacings if step >= 1] or [(1.0, 0.0)]


class _ValueAxis(pg.AxisItem):  # type: ignore[misc] # pyqtgraph has no types
    """An axis that stays legible when it is logarithmic: pyqtgraph prints all nine numbers of a decade."""

    def logTickValues(
        self, minimum: float, maximum: float, size: float, _: list[tuple[float, Any]]
    ) -> list[tuple[float | None, Any]]:
        decades = np.arange(math.floor(minimum), math.ceil(maximum))
        for steps in ([1], [1, 2, 5], range(1, 10), np.arange(1, 10, 0.1), np.arange(1, 10, 0.01)):
            ticks = np.add.outer(decades, np.log10(steps)).ravel()
            ticks = ticks[(ticks > minimum) & (ticks < maximum)]
            if len(ticks) >= min(3, size / _TICK_PIXELS):
                break
        return [(None, ticks)]

    def logTickStrings(self, values: list[float], scale: float, _: float | None) -> list[str]:
        return [f"{10**value * scale:.3g}" for value in values]


_LEAST_HEIGHT = 140
"""Points: two diagrams, three pictures and a slider fit below each other into a window of 850."""


class Graph(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """One diagram, to look at and not to operate: the wheel scrolls the page it stands on."""

    def __init__(self, label: str, describe: Callable[[float], str]) -> None:
        super().__init__(axisItems={"left": _ValueAxis("left"), "bottom": _EpochAxis("bottom")})
        self._describe = describe
        self._label = label
        self.setMinimumHeight(_LEAST_HEIGHT)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setAccessibleName(tr("{label} over the epochs", label=label))
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        for side in ("left", "bottom"):
            self.getAxis(side).enableAutoSIPrefix(False)
        self.showGrid(x=False, y=True, alpha=0.2)
        self.curves = {name: self.plot(antialias=name != "batch") for name in _CURVES}
        self._best_line = pg.InfiniteLine(angle=90)
        self._best_line.hide()
        self.addItem(self._best_line)
        self._lines: list[pg.PlotDataItem] = []
        self._drop_lines: list[pg.InfiniteLine] = []
        self._drop_pen = pg.mkPen(None)

    def draw(self, name: str, series: Series, scale: float = 1.0) -> None:
        """Show a curve, its values multiplied by `scale`."""
        x, y = series.decimate(_MOST_POINTS)
        self.curves[name].setData(x, np.maximum(y * scale, _LOWEST_LOSS))

    def draw_level(self, value: float | None, last: float) -> None:
        """Show the dashed line at `value`, as far as the curves go; None takes it away."""
        is_finite = value is not None and math.isfinite(value)
        self.curves["nothing"].setData([0.0, last] if is_finite else [], [value, value] if is_finite else [])

    def mark(self, epoch: int | None, series: Series, scale: float) -> None:
        """Mark an epoch on a curve."""
        x, y = series.at(epoch or 0)
        self.curves["best"].setData(x, np.maximum(y * scale, _LOWEST_LOSS))
        self._best_line.setVisible(epoch is not None)
        self._best_line.setValue(epoch or 0)

    def add_line(self, series: Series, colour: QColor) -> None:
        """Draw one more curve, such as that of another run."""
        x, y = series.decimate(_MOST_POINTS)
        self._lines.append(self.plot(x, y, pen=curve_pen(colour), antialias=True))

    def clear_lines(self) -> None:
        """Take away what `add_line` has drawn."""
        for line in self._lines:
            self.removeItem(line)
        self._lines.clear()

    def mark_drops(self, epochs: Sequence[float]) -> None:
        """Mark the epochs before which the learning rate fell."""
        while len(self._drop_lines) < len(epochs):
            line = pg.InfiniteLine(angle=90, pen=self._drop_pen)
            self._drop_lines.append(line)
            self.addItem(line)
        for number, line in enumerate(self._drop_lines):
            line.setVisible(number < len(epochs))
            line.setValue(epochs[number] if number < len(epochs) else 0.0)

    def drops(self) -> list[float]:
        """Return the epochs that are marked as those before which the learning rate fell."""
        return [float(line.value()) for line in self._drop_lines if line.isVisible()]

    def limit(self, limits: tuple[float, float] | None) -> None:
        """Show values between two limits only; None shows all."""
        if limits is None:
            self.enableAutoRange(axis="y")
            return
        low, high = limits
        if self.plotItem.getAxis("left").logMode:
            low, high = (math.log10(max(value, _LOWEST_LOSS)) for value in limits)
        self.setYRange(low, high, padding=0.03)

    def name_values(self, label: str) -> None:
        """Set the label of the vertical axis."""
        self._label = label
        self.setAccessibleName(tr("{label} over the epochs", label=label))
        self._write_label("left", label)

    def set_theme(self, theme: PlotTheme) -> None:
        """Take the colours of a light or a dark window."""
        self.setBackground(theme.ground)
        for side, label in (("left", self._label), ("bottom", tr("Epoch"))):
            axis = self.getAxis(side)
            axis.setPen(curve_pen(theme.axis, 1))
            axis.setTextPen(curve_pen(theme.text, 1))
            axis.setTickFont(self.font())
            self._write_label(side, label)
        self.curves["batch"].setPen(curve_pen(theme.faint, 1))
        self.curves["training"].setPen(curve_pen(theme.main))
        self.curves["validation"].setPen(curve_pen(theme.second))
        self.curves["nothing"].setPen(curve_pen(theme.reference, style=Qt.PenStyle.DashLine))
        self.curves["best"].setPen(None)
        self.curves["best"].setSymbol("o")
        self.curves["best"].setSymbolSize(10)
        self.curves["best"].setSymbolPen(curve_pen(theme.text))
        self.curves["best"].setSymbolBrush(pg.mkBrush(theme.ground))
        self._best_line.setPen(curve_pen(theme.guide, 1, Qt.PenStyle.DotLine))
        self._drop_pen = curve_pen(theme.event, 1, Qt.PenStyle.DashDotLine)
        for line in self._drop_lines:
            line.setPen(self._drop_pen)

    def _write_label(self, side: str, label: str) -> None:
        """Write the label of an axis in the colour of its numbers, which pyqtgraph would forget with another size."""
        axis = self.getAxis(side)
        style = {"font-size": f"{self.fontInfo().pixelSize()}px", "color": axis.textPen().color().name()}
        axis.setLabel(label, **style)

    def sizeHint(self) -> QSize:
        """Return the least size: pyqtgraph asks for so much that a page would need a scroll bar."""
        return QSize(320, _LEAST_HEIGHT)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Show the figures of the epoch under the mouse."""
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            place = self.plotItem.vb.mapSceneToView(self.mapToScene(help_event.pos()))
            QToolTip.showText(help_event.globalPos(), self._describe(place.x()), self)
            return True
        return bool(super().viewportEvent(event))
