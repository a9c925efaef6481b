"""Trainings in the background: one goes on, others wait for it."""

from __future__ import annotations

import functools
import threading
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.gui.background.runner import TaskRunner
from deblur_app.gui.training_wizard.runs.run_figures import RunFigures

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.task import Task
    from training.config.config import TrainingConfig
    from training.data.pairs import Pair
    from training.runs.run import Run


@dataclass(frozen=True, eq=False)
class QueuedTraining:
    """A training that has not begun.

    Attributes:
        run: The run it will be.
        make: Makes its task; the event asks it to stop and keep the best.
        config: Its settings; None where they are still to be read.
        pair_count: The number of pairs it trains on.
    """

    run: Run
    make: Callable[[threading.Event], Task[Run]]
    config: TrainingConfig | None = None
    pair_count: int = 0


class TrainingSession(QObject):
    """A runner of trainings, one after the other, which reports on them by signals.

    Attributes:
        run: The run that is trained, or was trained last; None before the first.
        figures: The figures of that run so far.

    Signals:
        progressed: A `RunHistory`, a `TrainingProgress` or a plain `Progress`.
        succeeded: The run, its model written; `is_busy` is False by then, as for the next two.
        failed: The exception that ended it.
        cancelled: It was cancelled; the run can be continued.
        busy_changed: Whether a training runs.
        began: The `QueuedTraining` that begins now.
        queue_changed: Another training waits, or one waits no more.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    busy_changed = Signal(bool)
    began = Signal(object)
    queue_changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.run: Run | None = None
        self.figures = RunFigures()
        self._runner = TaskRunner(self)
        self._runner.progressed.connect(self._take_progress)
        self._runner.succeeded.connect(self._succeed)
        self._runner.failed.connect(self._fail)
        self._runner.ended.connect(self._finish)
        self._stop = threading.Event()
        self._waiting: deque[QueuedTraining] = deque()
        self._tell_outcome: Callable[[], None] = self.cancelled.emit

    @property
    def waiting(self) -> list[Run]:
        """The runs that wait, the next one first."""
        return [each.run for each in self._waiting]

    @property
    def is_busy(self) -> bool:
        """True if a training runs, rests, or is being ended."""
        return self._runner.is_busy

    @property
    def is_paused(self) -> bool:
        """True if the training rests."""
        return self._runner.is_paused

    def start(self, config: TrainingConfig, pairs: list[Pair], run: Run) -> None:
        """Train a network into the folder of `run`, now or after those that wait already."""
        make = functools.partial(_train, config, pairs, run)
        self._queue(QueuedTraining(run, make, config, len(pairs)))

    def resume(self, run: Run) -> None:
        """Go on with a run after its last whole epoch, now or after those that wait already."""
        self._queue(QueuedTraining(run, functools.partial(_resume, run)))

    def forget(self, run: Run) -> None:
        """Remove a waiting run from the queue; it will not begin."""
        self._waiting = deque(each for each in self._waiting if each.run != run)
        self.queue_changed.emit()

    def forget_all(self) -> None:
        """Remove all waiting runs from the queue."""
        self._waiting.clear()
        self.queue_changed.emit()

    def pause(self) -> None:
        """Let the training rest after the batch it works on."""
        self._runner.pause()

    def unpause(self) -> None:
        """Let a resting training go on."""
        self._runner.unpause()

    def stop_and_keep(self) -> None:
        """End the training after the batch it works on, and keep its best epoch as the model."""
        self._stop.set()
        self.unpause()

    def cancel(self) -> None:
        """End the training after the batch it works on, without a model; returns at once."""
        self._runner.cancel()

    def cancel_all(self) -> None:
        """End the training and forget those that wait; returns at once."""
        self.forget_all()
        self.cancel()

    def _queue(self, one: QueuedTraining) -> None:
        self._waiting.append(one)
        if self._runner.is_busy:
            self.queue_changed.emit()
        else:
            self._begin_next()
            self.busy_changed.emit(True)

    def _begin_next(self) -> None:
        one = self._waiting.popleft()
        self.run, self.figures, self._stop = one.run, RunFigures(), threading.Event()
        self._tell_outcome = self.cancelled.emit
        self._runner.run(one.make(self._stop))
        self.began.emit(one)
        self.queue_changed.emit()

    @Slot(object)
    def _take_progress(self, progress: Progress) -> None:
        self.figures.take(progress)
        self.progressed.emit(progress)

    @Slot(object)
    def _succeed(self, run: Run) -> None:
        self._tell_outcome = lambda: self.succeeded.emit(run)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._tell_outcome = lambda: self.failed.emit(error)

    @Slot()
    def _finish(self) -> None:
        """Report the end of the training, once another may begin; then the next one does."""
        self._tell_outcome()
        if self._runner.is_busy:  # whoever was told has begun another
            return
        if self._waiting:
            self._begin_next()
        else:
            self.busy_changed.emit(False)


def _train(config: TrainingConfig, pairs: list[Pair], run: Run, stop: threading.Event) -> Task[Run]:
    from training.fit import trainer

    return (yield from trainer.train(config, pairs, run, stop=stop))


def _resume(run: Run, stop: threading.Event) -> Task[Run]:
    from deblur_app.gui.training_wizard.runs.run_history import read_history
    from training.fit import trainer

    yield Progress(0.0, tr("Reading the run"))
    yield read_history(run)
    return (yield from trainer.resume(run, stop=stop))
