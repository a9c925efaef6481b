"""Page 3: the settings of a training, and a forecast of what it will take."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

from PySide6.QtCore import QSignalBlocker, Qt, Signal, Slot
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from deblur_app.core.errors import DeblurError
from deblur_app.engine.devices import AUTO
from deblur_app.gui.training_wizard.parts import fields
from deblur_app.gui.training_wizard.parts.folder_row import choose_folder
from deblur_app.gui.training_wizard.parts.forecast_box import ForecastBox
from deblur_app.gui.training_wizard.parts.knobs import KNOBS, value_of, with_values
from deblur_app.gui.widgets.parameter_form import narrow_combo
from deblur_app.gui.widgets.slider_box import WheelGuard
from training.config.config import PROTOCOL_EXPLAINED, TrainingConfig, read_config
from training.runs.run_list import runs_folder
from training.trainables.trainables import PRESETS, TRAINABLES, network_of, preset_label, settings_of

if TYPE_CHECKING:
    from deblur_app.engine.devices import Device
    from deblur_app.gui.training_wizard.parts.knobs import Knob
    from training.config.sections import Source

_PROTOCOLS = {"held-out": "Unseen photos (held-out)", "paper": "The training photos (paper)"}
_OWN = "own"
_KEPT_KNOBS = ("precision", "seed")
"""Settings that belong to the machine or the user rather than to a network."""


class SettingsPage(QWidget):
    """The page with the settings of a training, the folder it is kept in, and a forecast.

    What only experts change is folded away. Settings without a field keep the values of the preset or of the file.

    Attributes:
        knobs: The fields by the keys of their settings.
        forecast: The forecast of what the training will take.

    Signals:
        changed: A setting is another.
        failed: The exception that a file of settings led to.
        save_wanted: A path to save the settings to, as TOML.
    """

    changed = Signal()
    failed = Signal(object)
    save_wanted = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = TrainingConfig()
        self._network, self._source = "autoencoder", "pairs"
        self._has_photo = False
        self.preset = narrow_combo()
        self.preset.setToolTip("How thoroughly to train")
        self.protocol = fields.combo(_PROTOCOLS, "Which pairs judge the network after each epoch")
        self.protocol_hint = fields.hint()
        self.watch = QCheckBox("Show m&y open photo after each epoch")
        self.watch.setToolTip("What the network makes of the photo in the window is kept beside the held-out ones")
        self.device = fields.combo(
            {AUTO: "Automatic"}, "Where to compute; the list is complete once the engine has loaded"
        )
        self.knobs: dict[str, QWidget] = {knob.path: fields.editor(knob) for knob in KNOBS}
        self.forecast = ForecastBox()
        self._make_folder_row()
        self.more = QToolButton()
        self.more.setText("More sett&ings")
        self.more.setCheckable(True)
        self.more.setAutoRaise(True)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.save_button = QPushButton("Save as TOM&L…")
        self.save_button.setToolTip("Write all choices of the wizard into a file for “deblur-train run”")
        self.read_button = QPushButton("&Read TOML…")
        self.read_button.setToolTip("Take the settings of a file that “deblur-train run” would take")
        self._advanced = QWidget()
        self._lay_out()
        self._connect()
        self.set_network("autoencoder", "pairs", force=True)
        self.propose_folder()
        self._fold(False)

    # --- what it holds ----------------------------------------------------------------------------------------------

    @property
    def epochs(self) -> QSpinBox:
        """The field for the number of epochs."""
        return cast("QSpinBox", self.knobs["epochs"])

    def config(self) -> TrainingConfig:
        """Return the settings as they stand.

        Raises:
            DeblurError: A value is out of its range.
        """
        values = {knob.path: fields.read(self.knobs[knob.path]) for knob in KNOBS if self._has_meaning(knob)}
        values["protocol"] = self.protocol.currentData()
        values["device"] = self.device.currentData()
        return with_values(self._base, values)

    def set_network(self, network: str, source: Source, *, force: bool = False) -> None:
        """Take the settings of another network by the preset that is chosen; what is the user's own stays."""
        if (network, source) == (self._network, self._source) and not force:
            return
        self._network, self._source = network, source
        kept = {path: fields.read(self.knobs[path]) for path in _KEPT_KNOBS} if not force else {}
        chosen = self.preset.currentData()
        with QSignalBlocker(self.preset):
            self.preset.clear()
            for name, preset in PRESETS.items():
                self.preset.addItem(preset_label(name, network), name)
                self.preset.setItemData(self.preset.count() - 1, preset.explanation, Qt.ItemDataRole.ToolTipRole)
            self.preset.setCurrentIndex(max(self.preset.findData(chosen), 0))
        self._take_preset()
        for path, value in kept.items():
            fields.write(self.knobs[path], value)

    def set_config(self, config: TrainingConfig) -> None:
        """Show the values of `config`; it also decides what has no field."""
        self._network, self._source = network_of(config), config.data.source
        with QSignalBlocker(self.preset):
            if self.preset.findData(_OWN) < 0:
                self.preset.addItem("My own settings", _OWN)
            self.preset.setCurrentIndex(self.preset.findData(_OWN))
        self._show(config)

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices there are; the chosen one stays chosen where it exists."""
        chosen = self.device.currentData()
        self.device.clear()
        self.device.addItem("Automatic", AUTO)
        for device in devices:
            self.device.addItem(device.label, device.name)
        self.device.setCurrentIndex(max(self.device.findData(chosen), 0))

    def set_photo(self, *, there: bool) -> None:
        """Set whether the window has a photo to watch."""
        self._has_photo = there
        self._show_watch()

    @property
    def watches_photo(self) -> bool:
        """True if the user's own photo is to be shown after each epoch."""
        return self.watch.isChecked() and not self.watch.isHidden()

    def answers(self) -> dict[str, Any]:
        """Return the choices, to be remembered."""
        changed = {}
        preset = str(self.preset.currentData())
        if preset != _OWN:
            for knob in KNOBS:
                value = fields.read(self.knobs[knob.path])
                if self._has_meaning(knob) and value != value_of(self._base, knob.path):
                    changed[knob.path] = value
        return {
            "preset": preset if preset != _OWN else "usual",
            "changed": changed,
            "protocol": self.protocol.currentData(),
            "device": self.device.currentData(),
            "watch": self.watch.isChecked(),
            "more": self.more.isChecked(),
        }

    def recall(self, answers: dict[str, Any]) -> None:
        """Choose what was remembered; what no longer fits is left out."""
        self.preset.setCurrentIndex(max(self.preset.findData(answers.get("preset")), 0))
        changed = answers.get("changed")
        for path, value in changed.items() if isinstance(changed, dict) else ():
            if path in self.knobs:
                fields.write(self.knobs[path], value)
        for box, name in ((self.protocol, "protocol"), (self.device, "device")):
            box.setCurrentIndex(max(box.findData(answers.get(name)), 0))
        self.watch.setChecked(bool(answers.get("watch")))
        self.more.setChecked(bool(answers.get("more")))

    def run_folder(self) -> Path:
        """Return the folder to train into; a new one where the line is empty."""
        if not self.folder.text().strip():
            self.propose_folder()
        return Path(self.folder.text().strip()).expanduser()

    def propose_folder(self) -> None:
        """Show a folder that is not there yet, beside the one shown; named after the time, so that runs sort by age."""
        shown = self.folder.text().strip()
        parent = Path(shown).expanduser().parent if shown else runs_folder()
        name = time.strftime("%Y-%m-%d %H-%M-%S")
        taken = sum(1 for path in parent.glob(f"{name}*")) if parent.is_dir() else 0
        self.folder.setText(str(parent / (f"{name} {taken + 1}" if taken else name)))
        self.folder.setCursorPosition(len(self.folder.text()))  # the end of the path tells more than its start

    @property
    def controls(self) -> list[QWidget]:
        """The widgets that can have the focus, in the order of the page."""
        expert = [self.knobs[knob.path] for knob in KNOBS[1:]]
        place = [self.device, self.folder, self.folder_button, self.save_button, self.read_button]
        first = [self.preset, self.epochs, self.protocol, self.watch, self.forecast.button]
        return [*first, self.more, *expert, *place]

    # --- building ---------------------------------------------------------------------------------------------------

    def _make_folder_row(self) -> None:
        self.folder = QLineEdit()
        self.folder.setToolTip("The folder that is made for this training: settings, curves, checkpoints and model")
        self.folder.setAcceptDrops(False)  # a drop is data to train on
        self.folder_button = QPushButton("Choose…")
        self.folder_button.setToolTip("Choose where the training's folder is made")
        self.folder_button.setAccessibleName("Choose where the training's folder is made")

    def _lay_out(self) -> None:
        main, self._rows = QFormLayout(), QFormLayout(self._advanced)
        main.addRow("&Quick or thorough", self.preset)
        main.addRow(KNOBS[0].label, self.epochs)
        main.addRow("&Judged on", self.protocol)
        main.addRow(self.protocol_hint)
        main.addRow(self.watch)
        for knob in KNOBS[1:]:
            self._rows.addRow(knob.label, self.knobs[knob.path])
        self._rows.addRow("Comp&utes on (device)", self.device)
        kept = QLabel("Kept in (run f&older)")
        kept.setBuddy(self.folder)
        self._rows.addRow(kept)
        self._rows.addRow(fields.beside(self.folder, self.folder_button))
        self._rows.addRow(fields.beside(self.save_button, self.read_button))
        for form in (main, self._rows):
            form.setContentsMargins(0, 0, 0, 0)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
            form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapLongRows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(main)
        layout.addSpacing(6)
        layout.addWidget(self.forecast)
        layout.addSpacing(6)
        layout.addWidget(self.more)
        layout.addWidget(self._advanced)
        layout.addStretch(1)

    def _connect(self) -> None:
        guard = WheelGuard(self)
        for widget in (self.preset, self.protocol, self.device, *self.knobs.values()):
            guard.guard(widget)
        self.preset.activated.connect(self._take_preset)
        self.preset.currentIndexChanged.connect(self._take_preset)
        self.protocol.currentIndexChanged.connect(self._explain_protocol)
        self.folder_button.clicked.connect(self._choose_folder)
        self.more.toggled.connect(self._fold)
        self.save_button.clicked.connect(self._ask_where_to_save)
        self.read_button.clicked.connect(self._ask_what_to_read)
        for field in self.knobs.values():
            signal = field.currentIndexChanged if isinstance(field, QComboBox) else field.valueChanged  # type: ignore[attr-defined]
            signal.connect(lambda _: self.changed.emit())
        self.changed.connect(self.forecast.forget)

    # --- what the user does -----------------------------------------------------------------------------------------

    @Slot()
    def _take_preset(self) -> None:
        preset = self.preset.currentData()
        if preset in PRESETS and self._source in TRAINABLES[self._network].sources:
            self._show(settings_of(self._network, self._source, preset))

    def _show(self, config: TrainingConfig) -> None:
        self._base = config
        for knob in KNOBS:
            fields.write(self.knobs[knob.path], value_of(config, knob.path))
            if knob.only:
                self._rows.setRowVisible(self.knobs[knob.path], self._has_meaning(knob))
        is_synthetic = self._source == "synthetic"
        self.protocol.setEnabled(not is_synthetic)
        self.protocol.setCurrentIndex(max(self.protocol.findData("held-out" if is_synthetic else config.protocol), 0))
        if self.device.findData(config.device) >= 0 and config.device != AUTO:
            self.device.setCurrentIndex(self.device.findData(config.device))
        self._explain_protocol()
        self._show_watch()
        self.changed.emit()

    def _has_meaning(self, knob: Knob) -> bool:
        return not knob.only or knob.only == self._source

    def _show_watch(self) -> None:
        self.watch.setVisible(self._has_photo and self._network in {"autoencoder", "restorer"})

    @Slot()
    def _explain_protocol(self) -> None:
        text = PROTOCOL_EXPLAINED[self.protocol.currentData()]
        self.protocol_hint.setText(f"{text[0].upper()}{text[1:]}.")

    @Slot(bool)
    def _fold(self, unfolded: bool) -> None:
        self._advanced.setVisible(unfolded)
        self.more.setArrowType(Qt.ArrowType.DownArrow if unfolded else Qt.ArrowType.RightArrow)

    @Slot()
    def _choose_folder(self) -> None:
        dialog = choose_folder(self, "Choose where the training's folder is made", self.run_folder().parent)
        dialog.fileSelected.connect(self._take_folder)

    @Slot(str)
    def _take_folder(self, name: str) -> None:
        """Make the run in the chosen folder, under the name it was to have."""
        self.folder.setText(str(Path(name) / self.run_folder().name))

    @Slot()
    def _ask_where_to_save(self) -> None:
        dialog = QFileDialog(self, "Save the settings", filter="Settings (*.toml)")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix("toml")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.save_wanted.emit(Path(name)))
        dialog.open()

    @Slot()
    def _ask_what_to_read(self) -> None:
        dialog = QFileDialog(self, "Read settings", "", "Settings (*.toml)")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.read(Path(name)))
        dialog.open()

    def read(self, path: Path) -> None:
        """Read the settings of a file; it is a small one."""
        try:
            self.set_config(read_config(path))
        except DeblurError as error:
            self.failed.emit(error)
