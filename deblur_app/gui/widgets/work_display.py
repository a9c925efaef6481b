"""The running work in the top bar: what goes on, the time left, and the button that ends it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QToolButton, QVBoxLayout, QWidget

from deblur_app.core.amounts import describe_duration
from deblur_app.core.texts import tr
from deblur_app.gui.look.icons import SIZE, set_icon
from deblur_app.gui.theme import SPACE, TIGHT
from deblur_app.gui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from deblur_app.core.task import Progress

_STEPS = 1000
"""The number of steps of the progress bar."""

_LETTERS = 38
"""Letters that the text has room for; longer stages are elided and stand in the tool tip."""


_NEARLY_OVER = 3.0
"""Seconds left below which a forecast that was too short is taken back, since “1 s left” is soon seen to be wrong."""


class FallingTime:
    """The time left as it is shown: it falls, and stands still where a forecast turns out to be too short.

    Nothing is shown where it said that the work is nearly over, and it is not.
    """

    def __init__(self) -> None:
        self._shown: float | None = None

    def restart(self) -> None:
        """Begin with other work."""
        self._shown = None

    def take(self, seconds: float | None) -> float | None:
        """Return what is to be shown for a forecast of `seconds`; None while nothing can be said."""
        if seconds is not None:
            self._shown = seconds if self._shown is None else min(self._shown, seconds)
            if self._shown < _NEARLY_OVER < seconds:
                return None
        return self._shown


class WorkDisplay(QWidget):
    """Stage, time left, progress and Stop, in a place that is as wide with work as without.

    Signals:
        cancel_wanted: The button was pressed while work of the photos goes on.
        training_wanted: The button was pressed while a training is shown.
        batch_wanted: The button was pressed while a batch is shown.
    """

    cancel_wanted = Signal()
    training_wanted = Signal()
    batch_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._time = FallingTime()
        self._is_busy = self._is_batch = self._is_training = False
        self._place = ""
        self.stage = ElidedLabel()
        self.stage.setAccessibleName(tr("Running work"))
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress"))
        self.button = QToolButton()
        self.button.setProperty("role", "button")
        self.button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.button.setIconSize(QSize(SIZE, SIZE))
        self.button.clicked.connect(self._press)
        column = QVBoxLayout()
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(TIGHT)
        column.addStretch(1)
        column.addWidget(self.stage)
        column.addWidget(self.bar)
        column.addStretch(1)
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(column, 1)
        layout.addWidget(self.button)
        for widget in (self.stage, self.bar, self.button):
            policy = widget.sizePolicy()
            policy.setRetainSizeWhenHidden(True)
            widget.setSizePolicy(policy)
        self._update()

    def sizeHint(self) -> QSize:
        """Return a width that does not depend on the work."""
        width = _LETTERS * self.fontMetrics().averageCharWidth() + self.button.sizeHint().width()
        return QSize(width, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the width of the button and a short bar."""
        return QSize(self.button.sizeHint().width() + 10 * SPACE, super().minimumSizeHint().height())

    @Slot(bool)
    def set_busy(self, busy: bool) -> None:
        """Show or hide the work on photos."""
        if busy and not self._is_busy:
            self._time.restart()
            self.bar.setValue(0)
            self.stage.setText("")
        self._is_busy = busy
        self._update()

    @Slot(bool)
    def set_batch(self, running: bool) -> None:
        """Say whether a batch runs, which is shown while no photo is worked on."""
        self._is_batch = running
        self._time.restart()
        self._update()

    @Slot(bool)
    def set_training(self, training: bool) -> None:
        """Say whether a training goes on, which is shown while neither a photo nor a batch is worked on."""
        self._is_training = training
        self._update()

    def set_place(self, place: str) -> None:
        """Say where the user is: “batch” and “training” need no button that goes there."""
        self._place = place
        self._update()

    @Slot(object)
    def show_progress(self, progress: Progress) -> None:
        """Show how far the work on photos is."""
        self.bar.setValue(round(progress.fraction * _STEPS))
        seconds = self._time.take(progress.seconds_left)
        self.stage.setText(f"{progress.stage}{seconds_text(seconds)}")

    @Slot(object)
    def show_batch(self, progress: Progress) -> None:
        """Show how far the batch is, unless a photo is worked on."""
        if self._is_batch and not self._is_busy:
            self.bar.setValue(round(progress.fraction * _STEPS))
            is_known = progress.seconds_left is not None  # it is not while the batch is paused
            left = seconds_text(self._time.take(progress.seconds_left) if is_known else None)
            self.stage.setText(tr("Batch{seconds_text}", seconds_text=left))

    @Slot(object)
    def show_training(self, progress: Progress) -> None:
        """Show how far the training is, unless a photo or a batch is worked on."""
        if self._is_training and not self._is_busy and not self._is_batch:
            self.bar.setValue(round(progress.fraction * _STEPS))
            self.stage.setText(tr("Training{seconds_text}", seconds_text=seconds_text(progress.seconds_left)))

    def _update(self) -> None:
        is_shown = self._is_busy or self._is_batch or self._is_training
        for widget in (self.stage, self.bar, self.button):
            widget.setVisible(is_shown)
        is_there = self._place == ("batch" if self._is_batch else "training")
        self.button.setVisible(is_shown and (self._is_busy or not is_there))
        words, name, tip, icon = self._describe_button()
        self.button.setText(words)
        self.button.setAccessibleName(name)
        self.button.setToolTip(tip)
        set_icon(self.button, icon)
        if not is_shown:
            self.bar.setValue(0)
            self.stage.setText("")

    def _describe_button(self) -> tuple[str, str, str, str]:
        """Return text, accessible name, tool tip and icon of the button."""
        if self._is_busy or not (self._is_batch or self._is_training):
            return tr("Stop"), tr("Stop the work"), tr("Stop the work (Ctrl+.)"), "square"
        if self._is_batch:
            return tr("Show"), tr("Show the batch"), tr("Go to the batch"), "layers"
        return tr("Show"), tr("Show the training"), tr("Go to the training"), "graduation-cap"

    @Slot()
    def _press(self) -> None:
        if self._is_busy:
            self.cancel_wanted.emit()
        else:
            (self.batch_wanted if self._is_batch else self.training_wanted).emit()


def seconds_text(seconds: float | None) -> str:
    """Return the time left in words, with a separating dot; "" where nothing is known."""
    return "" if seconds is None else tr(" · {duration} left", duration=describe_duration(seconds))
