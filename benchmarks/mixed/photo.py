"""A made photo of the folder of all kinds, and common parts of those who make them."""

from __future__ import annotations

import importlib.util
import io
import zlib
from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
import tifffile
from PIL import Image
from skimage.data import astronaut

from deblur_app.core.image_io import png_chunks

WIDTH, HEIGHT = 96, 64
ALL_BLOCKS = frozenset(("exif", "icc", "xmp", "orientation"))
"""Blocks of metadata that all formats with metadata have a place for."""


@dataclass(frozen=True, eq=False)
class MixedPhoto:
    """A photo of the folder, and what its result has to hold.

    Attributes:
        name: Its path within the folder, with “/” between folders.
        data: Its bytes.
        ending: The ending of its result; "" where it is broken and has none.
        values: The values that the result has where nothing is deblurred, of all pages, as other programs read them.
        profile: The profile of the result.
        blocks: The blocks of metadata that are kept, as `metadata.find_blocks` names them.
        levels: Largest change that its format and its development allow, in levels of 8 bits; of photos of 16 bits 0
            stands for 4 levels of 16 bits.
    """

    name: str
    data: bytes
    ending: str = ""
    values: tuple[np.ndarray, ...] = ()
    profile: bytes | None = None
    blocks: frozenset[str] = frozenset()
    levels: float = 0.0

    @property
    def is_broken(self) -> bool:
        """True if it cannot be read."""
        return not self.ending


def make_values(channels: int = 3, bits: int = 8) -> np.ndarray:
    """Return a portrait, a little soft, uint8 or uint16, shape (height, width, channels); the fourth is a ramp."""
    scene = cv2.resize(np.ascontiguousarray(astronaut()[:256, 64:448]), (WIDTH, HEIGHT), interpolation=cv2.INTER_AREA)
    soft = cv2.GaussianBlur(scene.astype(np.float64), (0, 0), 0.7) / 255
    ramp = np.broadcast_to(np.linspace(0.4, 0.9, WIDTH), (HEIGHT, WIDTH))
    planes = [*np.moveaxis(0.05 + 0.9 * soft, 2, 0), ramp] if channels > 2 else [soft[..., 1], ramp]
    return np.asarray(np.rint(np.dstack(planes[:channels]) * (2**bits - 1)), np.uint8 if bits == 8 else np.uint16)


def is_installed(*modules: str) -> bool:
    """Return whether libraries are there."""
    return all(importlib.util.find_spec(module) for module in modules)


def encode_png(values: np.ndarray, profile: bytes | None) -> bytes:
    """Return a PNG of 8 or 16 bits with a profile."""
    order = {1: [0], 2: [0, 0, 0, 1], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[values.shape[2]]
    if values.shape[2] == 2:  # OpenCV has no grey with transparency
        data = save_image(Image.fromarray(values, "LA"), "PNG")
    else:
        data = cv2.imencode(".png", np.ascontiguousarray(values[..., order]))[1].tobytes()
    chunks = png_chunks.read_chunks(data, "")
    packed = [(b"iCCP", b"made\0\0" + zlib.compress(profile))] if profile else []
    return png_chunks.join([chunks[0], *packed, *chunks[1:]])


def encode_tiff(pages: Any, *, byteorder: Any = None, bigtiff: bool = False, **options: Any) -> bytes:
    """Return a TIFF of these pages."""
    file = io.BytesIO()
    with tifffile.TiffWriter(file, byteorder=byteorder, bigtiff=bigtiff) as writer:
        for page in pages:
            writer.write(page, metadata=None, **options)
    return file.getvalue()


def save_image(image: Image.Image, kind: str, **options: Any) -> bytes:
    """Return the file of a picture in the format of a kind."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def read_pillow(data: bytes, mode: str = "") -> np.ndarray:
    """Return the values of a file as Pillow reads them, in a mode of its own, shape (height, width, channels)."""
    with Image.open(io.BytesIO(data)) as image:
        return np.atleast_3d(np.asarray(image.convert(mode) if mode else image))
