"""Page 5: the result of a training, and what to do with it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QLabel, QLineEdit, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.training_wizard.page import WIDE, Page
from deblur_app.gui.training_wizard.parts.columns import Columns
from deblur_app.gui.training_wizard.parts.figures_table import FiguresTable
from deblur_app.gui.training_wizard.parts.result import result_tasks
from deblur_app.gui.training_wizard.parts.result.result_buttons import ResultButtons
from deblur_app.gui.training_wizard.parts.result.result_words import columns_of, describe_outcome
from deblur_app.gui.training_wizard.parts.result.sample_grid import SampleGrid
from deblur_app.gui.training_wizard.runs.run_exports import RunExports
from deblur_app.gui.training_wizard.runs.run_history import figures_of
from deblur_app.gui.training_wizard.state import PageId
from deblur_app.gui.widgets.forms.parameter_form import narrow_combo
from deblur_app.gui.widgets.forms.slider_box import WheelGuard
from deblur_app.gui.widgets.labels import wrapping_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.task import Progress
    from deblur_app.gui.training_wizard.model import WizardModel
    from deblur_app.gui.training_wizard.parts.result.sample_grid import Sample
    from training.reports.results import Outcome
    from training.runs.run import Run


class ResultPage(Page):
    """The page of one finished run.

    Attributes:
        runs: The finished runs to choose from.
        jobs: The reading and evaluation, in the background.
        exports: What is made of the run: reports, files and comparisons.

    Signals:
        use_wanted: The path of a card: deblur with that model from now on.
        go_on_wanted: A run, and how many more epochs it is to have.
        evaluated: An `Outcome` with its samples is shown.
    """

    widest = WIDE

    use_wanted = Signal(object)
    go_on_wanted = Signal(object, int)
    evaluated = Signal(object)

    def __init__(self, model: WizardModel) -> None:
        super().__init__(model)
        from deblur_app.gui.training_wizard.plots.curve_plot import CurvePlot

        self.exports = RunExports(self)
        self.outcome: Outcome | None = None
        self.jobs = TaskQueue(self)
        self.runs = narrow_combo()
        self.runs.setToolTip(tr("The trainings that have a model, the newest first"))
        self.runs.setAccessibleName(tr("Training that is shown"))
        WheelGuard(self).guard(self.runs)
        self.name = QLineEdit()
        self.name.setToolTip(tr("The name of the model; press Enter to keep another one"))
        self.name.setAccessibleName(tr("Name of the model"))
        self.summary, self.note = wrapping_label(), wrapping_label()
        self.buttons = ResultButtons()
        self.table = FiguresTable()
        self.samples = SampleGrid()
        self.plot = CurvePlot()
        self._lay_out()
        self._connect()
        self._enable(on=False)

    @property
    def run(self) -> Run | None:
        """The run that is shown; None where there is none."""
        return self.outcome.run if self.outcome else None

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [self.runs, self.name, *self.buttons.controls, self.table, *self.plot.controls]

    @property
    def work(self) -> list[TaskQueue]:
        """The reading and evaluation, and what is written."""
        return [self.jobs, self.exports.jobs]

    def enter(self) -> None:
        """List the finished runs, and show the one that came to its end last; else the newest."""
        from training.runs.run_list import runs_folder

        task = result_tasks.list_runs(runs_folder(), self.model.state.last_finished)
        self.jobs.replace(QueuedTask("runs", task, self._take_runs))

    # --- building ---------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        names = QWidget()
        top = QGridLayout(names)
        top.setContentsMargins(0, 0, 0, 0)
        for row, (text, widget) in enumerate(((tr("Training"), self.runs), (tr("Name"), self.name))):
            top.addWidget(QLabel(text), row, 0)
            top.addWidget(widget, row, 1)
        top.setColumnStretch(1, 1)
        columns = Columns((names, self.summary, self.buttons, self.table, self.note), (self.samples, self.plot))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(columns)

    def _connect(self) -> None:
        buttons, exports = self.buttons, self.exports
        buttons.use.clicked.connect(lambda: self._with_run(lambda run: self.use_wanted.emit(run.card)))
        buttons.export.clicked.connect(
            lambda: self._with_run(lambda run: exports.ask_where_to_export(run, self.name.text()))
        )
        buttons.compare.clicked.connect(lambda: self._with_run(exports.compare))
        buttons.report.clicked.connect(lambda: self._with_run(exports.write_report))
        buttons.go_on.clicked.connect(
            lambda: self._with_run(lambda run: self.go_on_wanted.emit(run, buttons.more_epochs.value()))
        )
        buttons.new.clicked.connect(lambda: self.model.go_to(PageId.PICTURES))
        exports.message.connect(self.message)
        exports.failed.connect(self.failed)
        self.runs.currentIndexChanged.connect(self._choose)
        self.name.editingFinished.connect(self._rename)
        self.jobs.failed.connect(lambda error, _: self.failed.emit(error))
        self.jobs.progressed.connect(self._show_progress)

    def _with_run(self, do: Callable[[Run], object]) -> None:
        """Do something with the run that is shown, where there is one."""
        if self.run:
            do(self.run)

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _take_runs(self, result: tuple[list[tuple[str, Run]], Run | None]) -> None:
        runs, chosen = result
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
            self.summary.setText(tr("No training has come to its end yet."))
            for widget in (self.table, self.plot, self.samples):
                widget.hide()
            return
        self.jobs.replace(QueuedTask("outcome", result_tasks.read_run(run), self._take_outcome))

    def _take_outcome(self, outcome: Outcome) -> None:
        from training.reports.results import evaluate_outcome

        self._show(outcome)
        self.samples.show_samples([])
        self.note.setText(tr("Evaluating the bundled model on the same photos…"))
        task = result_tasks.with_images(evaluate_outcome(outcome))
        self.jobs.add(QueuedTask("evaluate", task, self._take_evaluated))

    def _take_evaluated(self, evaluated: tuple[Outcome, list[Sample]]) -> None:
        outcome, samples = evaluated
        self._show(outcome)
        self.samples.show_samples(samples)
        self.evaluated.emit(outcome)

    def _show(self, outcome: Outcome) -> None:
        self.outcome = outcome
        for widget in (self.table, self.plot):
            widget.show()
        with QSignalBlocker(self.name):
            self.name.setText(outcome.name)
        self.summary.setText(describe_outcome(outcome))
        self.note.setText(outcome.note)
        self.table.show_columns(columns_of(outcome))
        self.plot.clear()
        self.plot.marks_drops = outcome.config.learning.schedule == "plateau"
        self.plot.set_do_nothing(figures_of(outcome.do_nothing))
        for event in outcome.epochs:
            self.plot.add_epoch(figures_of(event))

    @Slot()
    def _rename(self) -> None:
        if self.outcome and self.name.text() != self.outcome.name:
            task = result_tasks.rename_run(self.outcome.run, self.name.text())
            self.jobs.add(QueuedTask("rename", task, self._take_name))

    def _take_name(self, name: str) -> None:
        self.runs.setItemText(self.runs.currentIndex(), name)

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        if self.outcome and self.outcome.bundled is None and progress.stage:
            self.note.setText(f"{progress.stage}…")

    def _enable(self, *, on: bool) -> None:
        self.buttons.enable(on=on)
        self.name.setEnabled(on)
