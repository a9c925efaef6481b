"""Page 4: a running training: its progress, its figures, remarks on it, and the buttons to end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QVBoxLayout, QWidget

from deblur_app.core.metrics import ACCURACY_EXPLAINED
from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.training_wizard.page import WIDE, Page
from deblur_app.gui.training_wizard.parts.coach_box import CoachBox
from deblur_app.gui.training_wizard.parts.columns import Columns
from deblur_app.gui.training_wizard.parts.epoch_scrubber import EpochScrubber
from deblur_app.gui.training_wizard.parts.figures_table import FiguresTable, column_of
from deblur_app.gui.training_wizard.parts.queue_list import QueueList
from deblur_app.gui.training_wizard.parts.run_box import RunBox
from deblur_app.gui.training_wizard.runs.run_history import RunHistory
from deblur_app.gui.widgets.labels import wrapping_label
from training.fit.progress import TrainingProgress

if TYPE_CHECKING:
    from deblur_app.core.task import Progress
    from deblur_app.gui.background.task_queue import TaskQueue
    from deblur_app.gui.training_wizard.model import WizardModel
    from deblur_app.gui.training_wizard.runs.training_session import QueuedTraining, TrainingSession
    from training.config.config import TrainingConfig
    from training.fit.progress import EpochFigures
    from training.runs.run import Run

_EVALUATED_ON = {
    "held-out": tr_later("Figures on the photos that were kept aside, which the network never saw:"),
    "paper": tr_later("Figures on the training photos themselves (protocol “paper”), which flatter the network:"),
}


class TrainingPage(Page):
    """The page of one training, and of those that wait for it.

    Attributes:
        scrubber: The outputs for some pictures after each epoch.
    """

    widest = WIDE

    def __init__(self, model: WizardModel, session: TrainingSession) -> None:
        super().__init__(model)
        from deblur_app.gui.training_wizard.plots.curve_plot import CurvePlot

        self._session = session
        self._run: Run | None = None
        self._config: TrainingConfig | None = None
        self.box = RunBox()
        self.pause, self.stop, self.cancel = self.box.pause, self.box.stop, self.box.cancel
        self.queue = QueueList()
        self.coach = CoachBox()
        self.plot = CurvePlot()
        self.scrubber = EpochScrubber()
        self.evaluated_on = wrapping_label()
        self.table = FiguresTable()
        self.verdict = wrapping_label()
        self.accuracy_hint = wrapping_label(ACCURACY_EXPLAINED)
        self.accuracy_hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        figures = QWidget()
        column = QVBoxLayout(figures)
        column.setContentsMargins(0, 0, 0, 0)
        for widget in (self.evaluated_on, self.table, self.verdict, self.accuracy_hint):
            column.addWidget(widget)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        columns = Columns((self.box, self.queue, self.coach, figures), (self.plot, self.scrubber))
        columns.give_room(self.plot)
        layout.addWidget(columns)
        self._connect()

    def begin(self, training: QueuedTraining) -> None:
        """Show an empty training that starts now."""
        self._run, self._config = training.run, None
        self.box.begin(training.run.folder.name, self._session.figures)
        self.box.title.setToolTip(str(training.run.folder))
        self.coach.hide()
        self.scrubber.follow(training.run)
        self.plot.clear()
        self._show_figures()
        if training.config:
            self.describe(training.config, training.pair_count)

    def describe(self, config: TrainingConfig, pair_count: int) -> None:
        """Show what is trained, and on which pictures it is evaluated."""
        self._config = config
        self.evaluated_on.setText(tr(_EVALUATED_ON[config.protocol]))
        self.plot.marks_drops = config.learning.schedule == "plateau"
        self.box.title.setToolTip(
            tr(
                "{pair_count} pairs, {epochs} epochs, batches of {batch_size}, learning rate "
                "{learning_rate:g}, protocol {protocol}, seed {seed}",
                pair_count=pair_count,
                epochs=config.epochs,
                batch_size=config.batch_size,
                learning_rate=config.learning_rate,
                protocol=config.protocol,
                seed=config.seed,
            )
        )

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """Take the progress of the training; cheap, because it comes after each batch."""
        if isinstance(progress, RunHistory):
            self._show_history(progress)
        elif isinstance(progress, TrainingProgress):
            self._take(progress)
        self.box.show_progress(progress)

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [
            *self.box.controls,
            *self.queue.controls,
            self.table,
            *self.plot.controls,
            *self.scrubber.controls,
        ]

    @property
    def work(self) -> list[TaskQueue]:
        """The reading of the log."""
        return [self.coach.jobs]

    @property
    def latest(self) -> EpochFigures | None:
        """The figures of the epoch finished last."""
        return self._session.figures.latest

    def finish(self) -> None:
        """End the reading of previews."""
        self.scrubber.reading.finish()

    def _connect(self) -> None:
        session, box = self._session, self.box
        session.began.connect(self.begin)
        session.progressed.connect(self.show_progress)
        session.succeeded.connect(self._show_success)
        session.failed.connect(lambda _: self._show_end(tr("The training ended with an error.")))
        session.cancelled.connect(self._show_cancelled)
        session.queue_changed.connect(lambda: self.queue.show_waiting(session.waiting))
        box.pause_wanted.connect(lambda paused: session.pause() if paused else session.unpause())
        box.stop_wanted.connect(session.stop_and_keep)
        box.cancel_wanted.connect(session.cancel)
        self.queue.forget_wanted.connect(session.forget)

    # --- what the training says -------------------------------------------------------------------------------------

    def _show_history(self, history: RunHistory) -> None:
        self.describe(history.config, history.pair_count)
        self.box.show_edits(history.edits)
        self.plot.add_batches(history.positions, history.losses)
        self.plot.set_do_nothing(history.do_nothing)
        for figures in history.epochs:
            self.plot.add_epoch(figures)
        self._show_figures()
        self._ask_coach()

    def _take(self, progress: TrainingProgress) -> None:
        if progress.do_nothing:  # known before the first batch
            self.plot.forget_after(progress.epoch)
            self.plot.set_do_nothing(progress.do_nothing)
            self._show_figures()
        if progress.loss is not None:
            self.plot.add_batch(progress.step / progress.steps_per_epoch, progress.loss)
        if progress.rollback:
            self.plot.forget_after(progress.rollback.back_to)
            self._ask_coach()
        if progress.figures:
            self.plot.add_epoch(progress.figures)
            self._show_figures()
            self._ask_coach()
            self.scrubber.look()

    def _show_figures(self) -> None:
        figures = self._session.figures
        self.table.show_columns(
            [
                column_of(tr("Latest"), figures.latest),
                column_of(tr("Best"), figures.best),
                column_of(tr("Blurred"), figures.do_nothing),
            ]
        )
        self.verdict.setText(figures.verdict)
        if figures.latest:
            self.box.allow_stop()

    @Slot(object)
    def _show_success(self, run: Run) -> None:
        self._show_end(
            tr(
                "{end_sentence} The model is in “{folder}”.",
                end_sentence=self._session.figures.end_sentence,
                folder=run.folder,
            ),
            has_model=True,
        )

    @Slot()
    def _show_cancelled(self) -> None:
        self._show_end(
            tr("Cancelled after epoch {epoch}.", epoch=self.latest.epoch)
            if self.latest
            else tr("Cancelled before the first epoch was done.")
        )

    def _show_end(self, text: str, *, has_model: bool = False) -> None:
        self.box.show_end(text, has_model=has_model)
        self.plot.redraw()
        self._ask_coach()

    def _ask_coach(self) -> None:
        """Have the log read again for remarks."""
        if self._run is not None and self._config is not None:
            self.coach.read(self._run, self._config)
