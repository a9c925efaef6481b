"""The generated parts of the pages in docs/methods: settings as the program has them, pictures and figures.

Such parts stand between two lines, `<!-- settings: NAME -->` or `<!-- picture: NAME -->`, and `<!-- end -->`.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.picture import to_uint8
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from collections.abc import Mapping

    from deblur_app.core.parameter import Parameter
    from deblur_app.core.picture import Pixels

PAGES = Path(__file__).parent / "methods"
FIGURES = PAGES / "figures.json"

_PART = re.compile(
    r"(?P<begin><!-- (?P<what>settings|picture): (?P<name>[\w-]+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL
)
_LABEL, _GAP, _SCALE = 22, 4, 0.45
_LARGEST = 118_000
"""Bytes of a picture; the quality of its JPEG falls until it fits."""


@dataclass(frozen=True)
class Panel:
    """One of the pictures that stand side by side.

    Attributes:
        label: A few words in ASCII, written above it.
        pixels: As in `core.picture`; panels of one figure have one height.
        psnr: In dB against the truth; None where there is nothing to measure.
    """

    label: str
    pixels: Pixels
    psnr: float | None = None


@dataclass(frozen=True)
class Figures:
    """The figures that were measured for one page.

    Attributes:
        labels: Of the panels, from left to right.
        psnr: In dB, likewise.
        notes: Sentences with further figures.
    """

    labels: list[str]
    psnr: list[float | None]
    notes: list[str]


def draw(name: str, panels: list[Panel], notes: list[str]) -> Figures:
    """Write the picture of a page, its panels side by side with their labels; gives its figures."""
    height = max(len(panel.pixels) for panel in panels) + _LABEL
    columns = []
    for panel in panels:
        (written, _), _ = cv2.getTextSize(panel.label, cv2.FONT_HERSHEY_SIMPLEX, _SCALE, 1)
        column = np.full((height, max(panel.pixels.shape[1], written + 4) + _GAP, 3), 255, np.uint8)
        column[_LABEL : _LABEL + len(panel.pixels), : panel.pixels.shape[1]] = to_uint8(panel.pixels)
        column = cv2.putText(column, panel.label, (2, 15), cv2.FONT_HERSHEY_SIMPLEX, _SCALE, (0, 0, 0), 1, cv2.LINE_AA)
        columns.append(column)
    whole = cv2.cvtColor(np.hstack(columns)[:, :-_GAP], cv2.COLOR_RGB2BGR)
    for quality in range(90, 40, -5):
        _, data = cv2.imencode(".jpg", whole, [cv2.IMWRITE_JPEG_QUALITY, quality])
        if data.nbytes <= _LARGEST:
            break
    (PAGES / "images" / f"{name}.jpg").write_bytes(data.tobytes())
    rounded = [None if panel.psnr is None else round(panel.psnr, 2) for panel in panels]
    return Figures([panel.label for panel in panels], rounded, notes)


def remember(measured: Mapping[str, Figures]) -> None:
    """Put figures into their file, beside those of the pages that were not measured now."""
    known = {name: asdict(figures) for name, figures in load_figures().items()}
    known |= {name: asdict(figures) for name, figures in measured.items()}
    FIGURES.write_text(json.dumps(dict(sorted(known.items())), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def load_figures() -> dict[str, Figures]:
    """Return the figures of all pages that were measured so far."""
    if not FIGURES.exists():
        return {}
    return {name: Figures(**values) for name, values in json.loads(FIGURES.read_text(encoding="utf-8")).items()}


def update_text(text: str) -> str:
    """Return the text of a page with its parts as settings and figures are now."""
    figures = load_figures()

    def part(found: re.Match[str]) -> str:
        what, name = found["what"], found["name"]
        inner = settings_table(name) if what == "settings" else _picture(name, figures.get(name))
        return f"{found['begin']}{inner}\n{found['end']}"

    return _PART.sub(part, text)


def renew() -> None:
    """Write all pages anew."""
    for page in sorted(PAGES.glob("*.md")):
        page.write_text(update_text(page.read_text(encoding="utf-8")), encoding="utf-8")


def settings_table(method: str) -> str:
    """Return the settings of a method as the window and `deblur methods` have them."""
    rows = [
        f"| `{p.name}` | {p.label} | {p.default} | {_range(p)} | {p.explanation} |"
        for p in registry.find(method).parameters
    ]
    return "\n".join(["| `--set` | in the window | usual | range | |", "|---|---|---|---|---|", *rows])


def _range(parameter: Parameter) -> str:
    if isinstance(parameter.default, str):
        return ", ".join([*(f"`{choice.value}`" for choice in parameter.choices), *["a file"] * parameter.is_file])
    return f"{parameter.minimum:g} to {parameter.maximum:g} {parameter.unit}".rstrip()


def _picture(name: str, figures: Figures | None) -> str:
    if figures is None:
        return "*The picture is still to be made.*"
    cells = ["" if psnr is None else f"{psnr:.2f}" for psnr in figures.psnr]
    lines = [f"![{', '.join(figures.labels)}](images/{name}.jpg)", ""]
    if any(cells):
        lines += [
            f"| | {' | '.join(figures.labels)} |",
            "|---|" + "---:|" * len(cells),
            f"| PSNR, dB | {' | '.join(cells)} |",
        ]
    for note in figures.notes:
        lines += ["", note]
    return "\n".join(lines)
