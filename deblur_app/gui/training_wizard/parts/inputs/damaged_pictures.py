"""A check of the chosen pictures before a training: those that cannot be read are named, all at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.core.task import Progress
    from training.data.readable import Unreadable
    from training.data.training_inputs import TrainingInputs

_STEPS = 1000
"""The number of steps of the progress bar."""


class DamagedPictures(QWidget):
    """A check that goes on in the background, and what it found. Hidden while there is nothing to say.

    Attributes:
        jobs: The check.
        text: What was found.

    Signals:
        leave_out_wanted: The paths of pictures that are not to be trained on.
        failed: The exception that ended the check.
    """

    leave_out_wanted = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._paths: tuple[Path, ...] = ()
        self._damaged: list[Unreadable] = []
        self.jobs = TaskQueue(self)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the check for damaged pictures"))
        self.stop_button = QPushButton(tr("Stop"))
        self.stop_button.setAccessibleName(tr("Stop the check for damaged pictures"))
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextFormat(Qt.TextFormat.PlainText)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.leave_out_button = QPushButton(tr("Leave them o&ut"))
        self.leave_out_button.setToolTip(tr("Do not train on these pictures and their counterparts"))
        self._lay_out()
        self.stop_button.clicked.connect(self._stop)
        self.leave_out_button.clicked.connect(lambda: self.leave_out_wanted.emit([each.path for each in self._damaged]))
        self.jobs.progressed.connect(self._show_progress)
        self.jobs.busy_changed.connect(self._show_busy)
        self.jobs.failed.connect(lambda error, _: self.failed.emit(error))
        self.hide()

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [self.stop_button, self.leave_out_button]

    def check(self, inputs: TrainingInputs) -> None:
        """Read every picture of `inputs` in the background; those that were found readable are not read again."""
        paths = inputs.photos or tuple(path for pair in inputs.pairs.pairs for path in (pair.blurred, pair.sharp))
        before, self._paths = self._paths, paths
        if before and set(paths) <= set(before) and not self.jobs.is_busy:
            self._show([each for each in self._damaged if each.path in set(paths)])
            return
        self._show([])
        self.leave_out_button.setVisible(not inputs.photos)
        if paths:
            from training.data.readable import find_unreadable

            self.jobs.replace(QueuedTask("damaged", find_unreadable(paths), self._show))

    def _lay_out(self) -> None:
        self._checking = QWidget()
        row = QHBoxLayout(self._checking)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(QLabel(tr("Checking the pictures")))
        row.addWidget(self.bar, 1)
        row.addWidget(self.stop_button)
        self._findings = QWidget()
        column = QVBoxLayout(self._findings)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.text)
        column.addWidget(self.leave_out_button, 0, Qt.AlignmentFlag.AlignLeft)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._checking)
        layout.addWidget(self._findings)

    @Slot()
    def _stop(self) -> None:
        """End the check; what was not looked at is read when the training begins."""
        self._paths = ()
        self.jobs.cancel()

    def _show(self, damaged: list[Unreadable]) -> None:
        from training.data.readable import sentence

        self._damaged = damaged
        self.text.setText(f"⚠ {sentence(damaged)}" if damaged else "")
        self._update()

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        self.bar.setValue(round(progress.fraction * _STEPS))

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        self.bar.setValue(0)
        self._checking.setVisible(busy)
        self._update()

    def _update(self) -> None:
        self._findings.setVisible(bool(self._damaged))
        self._checking.setVisible(self.jobs.is_busy)
        self.setVisible(bool(self._damaged) or self.jobs.is_busy)
