"""The life of a worker: begun, driven, ended and taken away, one at a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.gui.background.worker import Worker

if TYPE_CHECKING:
    from deblur_app.core.task import Task


class TaskRunner(QObject):
    """A runner of one task at a time in the background.

    Of `succeeded`, `failed` and `cancelled` exactly one is emitted, then `ended`.

    Signals:
        progressed: A `Progress` of the task.
        succeeded: The result of the task.
        failed: The exception that ended it.
        cancelled: It was ended by `cancel`.
        ended: Its thread is gone, and another task may be run.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()
    ended = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker: Worker | None = None
        self._began = 0.0

    @property
    def is_busy(self) -> bool:
        """True from `run` to `ended`."""
        return self._worker is not None

    @property
    def is_paused(self) -> bool:
        """True if the task rests."""
        return self._worker is not None and self._worker.is_paused

    @property
    def seconds(self) -> float:
        """The time that the task has taken so far, in seconds; 0 if none runs."""
        return time.monotonic() - self._began if self._worker else 0.0

    def run(self, task: Task[Any]) -> None:
        """Run a task; there must be none that runs."""
        assert self._worker is None, "one task at a time"  # noqa: S101 -- a defect of the caller
        self._began = time.monotonic()
        worker = self._worker = Worker(task, self)
        worker.progressed.connect(self.progressed)
        worker.succeeded.connect(self.succeeded)
        worker.failed.connect(self.failed)
        worker.cancelled.connect(self.cancelled)
        worker.finished.connect(self._end)
        worker.start()

    def cancel(self) -> None:
        """End the task at its next yield; returns at once."""
        if self._worker:
            self._worker.cancel()

    def pause(self) -> None:
        """Let the task rest at its next yield."""
        if self._worker:
            self._worker.pause()

    def unpause(self) -> None:
        """Let a resting task go on."""
        if self._worker:
            self._worker.unpause()

    def finish(self) -> None:
        """End the task and block until its thread is gone: for the end of the program."""
        self.cancel()
        self.wait()

    def wait(self) -> None:
        """Block until the thread is gone, without ending the task."""
        if self._worker:
            self._worker.wait()

    @Slot()
    def _end(self) -> None:
        if self._worker:
            self._worker.deleteLater()
        self._worker = None
        self.ended.emit()
