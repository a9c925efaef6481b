"""The state of a running training, and the buttons to pause and end it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.widgets.labels import wrapping_label
from deblur_app.gui.widgets.work_display import seconds_text

if TYPE_CHECKING:
    from deblur_app.core.task import Progress
    from deblur_app.gui.training_wizard.runs.run_figures import RunFigures

_STEPS = 1000
"""The number of steps of the progress bar."""

_REFRESH_MS = 100
"""The time between a message of the training and the refresh of the box, in milliseconds."""


class RunBox(QWidget):
    """The name, progress and figures of a training in a sentence, with its buttons.

    Signals:
        pause_wanted: Whether the training is to rest (True) or to go on (False).
        stop_wanted: It is to end and keep its best epoch.
        cancel_wanted: It is to end without a model.
    """

    pause_wanted = Signal(bool)
    stop_wanted = Signal()
    cancel_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._progress: Progress | None = None
        self._figures: RunFigures | None = None
        self._ending = ""
        self.title = wrapping_label()
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the training"))
        self.time = QLabel()
        self.status = wrapping_label()
        self.status.setAlignment(Qt.AlignmentFlag.AlignTop)
        self.status.setMinimumHeight(2 * self.fontMetrics().lineSpacing())  # nothing below jumps when it wraps
        self.edits = wrapping_label()
        self.edits.setTextFormat(Qt.TextFormat.PlainText)
        self.edits.setAccessibleName(tr("Settings that were edited"))
        self._make_buttons()
        self._lay_out()
        self._timer = QTimer(self, singleShot=True, interval=_REFRESH_MS)
        self._timer.timeout.connect(self.refresh)

    def begin(self, name: str, figures: RunFigures) -> None:
        """Show a training that starts now; `figures` are kept up to date by others."""
        self._progress, self._figures, self._ending = None, figures, ""
        self.title.setText(tr("<b>Training “{name}”</b>", name=name))
        self.title.setToolTip("")
        self.bar.setValue(0)
        self.status.setText(tr("Starting"))
        self.show_edits(())
        self.pause.setChecked(False)
        self._show_buttons(running=True)

    def show_edits(self, sentences: tuple[str, ...]) -> None:
        """Show which settings were edited before a run went on, and whether they are taken."""
        self.edits.setText("\n".join(sentences))
        self.edits.setVisible(bool(sentences))

    def show_progress(self, progress: Progress) -> None:
        """Take the progress of the training; cheap, because it comes after each batch."""
        self._progress = progress
        if not self._timer.isActive():
            self._timer.start()

    def show_ending(self, text: str) -> None:
        """Show that the training is about to end; nothing more can be asked of it."""
        self._ending = text
        self._show_buttons(running=True, enabled=False)
        self.refresh()

    def show_end(self, text: str, *, has_model: bool) -> None:
        """Show the end of the training."""
        self._ending = text
        self._show_buttons(running=False)
        if has_model:
            self.bar.setValue(_STEPS)
        self.refresh()

    def allow_stop(self) -> None:
        """Allow to stop and keep the best epoch, because there is one."""
        self.stop.setEnabled(self.cancel.isEnabled())

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [self.pause, self.cancel, self.stop]

    @Slot()
    def refresh(self) -> None:
        """Show the latest progress."""
        self._timer.stop()
        if self._ending:
            self.status.setText(self._ending)
            self.time.setText("")
            return
        progress = self._progress
        if progress is None or self._figures is None:
            return
        self.bar.setValue(round(progress.fraction * _STEPS))
        loss = "" if self._figures.loss is None else tr("loss {loss:.4f}", loss=self._figures.loss)
        self.status.setText(" · ".join(filter(None, (progress.stage, loss, self._figures.comparison))))
        time_left = "paused" if self.pause.isChecked() else seconds_text(progress.seconds_left).removeprefix(" · ")
        self.time.setText(time_left)

    def _make_buttons(self) -> None:
        self.pause = _button(tr("P&ause"), tr("Pause after this batch; the computer is free meanwhile"))
        self.pause.setCheckable(True)
        self.stop = _button(
            tr("St&op and keep the best"), tr("End after this batch and make a model of the best epoch so far")
        )
        self.cancel = _button(tr("Cance&l"), tr("End after this batch without a model; it can be continued later"))
        self.pause.toggled.connect(self._toggle_pause)
        self.stop.clicked.connect(self._stop)
        self.cancel.clicked.connect(self._cancel)

    def _lay_out(self) -> None:
        progress, buttons = QHBoxLayout(), QGridLayout()
        progress.addWidget(self.bar, 1)
        progress.addWidget(self.time)
        buttons.addWidget(self.pause, 0, 0)
        buttons.addWidget(self.cancel, 0, 1)
        buttons.addWidget(self.stop, 1, 0, 1, 2)  # three in a row do not fit into a narrow window with a large font
        buttons.setColumnStretch(2, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.title)
        layout.addLayout(progress)
        layout.addWidget(self.status)
        layout.addWidget(self.edits)
        layout.addLayout(buttons)

    def _show_buttons(self, *, running: bool, enabled: bool = True) -> None:
        for button in (self.pause, self.stop, self.cancel):
            button.setVisible(running)
            button.setEnabled(enabled)
        self.stop.setEnabled(enabled and self._figures is not None and self._figures.latest is not None)

    @Slot(bool)
    def _toggle_pause(self, paused: bool) -> None:
        self.pause.setText(tr("Contin&ue") if paused else tr("P&ause"))
        self.pause_wanted.emit(paused)
        self.refresh()

    @Slot()
    def _stop(self) -> None:
        self.show_ending(tr("Stopping after this batch, and keeping the best epoch…"))
        self.stop_wanted.emit()

    @Slot()
    def _cancel(self) -> None:
        self.show_ending(tr("Cancelling after this batch…"))
        self.cancel_wanted.emit()


def _button(text: str, tip: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(tip)
    return button
