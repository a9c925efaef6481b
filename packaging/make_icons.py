"""Draws the app's icon: deblur.svg from geometry, then the .png, .ico and .icns from that; and the icon of models.

The icon is an aperture, out of focus on the left and crisp on the right. The blur is made of stacked
translucent strokes rather than an SVG filter, which renderers draw differently or not at all.

    python packaging/make_icons.py [FOLDER]
"""

from __future__ import annotations

import math
import os
import sys
from pathlib import Path

from PIL import Image

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIZE = 256  # of the drawing, in units of the SVG
CENTRE = SIZE / 2
RING = 84.0  # radius of the lens
HOLE = 37.0  # radius of the corners of the opening
BLADES = 6  # of the iris
STROKE = 10.0  # width of lines, in units of the SVG
LAYERS = 12  # strokes that make up the blur
SOFTNESS = 30.0  # how much wider than the crisp stroke the widest of them is

HEAD = f"""\
<svg xmlns="http://www.w3.org/2000/svg" width="{SIZE}" height="{SIZE}" viewBox="0 0 {SIZE} {SIZE}">
  <defs>
    <linearGradient id="ground" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="#27406f"/>
      <stop offset="1" stop-color="#0d1730"/>
    </linearGradient>
    <linearGradient id="glass" gradientUnits="userSpaceOnUse" x1="60" y1="60" x2="200" y2="200">
      <stop offset="0" stop-color="#2fb7c9"/>
      <stop offset="1" stop-color="#3a55c4"/>
    </linearGradient>
    <linearGradient id="light" gradientUnits="userSpaceOnUse" x1="112" y1="0" x2="165" y2="0">
      <stop offset="0" stop-color="#ffd98a" stop-opacity="0"/>
      <stop offset="0.5" stop-color="#ffd98a"/>
      <stop offset="1" stop-color="#ffc45c"/>
    </linearGradient>
    <linearGradient id="softlight" gradientUnits="userSpaceOnUse" x1="112" y1="0" x2="150" y2="0">
      <stop offset="0" stop-color="#ffd27a" stop-opacity="0.22"/>
      <stop offset="1" stop-color="#ffd98a" stop-opacity="0"/>
    </linearGradient>
    <linearGradient id="crisp" gradientUnits="userSpaceOnUse" x1="100" y1="0" x2="150" y2="0">
      <stop offset="0" stop-color="#ffffff" stop-opacity="0"/>
      <stop offset="1" stop-color="#ffffff" stop-opacity="1"/>
    </linearGradient>
    <linearGradient id="soft" gradientUnits="userSpaceOnUse" x1="100" y1="0" x2="150" y2="0">
      <stop offset="0" stop-color="#ffffff" stop-opacity="0.105"/>
      <stop offset="1" stop-color="#ffffff" stop-opacity="0"/>
    </linearGradient>
  </defs>
  <rect x="8" y="8" width="240" height="240" rx="54" fill="url(#ground)"/>
"""


def corner(radius: float, step: float) -> tuple[float, float]:
    """Return a point on a circle around the centre, `step` blades on from the top."""
    angle = math.radians(360 / BLADES * step - 90)
    return CENTRE + radius * math.cos(angle), CENTRE + radius * math.sin(angle)


def opening(radius: float) -> str:
    """Return the path of the hole between the blades."""
    corners = (corner(radius, step) for step in range(BLADES))
    return "M" + " L".join(f"{x:.2f} {y:.2f}" for x, y in corners) + " Z"


def blade_edges(end: float) -> str:
    """Return the path of the blades' edges: each runs along a side of the opening and on to the radius `end`."""
    parts = []
    for step in range(BLADES):
        (x0, y0), (x1, y1) = corner(HOLE, step), corner(HOLE, step + 1)
        length = math.hypot(x1 - x0, y1 - y0)
        dx, dy = (x1 - x0) / length, (y1 - y0) / length
        # Where the edge, followed on from (x0, y0), meets the circle of that radius.
        along = (x0 - CENTRE) * dx + (y0 - CENTRE) * dy
        reach = -along + math.sqrt(along**2 - HOLE**2 + end**2)
        parts.append(f"M{x0:.2f} {y0:.2f} L{x0 + reach * dx:.2f} {y0 + reach * dy:.2f}")
    return " ".join(parts)


