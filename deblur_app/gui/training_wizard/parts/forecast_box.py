"""A forecast of what a training will take, shown before it is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from deblur_app.core.amounts import describe_bytes, describe_duration, describe_short_duration
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.dialogs.messages import sentence

if TYPE_CHECKING:
    from deblur_app.core.task import Progress, Task
    from training.fit.forecast import Forecast


class ForecastBox(QWidget):
    """A button that measures, and a sentence with the forecast.

    Attributes:
        jobs: The measuring, in the background.

    Signals:
        wanted: The user asks for a forecast.
        shown: There is one.
    """

    wanted = Signal()
    shown = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = TaskQueue(self)
        self.text = QLabel("How long it takes and what room it needs can be measured in a few steps.")
        self.text.setWordWrap(True)
        self.text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.button = QPushButton("Measure a fe&w steps")
        self.button.setToolTip("Do a few steps on this machine, and tell the time, memory and disk it will take")
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        self.button.clicked.connect(self.wanted)
        self.jobs.progressed.connect(self._show_progress)
        self.jobs.failed.connect(self._show_failure)
        self.jobs.busy_changed.connect(self._show_busy)

    def measure(self, task: Task[Forecast]) -> None:
        """Measure, in place of an earlier measurement."""
        self.jobs.replace(QueuedTask("forecast", task, self._show))

    def forget(self) -> None:
        """Take the forecast away, because the settings have changed."""
        self.jobs.cancel()
        self.text.setText("The settings have changed: measure again to know how long it takes.")

    def _show(self, found: Forecast) -> None:
        self.text.setText(describe(found))
        self.shown.emit()

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        self.text.setText(f"{progress.stage}…")

    @Slot(object, str)
    def _show_failure(self, error: Exception, _: str) -> None:
        self.text.setText(sentence(error))

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)


def describe(found: Forecast) -> str:
    """Return a forecast in a sentence or two."""
    steps = f"{found.steps} steps of {describe_short_duration(found.step_seconds)}"
    text = (
        f"About {describe_duration(found.seconds)} on {found.device} ({steps}), {describe_bytes(found.memory)} of "
        f"memory and {describe_bytes(found.disk)} on the disk."
    )
    if found.disk > found.free:
        text += f" The disk has only {describe_bytes(found.free)} left: choose another folder."
    return text
