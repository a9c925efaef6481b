"""What to train on: one folder in the paper's layout, or two folders with equal names."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QFileDialog,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress
from deblur_app.gui.dropping import order_pair
from deblur_app.gui.jobs import Job, Jobs
from training.pairs import PairList, find_pairs, pair_folders

if TYPE_CHECKING:
    from deblur_app.core.task import Task

_KINDS = {"defocused_blurred": "out of focus", "motion_blurred": "motion blur"}
_INVITATION = "Choose a folder, or drop it anywhere on this panel."
_LAYOUT_TIP = (
    "A folder “sharp” beside “defocused_blurred” or “motion_blurred”, with names like 12_NIKON_S.jpg, "
    "12_NIKON_F.jpg and 12_NIKON_M.jpg; or “sharp” beside “blurred” with equal names."
)


class DataChooser(QWidget):
    """Lets the user choose folders and tells what is in them.

    The pairs are replaced only when another choice has been read: after a failure the last good one still counts,
    and the folders that are shown are its folders.

    Attributes:
        pairs: The pairs to train on; empty before the first choice.
        jobs: The reading, in the background.

    Signals:
        changed: There are other pairs.
        failed: The exception that a choice led to.
        check_wanted: The user asks what is wrong with the pairs.
    """

    changed = Signal()
    failed = Signal(object)
    check_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.pairs = PairList([])
        self._folders: list[Path] = []
        self.jobs = Jobs(self)
        self.jobs.failed.connect(self._fail)
        self.one = QRadioButton("&One folder in the layout of the paper")
        self.one.setToolTip(_LAYOUT_TIP)
        self.one.setChecked(True)
        self.two = QRadioButton("T&wo folders with equal file names")
        self.two.setToolTip("One folder of blurred photos and one of the same photos sharp, with the same names")
        self.folder = _FolderRow("&Folder", "the folder that holds “sharp” and the blurred photos", self)
        self.blurred = _FolderRow("B&lurred photos", "the folder of blurred photos", self)
        self.sharp = _FolderRow("Sha&rp photos", "the folder of sharp photos", self)
        self.folder.caption.hide()  # the radio button above says it
        for row in (self.folder, self.blurred, self.sharp):
            row.changed.connect(self._read)
        self.summary = QLabel(_INVITATION)
        self.summary.setWordWrap(True)
        self.show_unpaired = QPushButton("Show them")
        self.show_unpaired.setCheckable(True)
        self.show_unpaired.setAccessibleName("Show the photos without a counterpart")
        self.check = QPushButton("E&xamine pairs")
        self.check.setAccessibleName("Check the pairs")
        self.check.setToolTip("Check the pairs: files that fail, duplicates, pictures that do not lie on each other")
        self.check.clicked.connect(self.check_wanted)
        self.unpaired = QPlainTextEdit()
        self.unpaired.setReadOnly(True)
        self.unpaired.setTabChangesFocus(True)
        self.unpaired.setMaximumHeight(130)
        self.unpaired.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        self.unpaired.setAccessibleName("Photos without a counterpart")
        self.show_unpaired.toggled.connect(self._unfold)
        self.two.toggled.connect(self._show_rows)
        self._lay_out()
        self._show_rows()

    def take(self, folders: list[Path]) -> None:
        """Read the pairs in one folder, or in two of which the names tell which one is sharp."""
        if len(folders) > 2:
            self.failed.emit(DeblurError("Drop one folder that holds pairs, or two: blurred and sharp photos."))
        elif len(folders) == 2:
            self._start(list(order_pair(*folders)))
        elif folders:
            self._start(folders)

    @property
    def folders(self) -> list[Path]:
        """Where the pairs come from: one folder, or the blurred and the sharp one."""
        return self._folders

    @property
    def controls(self) -> list[QWidget]:
        """What can have the focus, in the order it is seen."""
        rows = [control for row in (self.folder, self.blurred, self.sharp) for control in (row.edit, row.button)]
        return [self.one, self.two, *rows, self.show_unpaired, self.unpaired, self.check]

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
        self.check.hide()
        self.show_unpaired.hide()
        self.unpaired.hide()

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
        """Read what the rows say, once they say enough."""
        rows = [self.blurred, self.sharp] if self.two.isChecked() else [self.folder]
        folders = [row.path for row in rows]
        chosen = [folder for folder in folders if folder is not None]
        if len(chosen) == len(rows) and chosen != self._folders:
            self._start(chosen)

    def _start(self, folders: list[Path]) -> None:
        self.summary.setText("Looking for pairs…")
        self.jobs.replace(Job("pairs", _find(folders), lambda pairs: self._take(folders, pairs)))

    def _take(self, folders: list[Path], pairs: PairList) -> None:
        self._folders, self.pairs = folders, pairs
        self.show_unpaired.setChecked(False)
        self._show()
        self.changed.emit()

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        self._show()
        self.failed.emit(error)

    def _show(self) -> None:
        """Show the folders and counts that hold."""
        two = len(self._folders) == 2
        if self._folders:
            self.two.setChecked(two)
            self.one.setChecked(not two)
        rows = [self.blurred, self.sharp] if two else [self.folder]
        for row in (self.folder, self.blurred, self.sharp):
            row.show_path(self._folders[rows.index(row)] if row in rows and self._folders else None)
        self.summary.setText(describe(self.pairs, self._folders[0]) if self.pairs.pairs else _INVITATION)
        self.unpaired.setPlainText("\n".join(map(str, self.pairs.unpaired)))
        self.show_unpaired.setVisible(bool(self.pairs.unpaired))
        self.check.setVisible(bool(self.pairs.pairs))


class _FolderRow(QWidget):
    """A folder: typed, or chosen with a dialog.

    Signals:
        changed: Another folder was typed or chosen.
    """

    changed = Signal()

    def __init__(self, label: str, meaning: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = f"Choose {meaning}"
        self._shown = ""
        self.caption = QLabel(label)
        self.edit = QLineEdit()
        self.edit.setAcceptDrops(False)  # a drop belongs to the panel
        self.edit.setToolTip(f"The path of {meaning}")
        self.edit.setAccessibleName(f"Path of {meaning}")
        self.button = QPushButton("Choose…")
        self.button.setToolTip(self._title)
        self.button.setAccessibleName(self._title)
        self.caption.setBuddy(self.edit)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.caption, 0, 0, 1, 2)
        layout.addWidget(self.edit, 1, 0)
        layout.addWidget(self.button, 1, 1)
        self.edit.editingFinished.connect(self._take_typed)
        self.button.clicked.connect(self._choose)

    @property
    def path(self) -> Path | None:
        """The folder, or None where nothing is typed."""
        text = self.edit.text().strip()
        return Path(text).expanduser() if text else None

    def show_path(self, path: Path | None) -> None:
        """Show a folder without telling anybody."""
        self._shown = str(path or "")
        self.edit.setText(self._shown)

    @Slot()
    def _take_typed(self) -> None:
        if self.edit.text() != self._shown:
            self._shown = self.edit.text()
            self.changed.emit()

    @Slot()
    def _choose(self) -> None:
        dialog = choose_folder(self, self._title, self.path)
        dialog.fileSelected.connect(self._take_chosen)

    @Slot(str)
    def _take_chosen(self, name: str) -> None:
        self.edit.setText(name)
        self._take_typed()


def choose_folder(parent: QWidget, title: str, start: Path | None) -> QFileDialog:
    """A dialog that asks for a folder; it is open already and says `fileSelected`."""
    dialog = QFileDialog(parent, title, str(start or Path.home()))
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    dialog.finished.connect(dialog.deleteLater)
    dialog.open()
    return dialog


def describe(pairs: PairList, folder: Path) -> str:
    """How many pairs there are in a folder by kind, and how many photos are left over, in sentences."""
    count = len(pairs.pairs)
    kinds = Counter(pair.blurred.parent.name for pair in pairs.pairs)
    named = ", ".join(f"{number} {_KINDS[kind]}" for kind, number in sorted(kinds.items()) if kind in _KINDS)
    text = f"“{folder.name}” has {count} pair{'' if count == 1 else 's'}{f': {named}' if named else ''}."
    if left := len(pairs.unpaired):
        text += f" {left} photo{' has' if left == 1 else 's have'} no counterpart and will not be used."
    return text


def _find(folders: list[Path]) -> Task[PairList]:
    yield Progress(0.0, "Looking for pairs")
    return find_pairs(folders[0]) if len(folders) == 1 else pair_folders(*folders)
