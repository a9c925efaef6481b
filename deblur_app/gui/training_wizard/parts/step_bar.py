"""The steps of the wizard in a row: the present one is marked, and each is a button."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QSizePolicy, QToolButton, QWidget

if TYPE_CHECKING:
    from collections.abc import Sequence


class StepBar(QWidget):
    """One button for each step; Alt and its number goes there.

    Signals:
        wanted: The number of the step that the user wants to see, from 0.
    """

    wanted = Signal(int)

    def __init__(self, titles: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(2)
        self.buttons = [self._button(number, title) for number, title in enumerate(titles)]
        for number, button in enumerate(self.buttons):
            layout.addWidget(button, 0, number)
        self._group.idClicked.connect(self.wanted)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Mark the step that is shown."""
        self.buttons[step].setChecked(True)

    def set_reachable(self, step: int, reason: str = "") -> None:
        """Enable a step, or say in a tool tip why it cannot be gone to."""
        self.buttons[step].setEnabled(not reason)
        self.buttons[step].setToolTip(reason)

    def _button(self, number: int, title: str) -> QToolButton:
        button = QToolButton()
        button.setText(f"&{number + 1} {title}")
        button.setAccessibleName(f"Step {number + 1}: {title}")
        button.setCheckable(True)
        button.setAutoRaise(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group.addButton(button, number)
        return button
