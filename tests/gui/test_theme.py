"""Text can be read on every ground, in dark and in light, and the surround of a photo has no colour of its own."""

from __future__ import annotations

from dataclasses import asdict

import pytest
from PySide6.QtGui import QPalette

from deblur_app.gui.theme import DARK, LIGHT, MARK, Colours, colours_of, contrast, make_palette

BOTH = pytest.mark.parametrize("colours", [DARK, LIGHT], ids=["dark", "light"])


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21, grey #767676 on white the 4.54 that everybody quotes."""
    assert contrast("#000000", "#ffffff") == pytest.approx(21.0)
    assert contrast("#ffffff", "#767676") == pytest.approx(4.54, abs=0.01)
    assert contrast("#123456", "#123456") == 1.0


@BOTH
def test_text_has_a_contrast_of_at_least_four_and_a_half(colours: Colours) -> None:
    """Text, explanations and the colours of good and bad news, on each ground that they stand on."""
    for ground in (colours.ground, colours.panel, colours.card):
        for text in (colours.text, colours.secondary, colours.accent, colours.ok, colours.warn, colours.error):
            assert contrast(text, ground) >= 4.5, (text, ground)
        assert contrast(colours.text, ground) >= 7.0
    assert contrast(colours.on_accent, colours.accent) >= 4.5


@BOTH
def test_what_is_disabled_is_fainter_but_does_not_vanish(colours: Colours) -> None:
    """It can be seen that something is there, and that it is not for use now."""
    for ground in (colours.ground, colours.panel, colours.card):
        assert 3.0 <= contrast(colours.disabled, ground) < contrast(colours.secondary, ground)


@BOTH
def test_sliders_and_check_boxes_can_be_seen(colours: Colours) -> None:
    """Their outlines stand out from each ground as WCAG asks of what can be used: by 3."""
    for ground in (colours.ground, colours.panel, colours.card):
        assert contrast(colours.edge, ground) >= 3.0
    assert contrast(colours.on_accent, colours.accent_hover) >= 4.5
    assert contrast(colours.text, colours.hover) >= 4.5


@BOTH
def test_the_surround_of_a_photo_is_neutral(colours: Colours) -> None:
    """A tint around a photo is seen as its opposite in the photo."""
    red, green, blue = (colours.surround[start : start + 2] for start in (1, 3, 5))
    assert red == green == blue
    assert contrast(MARK, "#000000") > 4.5


@BOTH
def test_the_palette_has_every_role(colours: Colours, qapp: object) -> None:
    """No role is left to the system, whose colours would not go with the others; and it is known again."""
    palette = make_palette(colours)
    names = {*asdict(colours).values()}
    special = ("NoRole", "NColorRoles")
    for role in QPalette.ColorRole:
        if role.name not in special:
            for group in (QPalette.ColorGroup.Active, QPalette.ColorGroup.Inactive, QPalette.ColorGroup.Disabled):
                assert palette.color(group, role).name() in names, (role, group)
    assert colours_of(palette) is colours
    assert palette.color(QPalette.ColorGroup.Disabled, QPalette.ColorRole.Text).name() == colours.disabled
