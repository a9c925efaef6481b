"""Exports of a finished run: a report, a file to give away, a row beside other runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QFileDialog

from deblur_app.core.texts import tr
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.training_wizard.runs import run_tasks

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from training.runs.run import Run


class RunExports(QObject):
    """A maker of reports, files and comparisons of runs, which says where they are.

    Attributes:
        jobs: The work, in the background.

    Signals:
        message: A sentence for the user.
        failed: The exception that ended some work.
    """

    message = Signal(str)
    failed = Signal(object)

    def __init__(self, window: QWidget) -> None:
        """Open dialogs over `window`."""
        super().__init__(window)
        self._window = window
        self.jobs = TaskQueue(self)
        self.jobs.failed.connect(self.failed)

    @Slot(object)
    def write_report(self, run: Run) -> None:
        """Write the report of a run, and open it."""
        self.message.emit(tr("Writing the report…"))
        self.jobs.add(QueuedTask("report", run_tasks.report(run), self._open_report))

    def ask_where_to_export(self, run: Run, name: str = "") -> None:
        """Let the user choose the file that the model of a run is written into; `name` is that of the model."""
        dialog = QFileDialog(self._window, tr("Export the model"), filter=tr("Models of Deblur (*.deblur)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("deblur")
        dialog.selectFile(str(Path.home() / f"{name.strip() or run.folder.name}.deblur"))
        dialog.fileSelected.connect(lambda name: self.export(run, Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def export(self, run: Run, target: Path) -> None:
        """Write the model of a run into one file."""
        self.message.emit(tr("Writing the file…"))
        text = tr("The model is in “{target}”. Drop it on a window of Deblur to install it.", target=target)
        self.jobs.add(QueuedTask("export", run_tasks.export(run, target), lambda _: self.message.emit(text)))

    @Slot(object)
    def compare(self, run: Run) -> None:
        """Show a run beside the others."""
        from deblur_app.gui.training_wizard.plots.run_comparison import RunComparison
        from training.runs.run_list import runs_folder

        RunComparison(runs_folder(), run, self._window).show()

    def _open_report(self, path: Path) -> None:
        self.message.emit(tr("The report is in “{path}”.", path=path))
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
