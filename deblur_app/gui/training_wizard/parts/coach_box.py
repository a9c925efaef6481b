"""The remarks of the coach on a training."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from training.evaluation import coach

if TYPE_CHECKING:
    from deblur_app.core.task import Task
    from training.config.config import TrainingConfig
    from training.evaluation.coach import Remark
    from training.runs.run import Run


class CoachBox(QLabel):
    """The remarks on a training so far, one a line. Hidden while there are none.

    Attributes:
        jobs: The reading of the log, in the background.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAccessibleName(tr("Remarks on the training"))
        self.jobs = TaskQueue(self)
        self.jobs.failed.connect(lambda *_: self.hide())
        self.hide()

    def read(self, run: Run, config: TrainingConfig) -> None:
        """Read the log of a run, and show what there is to remark."""
        self.jobs.replace(QueuedTask("coach", _read_remarks(run, config), self._show))

    def _show(self, remarks: list[Remark]) -> None:
        self.setText("\n".join(f"{'⚠' if remark.is_warning else '✓'} {remark.sentence}" for remark in remarks))
        self.setVisible(bool(remarks))


def _read_remarks(run: Run, config: TrainingConfig) -> Task[list[Remark]]:
    yield Progress(0.0, tr("Reading the log"))
    return coach.remarks(config, coach.events_of(run))
