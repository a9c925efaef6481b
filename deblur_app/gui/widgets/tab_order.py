"""The tab order, as things are laid out: from left to right, from top to bottom."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLayout, QScrollArea, QSplitter, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def order_tabs(root: QWidget) -> None:
    """Set the tab order of all inside `root` to the order of its layouts."""
    for one, following in pairwise(list_focusable(root)):
        QWidget.setTabOrder(one, following)


def list_focusable(root: QWidget) -> list[QWidget]:
    """Return the widgets inside `root` that the Tab key goes to, in the order of the layouts."""
    return [widget for widget in _walk(root) if widget.focusPolicy() & Qt.FocusPolicy.TabFocus]


def _walk(widget: QWidget | None) -> Iterator[QWidget]:
    if widget is None:
        return
    yield widget
    layout = widget.layout()
    if isinstance(widget, QScrollArea) and widget.widget():
        yield from _walk(widget.widget())
    elif isinstance(widget, QSplitter):
        for number in range(widget.count()):
            yield from _walk(widget.widget(number))
    elif layout is not None:
        yield from _walk_layout(layout)


def _walk_layout(layout: QLayout | None) -> Iterator[QWidget]:
    for number in range(layout.count() if layout else 0):
        item = layout.itemAt(number) if layout else None
        if item is None:
            continue
        if item.widget() is not None:
            yield from _walk(item.widget())
        elif item.layout() is not None:
            yield from _walk_layout(item.layout())
