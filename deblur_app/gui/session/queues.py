"""The queues of a session's work."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.task import Task


class Queues(QObject):
    """The queues of work that goes on side by side, one job of each queue at a time.

    Attributes:
        work: The jobs that open a picture and make its result.
        aside: The jobs that do not end that: a ground truth is opened, a model checked, a result saved.
        questions: The jobs that ask something of the open pictures; the last question counts.
        adding: Networks that are looked into or added, and results of a crash that are saved.

    Signals:
        busy_changed: Whether there is work.
        progressed: Progress of the work.
        failed: The exception that ended a job beside the main work, which tells by its own signal.
    """

    busy_changed = Signal(bool)
    progressed = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.work, self.aside, self.questions, self.adding = (TaskQueue(self) for _ in range(4))
        for jobs in self._all:
            jobs.progressed.connect(self.progressed)
            jobs.busy_changed.connect(self._tell_busy)
        for jobs in (self.aside, self.questions, self.adding):
            jobs.failed.connect(self._tell_failure)

    @property
    def is_busy(self) -> bool:
        """True if there is work."""
        return any(jobs.is_busy for jobs in self._all)

    @property
    def longest_seconds(self) -> float:
        """The time the longest running job has taken so far, in seconds: what a cancel throws away."""
        return max(jobs.seconds for jobs in self._all)

    def ask(self, task: Task[Any], take: Callable[[Any], None]) -> None:
        """Do work that asks something of the pictures that are open; it takes the place of what was asked before.

        Args:
            task: The work; it ends without an answer when another picture is opened.
            take: Called with its result.
        """
        self.questions.replace(QueuedTask("question", task, take))

    def run_separately(self, task: Task[Any], take: Callable[[Any], None]) -> None:
        """Do work in a queue of its own, as adding a network; `take` gets its result."""
        self.adding.add(QueuedTask("network", task, take))

    def cancel(self) -> None:
        """End all work; returns at once."""
        for jobs in self._all:
            jobs.cancel()

    @property
    def _all(self) -> tuple[TaskQueue, ...]:
        return self.work, self.aside, self.questions, self.adding

    @Slot(bool)
    def _tell_busy(self, _: bool) -> None:
        self.busy_changed.emit(self.is_busy)

    @Slot(object, str)
    def _tell_failure(self, error: Exception, _: str) -> None:
        self.failed.emit(error)
