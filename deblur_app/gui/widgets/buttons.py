"""Buttons with an icon and a text."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QToolButton

from deblur_app.gui.look.icons import SIZE, set_icon


def make_button(text: str, icon: str, role: str = "button") -> QToolButton:
    """Return a button with its text beside its icon, which the Tab key reaches.

    Args:
        text: What it says.
        icon: The name of its icon.
        role: Its look in the style sheet: "button", or "primary" for the one that stands out.
    """
    button = QToolButton()
    button.setProperty("role", role)
    button.setText(text)
    button.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
    button.setIconSize(QSize(SIZE, SIZE))
    button.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    set_icon(button, icon, on_accent=role == "primary")
    return button
