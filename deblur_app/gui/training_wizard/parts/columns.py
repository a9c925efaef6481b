"""Two columns that stand beside each other where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QAbstractButton, QBoxLayout, QVBoxLayout, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterable

    from PySide6.QtGui import QResizeEvent

_BESIDE = 120
"""Letters of the text that fit into the width from which the columns stand beside each other: 60 for each."""

_GAP = 24
"""Room between the columns, in pixels."""


class Columns(QWidget):
    """Two columns of widgets: beside each other where the place is wide, else the second below the first.

    What needs room, such as pictures and curves, goes into the second one. Buttons keep their width.
    """

    def __init__(self, first: Iterable[QWidget], second: Iterable[QWidget]) -> None:
        super().__init__()
        self.first, self.second = _column(first, keeps_to_top=True), _column(second, keeps_to_top=False)
        self._box = QBoxLayout(QBoxLayout.Direction.TopToBottom, self)
        self._box.setContentsMargins(0, 0, 0, 0)
        self._box.addWidget(self.first)
        self._box.addWidget(self.second, 1)

    @property
    def is_wide(self) -> bool:
        """True if the columns stand beside each other."""
        return self._box.direction() == QBoxLayout.Direction.LeftToRight

    def give_room(self, widget: QWidget) -> None:
        """Let a widget of the second column take the height that the others do not need."""
        layout = self.second.layout()
        if isinstance(layout, QVBoxLayout):
            layout.setStretchFactor(widget, 1)

    def minimumSizeHint(self) -> QSize:
        """Return the least size, which is that of the columns above each other: else they would never go there."""
        first, second = self.first.minimumSizeHint(), self.second.minimumSizeHint()
        height = max if self.is_wide else int.__add__
        return QSize(max(first.width(), second.width()), height(first.height(), second.height()))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the columns where there is room."""
        super().resizeEvent(event)
        wide = event.size().width() >= _BESIDE * self.fontMetrics().averageCharWidth()
        if wide != self.is_wide:
            directions = QBoxLayout.Direction
            self._box.setDirection(directions.LeftToRight if wide else directions.TopToBottom)
            self._box.setSpacing(_GAP if wide else -1)  # -1 is the style's own
            self._box.setStretch(0, 1 if wide else 0)


def _column(widgets: Iterable[QWidget], *, keeps_to_top: bool) -> QWidget:
    column = QWidget()
    layout = QVBoxLayout(column)
    layout.setContentsMargins(0, 0, 0, 0)
    for widget in widgets:
        if isinstance(widget, QAbstractButton):
            layout.addWidget(widget, 0, Qt.AlignmentFlag.AlignLeft)
        else:
            layout.addWidget(widget)
    if keeps_to_top:
        layout.addStretch(1)
    return column
