"""The drawings of a report, as PNG: curves over epochs and rows of pictures, each for a light and a dark page.

Curves are drawn by Vega-Lite and not by matplotlib, because Keras imports matplotlib wherever it is installed, which
would make every start of the engine slower.
"""

from __future__ import annotations

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PIL import Image, ImageDraw, ImageFont

from deblur_app.core.picture import to_uint8

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.core.picture import Pixels

_SIZE = {"width": 640, "height": 300}
"""Size of the curves in their own pixels, which `_SCALE` multiplies."""

_GAP = 12
"""Pixels between pictures, and around all of them."""

_LABEL_HEIGHT = 26
"""Pixels for a line of text above or below pictures."""

_SCALE = 2
"""Pixels of the PNG for each of the curves: twice the density of the screen."""


@dataclass(frozen=True)
class Theme:
    """The colours of a page.

    Attributes:
        suffix: What file names of this theme end with.
        paper: The background.
        ink: Text and axes.
        grid: Lines that should not be noticed.
        training: The curve over the training pairs.
        validation: The curve over the validation pairs.
    """

    suffix: str
    paper: str
    ink: str
    grid: str
    training: str
    validation: str


LIGHT = Theme("", "#ffffff", "#3a3f47", "#e3e6ea", "#3f74b5", "#c8641b")
DARK = Theme("-dark", "#16191d", "#c3c9d1", "#30363d", "#7fb0ee", "#f0a35c")
THEMES = (LIGHT, DARK)


@dataclass(frozen=True)
class Curve:
    """The values of a drawing over epochs.

    Attributes:
        title: What the vertical axis measures.
        training: The value over the training pairs at each epoch, from epoch 1.
        validation: The value over the validation pairs at each epoch.
        do_nothing: The value of the blurred pictures themselves, drawn as a level line.
        best_epoch: Marked by an upright line.
        logarithmic: Whether the vertical axis is; else it is in percent from 0 to 100.
    """

    title: str
    training: Sequence[float]
    validation: Sequence[float]
    do_nothing: float
    best_epoch: int
    logarithmic: bool


def curve_png(curve: Curve, theme: Theme) -> bytes:
    """Draw `curve` as a PNG, at twice the density of the screen."""
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_specification(curve, theme), scale=_SCALE))


def _specification(curve: Curve, theme: Theme) -> dict[str, Any]:
    names = ["training", "validation"]
    rows = [
        {"epoch": epoch, "value": value, "pairs": name}
        for name, values in zip(names, (curve.training, curve.validation), strict=True)
        for epoch, value in enumerate(values, 1)
        if math.isfinite(value)
    ]
    scale: dict[str, Any] = {"type": "log"} if curve.logarithmic else {"domain": [0, 1]}
    number = "~g" if curve.logarithmic else ".0%"
    value_axis = {"field": "value", "type": "quantitative", "scale": scale, "title": curve.title}
    lines = {
        "mark": {"type": "line", "strokeWidth": 2, "point": len(curve.training) < 3},
        "encoding": {
            "x": {"field": "epoch", "type": "quantitative", "title": "epoch", "axis": {"tickMinStep": 1}},
            "y": value_axis | {"axis": {"format": number}},
            "color": {
                "field": "pairs",
                "type": "nominal",
                "title": None,
                "scale": {"domain": names, "range": [theme.training, theme.validation]},
            },
        },
    }
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        **_SIZE,
        "background": theme.paper,
        "data": {"values": rows},
        "layer": [lines, *_level(curve.do_nothing, value_axis, theme), *_upright(curve, theme)],
        "config": {
            "axis": {"gridColor": theme.grid, "domainColor": theme.grid, "tickColor": theme.grid}
            | {"labelColor": theme.ink, "titleColor": theme.ink, "titleFontWeight": "normal"},
            "legend": {"labelColor": theme.ink, "orient": "top", "symbolType": "stroke"},
            "view": {"stroke": None},
        },
    }


def _level(value: float, axis: dict[str, Any], theme: Theme) -> list[dict[str, Any]]:
    """Return the layers of the horizontal line of doing nothing, with its label; none where its value is not known."""
    if not math.isfinite(value):
        return []
    data = {"values": [{"value": value}]}
    dashed = {"type": "rule", "strokeDash": [5, 4], "color": theme.ink}
    text = {"type": "text", "align": "left", "dx": 6, "dy": -7, "text": "do nothing", "color": theme.ink}
    encoding = {"y": axis}
    return [
        {"data": data, "mark": dashed, "encoding": encoding},
        {"data": data, "mark": text, "encoding": encoding | {"x": {"value": 0}}},
    ]


def _upright(curve: Curve, theme: Theme) -> list[dict[str, Any]]:
    """Return the layers of the vertical line at the best epoch, with its label on the side that has more room."""
    epoch = curve.best_epoch
    side = {"align": "left", "dx": 5} if epoch < len(curve.training) / 2 else {"align": "right", "dx": -5}
    data = {"values": [{"epoch": epoch}]}
    dotted = {"type": "rule", "strokeDash": [2, 3], "color": theme.ink, "opacity": 0.7}
    text = {"type": "text", **side, "dy": 10, "text": f"best epoch: {epoch}", "color": theme.ink}
    encoding = {"x": {"field": "epoch", "type": "quantitative"}}
    return [
        {"data": data, "mark": dotted, "encoding": encoding},
        {"data": data, "mark": text, "encoding": encoding | {"y": {"value": 0}}},
    ]


@dataclass(frozen=True, eq=False)
class Row:
    """A row of pictures of one kind, one for each pair.

    Attributes:
        label: What kind they are.
        pictures: Float32 arrays of shape (side, side, 3), all of one side.
        captions: A line under each picture; empty for none.
    """

    label: str
    pictures: Sequence[Pixels]
    captions: Sequence[str] = ()


def rows_png(rows: Sequence[Row], theme: Theme, *, cell: int = 256) -> bytes:
    """Draw rows of pictures, each picture `cell` pixels wide and high, as a PNG."""
    columns = max(len(row.pictures) for row in rows)
    heights = [_LABEL_HEIGHT + cell + (_LABEL_HEIGHT if row.captions else 0) + _GAP for row in rows]
    sheet = Image.new("RGB", (columns * (cell + _GAP) + _GAP, sum(heights) + _GAP), theme.paper)
    draw = ImageDraw.Draw(sheet)
    title, small = ImageFont.load_default(18), ImageFont.load_default(14)
    top = _GAP // 2
    for row, height in zip(rows, heights, strict=True):
        draw.text((_GAP, top), row.label, theme.ink, font=title)
        for column, pixels in enumerate(row.pictures):
            left = _GAP + column * (cell + _GAP)
            picture = Image.fromarray(to_uint8(pixels)).resize((cell, cell), Image.Resampling.BICUBIC)
            sheet.paste(picture, (left, top + _LABEL_HEIGHT))
            if row.captions:
                draw.text((left, top + _LABEL_HEIGHT + cell + 4), row.captions[column], theme.ink, font=small)
        top += height
    file = io.BytesIO()
    sheet.save(file, "PNG")
    return file.getvalue()
