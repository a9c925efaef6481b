"""A forecast of what a training will take, shown before it is begun."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QWidget

from deblur_app.core.amounts import describe_bytes, describe_duration, describe_short_duration
from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.dialogs.messages import sentence

if TYPE_CHECKING:
    from deblur_app.core.task import Progress, Task
    from training.fit.forecast import Forecast


_INVITATION = tr_later(
    "A few training steps on this computer tell how long it takes, and how much memory and disk space."
)
_CHANGED = tr_later("The settings have changed. Measure again to see how long it takes.")


class ForecastBox(QWidget):
    """A button that measures, and a sentence with the forecast.

    Attributes:
        jobs: The measuring, in the background.

    Signals:
        forecast_wanted: The user asks for a forecast.
        forecast_ready: There is one.
    """

    forecast_wanted = Signal()
    forecast_ready = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.jobs = TaskQueue(self)
        self._has_forecast = False
        self.text = QLabel(tr(_INVITATION))
        self.text.setWordWrap(True)
        self.text.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.button = QPushButton(tr("Measure a fe&w steps"))
        self.button.setToolTip(tr("Do a few steps on this machine, and tell the time, memory and disk it will take"))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.text, 1)
        layout.addWidget(self.button)
        self.button.clicked.connect(self.forecast_wanted)
        self.jobs.progressed.connect(self._show_progress)
        self.jobs.failed.connect(self._show_failure)
        self.jobs.busy_changed.connect(self._show_busy)

    def measure(self, task: Task[Forecast]) -> None:
        """Measure, in place of an earlier measurement."""
        self.jobs.replace(QueuedTask("forecast", task, self._show))

    def forget(self) -> None:
        """Take the forecast away, because the settings have changed; where there was none, nothing is said of it."""
        self.jobs.cancel()
        self.text.setText(tr(_CHANGED if self._has_forecast else _INVITATION))

    def _show(self, forecast: Forecast) -> None:
        self._has_forecast = True
        self.text.setText(describe(forecast))
        self.forecast_ready.emit()

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        self.text.setText(f"{progress.stage}…")

    @Slot(object, str)
    def _show_failure(self, error: Exception, _: str) -> None:
        self.text.setText(sentence(error))

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self.button.setEnabled(not busy)


def describe(forecast: Forecast) -> str:
    """Return a forecast in a sentence or two."""
    steps = tr(
        "{steps} steps of {short_duration}",
        steps=forecast.steps,
        short_duration=describe_short_duration(forecast.step_seconds),
    )
    memory, disk = describe_bytes(forecast.memory), describe_bytes(forecast.disk)
    text = tr(
        "About {duration} on {device} ({steps}), {memory} of memory and {disk} on the disk.",
        duration=describe_duration(forecast.seconds),
        device=forecast.device,
        steps=steps,
        memory=memory,
        disk=disk,
    )
    if forecast.disk > forecast.free:
        text += tr(" The disk has only {bytes} left: choose another folder.", bytes=describe_bytes(forecast.free))
    return text
