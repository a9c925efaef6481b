"""The bar below a batch: its progress, and the buttons that start, pause and stop it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from deblur_app.core.amounts import describe_duration
from deblur_app.core.texts import tr
from deblur_app.gui.look.icons import set_icon
from deblur_app.gui.theme import SPACE, TIGHT
from deblur_app.gui.widgets.buttons import make_button
from deblur_app.gui.widgets.labels import ElidedLabel
from deblur_app.gui.widgets.work_display import FallingTime

if TYPE_CHECKING:
    from deblur_app.core.task import Progress

_STEPS = 1000
_LEAST_WIDTH = 60
"""Points of the progress at least: with it the page fits a window of 1024."""


class BatchBar(QFrame):
    """Words, progress and buttons.

    Attributes:
        words: What goes on, or what came of it.
        bar: The progress.
        start: Begins, or goes on.
        pause: Starts no more photos, until it is released.
        stop: Ends the run.
        retry: Restores failed photos again.
        review: Shows the doubtful results.

    Signals:
        start_wanted, stop_wanted, retry_wanted, review_wanted: The button was pressed.
        pause_wanted: Whether to pause.
    """

    start_wanted = Signal()
    stop_wanted = Signal()
    retry_wanted = Signal()
    review_wanted = Signal()
    pause_wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "foot")
        self._time = FallingTime()
        self.words = ElidedLabel()
        self.words.setAccessibleName(tr("State of the batch"))
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setMinimumWidth(_LEAST_WIDTH)
        self.bar.setAccessibleName(tr("Progress of the batch"))
        self.retry = make_button(tr("Retry failed"), "rotate-ccw")
        self.review = make_button(tr("Review"), "eye")
        self.pause = make_button(tr("Pause"), "pause")
        self.pause.setCheckable(True)
        self.stop = make_button(tr("Stop"), "square")
        self.start = make_button(tr("Start"), "play", "primary")
        self.retry.clicked.connect(self.retry_wanted)
        self.review.clicked.connect(self.review_wanted)
        self.stop.clicked.connect(self.stop_wanted)
        self.start.clicked.connect(self.start_wanted)
        self.pause.toggled.connect(self._pause)
        row = QHBoxLayout()
        row.setSpacing(SPACE)
        row.addWidget(self.bar, 1)
        for button in (self.retry, self.review, self.pause, self.stop, self.start):
            row.addWidget(button)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(SPACE, SPACE, SPACE, SPACE)
        layout.setSpacing(TIGHT)
        layout.addWidget(self.words)
        layout.addLayout(row)

    def show_state(self, *, is_running: bool, can_start: bool, failed: int, doubtful: int) -> None:
        """Enable what makes sense now.

        Args:
            is_running: Whether the batch runs.
            can_start: Whether photos wait and there is a folder for them.
            failed: How many photos failed.
            doubtful: How many results somebody should look at.
        """
        self.start.setEnabled(can_start and not is_running)
        self.pause.setEnabled(is_running)
        self.stop.setEnabled(is_running)
        self.retry.setEnabled(failed > 0)
        self.retry.setText(tr("Retry failed ({failed})", failed=failed) if failed else tr("Retry failed"))
        self.review.setEnabled(doubtful > 0 and not is_running)
        self.review.setText(tr("Review ({doubtful})", doubtful=doubtful) if doubtful else tr("Review"))
        if not is_running:
            self._time.restart()
            self.pause.setChecked(False)

    def show_progress(self, progress: Progress) -> None:
        """Show how far the batch is, and the time left, which nobody knows while it is paused."""
        self.bar.setValue(round(progress.fraction * _STEPS))
        left = "" if self.pause.isChecked() else describe_duration(self._time.take(progress.seconds_left))
        self.words.setText(tr("{stage} · {left} left", stage=progress.stage, left=left) if left else progress.stage)

    def say(self, text: str, fraction: float = 0.0) -> None:
        """Show a sentence."""
        self.bar.setValue(round(fraction * _STEPS))
        self.words.setText(text)

    def _pause(self, is_paused: bool) -> None:
        self.pause.setText(tr("Resume") if is_paused else tr("Pause"))
        set_icon(self.pause, "play" if is_paused else "pause")
        self._time.restart()
        self.pause_wanted.emit(is_paused)
