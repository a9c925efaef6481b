"""All work that goes on in the background of the wizard, taken as one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.gui.background.task_queue import TaskQueue
    from deblur_app.gui.training_wizard.runs.training_session import TrainingSession


class FollowedWork(QObject):
    """The tasks of all pages and the trainings: whether any of them goes on, and how to end them together.

    Signals:
        busy_changed: Whether there is work.
        changed: Some of the work began or ended, though there may be other work still.
    """

    busy_changed = Signal(bool)
    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._followed: list[tuple[TaskQueue | TrainingSession, Callable[[], object]]] = []
        self._was_busy = False
        self._after_work: Callable[[], object] | None = None

    @property
    def is_busy(self) -> bool:
        """True if any work goes on."""
        return any(work.is_busy for work, _ in self._followed)

    def follow(self, work: TaskQueue | TrainingSession, cancel: Callable[[], object] | None = None) -> None:
        """Include this work from now on.

        Args:
            work: What goes on in the background.
            cancel: Ends it and all that waits behind it; None for its own `cancel`.
        """
        self._followed.append((work, cancel or work.cancel))
        work.busy_changed.connect(self._look)

    def cancel(self) -> None:
        """Ask all work to end, and forget what waits; returns at once."""
        for _, cancel in self._followed:
            cancel()

    def end(self, then: Callable[[], object]) -> None:
        """End all work without freezing, and call `then` once no thread is left; at once where there is none."""
        self._after_work = then
        self.cancel()
        self._look()

    @Slot()
    def _look(self) -> None:
        busy = self.is_busy
        if busy != self._was_busy:
            self._was_busy = busy
            self.busy_changed.emit(busy)
        self.changed.emit()
        if not busy and self._after_work:
            then, self._after_work = self._after_work, None
            then()
