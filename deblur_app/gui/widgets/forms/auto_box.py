"""A number of which one value means that the method chooses."""

from __future__ import annotations

from PySide6.QtGui import QValidator
from PySide6.QtWidgets import QDoubleSpinBox, QWidget

from deblur_app.core.texts import tr, tr_later

AUTO_TEXT = tr_later("Auto")
"""Text that is shown in place of the value that lets the method choose."""


class AutoBox(QDoubleSpinBox):
    """A box for a number that shows “Auto” for one value inside its range; it can be typed, too.

    For the least value of a range Qt has `setSpecialValueText`.
    """

    def __init__(self, automatic: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._automatic = automatic

    def textFromValue(self, value: float) -> str:
        """Return the text of a value."""
        is_automatic = abs(value - self._automatic) < 0.5 * 10.0 ** -self.decimals()
        return tr(AUTO_TEXT) if is_automatic else super().textFromValue(value)

    def valueFromText(self, text: str) -> float:
        """Return the value of a text."""
        return self._automatic if text.strip().casefold() == tr(AUTO_TEXT).casefold() else super().valueFromText(text)

    def validate(self, text: str, place: int) -> tuple[QValidator.State, str, int]:
        """Accept the word and its beginnings besides numbers."""
        typed, word = text.strip().casefold(), tr(AUTO_TEXT).casefold()
        if typed and word.startswith(typed):
            state = QValidator.State.Acceptable if typed == word else QValidator.State.Intermediate
            return state, text, place
        return super().validate(text, place)
