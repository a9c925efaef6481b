"""Sharp pictures of 0.9 megapixels for large shakes: collages of scikit-image's photographs, and a page of text."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer

if TYPE_CHECKING:
    from numpy.typing import NDArray

_TILE = (450, 500)
"""Height and width in pixels of each of the four parts of a collage."""

_COLLAGES = (
    ("astronaut.png", "ihc.png", "motorcycle_left.png", "camera.png"),
    ("motorcycle_right.png", "retina.jpg", "brick.png", "hubble_deep_field.jpg"),
)

_WORDS = (
    "blur",
    "light",
    "camera",
    "shake",
    "of",
    "the",
    "hand",
    "exposure",
    "and",
    "kernel",
    "is",
    "a",
    "path",
    "point",
)
_LINE, _SIZE = 42, 0.9
"""Distance of lines in pixels, and size of letters in OpenCV's unit."""


def write_large_pictures(folder: Path | None = None) -> list[Path]:
    """Write the pictures into a folder, a new one if none is given, and return their files."""
    import skimage.data

    folder = folder or Path(tempfile.mkdtemp(prefix="deblur-large-"))
    photographs = Path(skimage.data.__file__).parent
    paths = []
    for number, names in enumerate(_COLLAGES):
        tiles = [_cut_tile(image_io.read(photographs / name).pixels) for name in names]
        collage = np.concatenate([np.concatenate(tiles[:2], axis=1), np.concatenate(tiles[2:], axis=1)])
        paths.append(folder / f"collage{number}.png")
        image_io.write(Picture(collage), paths[-1])
    paths.append(folder / "page.png")
    image_io.write(Picture(from_integer(make_page(2 * _TILE[0], 2 * _TILE[1]))), paths[-1])
    return paths


def make_page(height: int, width: int) -> NDArray[np.uint8]:
    """Return a printed page with a headline in a dark bar; the same at each call."""
    random = np.random.default_rng(3)
    page = np.full((height, width, 3), 236, np.uint8)
    page[:90] = (150, 60, 30)
    cv2.putText(page, "NOTICE", (40, 66), cv2.FONT_HERSHEY_DUPLEX, 1.9, (250, 250, 250), 4, cv2.LINE_AA)
    for bottom in range(90 + _LINE, height, _LINE):
        line = " ".join(random.choice(_WORDS, 12))
        cv2.putText(page, line, (40, bottom), cv2.FONT_HERSHEY_COMPLEX, _SIZE, (30, 30, 34), 2, cv2.LINE_AA)
    return page


def _cut_tile(pixels: NDArray[np.float32]) -> NDArray[np.float32]:
    height, width = _TILE
    top, left = ((whole - part) // 2 for whole, part in zip(pixels.shape[:2], _TILE, strict=True))
    return pixels[top : top + height, left : left + width, :3]
