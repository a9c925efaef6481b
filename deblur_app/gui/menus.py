"""Menus and shortcuts, drawn from the table of actions."""

from __future__ import annotations

from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMenu

from deblur_app.core.program.crash_reports import REPORTER
from deblur_app.core.texts import tr
from deblur_app.gui.actions import ACTIONS, Action, State

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from PySide6.QtWidgets import QMainWindow


class Menus:
    """The menus and the shortcuts of a window.

    Attributes:
        actions: Qt's action of each entry of the table, by its id.
        state: What there is to act on.
    """

    def __init__(self, window: QMainWindow, commands: Mapping[str, Callable[..., object]]) -> None:
        """Draw the table of actions on a window.

        Args:
            window: The window.
            commands: The function of each command of the table, by its name; that of a submenu gets the menu to fill.
        """
        self._window = window
        self._commands = commands
        self.actions = {action.id: self._make(action) for action in ACTIONS}
        for title, entries in groupby((action for action in ACTIONS if action.menu), lambda action: action.menu):
            self._fill(window.menuBar().addMenu(tr(title)), list(entries))
        self.update(State())

    def update(self, state: State) -> None:
        """Enable the actions that make sense with what there is, and name them accordingly."""
        self.state = state
        for action in ACTIONS:
            self.actions[action.id].setEnabled(action.is_enabled(state))
            self.actions[action.id].setText(tr((state.has_result and action.text_again) or action.text))

    def _make(self, action: Action) -> QAction:
        menu_action, command = QAction(tr(action.text), self._window), self._commands[action.command]
        if action.key is not None:
            menu_action.setShortcut(QKeySequence(action.key))
        if action.tip:
            menu_action.setToolTip(tr(action.tip))
        if action.is_submenu:
            menu = QMenu(self._window)
            menu.aboutToShow.connect(partial(command, menu))
            menu_action.setMenu(menu)
        else:
            menu_action.triggered.connect(lambda: REPORTER.add_action(action.id))
            menu_action.triggered.connect(lambda: command())
        self._window.addAction(menu_action)  # keys of menus alone are dead while the menus are hidden in full screen
        return menu_action

    def _fill(self, menu: QMenu, entries: Sequence[Action]) -> None:
        for number, (_, section) in enumerate(groupby(entries, lambda action: action.section)):
            if number:
                menu.addSeparator()
            menu.addActions([self.actions[action.id] for action in section])
