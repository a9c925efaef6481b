"""The self-test in the window: a table that fills while it runs, and a report to copy."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QColor, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QHeaderView,
    QProgressBar,
    QPushButton,
    QTableWidget,
    QTableWidgetItem,
    QVBoxLayout,
)

from deblur_app.core.texts import tr
from deblur_app.engine.self_test import report, self_test
from deblur_app.gui import theme
from deblur_app.gui.background.runner import TaskRunner
from deblur_app.gui.widgets.labels import wrapping_label

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from deblur_app.core.task import Progress, Task
    from deblur_app.engine.self_test.self_test import SampleRun

_SIZE = 680, 480
"""Width and height of the dialog, in points."""

_STEPS = 1000
"""Steps of the progress bar."""


class SelfTestDialog(QDialog):
    """The test that is started by a button, goes on beside other work, and can be stopped.

    Attributes:
        table: A row for each run.
        runs: The runs that are done.
        start: The button that starts the test, and stops it.
        copy: The button that copies the report.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        make_task: Callable[[], Task[list[SampleRun]]] = self_test.run_self_test,
    ) -> None:
        """Stand over `parent`; `make_task` makes the test."""
        super().__init__(parent)
        self._make_task = make_task
        self.runs: list[SampleRun] = []
        self.setWindowTitle(tr("Self-test"))
        self.resize(*_SIZE)
        self.words = wrapping_label(
            tr(
                "Restores the three examples by every method on every device of this computer, and compares the "
                "results "
                "with the sharp photos. It takes some minutes; you can go on working."
            )
        )
        self.table = QTableWidget(0, 5)
        self.table.setHorizontalHeaderLabels([tr("Method"), tr("Photo"), tr("Device"), tr("Time"), tr("Gain")])
        self.table.setAccessibleName(tr("Results of the self-test"))
        self.table.verticalHeader().hide()
        self.table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
        self.table.setShowGrid(False)
        self.table.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.ResizeToContents)
        self.table.horizontalHeader().setStretchLastSection(True)
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the self-test"))
        self.start, self.copy = QPushButton(tr("&Start")), QPushButton(tr("&Copy report"))
        self.copy.setEnabled(False)
        buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Close)
        buttons.addButton(self.start, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.addButton(self.copy, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        for widget in (self.words, self.table, self.bar, buttons):
            layout.addWidget(widget)
        self.start.clicked.connect(self._press)
        self.copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(report.write_report(self.runs)))
        self._runner = TaskRunner(self)
        self._runner.progressed.connect(self._follow)
        self._runner.succeeded.connect(self._show_verdict)
        self._runner.cancelled.connect(lambda: self.words.setText(tr("The self-test was stopped.")))
        self._runner.failed.connect(lambda error: self.words.setText(tr("The self-test ended: {error}", error=error)))
        self._runner.ended.connect(self._rest)

    @Slot()
    def _press(self) -> None:
        if self._runner.is_busy:
            self._runner.cancel()
            return
        self.runs = []
        self.table.setRowCount(0)
        self.copy.setEnabled(False)
        self.start.setText(tr("&Stop"))
        self._runner.run(self._make_task())

    @Slot(object)
    def _follow(self, progress: Progress) -> None:
        self.bar.setValue(round(progress.fraction * _STEPS))
        self.words.setText(progress.stage)
        if isinstance(progress, self_test.SampleDone) and progress.run:
            self._add(progress.run)

    def _add(self, run: SampleRun) -> None:
        self.runs.append(run)
        self.copy.setEnabled(True)
        row = self.table.rowCount()
        self.table.insertRow(row)
        colours = theme.colours_of(self.palette())
        for column, text in enumerate(report.describe_run(run)):
            item = QTableWidgetItem(text)
            item.setToolTip(text)
            if column == 4:
                item.setForeground(QColor(colours.error if run.problem else colours.ok))
            self.table.setItem(row, column, item)
        self.table.scrollToBottom()

    @Slot(object)
    def _show_verdict(self, runs: list[SampleRun]) -> None:
        failed = sum(bool(run.problem) for run in runs)
        self.words.setText(
            tr("{failed} of {count} failed.", failed=failed, count=len(runs))
            if failed
            else tr("All {count} passed.", count=len(runs))
        )

    @Slot()
    def _rest(self) -> None:
        self.start.setText(tr("&Start again"))
        self.bar.setValue(0)

    def done(self, result: int) -> None:
        """Stop the test, and close."""
        self.finish()
        super().done(result)

    def finish(self) -> None:
        """End the test and wait until its thread is gone."""
        self._runner.finish()


def show_self_test(parent: QWidget) -> SelfTestDialog:
    """Open the self-test beside which one can go on working."""
    dialog = SelfTestDialog(parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.show()
    return dialog
