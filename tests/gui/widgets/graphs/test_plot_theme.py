"""Diagrams can be read in light and in dark windows."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QColor, QPalette

from deblur_app.gui.widgets.graphs.plot_theme import PlotTheme, plot_theme, series_colour


def luminance(colour: QColor) -> float:
    """Relative luminance as WCAG 2.1 defines it."""
    linear = [
        value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4
        for value in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: QColor, other: QColor) -> float:
    """Contrast ratio of two colours, from 1 to 21."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("ground", ["white", "#1e1e1e", "#303030"])
def test_curves_and_numbers_stand_out_from_the_ground(ground: str) -> None:
    """Numbers have a contrast of 4.5 and curves of 3, as WCAG 2.1 asks of text and of graphics."""
    palette = QPalette(QColor(ground))
    palette.setColor(QPalette.ColorRole.Base, QColor(ground))
    theme = plot_theme(palette)
    assert contrast(theme.text, theme.ground) >= 4.5
    for name in ("main", "second", "reference"):
        assert contrast(getattr(theme, name), theme.ground) >= 3, name


def test_several_curves_have_several_colours() -> None:
    """Six curves differ; a seventh begins at the first again."""
    assert len({series_colour(number).name() for number in range(6)}) == 6
    assert series_colour(6) == series_colour(0)


def test_the_theme_has_a_colour_for_each_part() -> None:
    """No part is left without a colour."""
    theme = plot_theme(QPalette(QColor("white")))
    assert all(getattr(theme, name).isValid() for name in PlotTheme.__dataclass_fields__)
