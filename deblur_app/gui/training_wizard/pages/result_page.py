"""Page 5: the result of a training, and what to do with it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QAbstractItemView,
    QGridLayout,
    QHBoxLayout,
    QHeaderView,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from deblur_app.core.task import Progress
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.training_wizard.parts.tiles import Tile
from deblur_app.gui.widgets.parameter_form import narrow_combo
from deblur_app.gui.widgets.slider_box import WheelGuard

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QImage

    from deblur_app.core.task import Task
    from training.reports.results import Outcome
    from training.runs.run import Run

_ROWS = ("This model", "Doing nothing", "The bundled model")
_COLUMNS = ("PSNR", "SSIM", "Accuracy", "Loss")
_SAMPLE_TITLES = {"blurred": "Blurred", "predicted": "This model", "bundled": "Bundled model", "sharp": "Sharp"}


class ResultPage(QWidget):
    """The page of one finished run.

    Attributes:
        runs: The finished runs to choose from.
        jobs: The reading and judging, in the background.

    Signals:
        use_wanted: The path of a card: deblur with that model from now on.
        export_wanted: A run whose model is to become one file.
        compare_wanted: A run that is to be compared with others.
        report_wanted: A run whose report is to be written and opened.
        go_on_wanted: A run, and how many more epochs it is to have.
        new_wanted: Another training is to be set up.
        failed: The exception that ended some work.
        judged: An `Outcome` with its samples is shown.
    """

    use_wanted = Signal(object)
    export_wanted = Signal(object)
    compare_wanted = Signal(object)
    report_wanted = Signal(object)
    go_on_wanted = Signal(object, int)
    new_wanted = Signal()
    failed = Signal(object)
    judged = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from deblur_app.gui.training_wizard.plots.plots import CurvePlot

        self.outcome: Outcome | None = None
        self.jobs = TaskQueue(self)
        self.runs = narrow_combo()
        self.runs.setToolTip("The trainings that have a model, the newest first")
        self.runs.setAccessibleName("Training that is shown")
        WheelGuard(self).guard(self.runs)
        self.name = QLineEdit()
        self.name.setToolTip("What the model is called; press Enter to keep another name")
        self.name.setAccessibleName("Name of the model")
        self.summary = _words()
        self.note = _words()
        self.table = _table()
        self.samples = QWidget()
        self._samples = QGridLayout(self.samples)
        self._samples.setContentsMargins(0, 0, 0, 0)
        self.plot = CurvePlot()
        self._make_buttons()
        self._lay_out()
        self.runs.currentIndexChanged.connect(self._choose)
        self.name.editingFinished.connect(self._rename)
        self.jobs.failed.connect(lambda error, _: self.failed.emit(error))
        self.jobs.progressed.connect(self._show_progress)
        self._enable(on=False)

    @property
    def run(self) -> Run | None:
        """The run that is shown; None where there is none."""
        return self.outcome.run if self.outcome else None

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [self.runs, self.name, *self._buttons, self.more_epochs, self.table, *self.plot.controls]

    def show_runs(self, folder: Path, chosen: Run | None = None) -> None:
        """List the finished runs of `folder`, and show one; None for the newest."""
        self.jobs.replace(QueuedTask("runs", _list(folder, chosen), self._take_runs))

    # --- building ---------------------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.use = _button("&Use it now", "Deblur the open photo with this network")
        self.export = _button("Export as one fi&le…", "Write weights, card, curve and samples into one .deblur file")
        self.compare = _button("Compare &with…", "Curves and figures of this training beside those of others")
        self.report = _button("Open &report", "Open the report of this training, with curves and pictures")
        self.go_on = _button("G&o on training", "Train this network for more epochs, from where it stands")
        self.new = _button("&Another training", "Go back to the pictures")
        self.more_epochs = QSpinBox()
        self.more_epochs.setRange(1, 100_000)
        self.more_epochs.setValue(10)
        self.more_epochs.setPrefix("for ")
        self.more_epochs.setSuffix(" epochs")
        self.more_epochs.setToolTip("How many more epochs it is to have")
        self.more_epochs.setAccessibleName("More epochs")
        self._buttons = [self.use, self.export, self.compare, self.report, self.new, self.go_on]
        signals = {self.export: self.export_wanted, self.compare: self.compare_wanted, self.report: self.report_wanted}
        for button, signal in signals.items():
            button.clicked.connect(lambda _=False, signal=signal: signal.emit(self.run))
        self.use.clicked.connect(self._use)
        self.go_on.clicked.connect(lambda: self.go_on_wanted.emit(self.run, self.more_epochs.value()))
        self.new.clicked.connect(self.new_wanted)

    def _lay_out(self) -> None:
        top = QGridLayout()
        for row, (text, widget) in enumerate((("Training", self.runs), ("Name", self.name))):
            top.addWidget(QLabel(text), row, 0)
            top.addWidget(widget, row, 1)
        top.setColumnStretch(1, 1)
        buttons = QGridLayout()
        for place, button in enumerate((self.use, self.export, self.compare, self.report, self.new)):
            buttons.addWidget(button, place // 3, place % 3)
        further = QHBoxLayout()
        further.addWidget(self.go_on)
        further.addWidget(self.more_epochs)
        further.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(top)
        layout.addWidget(self.summary)
        layout.addLayout(buttons)
        layout.addLayout(further)
        layout.addWidget(self.table)
        layout.addWidget(self.note)
        layout.addWidget(self.samples)
        layout.addWidget(self.plot, 1)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _take_runs(self, found: tuple[list[tuple[str, Run]], Run | None]) -> None:
        runs, chosen = found
        with QSignalBlocker(self.runs):
            self.runs.clear()
            for label, run in runs:
                self.runs.addItem(label, run)
            places = [run for _, run in runs]
            self.runs.setCurrentIndex(places.index(chosen) if chosen in places else 0)
        self._choose()

    @Slot()
    def _choose(self) -> None:
        run = self.runs.currentData()
        self._enable(on=run is not None)
        if run is None:
            self.summary.setText("No training has come to its end yet.")
            self.table.hide()
            self.plot.hide()
            self.samples.hide()
            return
        self.jobs.replace(QueuedTask("outcome", _read(run), self._take_outcome))

    def _take_outcome(self, outcome: Outcome) -> None:
        from training.reports.results import evaluate_outcome

        self._show(outcome)
        self._show_samples([])
        self.note.setText("Judging the bundled model on the same pictures…")
        self.jobs.add(QueuedTask("judge", _with_images(evaluate_outcome(outcome)), self._take_judged))

    def _take_judged(self, found: tuple[Outcome, list[dict[str, tuple[QImage, str]]]]) -> None:
        outcome, samples = found
        self._show(outcome)
        self._show_samples(samples)
        self.judged.emit(outcome)

    def _show(self, outcome: Outcome) -> None:
        self.outcome = outcome
        for widget in (self.table, self.plot):
            widget.show()
        with QSignalBlocker(self.name):
            self.name.setText(outcome.name)
        self.summary.setText(_verdict(outcome))
        self.note.setText(outcome.note)
        self._fill_table(outcome)
        self._fill_plot(outcome)

    def _fill_table(self, outcome: Outcome) -> None:
        bundled = outcome.bundled
        rows: list[dict[str, Any]] = [outcome.best, outcome.do_nothing]
        if bundled:
            figures = {"psnr": bundled.psnr, "ssim": bundled.ssim, "accuracy": bundled.accuracy, "loss": bundled.loss}
            rows.append({f"val_{name}": value for name, value in figures.items()})
        self.table.setRowCount(len(rows))
        for number, row in enumerate(rows):
            name = f"{_ROWS[0]}, epoch {outcome.best['epoch']}" if number == 0 else _ROWS[number]
            self.table.setVerticalHeaderItem(number, QTableWidgetItem(name))
            for column, text in enumerate(_cells(row)):
                cell = QTableWidgetItem(text)
                cell.setTextAlignment(Qt.AlignmentFlag.AlignCenter)
                self.table.setItem(number, column, cell)
        header = self.table.horizontalHeader().sizeHint().height()
        self.table.setFixedHeight(header + self.table.verticalHeader().length() + 2 * self.table.frameWidth())

    def _fill_plot(self, outcome: Outcome) -> None:
        from deblur_app.gui.training_wizard.training_session import figures_of

        self.plot.clear()
        self.plot.marks_drops = outcome.config.learning.schedule == "plateau"
        self.plot.set_do_nothing(figures_of(outcome.do_nothing))
        for event in outcome.epochs:
            self.plot.add_epoch(figures_of(event))

    def _show_samples(self, samples: list[dict[str, tuple[QImage, str]]]) -> None:
        while item := self._samples.takeAt(0):
            if widget := item.widget():
                widget.deleteLater()
        for row, sample in enumerate(samples):
            for column, (name, (image, caption)) in enumerate(sample.items()):
                tile = Tile(_SAMPLE_TITLES[name] if row == 0 else "")
                tile.show_image(image, caption)
                self._samples.addWidget(tile, row, column)
        self.samples.setVisible(bool(samples))

    @Slot()
    def _use(self) -> None:
        if self.run:
            self.use_wanted.emit(self.run.card)

    @Slot()
    def _rename(self) -> None:
        if self.outcome and self.name.text() != self.outcome.name:
            self.jobs.add(QueuedTask("rename", _rename(self.outcome.run, self.name.text()), self._take_name))

    def _take_name(self, name: str) -> None:
        self.runs.setItemText(self.runs.currentIndex(), name)

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        if self.outcome and self.outcome.bundled is None and progress.stage:
            self.note.setText(f"{progress.stage}…")

    def _enable(self, *, on: bool) -> None:
        for widget in (*self._buttons, self.name, self.more_epochs):
            widget.setEnabled(on or widget is self.new)


def _verdict(outcome: Outcome) -> str:
    """Return a sentence on the outcome of the training."""
    count = len(outcome.epochs)
    text = f"{count} epoch{'' if count == 1 else 's'} done; epoch {outcome.best['epoch']}, the best, is kept."
    own, nothing = (float(row.get("val_psnr") or math.nan) for row in (outcome.best, outcome.do_nothing))
    if not math.isfinite(own - nothing):
        return text
    if own >= nothing:
        return f"{text} On held-out pictures it is {own - nothing:.1f} dB better than leaving them as they are."
    return f"{text} On held-out pictures it is {nothing - own:.1f} dB worse than leaving them as they are."


def _cells(row: dict[str, Any]) -> list[str]:
    psnr, ssim, accuracy, loss = (
        math.nan if row.get(f"val_{name.lower()}") is None else float(row[f"val_{name.lower()}"]) for name in _COLUMNS
    )
    return [
        f"{psnr:.2f} dB" if math.isfinite(psnr) else "–",
        f"{ssim:.3f}" if math.isfinite(ssim) else "–",
        f"{accuracy:.1%}".replace("%", " %") if math.isfinite(accuracy) else "–",
        f"{loss:.4f}" if math.isfinite(loss) else "–",
    ]


def _list(folder: Path, chosen: Run | None) -> Task[tuple[list[tuple[str, Run]], Run | None]]:
    from training.reports.results import name_of
    from training.runs.run_list import list_finished_runs

    yield Progress(0.0, "Looking for trainings")
    runs = list_finished_runs(folder)
    if chosen is not None and chosen not in runs and chosen.card.is_file():
        runs.insert(0, chosen)
    return [(name_of(run), run) for run in runs], chosen


def _read(run: Run) -> Task[Outcome]:
    from training.reports.results import read_outcome

    yield Progress(0.0, "Reading the training")
    return read_outcome(run)


def _with_images(task: Task[Outcome]) -> Task[tuple[Outcome, list[dict[str, tuple[QImage, str]]]]]:
    """Return the outcome, and its samples as images with their captions."""
    from deblur_app.core.picture import to_uint8
    from deblur_app.gui.images import qt_image

    outcome = yield from task
    samples = []
    for sample in outcome.samples:
        shown = {name: getattr(sample, name) for name in _SAMPLE_TITLES}
        samples.append(
            {
                name: (qt_image.to_qimage(to_uint8(pixels)), _decibels(sample.psnr.get(name)))
                for name, pixels in shown.items()
                if pixels is not None
            }
        )
    return outcome, samples


def _decibels(psnr: float | None) -> str:
    return "" if psnr is None else f"{psnr:.1f} dB"


def _rename(run: Run, name: str) -> Task[str]:
    from training.reports.results import rename

    yield Progress(0.0, "")
    rename(run, name)
    return name.strip()


def _table() -> QTableWidget:
    table = QTableWidget(0, len(_COLUMNS))
    table.setHorizontalHeaderLabels(list(_COLUMNS))
    table.setAccessibleName("Figures on held-out pictures")
    table.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
    table.setSelectionMode(QAbstractItemView.SelectionMode.NoSelection)
    table.setTabKeyNavigation(False)
    table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setMinimumSectionSize(50)
    table.verticalHeader().setDefaultSectionSize(table.fontMetrics().height() + 8)
    for bars in (table.setVerticalScrollBarPolicy, table.setHorizontalScrollBarPolicy):
        bars(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    return table


def _words() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    return label


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    return button
