"""Page 1: the pictures to learn from. Folders are recognised by their content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, Slot
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPlainTextEdit, QPushButton, QRadioButton, QVBoxLayout, QWidget

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.first_sight.first_sight import DropArea
from deblur_app.gui.look.style_sheet import set_role
from deblur_app.gui.session.opening.dropping import order_pair
from deblur_app.gui.theme import SPACE
from deblur_app.gui.training_wizard.page import WIDE, Page
from deblur_app.gui.training_wizard.parts.columns import Columns
from deblur_app.gui.training_wizard.parts.folder_row import FolderRow
from deblur_app.gui.training_wizard.parts.inputs.blur_form import BlurForm
from deblur_app.gui.training_wizard.parts.inputs.damaged_pictures import DamagedPictures
from deblur_app.gui.training_wizard.state import PageId

if TYPE_CHECKING:
    from pathlib import Path

    from PySide6.QtGui import QShowEvent

    from deblur_app.core.task import Task
    from deblur_app.gui.training_wizard.model import WizardModel
    from training.data.training_inputs import TrainingInputs

_INVITATION = tr_later("Choose a folder, or drop it anywhere on this page.")
_LESSON = tr_later(
    "Deblur blurs them itself, and the network learns to undo that. Folders with pairs of blurred and sharp photos are "
    "recognised, too."
)
_ALL = 1000
"""Share of the height that the invitation takes before the room below it gets anything."""

_LAYOUT_TIP = tr_later(
    "A folder of sharp photos; or one that has a folder “sharp” (or “gt”, “target”, “hq”) beside “blurred” (or “blur”, "
    "“input”, “lq”, “motion_blurred”) with equal file names, or with those of the paper, such as 12_NIKON_S.jpg and "
    "12_NIKON_M.jpg. Folders for splits, scenes and kinds of blur around them are looked into."
)


class PicturesPage(Page):
    """The page on which the user chooses folders and sees what is in them.

    What there is to learn from is replaced only when another choice has been read: after a failure the last good one
    still counts, and the folders that are shown are its folders.

    Attributes:
        blur_form: With which blurs pairs are made of sharp photographs.
        damaged: The check for pictures that cannot be read.
        jobs: The reading of folders, in the background.
    """

    widest = WIDE

    def __init__(self, model: WizardModel) -> None:
        super().__init__(model)
        self.jobs = TaskQueue(self)
        self.jobs.failed.connect(self._fail)
        self._make_rows()
        self.summary = QLabel(tr(_INVITATION))
        self.summary.setWordWrap(True)
        self.show_unpaired = QPushButton(tr("Show them"))
        self.show_unpaired.setCheckable(True)
        self.show_unpaired.setAccessibleName(tr("Show the photos without a counterpart"))
        self.check = QPushButton(tr("Exam&ine pairs"))
        self.check.setToolTip(tr("Look for duplicates, swapped sides and misaligned pictures"))
        self.unpaired = _list_of_files()
        self.damaged = DamagedPictures()
        self.blur_form = BlurForm(model)
        self.area = _make_area()
        self._lay_out()
        self._connect()
        self._show_rows()

    def take(self, folders: list[Path]) -> None:
        """Read what `folders` hold; of two, the names tell which one is sharp."""
        if len(folders) == 2:
            folders = list(order_pair(*folders))
        if folders:
            self.summary.setText(tr("Looking for photos…"))
            self.jobs.replace(QueuedTask("pairs", _recognize(folders), self._take))

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        rows = [control for row in (self.folder, self.blurred, self.sharp) for control in (row.edit, row.button)]
        widgets = [self.area.open_folder, self.show_unpaired, self.unpaired, *self.damaged.controls, self.check]
        return [self.one, self.two, *rows, *widgets, *self.blur_form.controls]

    @property
    def work(self) -> list[TaskQueue]:
        """The reading of folders, and the check of the pictures."""
        return [self.jobs, self.damaged.jobs]

    def finish(self) -> None:
        """End the making of examples."""
        self.blur_form.samples.finish()

    # --- building ---------------------------------------------------------------------------------------------------

    def _make_rows(self) -> None:
        self.one = QRadioButton(tr("&One folder: sharp photos, or pairs"))
        self.one.setToolTip(tr(_LAYOUT_TIP))
        self.one.setChecked(True)
        self.two = QRadioButton(tr("Two folder&s: blurred and sharp"))
        self.two.setToolTip(
            tr("One folder of blurred photos and one of the same photos sharp, with the same file names")
        )
        self.folder = FolderRow(tr("Fol&der"), tr("the folder of photos"), self)
        self.blurred = FolderRow(tr("B&lurred photos"), tr("the folder of blurred photos"), self)
        self.sharp = FolderRow(tr("Sha&rp photos"), tr("the folder of sharp photos"), self)
        self.folder.caption.hide()  # the radio button above says it

    def _lay_out(self) -> None:
        counts = QWidget()
        row = QHBoxLayout(counts)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.summary, 1)
        row.addWidget(self.show_unpaired)
        folders = (self.one, self.two, self.folder, self.blurred, self.sharp)
        columns = Columns((*folders, counts, self.unpaired, self.damaged, self.check), (self.blur_form,))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(columns)
        layout.addSpacing(SPACE)
        layout.addWidget(self.area, _ALL)
        layout.addStretch(1)
        for hidden in (self.check, self.show_unpaired, self.unpaired, self.blur_form):
            hidden.hide()

    def _connect(self) -> None:
        for row in (self.folder, self.blurred, self.sharp):
            row.changed.connect(self._read)
        self.area.open_folder.clicked.connect(self.folder.button.click)
        self.check.clicked.connect(lambda: self.model.go_to(PageId.DOCTOR))
        self.blur_form.failed.connect(self.failed)
        self.damaged.failed.connect(self.failed)
        self.damaged.leave_out_wanted.connect(self._leave_out)
        self.show_unpaired.toggled.connect(self._unfold)
        self.two.toggled.connect(self._show_rows)
        self.model.on_change(self._show_inputs, "inputs")

    # --- what the user does -----------------------------------------------------------------------------------------

    @Slot()
    def _show_rows(self) -> None:
        two = self.two.isChecked()
        self.folder.setVisible(not two)
        self.blurred.setVisible(two)
        self.sharp.setVisible(two)
        self._show_area()

    @Slot(bool)
    def _unfold(self, unfolded: bool) -> None:
        self.show_unpaired.setText(tr("Hide them") if unfolded else tr("Show them"))
        self.unpaired.setVisible(unfolded)

    @Slot()
    def _read(self) -> None:
        """Read the folders of the rows, once enough of them are given."""
        rows = [self.blurred, self.sharp] if self.two.isChecked() else [self.folder]
        folders = [row.path for row in rows if row.path is not None]
        if len(folders) == len(rows) and folders != list(self.model.inputs.folders):
            self.take(folders)

    @Slot(object)
    def _leave_out(self, paths: list[Path]) -> None:
        """Train without damaged pictures and their counterparts."""
        from training.data.training_inputs import without

        self.model.take_pairs(without(self.model.inputs.pairs, paths))

    # --- what is shown ----------------------------------------------------------------------------------------------

    def _take(self, inputs: TrainingInputs) -> None:
        self.model.take_inputs(inputs)
        self._show()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._show()
        self.failed.emit(error)

    def _show_inputs(self) -> None:
        """Show other pictures, and look for damaged ones among them."""
        self.show_unpaired.setChecked(False)
        self._show()
        self.damaged.check(self.model.inputs)

    def _show(self) -> None:
        """Show the folders and counts that hold."""
        inputs = self.model.inputs
        two = len(inputs.folders) == 2 and not inputs.photos
        if inputs.folders:
            self.two.setChecked(two)
            self.one.setChecked(not two)
        rows = [self.blurred, self.sharp] if two else [self.folder]
        for row in (self.folder, self.blurred, self.sharp):
            row.show_path(inputs.folders[rows.index(row)] if row in rows and inputs.folders else None)
        self.summary.setText(inputs.sentence or tr(_INVITATION))
        self.unpaired.setPlainText("\n".join(map(str, inputs.pairs.unpaired)))
        self.show_unpaired.setVisible(bool(inputs.pairs.unpaired))
        self.check.setVisible(bool(inputs.pairs.pairs))
        self.blur_form.setVisible(bool(inputs.photos))
        self._show_area()

    def _show_area(self) -> None:
        """Invite to drop a folder where there is none yet."""
        self.area.setVisible(not self.model.inputs.folders and self.one.isChecked())

    def showEvent(self, event: QShowEvent) -> None:
        """Draw the invitation in the present colours."""
        super().showEvent(event)
        self.area.draw_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the invitation in other colours."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.PaletteChange:
            self.area.draw_icon()


def _make_area() -> DropArea:
    """Return the invitation; what is dropped is the wizard's."""
    area = DropArea(tr("Drop a folder of sharp photos"), tr(_LESSON))
    area.setAcceptDrops(False)
    area.open_photos.hide()
    set_role(area.open_folder, "primary")
    return area


def _list_of_files() -> QPlainTextEdit:
    text = QPlainTextEdit()
    text.setReadOnly(True)
    text.setTabChangesFocus(True)
    text.setMaximumHeight(130)
    text.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
    text.setAccessibleName(tr("Photos without a counterpart"))
    return text


def _recognize(folders: list[Path]) -> Task[TrainingInputs]:
    yield Progress(0.0, tr("Looking for photos"))
    from training.data.training_inputs import recognize_folders

    return recognize_folders(folders)
