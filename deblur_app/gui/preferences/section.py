"""A section of the preferences: rows with a label, a sentence and something to set, which can be searched."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QGridLayout, QLabel, QVBoxLayout, QWidget

from deblur_app.gui.theme import LOOSE, SPACE

if TYPE_CHECKING:
    from collections.abc import Iterable

_WIDE = 1000
"""The greatest width of an editor, in points, from which on it takes all the width there is."""


@dataclass(frozen=True)
class Row:
    """One preference.

    Attributes:
        label: What it is called.
        explanation: What it does, in one sentence.
        editor: What sets it.
        words: More words that it is found by.
    """

    label: str
    explanation: str
    editor: QWidget
    words: str = ""

    def matches(self, search: str) -> bool:
        """Return whether all words of a search stand somewhere in the row."""
        text = f"{self.label} {self.explanation} {self.words}".casefold()
        return all(word in text for word in search.casefold().split())


class Section(QWidget):
    """The rows of one section."""

    def __init__(self, title: str, rows: Iterable[Row]) -> None:
        super().__init__()
        self.title = title
        self.rows = list(rows)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(LOOSE, SPACE, LOOSE, SPACE)
        layout.setSpacing(LOOSE)
        self._places = []
        for row in self.rows:
            place = _place(row)
            self._places.append(place)
            layout.addWidget(place)
        layout.addStretch(1)

    def search(self, text: str) -> int:
        """Show the rows that match, and return how many do."""
        matches = [row.matches(text) for row in self.rows]
        for place, is_match in zip(self._places, matches, strict=True):
            place.setVisible(is_match)
        return sum(matches)


def _place(row: Row) -> QWidget:
    place = QWidget()
    label = QLabel(row.label)
    font = label.font()
    font.setBold(True)
    label.setFont(font)
    label.setBuddy(row.editor)
    words = QLabel(row.explanation)
    words.setWordWrap(True)
    words.setForegroundRole(QPalette.ColorRole.PlaceholderText)
    row.editor.setAccessibleName(row.label)
    row.editor.setAccessibleDescription(row.explanation)
    layout = QGridLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setVerticalSpacing(2)
    layout.addWidget(label, 0, 0)
    layout.addWidget(words, 1, 0)
    is_narrow = row.editor.maximumWidth() < _WIDE
    layout.addWidget(row.editor, 2, 0, Qt.AlignmentFlag.AlignLeft if is_narrow else Qt.AlignmentFlag(0))
    return place
