"""The table of actions is whole: menus, keys and commands are drawn from it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QKeySequence

from deblur_app.core.settings import Settings
from deblur_app.gui.actions import ACTIONS, State, find_action
from deblur_app.gui.main_window import MainWindow

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication
    from pytestqt.qtbot import QtBot


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """A window that is not shown."""
    window = MainWindow(Settings(method="wiener"))
    yield window
    window.close_when_idle()
    window.deleteLater()


def test_each_id_and_each_key_stands_once(qapp: QApplication) -> None:
    """A key that two actions share would do nothing at all."""
    assert max(Counter(action.id for action in ACTIONS).values()) == 1
    keys = [key.toString() for action in ACTIONS if action.key for key in _keys(action.key)]
    assert max(Counter(keys).values()) == 1


def _keys(key: QKeySequence.StandardKey | str) -> list[QKeySequence]:
    return [QKeySequence(key)] if isinstance(key, str) else QKeySequence.keyBindings(key)


def test_menus_hold_the_actions_in_the_order_of_the_table(window: MainWindow) -> None:
    """Each in the menu that the table says, with lines between its parts."""
    menus = {entry.text(): entry.menu() for entry in window.menuBar().actions()}
    assert list(menus) == list(dict.fromkeys(action.menu for action in ACTIONS if action.menu))
    for title, menu in menus.items():
        of_table = [window.menus.actions[action.id] for action in ACTIONS if action.menu == title]
        assert [entry for entry in menu.actions() if not entry.isSeparator()] == of_table
        sections = {action.section for action in ACTIONS if action.menu == title}
        assert sum(entry.isSeparator() for entry in menu.actions()) == len(sections) - 1


def test_each_command_of_the_table_is_one_of_the_window(window: MainWindow) -> None:
    """And the window has none that the table does not know."""
    assert set(window.list_commands()) == {action.command for action in ACTIONS} - {""}


def test_only_what_makes_sense_is_enabled(window: MainWindow) -> None:
    """Nothing can be saved before there is a photo; with one, it can be deblurred and compared."""
    actions = window.menus.actions
    assert not any(actions[name].isEnabled() for name in ("save", "copy", "deblur", "swap", "open_truth", "cancel"))
    window.menus.update(State(has_input=True, has_result=True))
    assert all(actions[name].isEnabled() for name in ("save", "copy", "deblur", "open_truth"))
    assert not actions["swap"].isEnabled()
    assert find_action("swap").is_enabled(State(has_input=True, has_truth=True))


def test_an_action_runs_its_command(window: MainWindow) -> None:
    """By its key as by its menu."""
    window.panes.view.set_zoom(2.0)
    window.menus.actions["fit"].trigger()
    assert window.panes.view.zoom == 1.0
    recent = window.menus.actions["recent"].menu()
    recent.aboutToShow.emit()
    assert [entry.text() for entry in recent.actions()] == ["No photo yet"]