def svg() -> str:
    """Return the icon as SVG."""
    ring = f'<circle cx="{CENTRE:g}" cy="{CENTRE:g}" r="{RING:g}"'
    edges = f'<path d="{blade_edges(RING)}" stroke-linecap="round"'
    spread = [(layer + 1) / LAYERS for layer in range(LAYERS)]
    lines = [f'{ring} fill="url(#glass)"/>']
    for part in spread:
        width = STROKE * 0.5 + SOFTNESS * part
        # The wide strokes of the edges end where those of the ring begin: twice over they would glare.
        short_edges = f'<path d="{blade_edges(RING - width / 2)}"'
        lines += [draw_stroke(shape, "soft", width) for shape in (ring, short_edges)]
    lines += [f'<path d="{opening(HOLE * (0.45 + 0.6 * part))}" fill="url(#softlight)"/>' for part in spread]
    lines.append(f'<path d="{opening(HOLE)}" fill="url(#light)"/>')
    lines += [draw_stroke(shape, "crisp", STROKE) for shape in (ring, edges)]
    return HEAD + "".join(f"  {line}\n" for line in lines) + "</svg>\n"


def model_svg() -> str:
    """Return the icon of a file with a network: a sheet of paper that carries the app's icon."""
    head, _, body = svg().partition("</defs>\n")
    sheet = (
        '  <path d="M48 8 H152 L216 72 V236 Q216 248 204 248 H52 Q40 248 40 236 V20 Q40 8 52 8 Z" fill="#f4f6fa"'
        ' stroke="#8a97b0" stroke-width="4"/>\n'
        '  <path d="M152 8 V60 Q152 72 164 72 H216" fill="#d5dcea" stroke="#8a97b0" stroke-width="4"/>\n'
    )
    body = body.removesuffix("</svg>\n")
    return f'{head}</defs>\n{sheet}  <g transform="translate(64 96) scale(0.5)">\n{body}  </g>\n</svg>\n'


def draw_stroke(shape: str, gradient: str, width: float) -> str:
    """Return an element, begun as `shape`, drawn as a line."""
    return f'{shape} fill="none" stroke="url(#{gradient})" stroke-width="{width:.2f}"/>'


def render(text: str, size: int) -> Image.Image:
    """Draw an SVG on a transparent square of `size` pixels."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QByteArray
    from PySide6.QtGui import QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    image = QImage(size, size, QImage.Format.Format_RGBA8888)
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(text.encode())).render(painter)
    painter.end()
    return Image.frombytes("RGBA", (size, size), bytes(image.constBits()), "raw", "RGBA", image.bytesPerLine())


def main(folder: Path) -> None:
    """Write the five files into `folder`."""
    text = svg()
    (folder / "deblur.svg").write_text(text, encoding="utf-8", newline="\n")
    (folder / "deblur-model.svg").write_text(model_svg(), encoding="utf-8", newline="\n")
    sizes = {size: render(text, size) for size in (16, 24, 32, 48, 64, 128, 256, 512, 1024)}
    sizes[256].save(folder / "deblur.png", optimize=True)
    small = [sizes[size] for size in (16, 24, 32, 48, 64, 128)]
    # Each size is drawn for itself: scaled-down ones are muddy.
    sizes[256].save(folder / "deblur.ico", append_images=small, sizes=[image.size for image in [*small, sizes[256]]])
    sizes[1024].save(folder / "deblur.icns", append_images=[sizes[size] for size in (32, 64, 128, 256, 512)])


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ICONS)
