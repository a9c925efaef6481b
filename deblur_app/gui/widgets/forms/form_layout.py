"""A form whose labels stand at the height of what they name."""

from __future__ import annotations

from typing import Any

from PySide6.QtWidgets import QAbstractSpinBox, QComboBox, QFormLayout, QLabel, QLineEdit

from deblur_app.gui.theme import CONTROL_HEIGHT


class FormLayout(QFormLayout):
    """Rows with a label at the left.

    Qt gives labels the height that an editor asks for; the style sheet makes editors higher than that.
    """

    def addRow(self, *parts: Any) -> None:
        """Add a row, whose label is as high as its editor."""
        super().addRow(*parts)
        label = self.labelForField(parts[-1]) if len(parts) > 1 else None
        if isinstance(label, QLabel) and isinstance(parts[-1], QComboBox | QAbstractSpinBox | QLineEdit):
            label.setMinimumHeight(CONTROL_HEIGHT)
