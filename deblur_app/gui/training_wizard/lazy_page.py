"""The place of a page that may not be built yet."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

_WIDTH = 760
"""Widest a page gets, in pixels: longer lines are hard to read."""


class LazyPage(QScrollArea):
    """The place of a page that may not be built yet."""

    def __init__(self) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # it scrolls to what has the focus

    def fill(self, page: QWidget, *, scrolled: bool = True) -> None:
        """Put the page in; one that scrolls by itself is as high as the room."""
        around = QWidget()
        layout = QHBoxLayout(around)
        layout.addWidget(page, 1)
        if scrolled:
            page.setMaximumWidth(_WIDTH)
        self.setWidget(around)
