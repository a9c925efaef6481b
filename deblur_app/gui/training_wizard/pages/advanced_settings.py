"""The settings for experts, in groups: learning, validation, and the computer with its files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QFileDialog, QLabel, QLineEdit, QPushButton, QWidget

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.training_wizard.choices.knobs import KNOBS
from deblur_app.gui.training_wizard.parts import fields
from deblur_app.gui.training_wizard.parts.folder_row import choose_folder
from deblur_app.gui.training_wizard.state import AUTO
from deblur_app.gui.widgets.forms.form_layout import FormLayout
from deblur_app.gui.widgets.forms.slider_box import WheelGuard

if TYPE_CHECKING:
    from PySide6.QtGui import QShowEvent

    from deblur_app.gui.training_wizard.choices.knobs import Knob
    from deblur_app.gui.training_wizard.model import WizardModel

_GROUPS = {
    "data.steps_per_epoch": tr_later("Learning"),
    "validation_share": tr_later("Validation"),
    "data.workers": tr_later("Computer and files"),
}
"""The first setting of each group, with the title of the group."""


class AdvancedSettings(QWidget):
    """A form with the settings that have a field, but for the number of epochs.

    Attributes:
        knobs: The fields by the keys of their settings.

    Signals:
        save_wanted: A path to save all choices to, as TOML.
        read_wanted: The path of a TOML file to take the settings of.
    """

    save_wanted = Signal(object)
    read_wanted = Signal(object)

    def __init__(self, model: WizardModel) -> None:
        super().__init__()
        self._model = model
        self.knobs: dict[str, QWidget] = {knob.path: fields.editor(knob) for knob in KNOBS[1:]}
        self.device = fields.combo(
            {AUTO: tr("Automatic")}, tr("Where to compute; the list is complete a moment after the start")
        )
        self.folder = QLineEdit()
        self.folder.setToolTip(tr("The folder that is made for this training: settings, curves, checkpoints and model"))
        self.folder.setAcceptDrops(False)  # a drop is data to train on
        self.folder_button = QPushButton(tr("Choose…"))
        self.folder_button.setToolTip(tr("Choose where the training's folder is made"))
        self.folder_button.setAccessibleName(tr("Choose where the training's folder is made"))
        self.save_button = QPushButton(tr("Save as TOM&L…"))
        self.save_button.setToolTip(tr("Write all choices of the wizard into a file for “deblur-train run”"))
        self.read_button = QPushButton(tr("&Read TOML…"))
        self.read_button.setToolTip(tr("Take the settings of a file that “deblur-train run” would take"))
        self._lay_out()
        self._connect()
        self.show_settings()

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the form."""
        return [
            *self.knobs.values(),
            self.device,
            self.folder,
            self.folder_button,
            self.save_button,
            self.read_button,
        ]

    def show_settings(self) -> None:
        """Show the settings as they are chosen."""
        settings = self._model.settings
        for knob in KNOBS[1:]:
            fields.write(knob, self.knobs[knob.path], settings.value(knob.path))
            if knob.is_synthetic:
                self._rows.setRowVisible(self.knobs[knob.path], settings.is_synthetic)

    def showEvent(self, event: QShowEvent) -> None:
        """Make all boxes for numbers as wide as the widest."""
        super().showEvent(event)
        boxes = [field for field in self.knobs.values() if isinstance(field, QAbstractSpinBox)]
        widest = max(box.sizeHint().width() for box in boxes)
        for box in boxes:
            box.setMinimumWidth(widest)

    def _lay_out(self) -> None:
        self._rows = rows = FormLayout(self)
        for knob in KNOBS[1:]:
            if title := _GROUPS.get(knob.path):
                rows.addRow(QLabel(f"<b>{tr(title)}</b>"))
            rows.addRow(tr(knob.label), self.knobs[knob.path])
        rows.addRow(tr("Device"), self.device)
        folder = QLabel(tr("Run f&older"))
        folder.setBuddy(self.folder)
        rows.addRow(folder)
        rows.addRow(fields.beside(self.folder, self.folder_button))
        rows.addRow(fields.beside(self.save_button, self.read_button))
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setFieldGrowthPolicy(FormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        rows.setRowWrapPolicy(FormLayout.RowWrapPolicy.WrapLongRows)

    def _connect(self) -> None:
        guard = WheelGuard(self)
        for widget in (self.device, *self.knobs.values()):
            guard.guard(widget)
        for knob in KNOBS[1:]:
            self._connect_knob(knob)
        self.device.currentIndexChanged.connect(lambda _: self._model.change(device=self.device.currentData()))
        self.folder.textChanged.connect(lambda text: self._model.change(folder=text))
        self.folder_button.clicked.connect(self._choose_folder)
        self.save_button.clicked.connect(self._ask_where_to_save)
        self.read_button.clicked.connect(self._ask_what_to_read)
        self._model.on_change(self.show_settings, "settings", "inputs", "network")
        self._model.on_change(self._show_devices, "devices", "device")
        self._model.on_change(self._show_folder, "folder")
        self._show_devices()
        self._show_folder()

    def _connect_knob(self, knob: Knob) -> None:
        field = self.knobs[knob.path]
        signal = field.currentIndexChanged if isinstance(field, QComboBox) else field.valueChanged  # type: ignore[attr-defined]
        signal.connect(lambda _: self._model.set_value(knob.path, fields.read(knob, field)))

    def _show_devices(self) -> None:
        with QSignalBlocker(self.device):
            self.device.clear()
            self.device.addItem(tr("Automatic"), AUTO)
            for device in self._model.state.devices:
                self.device.addItem(device.label, device.name)
            self.device.setCurrentIndex(max(self.device.findData(self._model.device), 0))

    def _show_folder(self) -> None:
        if self.folder.text() != self._model.state.folder:
            self.folder.setText(self._model.state.folder)  # the end of the path tells more than its start
            self.folder.setCursorPosition(len(self.folder.text()))

    # --- what the user does -----------------------------------------------------------------------------------------

    @Slot()
    def _choose_folder(self) -> None:
        dialog = choose_folder(self, tr("Choose where the training's folder is made"), self._model.run_folder.parent)
        dialog.fileSelected.connect(self._take_folder)

    @Slot(str)
    def _take_folder(self, name: str) -> None:
        """Make the run in the chosen folder, under the name it was to have."""
        self._model.change(folder=str(Path(name) / self._model.run_folder.name))

    @Slot()
    def _ask_where_to_save(self) -> None:
        dialog = QFileDialog(self, tr("Save the settings"), filter=tr("Settings (*.toml)"))
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_wanted.emit(Path(name)))
        dialog.open()

    @Slot()
    def _ask_what_to_read(self) -> None:
        dialog = QFileDialog(self, tr("Read settings"), "", tr("Settings (*.toml)"))
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.read_wanted.emit(Path(name)))
        dialog.open()
