"""The curve of generalised cross-validation: how well each strength of smoothing explains the photo."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPalette, QPen, QPolygonF
from PySide6.QtWidgets import QSizePolicy, QWidget

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QMouseEvent, QPaintEvent

_LEFT, _RIGHT, _TOP, _BOTTOM = 8, 8, 20, 20
"""The margins of the diagram, in pixels."""


class CurveView(QWidget):
    """A small diagram of scores over strengths, both axes logarithmic, the least score marked.

    Signals:
        chosen: A strength that the user clicked on.
    """

    chosen = Signal(float)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._x: NDArray[np.float64] = np.zeros(0)
        self._y: NDArray[np.float64] = np.zeros(0)
        self._best = 0
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName("Score of each strength of smoothing; the least is the best")

    def show_curve(self, strengths: NDArray[np.float64], scores: NDArray[np.float64], best: int) -> None:
        """Show a curve; `best` is the index of its least score."""
        self._x, self._y = (np.log10(np.maximum(np.asarray(v, np.float64), 1e-30)) for v in (strengths, scores))
        self._best = best
        self.setAccessibleDescription(self.words())
        self.setToolTip(f"{self.words()} Click to try another one.")
        self.update()

    @property
    def has_curve(self) -> bool:
        """True if there is a curve to look at."""
        return len(self._x) > 1

    def words(self) -> str:
        """Return the curve in a sentence."""
        if not self.has_curve:
            return ""
        ends = f"from {10 ** self._x[0]:.1e} to {10 ** self._x[-1]:.1e}"
        return f"Of the strengths {ends}, {10 ** self._x[self._best]:.2e} explains the photo best."

    def sizeHint(self) -> QSize:
        """Return a low and wide size."""
        return QSize(240, 130)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Choose the strength under the pointer."""
        if self.has_curve and event.button() == Qt.MouseButton.LeftButton:
            share = (event.position().x() - _LEFT) / max(self.width() - _LEFT - _RIGHT, 1)
            place = self._x[0] + min(max(share, 0.0), 1.0) * (self._x[-1] - self._x[0])
            self.chosen.emit(float(10.0**place))

    def paintEvent(self, _: QPaintEvent) -> None:
        """Paint the axis, the curve and its least value, in the colours of the window."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        palette = self.palette()
        painter.fillRect(self.rect(), palette.color(QPalette.ColorRole.Base))
        if not self.has_curve:
            return
        box = QRectF(self.rect()).adjusted(_LEFT, _TOP, -_RIGHT, -_BOTTOM)
        points = self._points(box)
        painter.setPen(palette.color(QPalette.ColorRole.Mid))
        painter.drawLine(box.bottomLeft(), box.bottomRight())
        dark = palette.color(QPalette.ColorRole.Base).lightnessF() < 0.5
        painter.setPen(QPen(Qt.GlobalColor.cyan if dark else Qt.GlobalColor.darkBlue, 2))
        painter.drawPolyline(QPolygonF(points))
        text = palette.color(QPalette.ColorRole.Text)
        best = points[self._best]
        painter.setPen(QPen(text, 1, Qt.PenStyle.DotLine))
        painter.drawLine(QPointF(best.x(), box.top()), QPointF(best.x(), box.bottom()))
        painter.setPen(QPen(text, 2))
        painter.drawEllipse(best, 4, 4)
        self._paint_words(painter, box, best)

    def _points(self, box: QRectF) -> list[QPointF]:
        finite = self._y[np.isfinite(self._y)]
        low, high = float(finite.min()), float(finite.max())
        x = (self._x - self._x[0]) / (self._x[-1] - self._x[0])
        y = (np.nan_to_num(self._y, nan=high) - low) / max(high - low, 1e-9)
        left, bottom, width, height = box.left(), box.bottom(), box.width(), box.height()
        return [QPointF(left + a * width, bottom - b * height) for a, b in zip(x, y, strict=True)]

    def _paint_words(self, painter: QPainter, box: QRectF, best: QPointF) -> None:
        painter.setPen(self.palette().color(QPalette.ColorRole.Text))
        lower = QRectF(box.left(), box.bottom() + 2, box.width(), _BOTTOM)
        painter.drawText(lower, Qt.AlignmentFlag.AlignLeft, "sharp, noisy")
        painter.drawText(lower, Qt.AlignmentFlag.AlignRight, "soft, clean")
        words = f"best {10 ** self._x[self._best]:.1e}"
        width = painter.fontMetrics().horizontalAdvance(words) + 2
        left = min(max(best.x() - width / 2, box.left()), box.right() - width)
        painter.drawText(QRectF(left, 2, width, _TOP), Qt.AlignmentFlag.AlignLeft, words)
