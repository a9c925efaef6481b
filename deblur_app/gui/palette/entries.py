"""Entries of the command palette: what can be done, with its key, and why it cannot where it is disabled."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtGui import QKeySequence

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui.actions import ACTIONS, Action, State
from deblur_app.gui.palette.fuzzy import match_letters

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from PySide6.QtGui import QAction

_REASONS = (
    ("has_input", tr_later("Open a photo first.")),
    ("has_result", tr_later("There is no result yet.")),
    ("has_truth", tr_later("Open its sharp version first.")),
    ("is_busy", tr_later("Nothing is being worked on.")),
    ("can_undo", tr_later("There is no version before.")),
    ("can_redo", tr_later("There is no version after this one.")),
    ("has_page_before", tr_later("There is no page before this one.")),
    ("has_page_after", tr_later("There is no page after this one.")),
)
"""The fields of `State` and the sentence where one of them is missing, in the order in which a user gets them."""

_EVERYTHING = State(**dict.fromkeys((name for name, _ in _REASONS), True))
"""All that actions may need."""


@dataclass(frozen=True)
class Entry:
    """One thing in the palette.

    Attributes:
        text: What it does.
        group: Where it comes from, such as the title of its menu.
        do: Does it.
        key: The key that does it too; "" for none.
        problem: Why it cannot be done now; "" where it can.
    """

    text: str
    group: str
    do: Callable[[], object]
    key: str = ""
    problem: str = ""

    @property
    def words(self) -> str:
        """All of it, as a screen reader says it."""
        return ", ".join(filter(None, (self.text, self.group, self.key, self.problem)))


@dataclass(frozen=True)
class Hit:
    """An entry that matches a search, and the places of the letters in its text."""

    entry: Entry
    places: tuple[int, ...] = ()


def explain_disabled(action: Action, state: State) -> str:
    """Return what is missing for an action; "" where it is enabled."""
    if action.is_enabled(state):
        return ""
    missing = [(name, reason) for name, reason in _REASONS if not getattr(state, name)]
    for name, reason in missing:
        if not action.is_enabled(replace(_EVERYTHING, **{name: False})):  # it needs this, whatever else there is
            return tr(reason)
    enough = (tr(reason) for name, reason in missing if action.is_enabled(replace(state, **{name: True})))
    return next(enough, tr("It cannot be done now."))


def list_actions(qt_actions: Mapping[str, QAction], state: State) -> list[Entry]:
    """Return the entries of the table of actions that are no menus and have a text of their own."""
    entries = []
    for action in ACTIONS:
        if action.is_submenu or not action.menu or action.id == "palette":
            continue
        qt_action = qt_actions[action.id]
        text = qt_action.text().replace("&", "")
        key = qt_action.shortcut().toString(QKeySequence.SequenceFormat.NativeText)
        problem = explain_disabled(action, state)
        entries.append(Entry(text, tr(action.menu).replace("&", ""), qt_action.trigger, key, problem))
    return entries


def list_choices(group: str, choices: Iterable[tuple[str, Callable[[], object]]]) -> list[Entry]:
    """Return the entries of names with what they do."""
    return [Entry(text.replace("&&", "&"), group, partial(do)) for text, do in choices]


def find_hits(entries: Sequence[Entry], search: str) -> list[Hit]:
    """Return the entries that match a search, the best first; all in their order where nothing is searched for."""
    hits = []
    for number, entry in enumerate(entries):
        match = match_letters(search, entry.text)
        if match is None:  # the group may be typed too, as in “method wiener”
            match = match_letters(search, f"{entry.group} {entry.text}")
            if match is not None:
                before = len(entry.group) + 1
                match = replace(match, points=match.points / 2, places=tuple(p - before for p in match.places))
        if match is not None:
            places = tuple(place for place in match.places if place >= 0)
            hits.append((bool(entry.problem) and bool(search), -match.points, number, Hit(entry, places)))
    return [hit for *_, hit in sorted(hits, key=lambda hit: hit[:3])]
