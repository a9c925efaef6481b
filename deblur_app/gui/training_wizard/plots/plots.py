"""Loss and figures of a training as curves that grow.

pyqtgraph takes most of a second to import, so this module is imported when the training panel is built and not
before.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from deblur_app.core.metrics import percent
from deblur_app.gui.widgets.graph import Graph
from deblur_app.gui.widgets.plot_theme import plot_theme
from deblur_app.gui.widgets.series import Series

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    from training.fit.trainer import EpochFigures

_REDRAW_MS = 200
"""The curves are drawn at most this often, however fast the batches come."""

_SIDE_BY_SIDE = 560
"""Width in pixels from which the two diagrams stand beside each other."""

_COLUMNS = ("loss", "val_loss", "accuracy", "val_accuracy", "val_psnr", "val_ssim", "learning_rate")


@dataclass(frozen=True)
class _Metric:
    """A figure of the second diagram: its training and its validation series, and the factor they are multiplied by."""

    label: str
    axis: str
    training: str
    validation: str
    scale: float = 1.0


_METRICS = (
    _Metric("Accuracy", "Accuracy (%)", "accuracy", "val_accuracy", 100.0),
    _Metric("PSNR", "PSNR (dB)", "", "val_psnr"),
    _Metric("SSIM", "SSIM", "", "val_ssim"),
)
_NO_SERIES = Series()

_OUTLIERS = (0.5, 98.0)
"""Percentiles between which values are shown where outliers are ignored."""

_DROP = 0.8
"""A learning rate that falls below this part of the one before counts as a drop."""

_MOST_DROPS = 24
"""The most drops that are marked; with more of them the rate falls step by step, and none is marked."""

_LEGEND = (
    ("─", "training, each batch", "faint"),
    ("━", "training", "main"),
    ("━", "validation", "second"),
    ("╍", "doing nothing", "reference"),
)
"""Sign, words and colour of each kind of line."""

_DROP_ENTRY = ("┊", "learning rate falls", "event")


class CurvePlot(QWidget):
    """The loss and another figure over the epochs, for the training and the validation pairs.

    The dashed line is what the blurred pictures score as they are: a network below it in accuracy, PSNR or SSIM, or
    above it in loss, makes the pictures worse. The epoch with the lowest validation loss is marked, and so are those
    before which the learning rate fell.

    Attributes:
        marks_drops: Whether falls of the learning rate are marked: not where it falls with every step.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._batches = Series()
        self._epochs = {name: Series() for name in _COLUMNS}
        self._nothing: EpochFigures | None = None
        self.marks_drops = True
        self.loss = Graph("Loss", self._describe)
        self.quality = Graph(_METRICS[0].axis, self._describe)
        self.log_scale = QCheckBox("Lo&garithmic")
        self.log_scale.setToolTip("Show the loss on a logarithmic axis: small improvements become visible")
        self.log_scale.toggled.connect(self.set_log)
        self.no_outliers = QCheckBox("&Ignore outliers")
        self.no_outliers.setToolTip("Leave the highest losses, such as those of the first batches, out of the picture")
        self.no_outliers.toggled.connect(self.redraw)
        self.metrics = QComboBox()
        self.metrics.setAccessibleName("Figure of the second diagram")
        self.metrics.setToolTip("What the second diagram shows")
        for metric in _METRICS:
            self.metrics.addItem(metric.label)
        self.metrics.currentIndexChanged.connect(self._choose_metric)
        self.setAccessibleName("Curves of the training over the epochs")
        self._legend = QLabel()
        self._legend.setWordWrap(True)
        self._graphs = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        loss, hint = QLabel("<b>Loss</b> · lower is better"), QLabel(" · higher is better")
        self._graphs.addWidget(_create_titled_plot([loss, self.no_outliers, self.log_scale], self.loss), 1)
        self._graphs.addWidget(_create_titled_plot([self.metrics, hint], self.quality), 1)
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
        """Draw the dashed line at the score of the blurred pictures themselves."""
        self._nothing = figures
        self._schedule()

    def add_batch(self, position: float, loss: float) -> None:
        """Add the loss of a batch.

        Args:
            position: The place on the axis, in epochs: 1.5 is in the middle of the second.
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
        """Remove what came after `epoch`, because a continued run does it again."""
        for series in (self._batches, *self._epochs.values()):
            series.remove_after(epoch)
        self._schedule()

    @property
    def best_epoch(self) -> int | None:
        """The epoch with the lowest validation loss."""
        losses = self._epochs["val_loss"]
        return int(losses.x[np.nanargmin(losses.y)]) if np.isfinite(losses.y).any() else None

    @property
    def drops(self) -> list[float]:
        """The last epochs with a learning rate that was then lowered; none where it is to fall step by step."""
        if not self.marks_drops:
            return []
        rates = self._epochs["learning_rate"]
        fell = np.flatnonzero(rates.y[1:] < _DROP * rates.y[:-1])
        return [float(rates.x[index]) for index in fell] if len(fell) <= _MOST_DROPS else []

    @property
    def _selected_metric(self) -> _Metric:
        return _METRICS[self.metrics.currentIndex()]

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [self.no_outliers, self.log_scale, self.metrics]

    def _loss_limits(self) -> tuple[float, float] | None:
        """Return the limits between which nearly all losses lie."""
        values = np.concatenate([self._batches.y, self._epochs["loss"].y, self._epochs["val_loss"].y])
        values = values[np.isfinite(values)]
        if len(values) < 2:
            return None
        low, high = np.percentile(values, _OUTLIERS)
        return (float(low), float(high)) if high > low else None

    @Slot()
    def _choose_metric(self) -> None:
        self.quality.name_values(self._selected_metric.axis)
        self.redraw()

    def point_counts(self) -> dict[str, int]:
        """Return the number of points of each curve: “batch” and the names of the figures."""
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
        drops = self.drops
        for graph, shown in ((self.loss, _Metric("", "", "loss", "val_loss")), (self.quality, self._selected_metric)):
            graph.draw("training", self._epochs.get(shown.training, _NO_SERIES), shown.scale)
            graph.draw("validation", self._epochs[shown.validation], shown.scale)
            level = getattr(nothing, shown.training or shown.validation) * shown.scale if nothing else None
            graph.draw_level(level, last)
            graph.mark(self.best_epoch, self._epochs[shown.validation], shown.scale)
            graph.mark_drops(drops)
            graph.setXRange(0.0, last, padding=0.02)
        self.loss.limit(self._loss_limits() if self.no_outliers.isChecked() else None)
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
        self._theme = plot_theme(self.palette())
        for graph in (self.loss, self.quality):
            graph.set_theme(self._theme)
        self._write_legend()

    def _write_legend(self) -> None:
        legend = [*_LEGEND, *([_DROP_ENTRY] if self.drops else [])]
        entries = [
            f'<span style="color:{getattr(self._theme, colour).name()}"><b>{sign}{sign}</b></span>&nbsp;'
            + text.replace(" ", "&nbsp;")
            for sign, text, colour in legend
        ]
        if best := self.best_epoch:
            entries.append(f"<b>○</b>&nbsp;best:&nbsp;epoch&nbsp;{best}")
        text = " &nbsp; ".join(entries)
        if text != self._legend.text():
            self._legend.setText(text)

    def _describe(self, position: float) -> str:
        """Return the figures of the epoch nearest to a place on the axis, in words."""
        epochs = self._epochs["loss"].x
        if not len(epochs) or not math.isfinite(position):
            return ""
        nearest = int(np.abs(epochs - position).argmin())
        loss, val_loss, accuracy, val_accuracy, psnr, _, rate = (self._epochs[name].y[nearest] for name in _COLUMNS)
        decibels = f", PSNR {psnr:.1f} dB" if math.isfinite(psnr) else ""
        return (
            f"Epoch {epochs[nearest]:.0f}, learning rate {rate:.2g}\n"
            f"Loss: training {loss:.4f}, validation {val_loss:.4f}\n"
            f"Accuracy: training {percent(accuracy)}, validation {percent(val_accuracy)}{decibels}"
        )


def _create_titled_plot(titles: list[QWidget], graph: QWidget) -> QWidget:
    box = QWidget()
    line = QHBoxLayout()
    height = QComboBox().sizeHint().height()  # both diagrams are level
    for title in titles:
        title.setMinimumHeight(height)
        line.addWidget(title, 1 if isinstance(title, QLabel) else 0)
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addLayout(line)
    layout.addWidget(graph, 1)
    return box
