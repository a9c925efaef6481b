"""Loss and figures of a training as curves that grow.

pyqtgraph takes most of a second to import, so this module is imported when the training panel is built and not
before.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QTimer, Slot
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QComboBox, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.training_wizard.plots.curve_data import CurveData
from deblur_app.gui.widgets.graphs.graph import Graph
from deblur_app.gui.widgets.graphs.plot_theme import plot_theme
from deblur_app.gui.widgets.graphs.series import Series

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from PySide6.QtGui import QResizeEvent

    from training.fit.progress import EpochFigures

_REDRAW_MS = 200
"""The curves are drawn at most this often, however fast the batches come."""

_SIDE_BY_SIDE = 560
"""Width in pixels from which the two diagrams stand beside each other."""


@dataclass(frozen=True)
class _Metric:
    """A figure of the second diagram: its training and its validation series, and the factor they are multiplied by."""

    label: str
    axis: str
    training: str
    validation: str
    scale: float = 1.0


_METRICS = (
    _Metric(tr_later("Accuracy"), tr_later("Accuracy (%)"), "accuracy", "val_accuracy", 100.0),
    _Metric("PSNR", "PSNR (dB)", "", "val_psnr"),
    _Metric("SSIM", "SSIM", "", "val_ssim"),
)
_NO_SERIES = Series()

_LEGEND = (
    ("─", tr_later("training, each batch"), "faint"),
    ("━", "training", "main"),
    ("━", "validation", "second"),
    ("╍", tr_later("blurred photos"), "reference"),
)
"""Sign, words and colour of each kind of line."""

_DROP_ENTRY = ("┊", tr_later("learning rate falls"), "event")


class CurvePlot(QWidget):
    """The loss and another figure over the epochs, for the training and the validation pairs.

    The dashed line is what the blurred pictures score as they are: a network below it in accuracy, PSNR or SSIM, or
    above it in loss, makes the pictures worse. The epoch with the lowest validation loss is marked, and so are those
    before which the learning rate fell.

    Attributes:
        data: The points of the curves.
        marks_drops: Whether falls of the learning rate are marked: not where it falls with every step.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.data = CurveData()
        self.marks_drops = True
        self.loss = Graph(tr("Loss"), self.data.describe)
        self.quality = Graph(tr(_METRICS[0].axis), self.data.describe)
        self.log_scale = QCheckBox(tr("Lo&garithmic"))
        self.log_scale.setToolTip(tr("Show the loss on a logarithmic axis: small improvements become visible"))
        self.log_scale.toggled.connect(self.set_log)
        self.no_outliers = QCheckBox(tr("&Ignore outliers"))
        self.no_outliers.setToolTip(
            tr("Leave the highest losses, such as those of the first batches, out of the picture")
        )
        self.no_outliers.toggled.connect(self.redraw)
        self.metrics = QComboBox()
        self.metrics.setAccessibleName(tr("Figure of the second diagram"))
        self.metrics.setToolTip(tr("What the second diagram shows"))
        for metric in _METRICS:
            self.metrics.addItem(tr(metric.label))
        self.metrics.currentIndexChanged.connect(self._choose_metric)
        self.setAccessibleName(tr("Curves of the training over the epochs"))
        self._legend = QLabel()
        self._legend.setWordWrap(True)
        self._graphs = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        loss, hint = QLabel(tr("<b>Loss</b> · lower is better")), QLabel(tr(" · higher is better"))
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
        self.data.do_nothing = None

    def set_do_nothing(self, figures: EpochFigures | None) -> None:
        """Draw the dashed line at the score of the blurred pictures themselves."""
        self.data.do_nothing = figures
        self._schedule()

    def add_batch(self, position: float, loss: float) -> None:
        """Add the loss of a batch.

        Args:
            position: The place on the axis, in epochs: 1.5 is in the middle of the second.
            loss: Mean squared error of the batch.
        """
        self.data.batches.append(position, loss)
        self._schedule()

    def add_batches(self, positions: NDArray[Any], losses: NDArray[Any]) -> None:
        """Add the losses of many batches at once, such as those of a run that is continued."""
        self.data.batches.extend(positions, losses)
        self._schedule()

    def add_epoch(self, figures: EpochFigures) -> None:
        """Add the figures of a finished epoch."""
        self.data.add_epoch(figures)
        self._schedule()

    def forget_after(self, epoch: float) -> None:
        """Remove what came after `epoch`, because a continued run does it again."""
        self.data.forget_after(epoch)
        self._schedule()

    @property
    def best_epoch(self) -> int | None:
        """The epoch with the lowest validation loss."""
        return self.data.best_epoch

    @property
    def drops(self) -> list[float]:
        """The last epochs with a learning rate that was then lowered; none where it is to fall step by step."""
        return self.data.drops if self.marks_drops else []

    @property
    def _selected_metric(self) -> _Metric:
        return _METRICS[self.metrics.currentIndex()]

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [self.no_outliers, self.log_scale, self.metrics]

    @Slot()
    def _choose_metric(self) -> None:
        self.quality.name_values(tr(self._selected_metric.axis))
        self.redraw()

    def point_counts(self) -> dict[str, int]:
        """Return the number of points of each curve: “batch” and the names of the figures."""
        return self.data.point_counts()

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
        data, last = self.data, self.data.last
        nothing = data.do_nothing
        self.loss.draw("batch", data.batches)
        drops = self.drops
        for graph, metric in ((self.loss, _Metric("", "", "loss", "val_loss")), (self.quality, self._selected_metric)):
            graph.draw("training", data.epochs.get(metric.training, _NO_SERIES), metric.scale)
            graph.draw("validation", data.epochs[metric.validation], metric.scale)
            level = getattr(nothing, metric.training or metric.validation) * metric.scale if nothing else None
            graph.draw_level(level, last)
            graph.mark(self.best_epoch, data.epochs[metric.validation], metric.scale)
            graph.mark_drops(drops)
            graph.setXRange(0.0, last, padding=0.02)
        self.loss.limit(data.loss_limits() if self.no_outliers.isChecked() else None)
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
            f'<span style="color:{getattr(self._theme, colour).name()}"><b>{sign}{sign}</b></span> {tr(text)}'
            for sign, text, colour in legend
        ]
        if best := self.best_epoch:
            entries.append(f"<b>○</b> {tr('best: epoch {epoch}', epoch=best)}")
        text = " &nbsp; ".join(_keep_on_a_line(entry) for entry in entries)
        if text != self._legend.text():
            self._legend.setText(text)


def _keep_on_a_line(entry: str) -> str:
    """Return an entry of the legend with blanks that end no line, but for the one inside of its tag."""
    return entry.replace(" ", "&nbsp;").replace("<span&nbsp;", "<span ")


def _create_titled_plot(titles: list[QWidget], graph: QWidget) -> QWidget:
    box = QWidget()
    line = QHBoxLayout()
    height = QComboBox().sizeHint().height()  # both diagrams are level
    for title in titles:
        title.setMinimumHeight(height)
        if isinstance(title, QLabel):
            title.setWordWrap(True)
        line.addWidget(title, 1 if isinstance(title, QLabel) else 0)
    layout = QVBoxLayout(box)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addLayout(line)
    layout.addWidget(graph, 1)
    return box
