"""The pair doctor: faults of the pairs of a folder, and the registration of those that are misaligned."""

from __future__ import annotations

from collections import Counter
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtGui import QIcon, QPixmap
from PySide6.QtWidgets import (
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from deblur_app.gui.background.latest import LatestTaskRunner
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.training_wizard.parts import finding_thumbnails
from deblur_app.gui.training_wizard.parts.folder_row import choose_folder
from deblur_app.gui.widgets.status import seconds_text
from training.data.training_inputs import swap_sides, without

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from deblur_app.core.task import Progress, Task
    from training.data.pairs import PairList
    from training.pair_doctor.doctor import Diagnosis, Finding
    from training.pair_doctor.registration import Registered

_STEPS = 1000
"""The number of steps of the progress bar."""

_TITLES = {
    "unmatched": "Without a counterpart",
    "unreadable": "Cannot be read",
    "sizes": "Different sizes",
    "swapped": "Blurred and sharp swapped",
    "not-blurred": "Not blurred",
    "duplicate": "Nearly the same scene",
    "leak": "In both folders",
    "misaligned": "Not lying on each other",
    "unmeasured": "Could not be measured",
}

_MENDED = ("sizes", "misaligned")
"""Kinds that registering may mend."""

_FINDING = Qt.ItemDataRole.UserRole
"""Where an item of the list keeps its finding."""


class DoctorPage(QWidget):
    """The list of faults of pairs, in sentences and small pictures, by kind, with what can be done about them.

    What is done concerns the chosen finding, or all of a kind where its title is chosen.

    Attributes:
        jobs: The work, in the background.
        pictures: The reading of small pictures.
        findings: The list.

    Signals:
        left: The user wants to go back.
        registered: A `Registered` with a new folder: train on that.
        cured: The pairs without those that were left out, and with sides exchanged: train on those.
        failed: The exception that ended the work.
    """

    left = Signal()
    registered = Signal(object)
    cured = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._pairs: PairList | None = None
        self._folder: Path | None = None
        self._shown: list[QListWidgetItem] = []
        self.jobs = TaskQueue(self)
        self.pictures = LatestTaskRunner(self)
        self.summary = QLabel()
        self.summary.setWordWrap(True)
        self.stage = QLabel()
        self.bar = QProgressBar()
        self.bar.setRange(0, _STEPS)
        self.bar.setTextVisible(False)
        self.bar.setAccessibleName("Progress of the examination")
        self.stop_button = QPushButton("St&op")
        self.findings = QListWidget()
        self.findings.setWordWrap(True)
        self.findings.setResizeMode(QListWidget.ResizeMode.Adjust)
        self.findings.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.findings.setSpacing(2)
        self.findings.setIconSize(finding_thumbnails.SIZE)
        self.findings.setAccessibleName("What is wrong with the pairs")
        self.leave_out_button = QPushButton("Leave o&ut")
        self.leave_out_button.setToolTip(
            "Do not train on the files of the chosen finding, or of all under a chosen title"
        )
        self.swap_button = QPushButton("S&wap sides")
        self.swap_button.setToolTip("Take the sharp pictures of the chosen finding as blurred, and the other way round")
        self.register_button = QPushButton("&Register into a new folder…")
        self.register_button.setToolTip(
            "Move the sharp pictures onto the blurred ones, cut both to what they share, and train on those"
        )
        self.against_button = QPushButton("Compare with &another folder…")
        self.against_button.setToolTip("Look for pictures that are also in another folder, such as the validation set")
        self.back_button = QPushButton("Back to the pictures, with what is left")
        self._lay_out()
        self._connect()
        self._show_busy(False)

    def examine(self, pairs: PairList, folder: Path, against: Path | None = None) -> None:
        """Look for faults.

        Args:
            pairs: The pairs.
            folder: The folder of the pairs; new folders are proposed beside it.
            against: A folder of pictures that must not be among them.
        """
        self._pairs, self._folder = pairs, folder
        self.findings.clear()
        self._shown.clear()
        self.register_button.setEnabled(False)
        self.summary.setText(f"Examining the pairs of “{folder.name}”…")
        self.jobs.replace(QueuedTask("examine", _diagnose(pairs, against), self._show_diagnosis))

    def register(self, out: Path) -> None:
        """Write the pairs that can be registered into the new folder `out`."""
        if self._pairs:
            self.summary.setText(f"Registering into “{out.name}”…")
            self.jobs.replace(QueuedTask("register", _register(self._pairs, out), self._take_registered))

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        cures = [self.leave_out_button, self.swap_button, self.register_button]
        return [self.stop_button, self.findings, *cures, self.against_button, self.back_button]

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.addWidget(QLabel("<b>Pair doctor</b>"))
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
        self.pictures.ready.connect(self._show_pictures)
        self.register_button.clicked.connect(self._ask_where)
        self.against_button.clicked.connect(self._ask_against)
        self.back_button.clicked.connect(self._leave)

    # --- what the user does -----------------------------------------------------------------------------------------

    @Slot()
    def _stop(self) -> None:
        self.summary.setText("Stopped. Nothing was changed.")
        self.jobs.cancel()

    @Slot()
    def _leave(self) -> None:
        self.jobs.cancel()
        self.left.emit()

    @Slot()
    def _ask_where(self) -> None:
        if self._folder:
            dialog = choose_folder(self, "Choose where the new folder is made", self._folder.parent)
            dialog.fileSelected.connect(self._register_in)

    @Slot(str)
    def _register_in(self, name: str) -> None:
        if self._folder:
            self.register(new_folder(Path(name), self._folder))

    @Slot()
    def _ask_against(self) -> None:
        if self._folder:
            dialog = choose_folder(self, "Choose the folder to compare with", self._folder.parent)
            dialog.fileSelected.connect(self._examine_against)

    @Slot(str)
    def _examine_against(self, name: str) -> None:
        if self._pairs and self._folder:
            self.examine(self._pairs, self._folder, Path(name))

    @Slot()
    def _leave_out(self) -> None:
        chosen = self._find_chosen()
        if self._pairs and chosen:
            files = {
                finding.files[-1] if finding.kind == "duplicate" else path
                for finding in chosen
                for path in finding.files
            }
            self._cure(without(self._pairs, files), chosen)

    @Slot()
    def _swap(self) -> None:
        chosen = [finding for finding in self._find_chosen() if finding.kind == "swapped"]
        if self._pairs and chosen:
            self._cure(swap_sides(self._pairs, {path for finding in chosen for path in finding.files}), chosen)

    def _cure(self, pairs: PairList, done: list[Finding]) -> None:
        """Take the pairs that are left, and remove the findings that are done from the list."""
        before, self._pairs = self._pairs, pairs
        for row in reversed(range(self.findings.count())):
            if self.findings.item(row).data(_FINDING) in done:
                self._shown = [item for item in self._shown if item is not self.findings.item(row)]
                self.findings.takeItem(row)
        left = (len(before.pairs) if before else 0) - len(pairs.pairs)
        told = (
            f"{left} pair{'' if left == 1 else 's'} left out"
            if left
            else f"{len(done)} exchanged or taken off the list"
        )
        self.summary.setText(f"{told}; {len(pairs.pairs)} to train on. The files were not touched.")
        self.cured.emit(pairs)

    def _find_chosen(self) -> list[Finding]:
        """Return the chosen finding, or all those under a chosen title."""
        item = self.findings.currentItem()
        if item is None:
            return []
        if finding := item.data(_FINDING):
            return [finding]
        found = []
        for row in range(self.findings.row(item) + 1, self.findings.count()):
            if not (below := self.findings.item(row).data(_FINDING)):
                break
            found.append(below)
        return found

    @Slot()
    def _offer_cures(self) -> None:
        kinds = {finding.kind for finding in self._find_chosen()}
        self.leave_out_button.setEnabled(bool(kinds))
        self.swap_button.setEnabled("swapped" in kinds)

    # --- what the work says -----------------------------------------------------------------------------------------

    @Slot(object)
    def _show_pictures(self, images: list[QImage]) -> None:
        for item, image in zip(self._shown, images, strict=False):
            if not image.isNull():
                item.setIcon(QIcon(QPixmap.fromImage(image)))

    def _show_diagnosis(self, diagnosis: Diagnosis) -> None:
        name = self._folder.name if self._folder else ""
        self.summary.setText(describe(diagnosis, name))
        for kind, group in groupby(diagnosis.findings, key=lambda finding: finding.kind):
            findings = list(group)
            self._add_title(f"{_TITLES[kind]} ({len(findings)})")
            for finding in findings:
                self._add(finding)
        self.register_button.setEnabled(any(finding.kind in _MENDED for finding in diagnosis.findings))
        if diagnosis.findings:
            self.findings.setCurrentRow(1)
            self.pictures.ask(partial(finding_thumbnails.thumbnails, diagnosis.findings))
        self._offer_cures()

    def _add_title(self, text: str) -> None:
        item = QListWidgetItem(text)
        font = item.font()
        font.setBold(True)
        item.setFont(font)
        item.setFlags(Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable)
        self.findings.addItem(item)

    def _add(self, finding: Finding) -> None:
        item = QListWidgetItem(finding.sentence)
        item.setToolTip("\n".join(map(str, finding.files)))
        item.setData(_FINDING, finding)
        self.findings.addItem(item)
        self._shown.append(item)

    def _take_registered(self, registered: Registered) -> None:
        self.summary.setText(summary_of(registered))
        self.findings.clear()
        self._shown.clear()
        if registered.left_out:
            self._add_title(f"Left out ({len(registered.left_out)})")
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


def describe(diagnosis: Diagnosis, name: str) -> str:
    """Return a sentence on the findings."""
    count = f"{diagnosis.pairs} pair{'' if diagnosis.pairs == 1 else 's'}"
    if not diagnosis.findings:
        return f"“{name}” is in order: {count} examined, nothing wrong."
    kinds = Counter(finding.kind for finding in diagnosis.findings)
    words = " · ".join(f"{_TITLES[kind]}: {number}" for kind, number in kinds.items())
    return f"“{name}”: {count} examined. {words}."


def summary_of(registered: Registered) -> str:
    """Return a sentence or two on the pairs that were registered."""
    done, left = len(registered.mended), len(registered.left_out)
    if not done:
        return "None of the pairs could be registered; no folder was made."
    text = f"{done} pair{' was' if done == 1 else 's were'} registered into {registered.folder}."
    if left:
        text += f" {left} could not be and {'is' if left == 1 else 'are'} left out: {registered.left_out[0].sentence}"
    return text


def new_folder(parent: Path, pairs: Path) -> Path:
    """Return a folder in `parent` that is not there yet, called after the folder of the pairs."""
    name = f"{pairs.name} registered"
    number = 1
    while (folder := parent / (f"{name} {number}" if number > 1 else name)).exists():
        number += 1
    return folder


def _diagnose(pairs: PairList, against: Path | None) -> Task[Diagnosis]:
    from training.pair_doctor import doctor

    return (yield from doctor.diagnose(pairs, doctor.pictures_of(against) if against else ()))


def _register(pairs: PairList, out: Path) -> Task[Registered]:
    from training.pair_doctor.registration import register

    return (yield from register(pairs.pairs, out))
