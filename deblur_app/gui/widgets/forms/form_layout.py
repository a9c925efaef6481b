"""A form whose labels stand at the height of what they name."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QFormLayout, QLabel, QLineEdit, QWidget

from deblur_app.gui.theme import CONTROL_HEIGHT

_GROUP_HEIGHT = CONTROL_HEIGHT + 4
"""The height of editors that have a box for numbers among their parts, in points."""


class FormLayout(QFormLayout):
    """Rows with a label at the left.

    Qt gives rows the height that an editor asks for; the style sheet makes editors higher than that.
    """

    def addRow(self, *parts: Any) -> None:
        """Add a row, whose label is as high as its editor, and in which an editor of several parts is not cut."""
        super().addRow(*parts)
        field = parts[-1]
        is_group = isinstance(field, QWidget) and field.layout() is not None
        if is_group:
            field.setMinimumHeight(_GROUP_HEIGHT)
        label = self.labelForField(field) if len(parts) > 1 else None
        if isinstance(label, QLabel) and (is_group or isinstance(field, QComboBox | QAbstractSpinBox | QLineEdit)):
            label.setMinimumHeight(_GROUP_HEIGHT if is_group else CONTROL_HEIGHT)
