"""The contact sheet: the same crop as input, truth, and as every row restored it."""

from __future__ import annotations

import io
import textwrap
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from benchmarks.quality.report import TITLES
from benchmarks.quality.rows import DO_NOTHING
from benchmarks.quality.scores import SHOWN

if TYPE_CHECKING:
    from benchmarks.quality.report import Results

_GAP = 6  # pixels between two crops
_HEAD = 44  # height in pixels of the line of labels
_SIDE = 84  # width in pixels of the column of titles
_LARGEST = 1_400_000  # bytes; a larger file gets a palette


def contact_sheet(results: Results) -> bytes:
    """Return the sheet as a PNG file; a line for each blur, at medium strength, from different pictures."""
    shown = [outcome for outcome in results.outcomes if outcome.crops]
    columns = [(DO_NOTHING, "Input"), ("truth", "Truth")]
    rows = [row for row in results.rows if row.name != DO_NOTHING]
    short = [_short(row.label) for row in rows]
    for row, name in zip(rows, short, strict=True):
        label = name if short.count(name) == 1 else row.label
        columns.append((row.name, f"{label}, true kernel" if row.is_oracle else label))
    step = SHOWN + _GAP
    sheet = Image.new("RGB", (_SIDE + step * len(columns), _HEAD + step * len(shown)), "white")
    draw = ImageDraw.Draw(sheet)
    font = ImageFont.load_default(12)
    for column, (_, label) in enumerate(columns):
        _write(draw, (_SIDE + step * column + SHOWN // 2, _HEAD // 2), label, 21, font)
    for line, outcome in enumerate(shown):
        top = _HEAD + step * line
        _write(draw, (_SIDE // 2, top + SHOWN // 2), TITLES[outcome.blur], 12, font)
        for column, (name, _) in enumerate(columns):
            crop = Image.fromarray(outcome.crops[name])
            sheet.paste(crop, (_SIDE + step * column, top))
    return _png(sheet)


def _short(label: str) -> str:
    """Return a head that fits above a crop; two that are then equal are written out."""
    return label.replace("scikit-image ", "").partition(" (")[0].replace("_", " ")


def _write(draw: ImageDraw.ImageDraw, at: tuple[int, int], text: str, width: int, font: object) -> None:
    draw.multiline_text(at, "\n".join(textwrap.wrap(text, width)), "black", font, anchor="mm", align="center")  # type: ignore[arg-type]


def _png(sheet: Image.Image) -> bytes:
    """Return the file; with a palette where it would be too large for a page."""
    for image in (sheet, sheet.quantize(256)):
        file = io.BytesIO()
        image.save(file, "PNG", optimize=True)
        if file.tell() <= _LARGEST:
            break
    return file.getvalue()
