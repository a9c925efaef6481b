"""What is chosen in a menu lies on the accent, in both looks: its text has the colour that is read there."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QImage
from PySide6.QtWidgets import QMenu, QWidget

from deblur_app.gui.look.style_sheet import make_style_sheet
from deblur_app.gui.theme import DARK, LIGHT, Colours, make_palette

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

BOTH = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])


def dress(qtbot: QtBot, widget: QWidget, colours: Colours) -> None:
    """Give a widget the look of the window."""
    qtbot.addWidget(widget)
    widget.setPalette(make_palette(colours))
    widget.setStyleSheet(make_style_sheet(colours))


def has_row(image: QImage, colour: str, row: int) -> bool:
    """Return whether most of a row of pixels has a colour."""
    wanted = QColor(colour).rgb()
    return sum(image.pixel(column, row) == wanted for column in range(image.width())) > 0.5 * image.width()


@BOTH
def test_the_entry_of_a_menu_below_the_pointer_can_be_read(qtbot: QtBot, colours: Colours) -> None:
    """It is marked by the accent; those that are disabled, and the others, are not."""
    menu = QMenu()
    dress(qtbot, menu, colours)
    actions = [menu.addAction(words) for words in ("First", "Second", "Third")]
    actions[2].setEnabled(False)
    menu.resize(menu.sizeHint())
    menu.setActiveAction(actions[1])
    image = menu.grab().toImage()
    tops = [menu.actionGeometry(action).top() + 2 for action in actions]
    assert [has_row(image, colours.accent, top) for top in tops] == [False, True, False]
