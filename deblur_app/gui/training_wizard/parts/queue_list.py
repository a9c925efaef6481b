"""The trainings that wait for the one that goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from training.runs.run import Run

_ROWS = 3
"""The most rows of the list that are visible at once."""


class QueueList(QWidget):
    """The list of the waiting trainings, from which one can be removed. Hidden while none waits.

    Signals:
        forget_wanted: A run that is not to begin.
    """

    forget_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.list = QListWidget()
        self.list.setAccessibleName(tr("Queued trainings"))
        self.list.setToolTip(tr("They start one after the other"))
        self.list.setMaximumHeight(_ROWS * (self.fontMetrics().height() + 8))
        self.drop = QPushButton(tr("&Drop from the queue"))
        self.drop.setToolTip(tr("Remove the selected training from the queue"))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel(tr("Queue:")))
        layout.addWidget(self.list)
        layout.addWidget(self.drop, 0, Qt.AlignmentFlag.AlignLeft)
        self.drop.clicked.connect(self._drop)
        self.hide()

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        return [self.list, self.drop]

    def show_waiting(self, runs: list[Run]) -> None:
        """List the runs, the next one first."""
        self.list.clear()
        for run in runs:
            item = QListWidgetItem(run.folder.name)
            item.setData(Qt.ItemDataRole.UserRole, run)
            self.list.addItem(item)
        if runs:
            self.list.setCurrentRow(0)
        self.setVisible(bool(runs))

    @Slot()
    def _drop(self) -> None:
        if item := self.list.currentItem():
            self.forget_wanted.emit(item.data(Qt.ItemDataRole.UserRole))
