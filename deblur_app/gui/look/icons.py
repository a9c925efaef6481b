"""Outline icons in the colours of the window, drawn again when those change.

The drawings are Lucide's (ISC licence, see `resources/icons/lucide/LICENSE`).
"""

from __future__ import annotations

import functools
import weakref
from typing import TYPE_CHECKING, Protocol

import shiboken6
from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication

from deblur_app.core.resources import resource
from deblur_app.gui import theme

if TYPE_CHECKING:
    from deblur_app.gui.theme import Colours

SIZE = 18
"""The side of an icon beside a text, in points."""

_SIDES = (SIZE, 2 * SIZE, 3 * SIZE)
"""The sides in pixels that are drawn, for screens of one, two and three pixels a point."""


class Iconed(Protocol):
    """A widget or an action that shows an icon."""

    def setIcon(self, icon: QIcon) -> None:
        """Show an icon."""


_shown: weakref.WeakKeyDictionary[Iconed, tuple[str, bool]] = weakref.WeakKeyDictionary()


def set_icon(target: Iconed, name: str, *, on_accent: bool = False) -> None:
    """Give a button or an action an icon, now and whenever the colours of the window change.

    Args:
        target: The button or the action.
        name: Lucide's name of the drawing.
        on_accent: Whether it lies on the accent, as that of the primary button.
    """
    _shown[target] = name, on_accent
    target.setIcon(make_icon(name, theme.colours_of(QApplication.palette()), on_accent=on_accent))


def redraw_icons() -> None:
    """Draw all icons in the present colours of the window."""
    colours = theme.colours_of(QApplication.palette())
    for target, (name, on_accent) in list(_shown.items()):
        if shiboken6.isValid(target):
            target.setIcon(make_icon(name, colours, on_accent=on_accent))


@functools.cache
def make_icon(name: str, colours: Colours, *, on_accent: bool = False) -> QIcon:
    """Return an icon for a button in the colours of a window, fainter where the button is disabled."""
    icon = QIcon()
    for side in _SIDES:
        icon.addPixmap(draw(name, colours.on_accent if on_accent else colours.text, side), QIcon.Mode.Normal)
        icon.addPixmap(draw(name, colours.disabled, side), QIcon.Mode.Disabled)
    return icon


def draw(name: str, colour: str, side: int) -> QPixmap:
    """Return a drawing in one colour, `side` pixels wide and high."""
    pixmap = _draw_black(name, side).copy()
    painter = QPainter(pixmap)
    painter.setCompositionMode(QPainter.CompositionMode.CompositionMode_SourceIn)
    painter.fillRect(pixmap.rect(), QColor(colour))
    painter.end()
    return pixmap


@functools.cache
def _draw_black(name: str, side: int) -> QPixmap:
    pixmap = QPixmap(QSize(side, side))
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    _load(name).render(painter, QRectF(0, 0, side, side))
    painter.end()
    return pixmap


@functools.cache
def _load(name: str) -> QSvgRenderer:
    return QSvgRenderer(str(resource("icons", "lucide", f"{name}.svg")))
