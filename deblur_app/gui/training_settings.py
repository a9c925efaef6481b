"""How to train: the settings a user may change, the paper's to begin with."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import platformdirs
from PySide6.QtCore import QLocale, Qt, Slot
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from deblur_app.engine.devices import AUTO
from deblur_app.gui.training_data import choose_folder
from training.config import PROTOCOL_EXPLAINED, TrainingConfig

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.engine.devices import Device

_PROTOCOLS = {"held-out": "Unseen photos (held-out)", "paper": "The training photos (paper)"}
_PRECISIONS = {
    "auto": "Automatic",
    "float32": "Exact (float32)",
    "mixed_bfloat16": "Fast where supported (bfloat16)",
}
_SEED_LIMIT = 2**31 - 1


def runs_folder() -> Path:
    """Where runs are kept unless the user says otherwise."""
    return platformdirs.user_data_path("Deblur") / "runs"


class SettingsForm(QWidget):
    """The settings of a training and the folder it is kept in.

    What only experts change is folded away. Settings without a field (the network's size, the plateau rule) keep
    the values of the configuration last set.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._base = TrainingConfig()
        self.protocol = _combo(_PROTOCOLS, "Which pairs judge the network after each epoch")
        self.protocol_hint = _hint()
        self.epochs = _spin(1, 100_000, "", "How often it sees every pair; the paper's figures are for 100 epochs")
        self.batch_size = _spin(1, 4096, " pairs", "How many pairs it learns from at once; fewer need less memory")
        self.learning_rate = _RateBox()
        self.seed = _spin(0, _SEED_LIMIT, "", "The same number gives the same split, start weights and order again")
        self.precision = _combo(_PRECISIONS, "How numbers are stored while it learns; Automatic checks what is sound")
        self.device = _combo({AUTO: "Automatic"}, "Where to compute; the list is complete once the engine has loaded")
        self.folder = QLineEdit()
        self.folder.setToolTip("The folder that is made for this training: settings, curves, checkpoints and model")
        self.folder.setAcceptDrops(False)  # a drop is data to train on
        self.folder_button = QPushButton("Choose…")
        self.folder_button.setToolTip("Choose where the training's folder is made")
        self.folder_button.setAccessibleName("Choose where the training's folder is made")
        self.more = QToolButton()
        self.more.setText("More sett&ings")
        self.more.setCheckable(True)
        self.more.setAutoRaise(True)
        self.more.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._advanced = QWidget()
        self._lay_out()
        self.protocol.currentIndexChanged.connect(self._explain_protocol)
        self.folder_button.clicked.connect(self._choose_folder)
        self.more.toggled.connect(self._fold)
        self.set_config(self._base)
        self.propose_folder()
        self._fold(False)

    def config(self) -> TrainingConfig:
        """The settings as they stand.

        Raises:
            DeblurError: A value is out of its range.
        """
        return replace(
            self._base,
            protocol=self.protocol.currentData(),
            epochs=self.epochs.value(),
            batch_size=self.batch_size.value(),
            learning_rate=self.learning_rate.value(),
            seed=self.seed.value(),
            precision=self.precision.currentData(),
            device=self.device.currentData(),
        )

    def set_config(self, config: TrainingConfig) -> None:
        """Show the values of `config`; it also decides what has no field."""
        self._base = config
        self.epochs.setValue(config.epochs)
        self.batch_size.setValue(config.batch_size)
        self.learning_rate.setValue(config.learning_rate)
        self.seed.setValue(config.seed)
        for box, value in (
            (self.protocol, config.protocol),
            (self.precision, config.precision),
            (self.device, config.device),
        ):
            box.setCurrentIndex(max(box.findData(value), 0))
        self._explain_protocol()

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices there are; the chosen one stays chosen where it exists."""
        chosen = self.device.currentData()
        self.device.clear()
        self.device.addItem("Automatic", AUTO)
        for device in devices:
            self.device.addItem(device.label, device.name)
        self.device.setCurrentIndex(max(self.device.findData(chosen), 0))

    def run_folder(self) -> Path:
        """The folder to train into; a new one where the line is empty."""
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
        """What can have the focus, in the order it is seen."""
        expert = [self.batch_size, self.learning_rate, self.seed, self.precision, self.device]
        return [self.epochs, self.protocol, self.more, *expert, self.folder, self.folder_button]

    def _lay_out(self) -> None:
        place = QHBoxLayout()
        place.addWidget(self.folder, 1)
        place.addWidget(self.folder_button)
        main, advanced = QFormLayout(), QFormLayout(self._advanced)
        main.addRow("P&asses over all pairs (epochs)", self.epochs)
        main.addRow("&Judged on", self.protocol)
        main.addRow(self.protocol_hint)
        advanced.addRow("Pairs in one step (batch si&ze)", self.batch_size)
        advanced.addRow("Size of a step (learning rate)", self.learning_rate)
        advanced.addRow("Random start (see&d)", self.seed)
        advanced.addRow("Number t&ype (precision)", self.precision)
        advanced.addRow("Comp&utes on (device)", self.device)
        fields = [
            self.epochs,
            self.protocol,
            self.batch_size,
            self.learning_rate,
            self.seed,
            self.precision,
            self.device,
        ]
        _align(
            [form.labelForField(field) for form in (main, advanced) for field in fields if form.labelForField(field)]
        )
        _align([self.epochs, self.batch_size, self.learning_rate, self.seed])
        kept = QLabel("&Kept in (run folder)")
        kept.setBuddy(self.folder)
        advanced.addRow(kept)
        advanced.addRow(place)
        for form in (main, advanced):
            form.setContentsMargins(0, 0, 0, 0)
            form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.ExpandingFieldsGrow)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addLayout(main)
        layout.addWidget(self.more)
        layout.addWidget(self._advanced)

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


class _RateBox(QDoubleSpinBox):
    """A learning rate: as many decimals as it has, with a point in every country, as in every book."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale.c())
        self.setDecimals(7)
        self.setRange(1e-7, 1.0)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)
        self.setToolTip("How far the weights move at each step, between 0 and 1; lower it if the training breaks down")

    def textFromValue(self, value: float) -> str:
        """Leave out the zeros at the end."""
        return f"{value:.7f}".rstrip("0").rstrip(".")


def _combo(entries: dict[str, str], tip: str) -> QComboBox:
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    for value, label in entries.items():
        box.addItem(label, value)
    box.setToolTip(tip)
    return box


def _spin(low: int, high: int, suffix: str, tip: str) -> QSpinBox:
    box = QSpinBox()
    box.setRange(low, high)
    box.setSuffix(suffix)
    box.setToolTip(tip)
    return box


def _align(widgets: Sequence[QWidget]) -> None:
    """Make the widgets equally wide, so that what stands beside and below them lines up."""
    width = max(widget.sizeHint().width() for widget in widgets)
    for widget in widgets:
        widget.setMinimumWidth(width)


def _hint() -> QLabel:
    label = QLabel()
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
