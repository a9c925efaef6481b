"""The status strip: the state of the engine, the progress of the work, and the button that ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QLabel, QProgressBar, QPushButton, QStatusBar, QWidget

from deblur_app.core.amounts import describe_duration
from deblur_app.gui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from deblur_app.core.task import Progress

_STEPS = 1000
"""The number of steps of the progress bar."""


class StatusStrip(QStatusBar):
    """The strip with progress and the seconds left, a button to stop, the zoom, and the state of the engine.

    Signals:
        cancel_wanted: The button was pressed.
    """

    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._said = ""
        self.stage = ElidedLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setMaximumWidth(220)
        self.bar.setAccessibleName("Progress")
        self.cancel_button = QPushButton("&Stop")
        self.cancel_button.clicked.connect(self.cancel_wanted)
        self.zoom = QLabel()
        self.engine = QLabel("Loading…")
        self.addWidget(self.stage, 1)
        for widget in (self.bar, self.cancel_button):
            self.addWidget(widget)
            widget.hide()
        self.addPermanentWidget(self.zoom)
        self.addPermanentWidget(self.engine)

    @Slot(bool)
    def set_busy(self, busy: bool) -> None:
        """Show or hide the progress; a sentence that was said meanwhile takes its place at the end."""
        if busy and self.bar.isHidden():
            self._said = ""
        self.bar.setVisible(busy)
        self.cancel_button.setVisible(busy)
        self.cancel_button.setEnabled(busy)
        if not busy:
            self.bar.setValue(0)
            self.stage.setText(self._said)

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """Show how far the work is."""
        self.bar.setValue(round(progress.fraction * _STEPS))
        self.stage.setText(f"{progress.stage}{seconds_text(progress.seconds_left)}")

    def say(self, text: str) -> None:
        """Show a sentence until the next work begins."""
        self._said = text
        self.stage.setText(text)


def seconds_text(seconds: float | None) -> str:
    """Return the time left in words, with a separating dot; "" where nothing is known."""
    return "" if seconds is None else f" · {describe_duration(seconds)} left"
