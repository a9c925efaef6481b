"""How to deblur: the method, its knobs, and the device. The form is drawn from the METHODS table."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal, Slot
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QPushButton,
    QSizePolicy,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from deblur_app.engine.devices import AUTO
from deblur_app.engine.methods import METHODS, Request

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.engine.devices import Device
    from deblur_app.engine.methods import Method, Parameter, Value

_CHOOSE_FILE = "\0choose"


class MethodPanel(QWidget):
    """Lets the user choose what to ask for.

    Signals:
        request_changed: Another method, value or device was chosen.
        deblur_wanted: The button was pressed.
        model_wanted: The path of a model's card was chosen; `use_model` is the answer when it has been checked.
    """

    request_changed = Signal()
    deblur_wanted = Signal()
    model_wanted = Signal(object)

    def __init__(self, request: Request, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._readers: dict[str, Callable[[], Value]] = {}
        self._editors: dict[str, QWidget] = {}
        self.method_box = _combo()
        for method in METHODS.values():
            self.method_box.addItem(method.label, method.name)
        self.method_box.setCurrentIndex(max(self.method_box.findData(request.method), 0))
        self.explanation = QLabel()
        self.explanation.setWordWrap(True)
        self.explanation.setForegroundRole(self.explanation.palette().ColorRole.PlaceholderText)
        self._form = QFormLayout()
        self._form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        self.device_box = _combo()
        self.device_box.addItem("Automatic", AUTO)
        self.device_box.setToolTip("Where to compute. The list is complete once the engine has loaded.")
        self._wanted_device = request.device
        self.button = QPushButton("&Deblur again")
        self.button.setToolTip("Run the method on the input (F5)")
        self.button.setEnabled(False)
        self._lay_out()
        self._build_form(METHODS[str(self.method_box.currentData())], dict(request.values))
        self.method_box.currentIndexChanged.connect(self._change_method)
        self.device_box.activated.connect(self._change_device)
        self.button.clicked.connect(self.deblur_wanted)

    def request(self) -> Request:
        """What the panel asks for."""
        values = {name: read() for name, read in self._readers.items()}
        return Request(str(self.method_box.currentData()), values, self._wanted_device)

    def set_devices(self, devices: list[Device]) -> None:
        """List the devices there are; the one that was wished for stays chosen where it exists."""
        self.device_box.clear()
        self.device_box.addItem("Automatic", AUTO)
        for device in devices:
            self.device_box.addItem(device.label, device.name)
        self.device_box.setCurrentIndex(max(self.device_box.findData(self._wanted_device), 0))

    def use_model(self, card: Path) -> None:
        """Choose a model by its card, for the method that shows."""
        box = self._editors.get("model")
        if isinstance(box, QComboBox):
            _choose_file_entry(box, card)
            self.request_changed.emit()

    def _lay_out(self) -> None:
        layout = QVBoxLayout(self)
        method = QLabel("Meth&od")  # Alt+M is the tab's
        method.setBuddy(self.method_box)
        device = QLabel("Compute&s on")
        device.setBuddy(self.device_box)
        layout.addWidget(method)
        layout.addWidget(self.method_box)
        layout.addWidget(self.explanation)
        layout.addSpacing(8)
        layout.addLayout(self._form)
        layout.addSpacing(8)
        layout.addWidget(device)
        layout.addWidget(self.device_box)
        layout.addSpacing(12)
        layout.addWidget(self.button)
        layout.addStretch(1)

    def _build_form(self, method: Method, values: dict[str, Value]) -> None:
        while self._form.rowCount():
            self._form.removeRow(0)
        self._readers.clear()
        self._editors.clear()
        self.explanation.setText(method.explanation)
        for parameter in method.parameters:
            editor, read = self._editor(parameter, values.get(parameter.name, parameter.default))
            editor.setToolTip(parameter.explanation)
            editor.setAccessibleName(parameter.label)
            self._readers[parameter.name] = read
            self._editors[parameter.name] = editor
            self._form.addRow(parameter.label, editor)

    def _editor(self, parameter: Parameter, value: Value) -> tuple[QWidget, Callable[[], Value]]:
        if isinstance(parameter.default, str):
            return self._choice_editor(parameter, str(value))
        spin = QSpinBox() if isinstance(parameter.default, int) else QDoubleSpinBox()
        spin.setRange(parameter.minimum, parameter.maximum)  # type: ignore[arg-type]
        spin.setSuffix(f" {parameter.unit}" if parameter.unit else "")
        spin.setKeyboardTracking(False)  # a half-typed number is nobody's wish
        spin.setValue(value)  # type: ignore[arg-type]
        spin.valueChanged.connect(lambda _: self.request_changed.emit())
        return spin, spin.value

    def _choice_editor(self, parameter: Parameter, value: str) -> tuple[QWidget, Callable[[], Value]]:
        box = _combo()
        for choice in parameter.choices:
            box.addItem(choice.label, choice.value)
        if parameter.is_file:
            box.addItem("Choose a file…", _CHOOSE_FILE)
            if box.findData(value) < 0:
                _choose_file_entry(box, Path(value))
        box.setCurrentIndex(max(box.findData(value), 0))
        box.setProperty("last", box.currentIndex())
        box.activated.connect(lambda _: self._choose(box))
        return box, lambda: str(box.currentData())

    def _choose(self, box: QComboBox) -> None:
        if box.currentData() != _CHOOSE_FILE:
            box.setProperty("last", box.currentIndex())
            self.request_changed.emit()
            return
        box.setCurrentIndex(int(box.property("last")))
        dialog = QFileDialog(self, "Choose a model", "", "Model cards (*.json)")
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.model_wanted.emit(Path(name)))
        dialog.open()

    @Slot()
    def _change_method(self) -> None:
        self._build_form(METHODS[str(self.method_box.currentData())], {})
        self.request_changed.emit()

    @Slot()
    def _change_device(self) -> None:
        self._wanted_device = str(self.device_box.currentData())
        self.request_changed.emit()


def _combo() -> QComboBox:
    """A box that may be narrower than its longest entry."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


def _choose_file_entry(box: QComboBox, path: Path) -> None:
    """Choose the entry of a file, which is made where there is none yet."""
    index = box.findData(str(path))
    if index < 0:
        index = box.count() - 1
        box.insertItem(index, f"{path.parent.name}/{path.name}" if path.name == "model.json" else path.name, str(path))
        box.setItemData(index, str(path), Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(index)
    box.setProperty("last", index)
