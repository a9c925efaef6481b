"""A form that is drawn from a table of parameters: those of a method, of a blur, of a noise."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QTimer, Signal, Slot
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import (
    QComboBox,
    QDoubleSpinBox,
    QFileDialog,
    QFormLayout,
    QLabel,
    QSizePolicy,
    QSpinBox,
    QWidget,
)

from deblur_app.core.texts import tr, upper_first
from deblur_app.gui.widgets.forms.auto_box import AUTO_TEXT, AutoBox
from deblur_app.gui.widgets.forms.number_field import indent_number
from deblur_app.gui.widgets.forms.slider_box import SliderBox, WheelGuard, suits_slider

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from deblur_app.core.parameter import Parameter, Value

_CHOOSE_FILE = "\0choose"

_MOST_DECIMALS = 4
"""The most digits after the point in a box."""


class ParameterForm(QWidget):
    """The form with one row for each parameter: a number is typed or dragged, a word is chosen, a file is asked for.

    Signals:
        changed: A value is another.
        file_wanted: The path of a file that was chosen; `use_file` is the answer when it has been checked.
    """

    changed = Signal()
    file_wanted = Signal(object)

    def __init__(self, *, sliders: bool = False, ask: str = "", endings: str = "", wait: int = 0) -> None:
        """Make an empty form.

        Args:
            sliders: Whether numbers can be dragged as well as typed.
            ask: The title of the dialog that asks for a file.
            endings: The filter of that dialog, as Qt writes it.
            wait: Milliseconds without another change after which numbers that were changed are told.
        """
        super().__init__()
        self._sliders, self._ask, self._endings = sliders, ask or tr("Choose a file"), endings
        self._readers: dict[str, Callable[[], Value]] = {}
        self._editors: dict[str, QWidget] = {}
        self._defaults: dict[str, Value] = {}
        self._wait = QTimer(self)
        self._wait.setInterval(wait)
        self._wait.setSingleShot(True)
        self._wait.timeout.connect(self.changed)
        self._guard = WheelGuard(self)
        self._form = QFormLayout(self)
        self._form.setContentsMargins(0, 0, 0, 0)
        wrap = QFormLayout.RowWrapPolicy
        self._form.setRowWrapPolicy(wrap.WrapLongRows if sliders else wrap.WrapAllRows)
        self._form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)

    def draw(self, parameters: Sequence[Parameter], values: Mapping[str, Value]) -> None:
        """Show other parameters; those that `values` leaves out take their defaults. No signal is emitted."""
        self._remove_rows()
        self._wait.stop()
        self._readers.clear()
        self._editors.clear()
        self._defaults = {parameter.name: parameter.default for parameter in parameters}
        for parameter in parameters:
            self._add(parameter, values.get(parameter.name, parameter.default))
        boxes = [slider.spin for slider in self.findChildren(SliderBox) if slider.isEnabled()]
        for box in boxes:  # equally wide, so that the sliders are
            box.setFixedWidth(max(box.sizeHint().width() for box in boxes))

    def values(self) -> dict[str, Value]:
        """Return the values by the names of their parameters."""
        return {name: read() for name, read in self._readers.items()}

    @property
    def is_changed(self) -> bool:
        """True if a value is not the usual one; which file is used does not count."""
        return any(value != self._defaults[name] for name, value in self.values().items())

    def use_file(self, name: str, path: Path) -> bool:
        """Choose a file for the parameter called `name`; return False where the form has no such parameter."""
        box = self._editors.get(name)
        if not isinstance(box, QComboBox):
            return False
        _choose_file_entry(box, path)
        self.changed.emit()
        return True

    def _remove_rows(self) -> None:
        """Destroy all rows, once they have left the window: what hiding sends reaches them while they are whole."""
        rows = self.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        for row in rows:
            self._guard.release(row)
        for row in rows:
            row.hide()
        while self._form.rowCount():
            self._form.removeRow(0)

    def _add(self, parameter: Parameter, value: Value) -> None:
        if isinstance(parameter.default, str):
            editor: QWidget = self._choice_editor(parameter, str(value))
        else:
            editor = self._number_editor(parameter, value)
        editor.setToolTip(tr(parameter.explanation))
        editor.setAccessibleName(tr(parameter.label))
        row = editor
        if self._sliders and isinstance(editor, QSpinBox | QDoubleSpinBox) and suits_slider(editor):
            row = SliderBox(editor, tr(parameter.label))
            row.setFocusProxy(editor)
            row.setToolTip(tr(parameter.explanation))
            self._guard.guard(row.slider)
        self._guard.guard(editor)
        self._editors[parameter.name] = editor
        label = QLabel(tr(parameter.label))
        label.setBuddy(editor)
        if self._sliders:
            label.setMinimumHeight(row.sizeHint().height())  # in the middle of its row
        self._form.addRow(label, row)

    def _number_editor(self, parameter: Parameter, value: Value) -> QSpinBox | QDoubleSpinBox:
        automatic = parameter.automatic
        inner = automatic if automatic is not None and automatic > parameter.minimum else None
        spin: QSpinBox | QDoubleSpinBox
        if isinstance(parameter.default, int):
            spin = QSpinBox()
        else:
            spin = QDoubleSpinBox() if inner is None else AutoBox(inner)
            spin.setDecimals(max(spin.decimals(), _decimals(float(value)), _decimals(float(parameter.default))))
        if automatic is not None and inner is None:
            spin.setSpecialValueText(tr(AUTO_TEXT))
        indent_number(spin)
        spin.setRange(parameter.minimum, parameter.maximum)  # type: ignore[arg-type]
        spin.setSuffix(f" {tr(parameter.unit)}" if parameter.unit else "")
        spin.setKeyboardTracking(False)  # a half-typed number is nobody's wish
        spin.setValue(value)  # type: ignore[arg-type]
        spin.valueChanged.connect(self._tell_number)
        self._readers[parameter.name] = spin.value
        return spin

    @Slot()
    def _tell_number(self) -> None:
        """Tell a number at once, or when it has rested for a while: a spin arrow is pressed several times."""
        if self._wait.interval():
            self._wait.start()
        else:
            self.changed.emit()

    def _choice_editor(self, parameter: Parameter, value: str) -> QComboBox:
        box = narrow_combo()
        for choice in parameter.choices:
            # Models are called by their own names.
            is_own = parameter.is_file and choice.value != parameter.default
            words = choice.label if is_own else tr(choice.label)
            label = words if parameter.is_file else upper_first(words)
            box.addItem(label, choice.value)
        if parameter.is_file:
            box.addItem(tr("Choose a file…"), _CHOOSE_FILE)
            if box.findData(value) < 0:
                _choose_file_entry(box, Path(value))
        box.setCurrentIndex(max(box.findData(value), 0))
        box.setProperty("last", box.currentIndex())
        box.activated.connect(lambda _: self._choose(box))
        self._readers[parameter.name] = lambda: str(box.currentData())
        return box

    def _choose(self, box: QComboBox) -> None:
        if box.currentData() != _CHOOSE_FILE:
            box.setProperty("last", box.currentIndex())
            self.changed.emit()
            return
        box.setCurrentIndex(int(box.property("last")))
        dialog = QFileDialog(self, self._ask, "", self._endings)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda name: self.file_wanted.emit(Path(name)))
        dialog.open()


def _decimals(number: float) -> int:
    """Return the number of digits after the point that a number needs; a box that has fewer would change it."""
    return min(len(f"{number:.6f}".rstrip("0").partition(".")[2]), _MOST_DECIMALS)


def narrow_combo() -> QComboBox:
    """Return a box that may be narrower than its longest entry."""
    box = QComboBox()
    box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    box.setMinimumContentsLength(12)
    box.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
    return box


def add_heading(box: QComboBox, text: str) -> None:
    """Add a line to a box that names the entries below it and cannot be chosen."""
    box.addItem(text)
    model = box.model()
    if isinstance(model, QStandardItemModel):
        model.item(box.count() - 1).setEnabled(False)


def _choose_file_entry(box: QComboBox, path: Path) -> None:
    """Choose the entry of a file, which is made where there is none yet."""
    index = box.findData(str(path))
    if index < 0:
        index = box.count() - 1
        box.insertItem(index, f"{path.parent.name}/{path.name}" if path.name == "model.json" else path.name, str(path))
        box.setItemData(index, str(path), Qt.ItemDataRole.ToolTipRole)
    box.setCurrentIndex(index)
    box.setProperty("last", index)
