"""Dark, light, or as the system is: switched at once, icons included."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QIcon, QPalette
from PySide6.QtWidgets import QApplication, QToolButton

from deblur_app.core.resources import resource
from deblur_app.gui.look.appearance import Appearance, ColourScheme
from deblur_app.gui.look.icons import set_icon
from deblur_app.gui.look.style_sheet import make_style_sheet
from deblur_app.gui.theme import DARK, LIGHT, is_dark

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def appearance(qapp: QApplication) -> Iterator[Appearance]:
    """The application's appearance; afterwards it is as it was."""
    style, palette = qapp.style().name(), qapp.palette()
    appearance = Appearance(qapp)
    yield appearance
    appearance.apply(ColourScheme.SYSTEM)
    appearance.deleteLater()
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setStyle(style)


def test_a_look_acts_at_once_and_a_system_that_says_nothing_is_dark(appearance: Appearance, qapp: QApplication) -> None:
    """As programs for photos are."""
    assert is_dark(qapp.palette())
    for look, colours in ((ColourScheme.LIGHT, LIGHT), (ColourScheme.DARK, DARK), (ColourScheme.LIGHT, LIGHT)):
        appearance.apply(look)
        assert appearance.colours is colours
        assert qapp.palette().color(QPalette.ColorRole.Window).name() == colours.ground
        assert colours.accent in qapp.styleSheet()


def test_the_first_frame_has_the_colours_of_the_last_time(appearance: Appearance, qapp: QApplication) -> None:
    """The system is asked when the widgets are styled, after the first paint."""
    appearance.apply(ColourScheme.LIGHT)
    later = Appearance(qapp)
    assert later.colours is LIGHT
    later.apply(ColourScheme.SYSTEM)
    assert later.colours is DARK
    later.deleteLater()


def test_icons_have_the_colours_of_text_and_are_faint_when_disabled(appearance: Appearance, qapp: QApplication) -> None:
    """Also after the look has changed."""
    button = QToolButton()
    set_icon(button, "square")
    for look, colours in ((ColourScheme.LIGHT, LIGHT), (ColourScheme.DARK, DARK)):
        appearance.apply(look)
        for mode, colour in ((QIcon.Mode.Normal, colours.text), (QIcon.Mode.Disabled, colours.disabled)):
            image = button.icon().pixmap(QSize(54, 54), 1.0, mode).toImage()
            opaque = {
                image.pixelColor(x, y).name()
                for x in range(image.width())
                for y in range(image.height())
                if image.pixelColor(x, y).alpha() == 255
            }
            assert opaque == {colour}


def test_the_style_sheet_has_no_gaps_and_its_pictures_are_there() -> None:
    """Every colour is filled in, in both looks, and every picture is shipped; so is the licence of the icons."""
    for colours in (DARK, LIGHT):
        sheet = make_style_sheet(colours)
        pictures = {part.partition(")")[0] for part in sheet.split("url(")[1:]}
        assert pictures
        assert all(resource("icons", "controls", name.rpartition("/")[2]).is_file() for name in pictures)
    assert "ISC License" in resource("icons", "lucide", "LICENSE").read_text()
