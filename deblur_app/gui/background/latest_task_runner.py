"""Work that is asked for faster than it is done: of all that waits, only the last is done."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.gui.background.runner import TaskRunner

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.task import Task


class LatestTaskRunner(QObject):
    """A runner of one task at a time, in the background.

    A task that runs is not cut short by the next one: while a slider is dragged, something is seen all the time. What
    was asked for last is always done, and done last.

    Signals:
        ready: The result of a task.
        failed: The exception that ended a task.
        idle: Nothing runs and nothing waits any more.
    """

    ready = Signal(object)
    failed = Signal(object)
    idle = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._waiting: Callable[[], Task[Any]] | None = None
        self._following: Callable[[], Task[Any]] | None = None
        self._runner = TaskRunner(self)
        self._runner.succeeded.connect(self.ready)
        self._runner.failed.connect(self.failed)
        self._runner.ended.connect(self._start)

    @property
    def is_busy(self) -> bool:
        """True if a task runs."""
        return self._runner.is_busy

    def ask(self, begin: Callable[[], Task[Any]], follow: Callable[[], Task[Any]] | None = None) -> None:
        """Run the task that `begin` makes, as soon as the one that runs has ended, unless another is asked for.

        Args:
            begin: Makes the task.
            follow: Makes one that is run after it where nothing else has been asked for by then.
        """
        self._waiting, self._following = begin, follow
        if not self._runner.is_busy:
            self._start()

    def finish(self) -> None:
        """End all work and block until no thread is left, at most as long as a task takes to its next step."""
        self._waiting = self._following = None
        self._runner.finish()

    @Slot()
    def _start(self) -> None:
        begin, self._waiting = self._waiting, None
        if begin is None:
            begin, self._following = self._following, None
        if begin is None:
            self.idle.emit()
        else:
            self._runner.run(begin())
