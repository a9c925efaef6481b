"""The appearance of the application: dark, light, or as the system is; switched at once."""

from __future__ import annotations

import enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSettings, Slot

from deblur_app.gui import theme

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


_SHOWN = "look/shown"
"""The setting with the look that the last window had in the end: “dark” or “light”."""


class ColourScheme(enum.StrEnum):
    """The choice of the user."""

    SYSTEM = "system"
    DARK = "dark"
    LIGHT = "light"


class Appearance(QObject):
    """The owner of the application's palette and style sheet.

    Attributes:
        look: The choice of the user.
    """

    def __init__(self, application: QApplication, look: ColourScheme = ColourScheme.SYSTEM) -> None:
        """Take the colours of a choice, or those of the last time where the system chooses.

        `apply` asks the system, and styles the widgets, once, when they have been built: that loads all enumerations of
        Qt, which takes a tenth of the time to the first paint.
        """
        super().__init__(application)
        self._application = application
        self.look = look
        expected = str(QSettings("Deblur", "Deblur").value(_SHOWN, "")) if look is ColourScheme.SYSTEM else look
        application.setPalette(theme.make_palette(theme.LIGHT if expected == ColourScheme.LIGHT else theme.DARK))
        application.styleHints().colorSchemeChanged.connect(self._follow_system)

    @property
    def colours(self) -> theme.Colours:
        """The colours that the window has now."""
        return theme.colours_of(self._application.palette())

    def apply(self, look: ColourScheme) -> None:
        """Show all windows in the colours and the style of a choice."""
        from PySide6.QtCore import Qt

        self.look = look
        scheme = Qt.ColorScheme
        qt_scheme = {
            ColourScheme.SYSTEM: scheme.Unknown,
            ColourScheme.DARK: scheme.Dark,
            ColourScheme.LIGHT: scheme.Light,
        }[look]
        self._application.styleHints().setColorScheme(qt_scheme)  # for frames and dialogs that the system draws
        self._follow_system()

    @Slot()
    def _follow_system(self) -> None:
        from deblur_app.gui.look import icons  # brings Qt's part for SVG: not before the first paint
        from deblur_app.gui.look.style_sheet import make_style_sheet

        colours = self._due_colours
        palette = theme.make_palette(colours)
        if palette == self._application.palette() and self._application.styleSheet():
            return
        self._application.setPalette(palette)
        self._application.setStyleSheet(make_style_sheet(colours))
        icons.redraw_icons()
        shown = ColourScheme.LIGHT if colours is theme.LIGHT else ColourScheme.DARK
        QSettings("Deblur", "Deblur").setValue(_SHOWN, shown.value)

    @property
    def _due_colours(self) -> theme.Colours:
        return theme.LIGHT if self._is_light() else theme.DARK

    def _is_light(self) -> bool:
        """Return whether light colours are due; dark ones where the system does not say, as programs for photos are."""
        from PySide6.QtCore import Qt

        if self.look is ColourScheme.SYSTEM:
            return self._application.styleHints().colorScheme() == Qt.ColorScheme.Light
        return self.look is ColourScheme.LIGHT
