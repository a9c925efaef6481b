"""Loss and accuracy of a training as curves that grow.

pyqtgraph takes most of a second to import, so this module is imported when the training panel is built and not
before.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from deblur_app.gui.graph import Graph, curve_colours
from deblur_app.gui.series import Series

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    from training.trainer import EpochFigures

_REDRAW_MS = 200
"""The curves are drawn at most this often, however fast the batches come."""

_SIDE_BY_SIDE = 760
"""Width in pixels from which the two diagrams stand beside each other."""

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
        self.loss = Graph("Loss (mean squared error)", self._describe)
        self.accuracy = Graph("Accuracy (%)", self._describe)
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
        self._colours = curve_colours(self.palette())
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
