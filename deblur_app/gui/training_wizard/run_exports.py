"""Exports of a finished run: a report, a file to give away, a row beside other runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.training_wizard import wizard_tasks

if TYPE_CHECKING:
    from deblur_app.gui.training_wizard.wizard import TrainingWizard
    from training.runs.run import Run


class RunExports(QObject):
    """A maker of reports, files and comparisons of runs, which says where they are."""

    def __init__(self, wizard: TrainingWizard, jobs: TaskQueue) -> None:
        """Work for `wizard`, after the other jobs of `jobs`."""
        super().__init__(wizard)
        self._wizard, self._jobs = wizard, jobs

    @Slot(object)
    def write_report(self, run: Run) -> None:
        """Write the report of a run, and open it."""
        self._wizard.notice.tell("Writing the report…")
        self._jobs.add(QueuedTask("report", wizard_tasks.report(run), self._open_report))

    @Slot(object)
    def ask_where_to_export(self, run: Run) -> None:
        """Let the user choose the file that the model of a run is written into."""
        wizard = self._wizard
        dialog = QFileDialog(wizard, "Export the model", filter="Models of Deblur (*.deblur)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("deblur")
        dialog.selectFile(str(Path.home() / f"{wizard.result.name.text().strip() or run.folder.name}.deblur"))
        dialog.fileSelected.connect(lambda name: self.export(run, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, run: Run, target: Path) -> None:
        """Write the model of a run into one file."""
        notice = self._wizard.notice
        notice.tell("Writing the file…")
        told = lambda _: notice.tell(f"The model is in {target}. Dropped on a window of Deblur, it is installed.")  # noqa: E731
        self._jobs.add(QueuedTask("export", wizard_tasks.export(run, target), told))

    @Slot(object)
    def compare(self, run: Run) -> None:
        """Show a run beside the others."""
        from deblur_app.gui.training_wizard.plots.run_comparison import RunComparison
        from training.runs.run_list import runs_folder

        RunComparison(runs_folder(), run, self._wizard).show()

    def _open_report(self, path: Path) -> None:
        self._wizard.notice.tell(f"The report is {path}.")
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
