"""Page 4: a running training: its progress, its figures, the hints of the coach, and the buttons to end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deblur_app.core.metrics import ACCURACY_EXPLAINED
from deblur_app.core.task import Progress
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.training_wizard.parts.epoch_scrubber import EpochScrubber
from deblur_app.gui.training_wizard.parts.queue_list import QueueList
from deblur_app.gui.training_wizard.parts.training_figures import FiguresTable, decibel, verdict
from deblur_app.gui.training_wizard.training_session import RunHistory
from deblur_app.gui.widgets.status import seconds_text
from training.evaluation import coach
from training.fit.trainer import TrainingProgress

if TYPE_CHECKING:
    from deblur_app.core.task import Task
    from training.config.config import TrainingConfig
    from training.evaluation.coach import Remark
    from training.fit.trainer import EpochFigures
    from training.runs.run import Run

_STEPS = 1000
"""The number of steps of the progress bar."""

_REFRESH_MS = 100
"""The time between a message of the training and the refresh of the page, in milliseconds."""

_JUDGED_ON = {
    "held-out": "Figures on the held-out photos, which the network never saw:",
    "paper": "Figures on the training photos themselves (protocol “paper”), which flatter the network:",
}


class TrainingPage(QWidget):
    """The page of one training, and of those that wait for it.

    Attributes:
        scrubber: The outputs for some pictures after each epoch.
        jobs: The coach's reading, in the background.

    Signals:
        pause_wanted: Whether the training is to rest (True) or to go on (False).
        stop_wanted: It is to end and keep its best epoch.
        cancel_wanted: It is to end without a model.
        forget_wanted: A run that waits is not to begin.
    """

    pause_wanted = Signal(bool)
    stop_wanted = Signal()
    cancel_wanted = Signal()
    forget_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        from deblur_app.gui.training_wizard.plots.plots import CurvePlot

        self._progress: Progress | None = None
        self._loss: float | None = None
        self._ending = ""
        self._do_nothing: EpochFigures | None = None
        self._latest: EpochFigures | None = None
        self._best: EpochFigures | None = None
        self.title = _label()
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the training")
        self.time = QLabel()
        self.status = _label()
        self.status.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.status.setMinimumHeight(2 * self.fontMetrics().lineSpacing())  # nothing below jumps when it wraps
        self.plot = CurvePlot()
        self.scrubber = EpochScrubber()
        self.coach = _label()
        self.coach.setTextFormat(Qt.TextFormat.PlainText)
        self.coach.setAccessibleName("What the coach says")
        self.coach.hide()
        self.queue = QueueList()
        self.jobs = TaskQueue(self)
        self._run: Run | None = None
        self._config: TrainingConfig | None = None
        self.judged_on = _label()
        self.table = FiguresTable()
        self.verdict = _label()
        self.accuracy_hint = _label(ACCURACY_EXPLAINED)
        self.accuracy_hint.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self._make_buttons()
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._timer.timeout.connect(self._refresh)

    def begin(self, run: Run) -> None:
        """Show an empty training that starts now."""
        self._run, self._config = run, None
        self.title.setText(f"<b>Training “{run.folder.name}”</b>")
        self.coach.hide()
        self.scrubber.follow(run)
        self._progress = self._loss = self._do_nothing = self._latest = self._best = None
        self._ending = ""
        self.plot.clear()
        self.bar.setValue(0)
        self.status.setText("Starting")
        self.pause.setChecked(False)
        self._show_figures()
        self._show_buttons(running=True)

    def describe(self, config: TrainingConfig, pair_count: int) -> None:
        """Show what is trained, and on which pictures it is judged."""
        self._config = config
        self.judged_on.setText(_JUDGED_ON[config.protocol])
        self.plot.marks_drops = config.learning.schedule == "plateau"
        self.title.setToolTip(
            f"{pair_count} pairs, {config.epochs} epochs, batches of {config.batch_size}, learning rate "
            f"{config.learning_rate:g}, protocol {config.protocol}, seed {config.seed}"
        )

    def show_progress(self, progress: Progress) -> None:
        """Take the progress of the training; cheap, because it comes after each batch."""
        if isinstance(progress, RunHistory):
            self._show_past(progress)
        if isinstance(progress, TrainingProgress):
            self._take(progress)
        self._progress = progress
        if not self._timer.isActive():
            self._timer.start()

    def show_ending(self, text: str) -> None:
        """Show that the training is about to end; nothing more can be asked of it."""
        self._ending = text
        self._show_buttons(running=True, enabled=False)
        self._refresh()

    def show_end(self, text: str, *, has_model: bool) -> None:
        """Show the end of the training."""
        self._ending = text
        self._show_buttons(running=False)
        if has_model:
            self.bar.setValue(_STEPS)
        self._refresh()
        self.plot.redraw()
        self._ask_coach()

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [
            self.pause,
            self.stop,
            self.cancel,
            *self.plot.controls,
            *self.scrubber.controls,
            self.table,
            *self.queue.controls,
        ]

    @property
    def run(self) -> Run | None:
        """The run that is shown."""
        return self._run

    @property
    def best(self) -> EpochFigures | None:
        """The figures of the epoch with the lowest validation loss."""
        return self._best

    @property
    def latest(self) -> EpochFigures | None:
        """The figures of the epoch finished last."""
        return self._latest

    # --- building ---------------------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.pause = _button("P&ause", "Let the training rest after this batch; the computer is free meanwhile")
        self.pause.setCheckable(True)
        self.stop = _button("St&op and keep the best", "End after this batch and make a model of the best epoch so far")
        self.cancel = _button("Cance&l", "End after this batch without a model; it can be continued later")
        self.pause.toggled.connect(self._toggle_pause)
        self.stop.clicked.connect(self.stop_wanted)
        self.cancel.clicked.connect(self.cancel_wanted)
        self.queue.forget_wanted.connect(self.forget_wanted)
        self.jobs.failed.connect(lambda *_: self.coach.hide())

    def _lay_out(self) -> None:
        progress = QHBoxLayout()
        progress.addWidget(self.bar, 1)
        progress.addWidget(self.time)
        buttons = QHBoxLayout()
        for button in (self.pause, self.stop, self.cancel):
            buttons.addWidget(button)
        buttons.addStretch(1)
        layout = QVBoxLayout(self)
        layout.addWidget(self.title)
        layout.addLayout(progress)
        layout.addWidget(self.status)
        layout.addLayout(buttons)
        layout.addWidget(self.queue)
        layout.addWidget(self.coach)
        layout.addSpacing(6)
        layout.addWidget(self.plot, 1)
        layout.addSpacing(6)
        layout.addWidget(self.scrubber)
        for widget in (self.judged_on, self.table, self.verdict, self.accuracy_hint):
            layout.addWidget(widget)

    def _show_buttons(self, *, running: bool, enabled: bool = True) -> None:
        for button in (self.pause, self.stop, self.cancel):
            button.setVisible(running)
            button.setEnabled(enabled)
        self.stop.setEnabled(enabled and self._latest is not None)

    # --- what the training says -------------------------------------------------------------------------------------

    def _show_past(self, past: RunHistory) -> None:
        self.describe(past.config, past.pair_count)
        self.plot.add_batches(past.positions, past.losses)
        self._do_nothing = past.do_nothing
        self.plot.set_do_nothing(past.do_nothing)
        for figures in past.epochs:
            self._take_epoch(figures)
        self._ask_coach()

    def _take(self, progress: TrainingProgress) -> None:
        if progress.do_nothing:  # known before the first batch
            self._do_nothing = progress.do_nothing
            self.plot.forget_after(progress.epoch)
            self.plot.set_do_nothing(progress.do_nothing)
            self._show_figures()
        if progress.loss is not None:
            self._loss = progress.loss
            self.plot.add_batch(progress.step / progress.steps_per_epoch, progress.loss)
        if progress.rollback:
            self.plot.forget_after(progress.rollback.back_to)
            self._ask_coach()
        if progress.figures:
            self._take_epoch(progress.figures)
            self._ask_coach()
            self.scrubber.look()

    def _take_epoch(self, figures: EpochFigures) -> None:
        self.plot.add_epoch(figures)
        self._latest = figures
        if self._best is None or figures.val_loss < self._best.val_loss:
            self._best = figures
        self.stop.setEnabled(self.cancel.isEnabled())
        self._show_figures()

    @Slot()
    def _refresh(self) -> None:
        """Show the latest progress."""
        self._timer.stop()
        if self._ending:
            self.status.setText(self._ending)
            self.time.setText("")
            return
        progress = self._progress
        if progress is None:
            return
        self.bar.setValue(round(progress.fraction * _STEPS))
        words = [progress.stage]
        if self._loss is not None:
            words.append(f"loss {self._loss:.4f}")
        if self._latest and self._do_nothing:
            words.append(f"validation {decibel(self._latest)}, doing nothing {decibel(self._do_nothing)}")
        self.status.setText(" · ".join(words))
        left = "paused" if self.pause.isChecked() else seconds_text(progress.seconds_left).removeprefix(" · ")
        self.time.setText(left)

    def _show_figures(self) -> None:
        self.table.show_figures(self._latest, self._best, self._do_nothing)
        self.verdict.setText(verdict(self._best, self._do_nothing))

    def _ask_coach(self) -> None:
        """Have the events read again, and show the coach's hints."""
        if self._run is not None and self._config is not None:
            self.jobs.replace(QueuedTask("coach", _remarks(self._run, self._config), self._show_remarks))

    def _show_remarks(self, found: list[Remark]) -> None:
        self.coach.setText("\n".join(f"{'⚠' if remark.is_warning else '✓'} {remark.sentence}" for remark in found))
        self.coach.setVisible(bool(found))

    @Slot(bool)
    def _toggle_pause(self, paused: bool) -> None:
        self.pause.setText("Contin&ue" if paused else "P&ause")
        self.pause_wanted.emit(paused)
        self._refresh()


def _remarks(run: Run, config: TrainingConfig) -> Task[list[Remark]]:
    yield Progress(0.0, "Reading the log")
    return coach.remarks(config, coach.events_of(run))


def _label(text: str = "") -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    return button
