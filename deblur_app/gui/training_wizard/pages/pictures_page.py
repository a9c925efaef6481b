"""Page 1: the pictures to learn from. Folders are recognised by their content."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QRadioButton, QVBoxLayout, QWidget

from deblur_app.core.task import Progress
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.session.opening.dropping import order_pair
from deblur_app.gui.training_wizard.parts.blur_form import BlurForm
from deblur_app.gui.training_wizard.parts.folder_row import FolderRow
from training.data.training_inputs import TrainingInputs, recognize_folders

if TYPE_CHECKING:
    from deblur_app.core.task import Task
    from training.data.pairs import PairList

_INVITATION = "Choose a folder, or drop it anywhere on this panel."
_LAYOUT_TIP = (
    "A folder of sharp photos; or one that has a folder “sharp” (or “gt”, “target”, “hq”) beside “blurred” (or “blur”, "
    "“input”, “lq”, “motion_blurred”) with equal file names, or with those of the paper, such as 12_NIKON_S.jpg and "
    "12_NIKON_M.jpg. Folders for splits, scenes and kinds of blur around them are looked into."
)


class PicturesPage(QWidget):
    """The page on which the user chooses folders and sees what is in them.

    What there is to learn from is replaced only when another choice has been read: after a failure the last good one
    still counts, and the folders that are shown are its folders.

    Attributes:
        material: The pictures to learn from; nothing before the first choice.
        blur_form: With which blurs pairs are made of sharp photographs.
        jobs: The reading, in the background.

    Signals:
        changed: There is something else to learn from.
        failed: The exception that a choice led to.
        check_wanted: The user asks what is wrong with the pairs.
    """

    changed = Signal()
    failed = Signal(object)
    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.material = TrainingInputs()
        self.jobs = TaskQueue(self)
        self.jobs.failed.connect(self._fail)
        self.one = QRadioButton("&One folder: of sharp photos, or of pairs as in the paper")
        self.one.setToolTip(_LAYOUT_TIP)
        self.one.setChecked(True)
        self.two = QRadioButton("T&wo folders with equal file names")
        self.two.setToolTip("One folder of blurred photos and one of the same photos sharp, with the same names")
        self.folder = FolderRow("&Folder", "the folder of photos", self)
        self.blurred = FolderRow("B&lurred photos", "the folder of blurred photos", self)
        self.sharp = FolderRow("Sha&rp photos", "the folder of sharp photos", self)
        self.folder.caption.hide()  # the radio button above says it
        for row in (self.folder, self.blurred, self.sharp):
            row.changed.connect(self._read)
        self.summary = QLabel(_INVITATION)
        self.summary.setWordWrap(True)
        self.show_unpaired = QPushButton("Show them")
        self.show_unpaired.setCheckable(True)
        self.show_unpaired.setAccessibleName("Show the photos without a counterpart")
        self.check = QPushButton("Exam&ine pairs")
        self.check.setAccessibleName("Check the pairs")
        self.check.setToolTip("Check the pairs: files that fail, duplicates, pictures that do not lie on each other")
        self.check.clicked.connect(self.check_wanted)
        self.unpaired = _list_of_files()
        self.blur_form = BlurForm()
        self.blur_form.failed.connect(self.failed)
        self.show_unpaired.toggled.connect(self._unfold)
        self.two.toggled.connect(self._show_rows)
        self._lay_out()
        self._show_rows()

    def take(self, folders: list[Path]) -> None:
        """Read what `folders` hold; of two, the names tell which one is sharp."""
        if len(folders) == 2:
            folders = list(order_pair(*folders))
        if folders:
            self._start(folders)

    def take_pairs(self, pairs: PairList) -> None:
        """Train on these pairs of the folders that are chosen, because some were left out or turned."""
        self._take(TrainingInputs(self.material.folders, pairs))

    @property
    def pairs(self) -> PairList:
        """The pairs of files to train on; none where they are made of photographs."""
        return self.material.pairs

    @property
    def folders(self) -> list[Path]:
        """The folders of the pictures."""
        return list(self.material.folders)

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        rows = [control for row in (self.folder, self.blurred, self.sharp) for control in (row.edit, row.button)]
        listed = [self.show_unpaired, self.unpaired, self.check]
        return [self.one, self.two, *rows, *listed, *self.blur_form.controls]

    def answers(self) -> dict[str, Any]:
        """Return the choices, to be remembered."""
        return {"folders": [str(folder) for folder in self.folders], **self.blur_form.answers()}

    def recall(self, answers: dict[str, Any]) -> None:
        """Choose what was remembered, as far as it is still there."""
        self.blur_form.recall(answers)
        folders = answers.get("folders")
        if isinstance(folders, list) and folders and all(isinstance(f, str) and Path(f).is_dir() for f in folders):
            self._start([Path(folder) for folder in folders])

    def _lay_out(self) -> None:
        counts = QHBoxLayout()
        counts.addWidget(self.summary, 1)
        counts.addWidget(self.show_unpaired)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (self.one, self.two, self.folder, self.blurred, self.sharp):
            layout.addWidget(widget)
        layout.addLayout(counts)
        layout.addWidget(self.unpaired)
        layout.addWidget(self.check, 0, Qt.AlignmentFlag.AlignLeft)
        layout.addWidget(self.blur_form)
        layout.addStretch(1)
        for hidden in (self.check, self.show_unpaired, self.unpaired, self.blur_form):
            hidden.hide()

    @Slot()
    def _show_rows(self) -> None:
        two = self.two.isChecked()
        self.folder.setVisible(not two)
        self.blurred.setVisible(two)
        self.sharp.setVisible(two)

    @Slot(bool)
    def _unfold(self, unfolded: bool) -> None:
        self.show_unpaired.setText("Hide them" if unfolded else "Show them")
        self.unpaired.setVisible(unfolded)

    @Slot()
    def _read(self) -> None:
        """Read the folders of the rows, once enough of them are given."""
        rows = [self.blurred, self.sharp] if self.two.isChecked() else [self.folder]
        chosen = [row.path for row in rows if row.path is not None]
        if len(chosen) == len(rows) and chosen != self.folders:
            self._start(chosen)

    def _start(self, folders: list[Path]) -> None:
        self.summary.setText("Looking for photos…")
        self.jobs.replace(QueuedTask("pairs", _recognise(folders), self._take))

    def _take(self, material: TrainingInputs) -> None:
        self.material = material
        self.show_unpaired.setChecked(False)
        self._show()
        self.changed.emit()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._show()
        self.failed.emit(error)

    def _show(self) -> None:
        """Show the folders and counts that hold."""
        material, folders = self.material, self.folders
        two = len(folders) == 2 and not material.photos
        if folders:
            self.two.setChecked(two)
            self.one.setChecked(not two)
        rows = [self.blurred, self.sharp] if two else [self.folder]
        for row in (self.folder, self.blurred, self.sharp):
            row.show_path(folders[rows.index(row)] if row in rows and folders else None)
        self.summary.setText(material.sentence or _INVITATION)
        self.unpaired.setPlainText("\n".join(map(str, material.pairs.unpaired)))
        self.show_unpaired.setVisible(bool(material.pairs.unpaired))
        self.check.setVisible(bool(material.pairs.pairs))
        self.blur_form.setVisible(bool(material.photos))
        self.blur_form.set_photos(material.photos)


def _list_of_files() -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    text.setMaximumHeight(130)
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text.setAccessibleName("Photos without a counterpart")
    return text


def _recognise(folders: list[Path]) -> Task[TrainingInputs]:
    yield Progress(0.0, "Looking for photos")
    return recognize_folders(folders)
