"""The colour around the photo."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

from deblur_app.core.texts import tr, tr_later
from deblur_app.gui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPalette


class Surround(Enum):
    """A neutral colour around the photo, with its label; THEME is that of the window's theme."""

    THEME = tr_later("As the window")
    DARK = tr_later("Dark")
    GREY = tr_later("Middle grey")
    WHITE = tr_later("White")

    @property
    def label(self) -> str:
        """The name for the user."""
        return tr(self.value)

    def colour(self, palette: QPalette) -> str:
        """Return the colour in a window with this palette, as #rrggbb."""
        return _COLOURS.get(self, theme.colours_of(palette).surround)


_COLOURS = {Surround.DARK: theme.DARK.surround, Surround.GREY: "#777777", Surround.WHITE: "#ffffff"}
