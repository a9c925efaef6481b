"""The pair doctor: faults of the pairs of a folder, and the registration of those that are misaligned."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QVBoxLayout, QWidget

from deblur_app.core.texts import tr, tr_count
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.training_wizard.page import Page
from deblur_app.gui.training_wizard.parts.doctor.doctor_tasks import diagnose, new_folder, register_pairs
from deblur_app.gui.training_wizard.parts.doctor.doctor_words import describe, summary_of
from deblur_app.gui.training_wizard.parts.doctor.findings_list import FindingsList
from deblur_app.gui.training_wizard.parts.folder_row import choose_folder
from deblur_app.gui.training_wizard.state import PageId
from deblur_app.gui.widgets.work_display import seconds_text
from training.data.training_inputs import swap_sides, without

if TYPE_CHECKING:
    from deblur_app.core.task import Progress
    from deblur_app.gui.training_wizard.model import WizardModel
    from training.data.pairs import PairList
    from training.pair_doctor.doctor import Diagnosis, Finding
    from training.pair_doctor.registration import Registered

_STEPS = 1000
"""The number of steps of the progress bar."""

_MENDED = ("sizes", "misaligned")
"""Kinds that registering may mend."""


class DoctorPage(Page):
    """The page with the faults of the chosen pairs, in sentences and small pictures, and what can be done about them.

    What is done concerns the chosen finding, or all of a kind where its title is chosen.

    Attributes:
        jobs: The work, in the background.
        findings: The list.

    Signals:
        registered: A `Registered` with a new folder: train on that.
    """

    scrolls_itself = True

    registered = Signal(object)

    def __init__(self, model: WizardModel) -> None:
        super().__init__(model)
        self.jobs = TaskQueue(self)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.stage = QLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName(tr("Progress of the examination"))
        self.findings = FindingsList()
        self._make_buttons()
        self._lay_out()
        self._connect()
        self._show_busy(False)

    def enter(self) -> None:
        """Examine the pairs that are chosen."""
        self.examine()

    def examine(self, against: Path | None = None) -> None:
        """Look for faults of the pairs, and for pictures that are also in the folder `against`."""
        self.findings.empty()
        self.register_button.setEnabled(False)
        self.summary.setText(tr("Examining the pairs of “{name}”…", name=self._folder.name))
        task = diagnose(self.model.inputs.pairs, against)
        self.jobs.replace(QueuedTask("examine", task, self._show_diagnosis))

    def register_pairs(self, out: Path) -> None:
        """Write the pairs that can be registered into the new folder `out`."""
        self.summary.setText(tr("Registering into “{name}”…", name=out.name))
        task = register_pairs(self.model.inputs.pairs, out)
        self.jobs.replace(QueuedTask("register", task, self._take_registered))

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        cures = [self.leave_out_button, self.swap_button, self.register_button]
        return [self.stop_button, self.findings, *cures, self.against_button, self.back_button]

    @property
    def work(self) -> list[TaskQueue]:
        """The examination and the registration."""
        return [self.jobs]

    def finish(self) -> None:
        """End the reading of small pictures."""
        self.findings.pictures.finish()

    @property
    def _folder(self) -> Path:
        """The folder of the pairs; new folders are proposed beside it."""
        return self.model.inputs.folders[0]

    # --- building ---------------------------------------------------------------------------------------------------

    def _make_buttons(self) -> None:
        self.stop_button = QPushButton(tr("St&op"))
        self.leave_out_button = QPushButton(tr("Leave o&ut"))
        self.leave_out_button.setToolTip(
            tr("Do not train on the files of the chosen finding, or of all under a chosen title")
        )
        self.swap_button = QPushButton(tr("S&wap sides"))
        self.swap_button.setToolTip(
            tr("Take the sharp pictures of the chosen finding as blurred, and the other way round")
        )
        self.register_button = QPushButton(tr("&Register into a new folder…"))
        self.register_button.setToolTip(
            tr("Move the sharp pictures onto the blurred ones, cut both to what they share, and train on those")
        )
        self.against_button = QPushButton(tr("Compare with &another folder…"))
        self.against_button.setToolTip(
            tr("Look for pictures that are also in another folder, such as the validation set")
        )
        self.back_button = QPushButton(tr("Back to the pictures, with what is left"))

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(QLabel(tr("<b>Pair doctor</b>")))
        for widget in (self.summary, self.stage, self.bar, self.stop_button):
            layout.addWidget(widget)
        layout.addWidget(self.findings, 1)
        cures = QHBoxLayout()
        cures.addWidget(self.leave_out_button)
        cures.addWidget(self.swap_button)
        layout.addLayout(cures)
        for button in (self.register_button, self.against_button, self.back_button):
            layout.addWidget(button)

    def _connect(self) -> None:
        self.jobs.progressed.connect(self._show_progress)
        self.jobs.busy_changed.connect(self._show_busy)
        self.jobs.failed.connect(self._fail)
        self.stop_button.clicked.connect(self._stop)
        self.findings.currentItemChanged.connect(self._offer_cures)
        self.leave_out_button.clicked.connect(self._leave_out)
        self.swap_button.clicked.connect(self._swap)
        self.register_button.clicked.connect(self._ask_where)
        self.against_button.clicked.connect(self._ask_against)
        self.back_button.clicked.connect(self._leave)

    # --- what the user does -----------------------------------------------------------------------------------------

    @Slot()
    def _stop(self) -> None:
        self.summary.setText(tr("Stopped. Nothing was changed."))
        self.jobs.cancel()

    @Slot()
    def _leave(self) -> None:
        self.jobs.cancel()
        self.model.go_to(PageId.PICTURES)

    @Slot()
    def _ask_where(self) -> None:
        dialog = choose_folder(self, tr("Choose where the new folder is made"), self._folder.parent)
        dialog.fileSelected.connect(lambda name: self.register_pairs(new_folder(Path(name), self._folder)))

    @Slot()
    def _ask_against(self) -> None:
        dialog = choose_folder(self, tr("Choose the folder to compare with"), self._folder.parent)
        dialog.fileSelected.connect(lambda name: self.examine(Path(name)))

    @Slot()
    def _leave_out(self) -> None:
        if findings := self.findings.list_chosen():
            files = {
                finding.files[-1] if finding.kind == "duplicate" else path
                for finding in findings
                for path in finding.files
            }
            self._cure(without(self.model.inputs.pairs, files), findings)

    @Slot()
    def _swap(self) -> None:
        if findings := [finding for finding in self.findings.list_chosen() if finding.kind == "swapped"]:
            paths = {path for finding in findings for path in finding.files}
            self._cure(swap_sides(self.model.inputs.pairs, paths), findings)

    def _cure(self, pairs: PairList, findings: list[Finding]) -> None:
        """Train on these pairs, and remove the findings that are dealt with from the list."""
        count_out = len(self.model.pairs) - len(pairs.pairs)
        self.findings.remove(findings)
        changed = (
            tr_count("{count} pairs left out", "1 pair left out", count_out)
            if count_out
            else tr("{count} swapped or removed from the list", count=len(findings))
        )
        self.summary.setText(
            tr("{changed}; {count} to train on. No file was changed.", changed=changed, count=len(pairs.pairs))
        )
        self.model.take_pairs(pairs)

    @Slot()
    def _offer_cures(self) -> None:
        kinds = {finding.kind for finding in self.findings.list_chosen()}
        self.leave_out_button.setEnabled(bool(kinds))
        self.swap_button.setEnabled("swapped" in kinds)

    # --- what the work says -----------------------------------------------------------------------------------------

    def _show_diagnosis(self, diagnosis: Diagnosis) -> None:
        self.summary.setText(describe(diagnosis, self._folder.name))
        self.findings.show_findings(diagnosis.findings)
        self.register_button.setEnabled(any(finding.kind in _MENDED for finding in diagnosis.findings))
        self._offer_cures()

    def _take_registered(self, registered: Registered) -> None:
        self.summary.setText(summary_of(registered))
        self.findings.empty()
        if registered.left_out:
            self.findings.add_title(tr("Left out ({count})", count=len(registered.left_out)))
        for result in registered.left_out:
            self.findings.addItem(result.sentence)
        if registered.mended:
            self.registered.emit(registered)

    @Slot(object)
    def _show_progress(self, progress: Progress) -> None:
        self.bar.setValue(round(progress.fraction * _STEPS))
        self.stage.setText(f"{progress.stage}{seconds_text(progress.seconds_left)}")

    @Slot(bool)
    def _show_busy(self, busy: bool) -> None:
        for widget in (self.stage, self.bar, self.stop_button):
            widget.setVisible(busy)
        self.against_button.setEnabled(not busy)

    @Slot(object, str)
    def _fail(self, error: Exception, _: str) -> None:
        self.summary.setText("")
        self.failed.emit(error)
