"""The fields of the settings page: one for each kind of value."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QSignalBlocker
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QComboBox, QDoubleSpinBox, QHBoxLayout, QLabel, QSpinBox, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.widgets.forms.number_field import indent_number
from deblur_app.gui.widgets.forms.parameter_form import narrow_combo

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deblur_app.gui.training_wizard.choices.knobs import Knob

_PERCENT = 100
"""The factor of a share that is read in per cent."""

_LARGEST = 2**31 - 1
"""Largest whole number of a field in Qt."""

_DECIMALS = 6
"""Digits of a share after the point: what a field with two digits of a per cent can hold, and some to spare."""


class _RateBox(QDoubleSpinBox):
    """A box for a small number: as many decimals as it has, with a decimal point in every locale."""

    def __init__(self) -> None:
        super().__init__()
        self.setLocale(QLocale.c())
        self.setDecimals(9)
        self.setStepType(QDoubleSpinBox.StepType.AdaptiveDecimalStepType)

    def textFromValue(self, value: float) -> str:
        """Leave out the zeros at the end."""
        return f"{value:.9f}".rstrip("0").rstrip(".")


def editor(knob: Knob) -> QWidget:
    """Return the field of a setting, within its limits."""
    field: QWidget
    if knob.words:
        field = combo(knob.words, tr(knob.tip))
    else:
        limits = knob.limits
        spin: Any = QSpinBox() if limits.is_whole else _RateBox() if knob.is_rate else QDoubleSpinBox()
        indent_number(spin)
        factor = _PERCENT if knob.is_share else 1
        number = int if limits.is_whole else float
        low, high = (min(number(end or 0) * factor, _LARGEST) for end in (limits.low, limits.high))
        spin.setRange(low, high)
        spin.setSuffix(tr(knob.unit))
        spin.setSpecialValueText(tr(knob.zero) if low == 0 else "")
        field = spin
    field.setToolTip(tr(knob.tip))
    field.setAccessibleName(tr(knob.label).replace("&", ""))
    return field


def read(knob: Knob, field: QWidget) -> Any:
    """Return the value of the field of a setting."""
    if isinstance(field, QComboBox):
        return field.currentData()
    value = field.value()  # type: ignore[attr-defined]
    return round(value / _PERCENT, _DECIMALS) if knob.is_share else value


def write(knob: Knob, field: QWidget, value: Any) -> None:
    """Show a value without a signal."""
    with QSignalBlocker(field):
        if isinstance(field, QComboBox):
            field.setCurrentIndex(max(field.findData(value), 0))
        elif isinstance(field, QSpinBox):
            field.setValue(int(value))
        elif isinstance(field, QDoubleSpinBox):
            field.setValue(float(value) * (_PERCENT if knob.is_share else 1))


def combo(entries: Mapping[str, str], tip: str) -> QComboBox:
    """Return a box to choose from: values and their labels in English."""
    box = narrow_combo()
    for value, label in entries.items():
        box.addItem(tr(label), value)
    box.setToolTip(tip)
    return box


def beside(*widgets: QWidget) -> QWidget:
    """Return widgets in a row, of which the first takes the room."""
    row = QWidget()
    layout = QHBoxLayout(row)
    layout.setContentsMargins(0, 0, 0, 0)
    for number, widget in enumerate(widgets):
        layout.addWidget(widget, 1 if number == 0 else 0)
    return row


def hint() -> QLabel:
    """Return a line that explains, in the colour of hints."""
    label = QLabel()
    label.setWordWrap(True)
    label.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    return label
