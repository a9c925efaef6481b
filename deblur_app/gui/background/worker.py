"""A thread that drives one task and tells the window of its progress and its end."""

from __future__ import annotations

import logging
import os
import sys
import threading
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QThread, Signal

from deblur_app.core.task import with_time_left

if TYPE_CHECKING:
    from PySide6.QtCore import QObject

    from deblur_app.core.task import Task

log = logging.getLogger(__name__)


_NICENESS = 5
"""The niceness of a working thread, unless it is higher already; a higher one is a lower priority."""


def _step_back() -> None:
    """Lower the priority of this thread, so that the window's thread goes first.

    On Linux niceness belongs to a thread, and to those that it starts, such as those of TensorFlow. Qt's thread
    priorities do nothing there.
    """
    if sys.platform == "linux":
        thread = threading.get_native_id()
        with suppress(OSError):
            os.setpriority(os.PRIO_PROCESS, thread, max(os.getpriority(os.PRIO_PROCESS, thread), _NICENESS))


class Worker(QThread):
    """A runner of one task to its end, in the background.

    Exactly one of `succeeded`, `failed` and `cancelled` is emitted, then Qt's own `finished`. Connect before
    `start()`, with methods of QObjects, so that Qt calls them in the window's thread.

    Signals:
        progressed: A `Progress`, as often as the task yields one.
        succeeded: The task's result.
        failed: The exception: a `DeblurError`, or anything else where the program is at fault.
        cancelled: The task was ended by `cancel()` and has cleaned up.
    """

    progressed = Signal(object)
    succeeded = Signal(object)
    failed = Signal(object)
    cancelled = Signal()

    def __init__(self, task: Task[Any], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._task = with_time_left(task)
        self._cancel = threading.Event()
        self._go = threading.Event()
        self._go.set()

    def cancel(self) -> None:
        """Ask the task to end at its next yield; returns at once."""
        self._cancel.set()
        self._go.set()

    def pause(self) -> None:
        """Let the task rest at its next yield, until `unpause` or `cancel`; a cancelled task does not rest."""
        if not self._cancel.is_set():
            self._go.clear()

    def unpause(self) -> None:
        """Let a resting task go on."""
        self._go.set()

    @property
    def is_paused(self) -> bool:
        """True if `pause` was called and `unpause` was not."""
        return not self._go.is_set()

    def run(self) -> None:
        """Drive the task; called by Qt in the new thread."""
        _step_back()
        try:
            while not self._cancel.is_set():
                try:
                    progress = next(self._task)
                except StopIteration as end:
                    self.succeeded.emit(end.value)
                    return
                self.progressed.emit(progress)
                self._go.wait()
            self._task.close()
            self.cancelled.emit()
        except Exception as error:  # whatever it is, the window must hear of it
            log.info("A task failed", exc_info=error)
            self.failed.emit(error)
