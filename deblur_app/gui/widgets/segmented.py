"""A row of buttons of which one is chosen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QToolButton, QWidget

from deblur_app.gui.look.icons import SIZE, set_icon

if TYPE_CHECKING:
    from PySide6.QtCore import QEvent


class SegmentedControl(QWidget):
    """Buttons side by side, equally wide, of which one is chosen; each widens with the font and never with its state.

    Signals:
        chosen: The number of the button that the user chose.
    """

    chosen = Signal(int)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty control that a screen reader calls `name`."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._group.idClicked.connect(self.chosen)
        self._layout = QHBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(2)

    @property
    def buttons(self) -> list[QToolButton]:
        """The buttons, from left to right."""
        return [button for button in self._group.buttons() if isinstance(button, QToolButton)]

    def add(self, text: str, icon: str, tip: str = "", *, has_text: bool = True) -> QToolButton:
        """Add a button.

        Args:
            text: What it says, or is called where only its icon shows.
            icon: The name of its icon.
            tip: Its explanation.
            has_text: Whether it shows its text beside the icon.
        """
        button = QToolButton()
        button.setProperty("role", "flat")
        button.setText(text)
        button.setAccessibleName(text)
        button.setToolTip(tip)
        button.setCheckable(True)
        button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        style = Qt.ToolButtonStyle
        button.setToolButtonStyle(style.ToolButtonTextBesideIcon if has_text else style.ToolButtonIconOnly)
        button.setIconSize(QSize(SIZE, SIZE))
        set_icon(button, icon)
        self._group.addButton(button, len(self.buttons))
        self._layout.addWidget(button)
        self.make_even()
        return button

    def choose(self, number: int) -> None:
        """Show which button is chosen. No signal is emitted."""
        self._group.button(number).setChecked(True)

    def changeEvent(self, event: QEvent) -> None:
        """Give the buttons the room that another font or style needs."""
        super().changeEvent(event)
        if event.type() in {event.Type.FontChange, event.Type.StyleChange}:
            self.make_even()

    def make_even(self) -> None:
        """Make all buttons as wide as the widest."""
        for button in self.buttons:
            button.setMinimumWidth(0)
        width = max((button.sizeHint().width() for button in self.buttons), default=0)
        for button in self.buttons:
            button.setMinimumWidth(width)
