"""The part of the PSF panel for the method that undoes the PSF, with its parameters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSignalBlocker, Signal, Slot
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from deblur_app.core.texts import tr
from deblur_app.engine.method import PsfUse
from deblur_app.engine.methods import registry
from deblur_app.gui.widgets.forms.parameter_form import ParameterForm, narrow_combo
from deblur_app.gui.widgets.forms.slider_box import WheelGuard

if TYPE_CHECKING:
    from deblur_app.core.parameter import Value, Values


class Restoring(QWidget):
    """The controls by which the user chooses one of the methods that undo a given PSF.

    Signals:
        changed: The user chose another method or value.
    """

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.methods = narrow_combo()
        for method in registry.METHODS:
            if method.psf is PsfUse.GIVEN:
                self.methods.addItem(method.title, method.name)
        WheelGuard(self).guard(self.methods)
        self.form = ParameterForm(sliders=True)
        label = QLabel(tr("W&ith method"))
        label.setBuddy(self.methods)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        for widget in (label, self.methods, self.form):
            layout.addWidget(widget)
        self._draw({})
        self.methods.currentIndexChanged.connect(self._choose)
        self.form.changed.connect(self.changed)

    @property
    def method(self) -> str:
        """The name of the method; "" where there is none."""
        return str(self.methods.currentData() or "")

    def values(self) -> dict[str, Value]:
        """Return the values of its parameters."""
        return self.form.values()

    def take(self, method: str, values: Values) -> None:
        """Show what was chosen elsewhere, where that method undoes a PSF. No signal is emitted."""
        index = self.methods.findData(method)
        if index < 0 or (method == self.method and dict(values) == self.values()):
            return
        with QSignalBlocker(self.methods):
            self.methods.setCurrentIndex(index)
        self._draw(dict(values))

    def set_value(self, name: str, value: Value) -> bool:
        """Change one value as the user would; return False where the method has no such parameter."""
        if name not in self.values():
            return False
        self._draw({**self.values(), name: value})
        self.changed.emit()
        return True

    @Slot()
    def _choose(self) -> None:
        self._draw({})
        self.changed.emit()

    def _draw(self, values: dict[str, Value]) -> None:
        method = registry.find(self.method) if self.method else None
        self.form.draw(method.parameters if method else (), values)
        self.methods.setToolTip(tr(method.explanation) if method else "")
