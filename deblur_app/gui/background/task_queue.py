"""Tasks one after the other, each in a thread of its own."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.program.crash_reports import REPORTER
from deblur_app.gui.background.runner import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.task import Task


@dataclass(frozen=True, eq=False)
class QueuedTask:
    """A task and what to do with its result.

    Attributes:
        kind: A word that tells what it is, for `TaskQueue.kinds`.
        task: The work.
        on_success: Called in the window's thread with the result, unless the job was cancelled.
    """

    kind: str
    task: Task[Any]
    on_success: Callable[[Any], object]


class TaskQueue(QObject):
    """A queue of jobs of which one runs.

    Signals:
        busy_changed: Whether there is work.
        progressed: Progress of the running job.
        failed: The exception that ended a job, and the job's kind; the next one goes on.
    """

    busy_changed = Signal(bool)
    progressed = Signal(object)
    failed = Signal(object, str)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: deque[QueuedTask] = deque()
        self._running: QueuedTask | None = None
        self._cancelled = False
        self._runner = TaskRunner(self)
        self._runner.progressed.connect(self._tell_progress)
        self._runner.succeeded.connect(self._succeed)
        self._runner.failed.connect(self._fail)
        self._runner.ended.connect(self._go_on)

    @property
    def is_busy(self) -> bool:
        """True if a job runs; while one waits, one runs."""
        return self._runner.is_busy

    @property
    def seconds(self) -> float:
        """The time the running job has taken so far, in seconds; 0 if none runs or it was cancelled."""
        return self._runner.seconds if self._running and not self._cancelled else 0.0

    def kinds(self) -> set[str]:
        """Return the kinds of the jobs that run or wait, without those that have ended or were cancelled."""
        running = {self._running.kind} if self._running and not self._cancelled else set()
        return running | {job.kind for job in self._waiting}

    def add(self, job: QueuedTask) -> None:
        """Add a job, to be done after those that are there."""
        self._waiting.append(job)
        if not self._runner.is_busy:
            self._start_next()
            self.busy_changed.emit(True)

    def replace(self, job: QueuedTask) -> None:
        """Add a job in place of all that are there."""
        self.cancel()
        self.add(job)

    def cancel(self) -> None:
        """End the running job at its next yield and forget those that wait; returns at once."""
        self._waiting.clear()
        self._cancelled = self._runner.is_busy
        self._runner.cancel()

    def finish(self) -> None:
        """End all work and block until no thread is left: for the end of the program."""
        self.cancel()
        self._runner.wait()

    def _start_next(self) -> None:
        self._running, self._cancelled = self._waiting.popleft(), False
        REPORTER.add_action(f"begin {self._running.kind}")
        self._runner.run(self._running.task)

    @Slot(object)
    def _tell_progress(self, progress: object) -> None:
        if not self._cancelled:  # what a cancelled job had still to say would bring its preview back
            self.progressed.emit(progress)

    @Slot(object)
    def _succeed(self, result: object) -> None:
        if self._running and not self._cancelled:
            take, self._running = self._running.on_success, None
            take(result)

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if self._running and not self._cancelled:
            kind, self._running = self._running.kind, None
            self.failed.emit(error, kind)

    @Slot()
    def _go_on(self) -> None:
        REPORTER.add_action("end of work")
        self._running = None
        if self._waiting:
            self._start_next()
        else:
            self.busy_changed.emit(False)
