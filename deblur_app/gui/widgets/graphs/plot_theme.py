"""Colours and pens of all diagrams, in light and in dark windows.

Okabe and Ito's colours (“Color Universal Design”, 2008) can be told apart by people who are colour-blind. On a dark
ground blue and vermilion are too dark, and lighter ones take their place.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPalette, QPen

SERIES_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9")
"""Colours of several curves of one kind, such as those of different runs; a seventh begins at the first again."""

CURVE_WIDTH = 2.0
"""Width of a curve, in pixels. One of many points is drawn 1 wide: Qt draws that ten times as fast."""


@dataclass(frozen=True)
class PlotTheme:
    """The colours of a diagram.

    Attributes:
        ground: Behind everything.
        text: Numbers and labels of the axes, and marks.
        axis: Lines of the axes.
        guide: Lines that lead the eye, such as that through the best value.
        main: The first curve.
        faint: Single values behind the first curve.
        second: The curve that the first one is compared with.
        reference: A level to compare with.
        event: Places where something changed.
    """

    ground: QColor
    text: QColor
    axis: QColor
    guide: QColor
    main: QColor
    faint: QColor
    second: QColor
    reference: QColor
    event: QColor


def plot_theme(palette: QPalette) -> PlotTheme:
    """Return the colours of diagrams on the ground of `palette`."""
    ground, text = palette.color(QPalette.ColorRole.Base), palette.color(QPalette.ColorRole.Text)
    is_dark = ground.lightnessF() < 0.5
    main = QColor("#56b4e9" if is_dark else "#0072b2")
    return PlotTheme(
        ground=ground,
        text=text,
        axis=mix(text, ground, 0.5),
        guide=mix(text, ground, 0.6),
        main=main,
        faint=mix(main, ground, 0.5),
        second=QColor("#ffa43a" if is_dark else "#d55e00"),
        reference=mix(text, ground, 0.3),
        event=QColor("#cc79a7"),
    )


def series_colour(number: int) -> QColor:
    """Return the colour of curve `number` of several, from 0."""
    return QColor(SERIES_COLOURS[number % len(SERIES_COLOURS)])


def curve_pen(colour: QColor, width: float = CURVE_WIDTH, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """Return a pen that is `width` pixels wide, however the diagram is scaled."""
    pen = QPen(colour, width, style)
    pen.setCosmetic(True)
    return pen


def mix(one: QColor, other: QColor, share: float) -> QColor:
    """Return the colour that is `other` to a share in [0, 1] and else `one`."""
    mixed = [
        getattr(one, part)() * (1 - share) + getattr(other, part)() * share for part in ("redF", "greenF", "blueF")
    ]
    return QColor.fromRgbF(*mixed)
