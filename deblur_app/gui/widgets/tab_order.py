"""The tab order, as things are laid out: from left to right, from top to bottom."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLayout, QScrollArea, QSplitter, QTabWidget, QWidget

if TYPE_CHECKING:
    from collections.abc import Iterator


def move_focus(root: QWidget, *, forward: bool) -> bool:
    """Give the focus to the widget inside `root` that comes next, or before; return whether there is one.

    Qt's own chain holds widgets in the order in which they were made, which is another where forms are drawn anew.
    Changing that chain (`QWidget.setTabOrder`) at each drawing left pointers to deleted widgets in it.
    """
    order = [widget for widget in list_focusable(root) if widget.isVisible() and widget.isEnabled()]
    current = QApplication.focusWidget()
    while current is not None and current not in order:
        current = current.parentWidget()
    if current is None or not order:
        return False
    place = (order.index(current) + (1 if forward else -1)) % len(order)
    order[place].setFocus(Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason)
    return True


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
    elif isinstance(widget, QTabWidget):
        yield widget.tabBar()
        yield from _walk(widget.currentWidget())
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
