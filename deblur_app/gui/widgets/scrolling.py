"""Columns of controls that scroll where the window is too low for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QWidget

from deblur_app.core.texts import tr


def scroll_column(page: QWidget) -> QScrollArea:
    """Return an area that scrolls a column of controls up and down, and fits it to its own width."""
    area = QScrollArea()
    area.setWidget(page)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to what has the focus
    return area


def column_heading(text: str) -> QLabel:
    """Return the heading of a group of controls in a column."""
    label = QLabel(tr("<b>{text}</b>", text=text))
    label.setContentsMargins(0, 8, 0, 0)
    return label
