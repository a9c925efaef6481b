"""Editors of preferences: a choice, a folder, a list of keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QKeySequence
from PySide6.QtWidgets import (
    QComboBox,
    QHBoxLayout,
    QHeaderView,
    QPushButton,
    QSpinBox,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from deblur_app.core.texts import tr
from deblur_app.gui.actions import ACTIONS
from deblur_app.gui.widgets.forms.number_field import indent_number
from deblur_app.gui.widgets.labels import ElidedLabel

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

_WIDTH = 280
"""The width of a choice, in points."""


def choice(choices: Mapping[str, str], chosen: str, take: Callable[[str], object]) -> QComboBox:
    """Return a choice of one of several values, given with their names for the user; `take` is told each new one."""
    box = QComboBox()
    box.setMaximumWidth(2 * _WIDTH)
    box.setMinimumWidth(_WIDTH)
    for value, name in choices.items():
        box.addItem(tr(name), value)
    box.setCurrentIndex(max(box.findData(chosen), 0))
    box.currentIndexChanged.connect(lambda _: take(str(box.currentData())))
    return box


def number(value: int, most: int, none: str, unit: str, take: Callable[[int], object]) -> QSpinBox:
    """Return a whole number from 0, which reads `none`; `take` is told each new one."""
    box = indent_number(QSpinBox())
    box.setRange(0, most)
    box.setSpecialValueText(none)
    box.setSuffix(f" {unit}")
    box.setMinimumWidth(_WIDTH)
    box.setMaximumWidth(2 * _WIDTH)
    box.setValue(value)
    box.valueChanged.connect(take)
    return box


def folder(path: Path) -> QWidget:
    """Return the name of a folder with a button that opens it in the system's file manager."""
    place = QWidget()
    name = ElidedLabel()  # the name of a folder may be shortened: the tool tip has all of it
    name.setText(str(path))
    button = QPushButton(tr("Show"))
    button.setAccessibleName(tr("Show the folder {path}", path=path))
    button.clicked.connect(lambda: QDesktopServices.openUrl(QUrl.fromLocalFile(str(path))))
    layout = QHBoxLayout(place)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(name, 1)
    layout.addWidget(button)
    place.setFocusProxy(button)
    return place


def list_keys() -> list[tuple[str, str]]:
    """Return what keys do, and the keys as the system writes them, in the order of the menus."""
    listed = []
    for action in ACTIONS:
        if action.key is None:
            continue
        bindings = [QKeySequence(action.key)] if isinstance(action.key, str) else QKeySequence.keyBindings(action.key)
        text = bindings[0].toString(QKeySequence.SequenceFormat.NativeText) if bindings else ""
        if text:
            listed.append((action.plain_text, text))
    return listed


def key_table() -> QTableWidget:
    """Return a table of all keys."""
    keys = list_keys()
    table = QTableWidget(len(keys), 2)
    table.setHorizontalHeaderLabels([tr("What it does"), tr("Key")])
    table.verticalHeader().hide()
    table.setEditTriggers(QTableWidget.EditTrigger.NoEditTriggers)
    table.setShowGrid(False)
    table.setMinimumHeight(360)
    for row, (words, key) in enumerate(keys):
        table.setItem(row, 0, QTableWidgetItem(words))
        table.setItem(row, 1, QTableWidgetItem(key))
    table.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    table.horizontalHeader().setSectionResizeMode(0, QHeaderView.ResizeMode.Stretch)
    table.horizontalHeader().setSectionResizeMode(1, QHeaderView.ResizeMode.ResizeToContents)
    return table
