"""The curve of generalised cross-validation: how well each strength of smoothing predicts the photo.

pyqtgraph takes long to import, so this module is imported when the first curve is made, in the thread of that work.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QSizePolicy

from deblur_app.core.texts import tr
from deblur_app.gui.widgets.graphs.plot_theme import curve_pen, plot_theme

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QMouseEvent, QWheelEvent

_LEAST_SCORE = 1e-30
"""A score of zero has no logarithm."""

_REACH = 6.0
"""The strengths that are shown, in steps of the slider to both sides: a little more than the slider has."""

_MARK = 9
"""Diameter of the mark at the best strength, in pixels."""


class CurveView(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """A small diagram of scores over the smoothing that gives them, the least score marked.

    Signals:
        chosen: A smoothing that the user clicked on, in the steps of the slider.
    """

    chosen = Signal(float)
    _is_built = False  # pyqtgraph changes the palette before there is anything to paint

    def __init__(self) -> None:
        super().__init__()
        self._x: NDArray[np.float64] = np.zeros(0)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setMenuEnabled(False)
        self.setMouseEnabled(x=False, y=False)
        self.hideButtons()
        self.hideAxis("left")
        self.setAccessibleName(tr("Score of each strength of smoothing; the least is the best"))
        self._curve, self._mark = self.plot(antialias=True), self.plot(symbol="o", symbolSize=_MARK)
        self._line = pg.InfiniteLine(0.0, angle=90)
        self.addItem(self._line)
        self._is_built = True
        self._take_colours()

    def show_curve(self, smoothings: NDArray[np.float64], scores: NDArray[np.float64]) -> None:
        """Show a curve.

        Args:
            smoothings: In the steps of the slider, rising; 0 is the best, which methods choose by themselves.
            scores: The score of each; less is better.
        """
        self._x = np.asarray(smoothings, np.float64)
        is_finite = np.isfinite(scores)
        y = np.log10(np.maximum(np.where(is_finite, scores, np.max(scores[is_finite], initial=1.0)), _LEAST_SCORE))
        self._curve.setData(self._x, y)
        self._mark.setData([0.0], [float(np.interp(0.0, self._x, y))])
        self.setXRange(max(float(self._x[0]), -_REACH), min(float(self._x[-1]), _REACH), padding=0.02)
        self.setAccessibleDescription(self.words())
        self.setToolTip(tr("{words} Click to try another one.", words=self.words()))

    @property
    def has_curve(self) -> bool:
        """True if there is a curve to look at."""
        return len(self._x) > 1

    def words(self) -> str:
        """Return the curve in a sentence."""
        if not self.has_curve:
            return ""
        return tr(
            "Of smoothing {x:.1f} to {x_2:.1f}, 0 (automatic) explains the photo best.", x=self._x[0], x_2=self._x[-1]
        )

    def sizeHint(self) -> QSize:
        """Return a low and wide size."""
        return QSize(240, 140)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the smoothing under the pointer."""
        super().mouseReleaseEvent(event)
        if self.has_curve and event.button() == Qt.MouseButton.LeftButton:
            x = float(self.plotItem.vb.mapSceneToView(event.position()).x())
            self.chosen.emit(min(max(x, float(self._x[0])), float(self._x[-1])))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a change between light and dark."""
        super().changeEvent(event)
        if self._is_built and event.type() == QEvent.Type.PaletteChange:
            self._take_colours()

    def _take_colours(self) -> None:
        theme = plot_theme(self.palette())
        self.setBackground(theme.ground)
        axis = self.getAxis("bottom")
        axis.setPen(curve_pen(theme.axis, 1))
        axis.setTextPen(curve_pen(theme.text, 1))
        axis.setTickFont(self.font())
        style = {"font-size": f"{self.fontInfo().pixelSize()}px", "color": theme.text.name()}
        axis.setLabel(tr("Smoothing: sharp and noisy … soft and clean"), **style)
        self._curve.setPen(curve_pen(theme.main))
        self._line.setPen(curve_pen(theme.guide, 1, Qt.PenStyle.DotLine))
        self._mark.setSymbolPen(curve_pen(theme.text))
        self._mark.setSymbolBrush(pg.mkBrush(theme.ground))
