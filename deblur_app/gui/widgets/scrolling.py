"""Columns of controls that scroll where the window is too low for them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QLabel, QLayout, QScrollArea, QWidget

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


def align_foot(foot: QLayout, area: QScrollArea) -> None:
    """Keep what stands below a column as wide as the column, whether that has a scroll bar at its right or not."""
    bar, right = area.verticalScrollBar(), foot.contentsMargins().right()

    def adjust(least: int, most: int) -> None:
        margins = foot.contentsMargins()
        margins.setRight(right + (bar.sizeHint().width() if most > least else 0))
        foot.setContentsMargins(margins)

    bar.rangeChanged.connect(adjust)


def column_heading(text: str) -> QLabel:
    """Return the heading of a group of controls in a column."""
    label = QLabel(tr("<b>{text}</b>", text=text))
    label.setContentsMargins(0, 8, 0, 0)
    return label
