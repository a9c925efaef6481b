"""A number that can be dragged and typed."""

from __future__ import annotations

import math

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Slot
from PySide6.QtWidgets import QAbstractSpinBox, QDoubleSpinBox, QHBoxLayout, QSizePolicy, QSlider, QSpinBox, QWidget

from deblur_app.core.texts import tr

_MOST_STEPS = 1000
"""A number with more steps than this cannot be hit with a slider."""

_LEAST_WIDTH = 36
"""Points of a slider at least: with it, a label and a box fit into the narrowest panel."""

_STEPS_OF_A_FRACTION = 200
"""The most steps of the slider over the range of a number with decimals."""


class SliderBox(QWidget):
    """A slider beside a box for the same number; both work by keyboard.

    Attributes:
        spin: The box: what it says is the value.
        slider: The slider.
    """

    def __init__(self, spin: QSpinBox | QDoubleSpinBox, name: str, parent: QWidget | None = None) -> None:
        """Put a slider beside `spin`, which has its range already and is called `name`."""
        super().__init__(parent)
        self.spin = spin
        self._step = step_of(spin)
        spin.setSingleStep(self._step)  # type: ignore[arg-type] # a whole number where the box holds whole numbers
        spin.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.slider = QSlider(Qt.Orientation.Horizontal)
        self.slider.setRange(0, round((spin.maximum() - spin.minimum()) / self._step))
        self.slider.setPageStep(max(self.slider.maximum() // 10, 1))
        self.slider.setMinimumWidth(_LEAST_WIDTH)
        self.slider.setAccessibleName(tr("{name}, slider", name=name))
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self.slider, 1)
        layout.addWidget(spin)
        self._follow()
        self.slider.valueChanged.connect(self._lead)
        spin.valueChanged.connect(self._follow)

    def setToolTip(self, text: str) -> None:
        """Explain the number, on the slider as on the box."""
        self.slider.setToolTip(text)
        self.spin.setToolTip(text)

    @Slot(int)
    def _lead(self, position: int) -> None:
        value = self.spin.minimum() + position * self._step
        self.spin.setValue(int(value) if isinstance(self.spin, QSpinBox) else value)  # type: ignore[arg-type]

    @Slot()
    def _follow(self) -> None:
        with QSignalBlocker(self.slider):  # a typed value between two steps must stay as it is
            self.slider.setValue(round((self.spin.value() - self.spin.minimum()) / self._step))


class WheelGuard(QObject):
    """The event filter that leaves the wheel to the page, unless the number under the pointer has the focus."""

    def guard(self, widget: QWidget) -> None:
        """Watch over a widget."""
        widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        widget.installEventFilter(self)

    def release(self, widget: QWidget) -> None:
        """Watch over a widget and those in it no longer: Qt would ask the filter while it destroys them."""
        for watched in (widget, *widget.findChildren(QWidget)):
            watched.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Pass the wheel on where the widget has not the focus."""
        if event.type() == QEvent.Type.Wheel and isinstance(watched, QWidget) and not watched.hasFocus():
            event.ignore()
            return True
        return super().eventFilter(watched, event)


def step_of(spin: QSpinBox | QDoubleSpinBox) -> float:
    """Return a round step that crosses the range of a box in at most some hundred; 1 for whole numbers."""
    if isinstance(spin, QSpinBox):
        return 1
    rough = (spin.maximum() - spin.minimum()) / _STEPS_OF_A_FRACTION
    decade = 10.0 ** math.floor(math.log10(rough))
    round_step = next(decade * factor for factor in (1, 2, 5, 10) if decade * factor >= rough * 0.999)
    return max(round_step, 10.0 ** -spin.decimals())


def suits_slider(spin: QAbstractSpinBox) -> bool:
    """Return whether the number of a box can be set with a slider."""
    return not isinstance(spin, QSpinBox) or spin.maximum() - spin.minimum() <= _MOST_STEPS
