"""Trainings in the background: one goes on, others wait for it."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.task import Progress
from deblur_app.gui.background.worker import Worker
from training.fit import trainer

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deblur_app.core.task import Task
    from training.config.config import TrainingConfig
    from training.data.pairs import Pair
    from training.fit.trainer import EpochFigures
    from training.runs.run import Run


@dataclass(frozen=True, eq=False)
class RunHistory(Progress):
    """The earlier part of a run before it goes on; the first thing a continued training yields.

    Attributes:
        config: The settings it goes on with.
        note: Which settings that were edited meanwhile it takes, and which not, as sentences; "" for none.
        pair_count: The number of pairs it trains on.
        epochs: Figures of the finished epochs.
        positions: Place of each batch on the axis of epochs; 1.5 is in the middle of the second.
        losses: Loss of each batch, same length.
        do_nothing: Figures of the blurred pictures as they are; None where the run had not begun.
    """

    config: TrainingConfig = field(kw_only=True)
    note: str = ""
    pair_count: int = 0
    epochs: list[EpochFigures] = field(default_factory=list)
    positions: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    losses: NDArray[np.float64] = field(default_factory=lambda: np.empty(0))
    do_nothing: EpochFigures | None = None


@dataclass(frozen=True, eq=False)
class QueuedTraining:
    """A training that has not begun.

    Attributes:
        run: The run it will be.
        make: Makes its task; the event asks it to stop and keep the best.
    """

    run: Run
    make: Callable[[threading.Event], Task[Run]]


class TrainingSession(QObject):
    """A runner of trainings, one after the other, which reports on them by signals.

    Attributes:
        run: The run that is trained, or was trained last; None before the first.

    Signals:
        progressed: A `RunHistory`, a `TrainingProgress` or a plain `Progress`.
        succeeded: The run, its model written; `is_busy` is False by then, as for the next two.
        failed: The exception that ended it.
        cancelled: It was cancelled; the run can be continued.
        busy_changed: Whether a training runs.
        began: The run that begins now.
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
        self._worker: Worker | None = None
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
        return self._worker is not None

    @property
    def is_paused(self) -> bool:
        """True if the training rests."""
        return self._worker is not None and self._worker.is_paused

    def start(self, config: TrainingConfig, pairs: list[Pair], run: Run) -> None:
        """Train a network into the folder of `run`, now or after those that wait already."""
        self._queue(QueuedTraining(run, lambda stop: trainer.train(config, pairs, run, stop=stop)))

    def resume(self, run: Run) -> None:
        """Go on with a run after its last whole epoch, now or after those that wait already."""
        self._queue(QueuedTraining(run, lambda stop: _resume(run, stop)))

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
        if self._worker:
            self._worker.pause()

    def unpause(self) -> None:
        """Let a resting training go on."""
        if self._worker:
            self._worker.unpause()

    def stop_and_keep(self) -> None:
        """End the training after the batch it works on, and keep its best epoch as the model."""
        self._stop.set()
        self.unpause()

    def cancel(self) -> None:
        """End the training after the batch it works on, without a model; returns at once."""
        if self._worker:
            self._worker.cancel()

    def _queue(self, one: QueuedTraining) -> None:
        self._waiting.append(one)
        if self._worker:
            self.queue_changed.emit()
        else:
            self._begin_next()
            self.busy_changed.emit(True)

    def _begin_next(self) -> None:
        one = self._waiting.popleft()
        self.run, self._stop = one.run, threading.Event()
        self._tell_outcome = self.cancelled.emit
        self._worker = Worker(one.make(self._stop), self)
        self._worker.progressed.connect(self.progressed)
        self._worker.succeeded.connect(self._succeed)
        self._worker.failed.connect(self._fail)
        self._worker.finished.connect(self._finish)
        self.began.emit(one.run)
        self._worker.start()
        self.queue_changed.emit()

    @Slot(object)
    def _succeed(self, run: Run) -> None:
        self._tell_outcome = lambda: self.succeeded.emit(run)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._tell_outcome = lambda: self.failed.emit(error)

    @Slot()
    def _finish(self) -> None:
        """Report the end of the training, once another may begin; then the next one does."""
        if self._worker:
            self._worker.deleteLater()
        self._worker = None
        self._tell_outcome()
        if self._waiting and not self._worker:
            self._begin_next()
        elif not self._worker:
            self.busy_changed.emit(False)


def _resume(run: Run, stop: threading.Event) -> Task[Run]:
    yield Progress(0.0, "Reading the run")
    yield read_history(run)
    return (yield from trainer.resume(run, stop=stop))


def read_history(run: Run) -> RunHistory:
    """Read the earlier part of `run`.

    Raises:
        DeblurError: The folder holds no run, or its list of pairs is broken.
    """
    from training.fit.resumed_settings import compare_settings

    settings, pairs = compare_settings(run), run.pairs()
    config, note = settings.config, " ".join(settings.sentences)
    past = RunHistory(0.0, "Reading the run", config=config, note=note, pair_count=len(pairs))
    if not run.events("start"):  # it was ended while it read the pictures
        return past
    start, batches = run.start(), run.events("batch")
    steps_per_epoch = max(-(-(start["training_pairs"] or 0) // config.batch_size), 1)
    return replace(
        past,
        epochs=[figures_of(event) for event in run.events("epoch")],
        positions=np.array([batch["step"] / steps_per_epoch for batch in batches]),
        losses=np.array([batch["loss"] for batch in batches]),
        do_nothing=figures_of(start["do_nothing"]),
    )


def figures_of(event: dict[str, Any]) -> EpochFigures:
    """Return the figures of an event of the log."""
    return trainer.EpochFigures(**{key: value for key, value in event.items() if key != "kind"})
