"""The command palette finds all that can be done by a few letters, and does it by keyboard alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QAbstractItemModel, Qt
from PySide6.QtTest import QAbstractItemModelTester

from deblur_app.core.settings import Settings
from deblur_app.engine.methods import registry
from deblur_app.gui.actions import ACTIONS, State, find_action
from deblur_app.gui.main_window import MainWindow
from deblur_app.gui.palette.entries import Entry, explain_disabled, find_hits
from deblur_app.gui.palette.fuzzy import match_letters
from deblur_app.gui.shell.workspace import Workspace
from tests.gui.windows import show_window

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from pytestqt.qtbot import QtBot

    from deblur_app.gui.palette.palette import Palette

MOMENT = 20_000
OPEN = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def window(qtbot: QtBot, photo: Path) -> Iterator[MainWindow]:
    """A window without a photo, which has seen one before."""
    window = MainWindow(Settings(method="denoise", recent=[str(photo)], after_drop="wait"))
    with show_window(qtbot, window, MOMENT):
        qtbot.waitUntil(lambda: "method_panel" in window.tools.__dict__)
        window.refresh()
        yield window


def open_palette(qtbot: QtBot, window: MainWindow, search: str) -> Palette:
    """Open the palette by its keys, and type into it."""
    qtbot.keyClick(window, Qt.Key.Key_P, OPEN)
    palette = window.services.palette.palette
    assert palette.isVisible()
    qtbot.keyClicks(palette.search, search)
    return palette


@pytest.mark.parametrize(
    ("search", "best", "worse"),
    [
        ("fs", "Full screen", "Filmstrip"),
        ("exp", "Export…", "Keyboard shortcuts help explained"),
        ("log", "Show log folder", "Analogue"),
        ("ss", "Side by side, split", "Possess"),
    ],
)
def test_beginnings_of_words_come_first(search: str, best: str, worse: str) -> None:
    """Before letters that stand somewhere."""
    entries = [Entry(text, "Menu", lambda: None) for text in (worse, best)]
    assert find_hits(entries, search)[0].entry.text == best


def test_letters_match_in_their_order_only() -> None:
    """In any case, with or without spaces; the places are those of the letters."""
    match = match_letters("FuS", "Full screen")
    assert match is not None
    assert match.places == (0, 1, 5)
    assert match_letters("sf", "Full screen") is None
    assert match_letters("", "Full screen") is not None
    for name in ("Maß", "İstanbul"):  # letters that become two in small ones
        for letter in name:
            assert match_letters(letter, name) is None or match_letters(letter, name).places < (len(name),)


def test_what_cannot_be_done_says_what_is_missing() -> None:
    """The first thing that a user has to get; every action is explained while nothing is there."""
    assert explain_disabled(find_action("export"), State()) == "There is no result yet."
    assert explain_disabled(find_action("save"), State(has_input=True)) == "There is no result yet."
    assert explain_disabled(find_action("deblur"), State()) == "Open a photo first."
    assert explain_disabled(find_action("swap"), State(has_input=True)) == "Open its sharp version first."
    assert explain_disabled(find_action("swap"), State()) == "Open a photo first."
    assert explain_disabled(find_action("undo"), State(has_input=True)) == "There is no version before."
    assert explain_disabled(find_action("open"), State()) == ""
    for action in ACTIONS:
        assert (explain_disabled(action, State()) == "") == action.is_enabled(State())


def test_all_that_the_menus_offer_is_in_the_palette(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """With keys; the methods, the recent photos and the looks besides."""
    entries = window.services.palette.list_entries()
    texts = {entry.text for entry in entries}
    offered = {action.plain_text for action in ACTIONS if action.menu and not action.is_submenu}
    assert offered - {text.rstrip("…") for text in texts} == {"Command palette"}
    assert "Dark" in texts
    assert any(text.startswith("photo.png – ") for text in texts)
    assert {method.title for method in registry.list_offered()} <= texts
    assert {entry.group for entry in entries} >= {"File", "View", "Method", "Recent photo", "Appearance"}
    assert next(entry.key for entry in entries if entry.text == "Full screen") == "F11"


def test_arrows_choose_and_enter_does_it(qtbot: QtBot, window: MainWindow) -> None:
    """By keyboard alone; the focus goes back to where it was."""
    window.frame.top_bar.open.setFocus()
    palette = open_palette(qtbot, window, "lab")
    QAbstractItemModelTester(palette.list.model())
    assert isinstance(palette.list.model(), QAbstractItemModel)
    assert palette.shown[0].text == "Lab"
    qtbot.keyClick(palette.search, Qt.Key.Key_Down)
    assert palette.list.currentIndex().row() == 1
    qtbot.keyClick(palette.search, Qt.Key.Key_Up)
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert not palette.isVisible()
    assert window.tools.workspace is Workspace.LAB


def test_escape_leaves_and_gives_the_focus_back(qtbot: QtBot, window: MainWindow) -> None:
    """Without doing anything."""
    window.frame.top_bar.open.setFocus()
    palette = open_palette(qtbot, window, "quit")
    qtbot.keyClick(palette.search, Qt.Key.Key_Escape)
    assert not palette.isVisible()
    assert window.frame.top_bar.open.hasFocus()
    assert window.isVisible()


def test_what_cannot_be_done_is_shown_and_not_done(qtbot: QtBot, window: MainWindow) -> None:
    """It comes last, and says why; Enter leaves the palette open."""
    palette = open_palette(qtbot, window, "export")
    assert palette.shown[0].problem == "There is no result yet."
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()
    palette.search.setText("qqqqq")
    assert palette.nothing.isVisible()
    assert not palette.list.isVisible()
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert palette.isVisible()


def test_a_method_and_a_recent_photo_are_chosen(qtbot: QtBot, window: MainWindow, photo: Path) -> None:
    """From any workspace."""
    window.tools.show_psf()
    palette = open_palette(qtbot, window, "method wiener")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    assert window.tools.workspace is Workspace.PHOTO
    assert window.tools.method_panel.chosen_method == "wiener"
    palette = open_palette(qtbot, window, "photo.png")
    qtbot.keyClick(palette.search, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.session.input is not None, timeout=MOMENT)
    assert window.session.input is not None
    assert window.session.input.picture.path == photo
