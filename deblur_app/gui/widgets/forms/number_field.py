"""Boxes for numbers whose text begins where that of other fields does."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtWidgets import QAbstractSpinBox

_INDENT = 5
"""Points before the text: Qt lays the editor of such a box over its padding, whatever the style sheet says."""


def indent_number[Box: QAbstractSpinBox](box: Box) -> Box:
    """Let the text of a box begin as far from its edge as in fields for text and in lists; return the box."""
    box.lineEdit().setTextMargins(_INDENT, 0, 0, 0)
    return box
