"""Loss and accuracy of a training as curves that grow.

pyqtgraph takes most of a second to import, so this module is imported when the training panel is built and not
before.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Slot
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QToolTip, QVBoxLayout, QWidget

from deblur_app.gui.series import Series

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray
    from PySide6.QtGui import QHelpEvent, QResizeEvent, QWheelEvent

    from training.trainer import EpochFigures

_REDRAW_MS = 100
"""The curves are drawn at most this often, however fast the batches come."""

_MOST_POINTS = 5_000
_LOWEST_LOSS = 1e-9
"""A loss of zero has no place on a logarithmic axis."""

_SIDE_BY_SIDE = 760
"""Width in pixels from which the two diagrams stand beside each other."""

_CURVES = ("batch", "training", "validation", "nothing", "best")
_COLUMNS = ("loss", "val_loss", "accuracy", "val_accuracy")
_LEGEND = {
    "batch": ("─", "training, each batch"),
    "training": ("━", "training"),
    "validation": ("━", "validation"),
    "nothing": ("╍", "doing nothing"),
}


class CurvePlot(QWidget):
    """Loss and accuracy over the epochs, for the training and the validation pairs.

    The dashed line is what the blurred pictures score as they are: a network below it in accuracy, or above it in
    loss, makes the pictures worse. The epoch with the lowest validation loss is marked.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batches = Series()
        self._epochs = {name: Series() for name in _COLUMNS}
        self._nothing: EpochFigures | None = None
        self.loss = _Graph("Loss (mean squared error)", self._describe)
        self.accuracy = _Graph("Accuracy (%)", self._describe)
        self.log_scale = QCheckBox("Lo&garithmic")
        self.log_scale.setToolTip("Show the loss on a logarithmic axis: small improvements become visible")
        self.log_scale.toggled.connect(self.set_log)
        self.setAccessibleName("Curves of loss and accuracy over the epochs")
        self._legend = QLabel()
        self._legend.setWordWrap(True)
        self._graphs = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._graphs.addWidget(_titled("Loss", "lower is better", self.loss, self.log_scale), 1)
        self._graphs.addWidget(_titled("Accuracy", "higher is better", self.accuracy), 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(self._graphs, 1)
        layout.addWidget(self._legend)
        self._timer = QTimer(self, singleShot=True, interval=_REDRAW_MS)
        self._timer.timeout.connect(self.redraw)
        self._take_colours()
        self.redraw()

    def clear(self) -> None:
        """Forget everything; for the next run."""
        self.forget_after(-1)
        self._nothing = None

    def set_do_nothing(self, figures: EpochFigures | None) -> None:
        """Draw the dashed line at what the blurred pictures score themselves."""
        self._nothing = figures
        self._schedule()

    def add_batch(self, position: float, loss: float) -> None:
        """Add the loss of a batch.

        Args:
            position: Where it lies on the axis, in epochs: 1.5 is in the middle of the second.
            loss: Mean squared error of the batch.
        """
        self._batches.append(position, loss)
        self._schedule()

    def add_batches(self, positions: NDArray[Any], losses: NDArray[Any]) -> None:
        """Add the losses of many batches at once, such as those of a run that is continued."""
        self._batches.extend(positions, losses)
        self._schedule()

    def add_epoch(self, figures: EpochFigures) -> None:
        """Add the figures of a finished epoch."""
        for name, series in self._epochs.items():
            series.append(figures.epoch, getattr(figures, name))
        self._schedule()

    def forget_after(self, epoch: float) -> None:
        """Take back what came after `epoch`, because a continued run does it again."""
        for series in (self._batches, *self._epochs.values()):
            series.cut_after(epoch)
        self._schedule()

    @property
    def best_epoch(self) -> int | None:
        """The epoch with the lowest validation loss."""
        losses = self._epochs["val_loss"]
        return int(losses.x[np.nanargmin(losses.y)]) if np.isfinite(losses.y).any() else None

    def point_counts(self) -> dict[str, int]:
        """How many points each curve has: “batch” and the names of the figures."""
        return {"batch": len(self._batches), **{name: len(s) for name, s in self._epochs.items()}}

    @Slot(bool)
    def set_log(self, log: bool) -> None:
        """Show the loss on a logarithmic axis, or on a linear one."""
        self.log_scale.setChecked(log)
        self.loss.setLogMode(y=log)
        self.redraw()

    @Slot()
    def redraw(self) -> None:
        """Draw what is known now."""
        self._timer.stop()
        last = max([1.0, *(float(s.x[-1]) for s in (self._batches, self._epochs["loss"]) if len(s))])
        nothing = self._nothing
        self.loss.draw("batch", self._batches)
        for graph, name, scale in ((self.loss, "loss", 1.0), (self.accuracy, "accuracy", 100.0)):
            graph.draw("training", self._epochs[name], scale)
            graph.draw("validation", self._epochs[f"val_{name}"], scale)
            graph.draw_level(getattr(nothing, name) * scale if nothing else None, last)
            graph.mark(self.best_epoch, self._epochs[f"val_{name}"], scale)
            graph.setXRange(0.0, last, padding=0.02)
        self._write_legend()

    def changeEvent(self, event: QEvent) -> None:
        """Take the new colours when the system turns light or dark."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.PaletteChange, QEvent.Type.StyleChange, QEvent.Type.FontChange}:
            self._take_colours()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the diagrams beside each other where there is room, else above each other."""
        super().resizeEvent(event)
        wide = event.size().width() >= _SIDE_BY_SIDE
        direction = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self._graphs.setDirection(direction)

    def _schedule(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _take_colours(self) -> None:
        self._colours = _colours(self.palette())
        for graph in (self.loss, self.accuracy):
            graph.set_colours(self._colours, self.palette())
        self._write_legend()

    def _write_legend(self) -> None:
        entries = [
            f'<span style="color:{self._colours[name].name()}"><b>{sign}{sign}</b></span>&nbsp;'
            + text.replace(" ", "&nbsp;")
            for name, (sign, text) in _LEGEND.items()
        ]
        if best := self.best_epoch:
            entries.append(f"<b>○</b>&nbsp;best:&nbsp;epoch&nbsp;{best}")
        text = " &nbsp; ".join(entries)
        if text != self._legend.text():
            self._legend.setText(text)

    def _describe(self, position: float) -> str:
        """What there is to say of the epoch nearest to a place on the axis."""
        epochs = self._epochs["loss"].x
        if not len(epochs) or not math.isfinite(position):
            return ""
        nearest = int(np.abs(epochs - position).argmin())
        loss, val_loss, accuracy, val_accuracy = (self._epochs[name].y[nearest] for name in _COLUMNS)
        return (
            f"Epoch {epochs[nearest]:.0f}\n"
            f"Loss: training {loss:.4f}, validation {val_loss:.4f}\n"
            f"Accuracy: training {accuracy:.1%}, validation {val_accuracy:.1%}"
        )


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
        most = size / (2 * self.fontMetrics().height())
        for steps in ([1], [1, 2, 5], range(1, 10), np.arange(1, 10, 0.1), np.arange(1, 10, 0.01)):
            ticks = np.add.outer(decades, np.log10(steps)).ravel()
            ticks = ticks[(ticks > minimum) & (ticks < maximum)]
            if len(ticks) >= min(3, most):
                break
        return [(None, ticks)]


class _Graph(pg.PlotWidget):  # type: ignore[misc] # pyqtgraph has no types
    """One diagram. It is looked at and not operated: the wheel scrolls the page it stands on."""

    def __init__(self, label: str, describe: Callable[[float], str]) -> None:
        super().__init__(axisItems={"left": _ValueAxis("left"), "bottom": _EpochAxis("bottom")})
        self._describe = describe
        self._label = label
        self.setMinimumHeight(170)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setFrameShape(pg.PlotWidget.Shape.NoFrame)
        self.setAccessibleName(f"{label} over the epochs")
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

    def draw(self, name: str, series: Series, scale: float = 1.0) -> None:
        """Show a curve, its values multiplied by `scale`."""
        x, y = series.thinned(_MOST_POINTS)
        self.curves[name].setData(x, np.maximum(y * scale, _LOWEST_LOSS))

    def draw_level(self, value: float | None, last: float) -> None:
        """Show the dashed line at `value`, as far as the curves go; None takes it away."""
        known = value is not None and math.isfinite(value)
        self.curves["nothing"].setData([0.0, last] if known else [], [value, value] if known else [])

    def mark(self, epoch: int | None, series: Series, scale: float) -> None:
        """Mark an epoch on a curve."""
        x, y = series.at(epoch or 0)
        self.curves["best"].setData(x, np.maximum(y * scale, _LOWEST_LOSS))
        self._best_line.setVisible(epoch is not None)
        self._best_line.setValue(epoch or 0)

    def set_colours(self, colours: dict[str, QColor], palette: QPalette) -> None:
        """Take the colours of a light or a dark window."""
        text, ground = palette.color(QPalette.ColorRole.Text), palette.color(QPalette.ColorRole.Base)
        self.setBackground(ground)
        for side, label in (("left", self._label), ("bottom", "Epoch")):
            axis = self.getAxis(side)
            axis.setPen(pg.mkPen(_between(text, ground, 0.5)))
            axis.setTextPen(pg.mkPen(text))
            axis.setTickFont(self.font())
            axis.setLabel(label, **{"font-size": f"{self.fontInfo().pixelSize()}px"})
        self.curves["batch"].setPen(pg.mkPen(colours["batch"], width=1))
        self.curves["training"].setPen(pg.mkPen(colours["training"], width=2))
        self.curves["validation"].setPen(pg.mkPen(colours["validation"], width=2))
        self.curves["nothing"].setPen(pg.mkPen(colours["nothing"], width=2, style=Qt.PenStyle.DashLine))
        self.curves["best"].setPen(None)
        self.curves["best"].setSymbol("o")
        self.curves["best"].setSymbolSize(10)
        self.curves["best"].setSymbolPen(pg.mkPen(text, width=2))
        self.curves["best"].setSymbolBrush(pg.mkBrush(ground))
        self._best_line.setPen(pg.mkPen(_between(text, ground, 0.6), style=Qt.PenStyle.DotLine))

    def sizeHint(self) -> QSize:
        return QSize(320, 200)

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def viewportEvent(self, event: QEvent) -> bool:
        """Tell the figures of the epoch under the mouse."""
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]
            place = self.plotItem.vb.mapSceneToView(self.mapToScene(help_event.pos()))
            QToolTip.showText(help_event.globalPos(), self._describe(place.x()), self)
            return True
        return bool(super().viewportEvent(event))


def _titled(title: str, hint: str, graph: QWidget, switch: QWidget | None = None) -> QWidget:
    box = QWidget()
    line = QHBoxLayout()
    label = QLabel(f"<b>{title}</b> · {hint}")
    label.setMinimumHeight(QCheckBox("x").sizeHint().height())  # level with the other diagram, switch or not
    line.addWidget(label, 1)
    if switch:
        line.addWidget(switch)
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addLayout(line)
    layout.addWidget(graph, 1)
    return box


def _colours(palette: QPalette) -> dict[str, QColor]:
    """Colours of the curves on the ground of `palette`; blue and orange, which colour-blind people tell apart."""
    ground, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    dark = ground.lightnessF() < 0.5
    training = QColor("#56b4e9" if dark else "#0072b2")
    return {
        "batch": _between(training, ground, 0.6),
        "training": training,
        "validation": QColor("#ffa43a" if dark else "#d55e00"),
        "nothing": _between(text, ground, 0.3),
    }


def _between(one: QColor, other: QColor, share: float) -> QColor:
    """The colour that is `other` to a share in [0, 1] and else `one`."""
    mixed = [
        getattr(one, part)() * (1 - share) + getattr(other, part)() * share for part in ("redF", "greenF", "blueF")
    ]
    return QColor.fromRgbF(*mixed)
