"""The source of the PSF: a kind of blur with sliders, the brush, a file, the library, or the photo itself."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QHBoxLayout, QInputDialog, QLabel, QPushButton, QVBoxLayout, QWidget

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kinds import BLURS, Blur
from deblur_app.blur.psf import Psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import lower_first, tr
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.psf import library as psf_library
from deblur_app.gui.widgets.forms.parameter_form import ParameterForm, narrow_combo
from deblur_app.gui.widgets.forms.slider_box import WheelGuard

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.gui.psf.library import Entry
    from deblur_app.gui.session.current_psf import CurrentPsf

DRAWN = "\0drawn"
_FILE = "\0file"
_KINDS = tuple(kind for kind in BLURS.values() if kind.varying is None)


class PsfSource(QWidget):
    """The controls by which the user chooses a PSF.

    Attributes:
        kinds: The kinds of blur, and what was drawn, opened or found.
        library: The kernels with names.
        drawn_psf: What the user drew; None for nothing.
        jobs: Reading and writing of files.

    Signals:
        changed: The user wants another PSF.
        message: A sentence for the status line.
        failed: The exception that ended a step.
    """

    changed = Signal()
    message = Signal(str)
    failed = Signal(object)

    def __init__(self, current: CurrentPsf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._psfs: dict[str, Psf] = {}
        self._notes: dict[str, str] = {}
        self.drawn_psf: Psf | None = None
        self._current = current
        self.jobs = TaskQueue(self)
        self.kinds = narrow_combo()
        for kind in _KINDS:
            self.kinds.addItem(tr(kind.label), kind.name)
        self.kinds.addItem(tr("Drawn by hand"), DRAWN)
        self.explanation = QLabel()
        self.explanation.setWordWrap(True)
        self.explanation.setForegroundRole(QPalette.ColorRole.PlaceholderText)
        self.form = ParameterForm(sliders=True)
        self.library = narrow_combo()
        self.library.setToolTip(tr("Kernels that come with Deblur, and those that you added"))
        guard = WheelGuard(self)
        guard.guard(self.kinds)
        guard.guard(self.library)
        self.open_button = _button(
            tr("&Open…"), tr("Open a kernel from a NumPy file or a picture: white is where light goes")
        )
        self.save_button = _button(
            tr("S&ave…"), tr("Save the kernel as numbers (.npy), or as a picture with 16 bits; .npz holds all regions")
        )
        self.keep_button = _button(tr("Add…"), tr("Add the kernel to the library under a name"))
        self.forget_button = _button(tr("Delete"), tr("Delete the chosen kernel from the library"))
        self._lay_out()
        self._connect()
        self.fill_library()
        self._choose_kind()

    # --- what it is asked -------------------------------------------------------------------------------------------

    def maker(self) -> Callable[[], Psf] | None:
        """Return what makes the chosen PSF, which may take a moment; None while nothing is drawn."""
        name = str(self.kinds.currentData())
        if name in BLURS:
            return partial(Psf.of_model, Blur(name, self.form.values()))
        psf = self.drawn_psf if name == DRAWN else self._psfs[name]
        return (lambda: psf) if psf else None

    @property
    def is_drawn(self) -> bool:
        """True if the drawn kernel is chosen."""
        return bool(self.kinds.currentData() == DRAWN)

    def set_drawn(self, psf: Psf | None) -> None:
        """Choose the drawn kernel; no signal is emitted."""
        self.drawn_psf = psf
        with QSignalBlocker(self.kinds):
            self.kinds.setCurrentIndex(self.kinds.findData(DRAWN))
        self._show_kind({})

    def choose_blur(self, blur: Blur) -> None:
        """Choose a kind of blur with its values, so that sliders can go on from there."""
        with QSignalBlocker(self.kinds):
            self.kinds.setCurrentIndex(self.kinds.findData(blur.kind))
        self._show_kind(dict(blur.values))
        self.changed.emit()

    def choose_psf(self, name: str, psf: Psf, note: str = "") -> None:
        """Choose a PSF, and list it under `name`; `note` says what was done to it."""
        key = f"{_FILE}{name}"
        self._psfs[key] = psf
        self._notes[key] = note
        with QSignalBlocker(self.kinds):
            if self.kinds.findData(key) < 0:
                self.kinds.addItem(name, key)
            self.kinds.setCurrentIndex(self.kinds.findData(key))
        self._show_kind({})
        self.changed.emit()

    @property
    def kernel(self) -> Kernel | None:
        """The kernel that shows, which is the one that is saved or kept; None where there is none."""
        return kernel_arrays.grey(self._current.psf.kernel) if self._current.psf else None

    @Slot()
    def _update_saving(self) -> None:
        for button in (self.save_button, self.keep_button):
            button.setEnabled(self._current.psf is not None)

    # --- the library ------------------------------------------------------------------------------------------------

    def fill_library(self, name: str = "") -> None:
        """List the entries of the library, and choose one by its name."""
        with QSignalBlocker(self.library):
            self.library.clear()
            self.library.addItem(tr("Choose…"), None)
            for entry in psf_library.entries(psf_library.folder()):
                self.library.addItem(entry.name if entry.path else tr(entry.name), entry)
            self.library.setCurrentIndex(max(self.library.findText(name), 0))
        self._update_forget()

    def keep(self, name: str) -> None:
        """Keep the kernel that is shown in the library."""
        if (kernel := self.kernel) is not None:
            self.jobs.add(QueuedTask("keep", psf_library.keep(kernel, name, psf_library.folder()), self._take_kept))

    def open(self, path: Path) -> None:
        """Take the kernel of a file."""
        self.jobs.add(QueuedTask("open", psf_library.read(path), lambda read: self.choose_psf(path.name, *read[1:])))

    def save(self, path: Path) -> None:
        """Write the kernel that is shown, or all kernels of a grid where the file can hold them."""
        if (psf := self._current.psf) and (kernel := self.kernel) is not None:
            saved = psf if path.suffix.lower() == ".npz" else Psf(kernel)
            loss = kernel_files.describe_loss(psf, path)
            self.jobs.add(QueuedTask("save", psf_library.write(saved, path), partial(self._say_saved, loss=loss)))

    # --- inside -----------------------------------------------------------------------------------------------------

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for label, box in ((tr("&Kind of blur"), self.kinds), (tr("Librar&y"), self.library)):
            name = QLabel(label)
            name.setBuddy(box)
            layout.addWidget(name)
            layout.addWidget(box)
            if box is self.kinds:
                layout.addWidget(self.explanation)
                layout.addWidget(self.form)
        for pair in ((self.keep_button, self.forget_button), (self.open_button, self.save_button)):
            row = QHBoxLayout()
            for button in pair:
                row.addWidget(button)
            layout.addLayout(row)

    def _connect(self) -> None:
        self.kinds.currentIndexChanged.connect(self._choose_kind)
        self.form.changed.connect(self.changed)
        self._current.changed.connect(self._update_saving)
        self.library.activated.connect(self._choose_entry)
        self.jobs.failed.connect(self._tell_failure)
        self.open_button.clicked.connect(self._ask_for_kernel)
        self.save_button.clicked.connect(self._ask_for_target)
        self.keep_button.clicked.connect(self._ask_for_name)
        self.forget_button.clicked.connect(self._forget)

    @Slot()
    def _choose_kind(self) -> None:
        self._show_kind({})
        self.changed.emit()

    def _show_kind(self, values: dict) -> None:  # type: ignore[type-arg]
        name = str(self.kinds.currentData())
        kind = BLURS.get(name)
        self.explanation.setText(tr(kind.explanation) if kind else self._explanation(name))
        self.form.draw(kind.parameters if kind else (), values)
        self.form.setVisible(kind is not None)

    def _explanation(self, name: str) -> str:
        if name == DRAWN:
            return tr("Your drawing: the path of one point of light, brighter where it stayed longer.")
        if self._notes[name]:
            return self._notes[name]
        if self._psfs[name].grid:
            return tr("One kernel for each region of the photo, with smooth transitions.")
        return tr("A kernel from a file or from the photo. Draw on it to change it.")

    @Slot()
    def _choose_entry(self) -> None:
        self._update_forget()
        entry: Entry | None = self.library.currentData()
        if entry and entry.blur:
            self.choose_blur(entry.blur)
        elif entry and entry.path:
            self.jobs.add(QueuedTask("library", psf_library.read(entry.path), lambda read: self.choose_psf(*read)))

    def _update_forget(self) -> None:
        entry: Entry | None = self.library.currentData()
        self.forget_button.setEnabled(entry is not None and entry.path is not None)

    @Slot()
    def _forget(self) -> None:
        try:
            psf_library.forget(self.library.currentData())
        except DeblurError as error:
            self.failed.emit(error)
        self.fill_library()

    def _take_kept(self, entry: Entry) -> None:
        self.fill_library(entry.name)
        self.message.emit(tr("“{name}” was added to the library.", name=entry.name))

    @Slot()
    def _ask_for_kernel(self) -> None:
        from deblur_app.gui.dialogs import dialogs

        dialogs.ask_for_kernel(self, self.open, has_regions=True)

    @Slot()
    def _ask_for_target(self) -> None:
        from deblur_app.gui.dialogs import dialogs

        psf = self._current.psf
        has_regions = psf is not None and (psf.grid is not None or psf.reduction > 1)
        name = tr("{kinds} kernel", kinds=lower_first(self.kinds.currentText()))
        dialogs.ask_for_kernel_target(self, name, self.save, has_regions=has_regions)

    @Slot()
    def _ask_for_name(self) -> None:
        dialog = QInputDialog(self)
        dialog.setWindowTitle(tr("Add to library"))
        dialog.setLabelText(tr("Name"))
        dialog.setTextValue("" if self.is_drawn else self.kinds.currentText())
        dialog.textValueSelected.connect(self.keep)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _say_saved(self, path: Path, loss: str = "") -> None:
        saved = tr("Saved as {name} in {folder}", name=path.name, folder=path.parent)
        self.message.emit(f"{saved}. {loss}" if loss else saved)

    @Slot(object, str)
    def _tell_failure(self, error: Exception, _: str) -> None:
        self.failed.emit(error)


def _button(text: str, explanation: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(explanation)
    return button
