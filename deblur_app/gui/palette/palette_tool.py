"""The command that opens the palette, with what there is to do now."""

from __future__ import annotations

import functools
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from PySide6.QtWidgets import QWidget

    from deblur_app.gui.menus import Menus
    from deblur_app.gui.palette.entries import Entry
    from deblur_app.gui.palette.palette import Palette

type Choices = Callable[[], Iterable[tuple[str, Callable[[], object]]]]
"""Lists names with what they do."""


class PaletteTool(QObject):
    """The palette of a window, which is made when it is first opened."""

    def __init__(self, window: QWidget, load_menus: Callable[[], Menus], choices: Mapping[str, Choices]) -> None:
        """Offer the actions of the menus, and further choices by the title of their group."""
        super().__init__(window)
        self._window, self._load_menus, self._choices = window, load_menus, choices

    @functools.cached_property
    def palette(self) -> Palette:
        """The palette."""
        from deblur_app.gui.palette.palette import Palette

        return Palette(self._window)

    def open(self) -> Palette:
        """Show what there is to do now."""
        self.palette.open(self.list_entries())
        return self.palette

    def list_entries(self) -> list[Entry]:
        """Return the actions, then the choices of each group."""
        from deblur_app.gui.palette import entries

        menus = self._load_menus()
        listed = entries.list_actions(menus.actions, menus.state)
        for group, choices in self._choices.items():
            listed += entries.list_choices(group, choices())
        return listed


def list_methods(choose: Callable[[str], object]) -> list[tuple[str, Callable[[], object]]]:
    """Return the methods that can be run, each with what chooses it."""
    from deblur_app.engine.methods import registry

    return [(method.title, partial(choose, method.name)) for method in registry.list_offered()]
