"""The steps of the wizard as buttons in a row or a column: the present one is marked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QSizePolicy, QToolButton, QWidget

from deblur_app.core.texts import tr
from deblur_app.gui.look.icons import SIZE, set_icon

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QResizeEvent

_GAP = 2
"""Room between the buttons, in pixels."""


class StepBar(QWidget):
    """One button for each step; Alt and its number goes there.

    In a row that is too narrow for all names, the present step keeps its name and the others show their numbers.

    Signals:
        step_chosen: The number of the step that the user wants to see, from 0.
    """

    step_chosen = Signal(int)

    def __init__(self, titles: Sequence[str], icons: Sequence[str] = (), parent: QWidget | None = None) -> None:
        """Make a button for each title; `icons` are the names of their icons, which show in a column."""
        super().__init__(parent)
        self._titles = titles
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._box = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.setSpacing(_GAP)
        self.buttons = [self._button(number, title) for number, title in enumerate(titles)]
        for button in self.buttons:
            self._box.addWidget(button, 1)
        for button, icon in zip(self.buttons, icons, strict=False):
            button.setIconSize(QSize(SIZE, SIZE))
            set_icon(button, icon)
        self._group.idClicked.connect(self.step_chosen)
        self.show_step(0)

    def show_step(self, step: int) -> None:
        """Mark the step that is shown."""
        self.buttons[step].setChecked(True)
        self._write_names()

    def set_reachable(self, step: int, reason: str = "") -> None:
        """Enable a step, or say in a tool tip why it cannot be gone to."""
        self.buttons[step].setEnabled(not reason)
        self.buttons[step].setToolTip(reason or self._titles[step])

    def set_vertical(self, vertical: bool) -> None:
        """Put the steps below each other, or beside each other."""
        directions, styles = QBoxLayout.Direction, Qt.ToolButtonStyle
        self._box.setDirection(directions.TopToBottom if vertical else directions.LeftToRight)
        for button in self.buttons:
            button.setToolButtonStyle(styles.ToolButtonTextBesideIcon if vertical else styles.ToolButtonTextOnly)
        self._write_names()

    @property
    def is_vertical(self) -> bool:
        """True if the steps stand below each other."""
        return self._box.direction() == QBoxLayout.Direction.TopToBottom

    def minimumSizeHint(self) -> QSize:
        """Return the size at which the present step has its name and the others have their numbers."""
        if self.is_vertical:
            return super().minimumSizeHint()
        least = max(self._width(step) for step in range(len(self.buttons)))
        others = (len(self.buttons) - 1) * (self._width_of("8") + _GAP)
        return QSize(least + others, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the names that there is room for."""
        super().resizeEvent(event)
        self._write_names()

    def changeEvent(self, event: QEvent) -> None:
        """Show the names that there is room for in another font."""
        super().changeEvent(event)
        if event.type() in {QEvent.Type.FontChange, QEvent.Type.StyleChange}:
            self._write_names()

    def _write_names(self) -> None:
        widest = max(map(self._width, range(len(self.buttons))))
        fits = self.is_vertical or self.width() >= len(self.buttons) * (widest + _GAP)
        for number, button in enumerate(self.buttons):
            shows_name = fits or button.isChecked()
            button.setText(f"&{number + 1} {self._titles[number]}" if shows_name else f"&{number + 1}")
            self._box.setStretch(number, 1 if fits or not button.isChecked() else 4)

    def _width(self, step: int) -> int:
        return self._width_of(f"{step + 1} {self._titles[step]}")

    def _width_of(self, text: str) -> int:
        """Return the width that a button needs for this text, with the frame that the style draws around it."""
        button = self.buttons[0]
        frame = button.sizeHint().width() - self.fontMetrics().horizontalAdvance(button.text().replace("&", ""))
        return self.fontMetrics().horizontalAdvance(text) + frame

    def _button(self, number: int, title: str) -> QToolButton:
        button = QToolButton()
        button.setText(f"&{number + 1} {title}")
        button.setProperty("role", "flat")
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        button.setAccessibleName(tr("Step {number}: {title}", number=number + 1, title=title))
        button.setCheckable(True)
        button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group.addButton(button, number)
        return button
