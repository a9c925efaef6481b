"""Made camera raw files: DNGs of a sensor in the pattern RGGB that sees a given light."""

from __future__ import annotations

import io
from typing import Any

import numpy as np
import tifffile
from PIL import Image

NEUTRAL = np.array((0.5, 1.0, 0.65))
"""What the sensor's red, green and blue see of white: green is full at the brightness of white, red at twice that."""
BLACK, WHITE = 256, 4095
_SRGB_OF_XYZ = np.array(
    [[3.2404542, -1.5371385, -0.4985314], [-0.9692660, 1.8760108, 0.0415560], [0.0556434, -0.2040259, 1.0572252]]
)
P3_OF_SRGB = np.array([[0.82246, 0.17754, 0.0], [0.03319, 0.96681, 0.0], [0.01708, 0.07240, 0.91052]])
"""Linear Display P3 of linear sRGB."""
XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">5</x:xmpmeta>'


def make_dng(light: np.ndarray, jpeg: bytes = b"", **options: Any) -> bytes:
    """Return a DNG of a sensor in the pattern RGGB that sees linear sRGB light, shape (even, even, 3), white at 1."""
    sensor = np.clip(light * NEUTRAL, 0, 1)
    mosaic = sensor[..., 1].copy()
    mosaic[::2, ::2], mosaic[1::2, 1::2] = sensor[::2, ::2, 0], sensor[1::2, 1::2, 2]
    values = np.rint(BLACK + mosaic * (WHITE - BLACK)).astype(np.uint16)
    matrix = [round(number * 10000) for number in (np.diag(NEUTRAL) @ _SRGB_OF_XYZ).ravel()]
    tags = [
        (271, "s", 0, "Maker", True), (272, "s", 0, "Camera", True), (700, "B", len(XMP), XMP, True),
        (306, "s", 0, "2026:11:30 12:00:00", True), (33421, "H", 2, (2, 2), True),
        (33422, "B", 4, bytes((0, 1, 1, 2)), True), (50706, "B", 4, bytes((1, 4, 0, 0)), True),
        (50708, "s", 0, "Maker Camera", True), (50714, "H", 1, BLACK, True), (50717, "H", 1, WHITE, True),
        (50721, "2i", 9, [part for number in matrix for part in (number, 10000)], True),
        (50728, "2I", 3, [part for number in NEUTRAL for part in (round(number * 10000), 10000)], True),
        (50778, "H", 1, 21, True),
    ]  # fmt: skip
    file = io.BytesIO()
    with tifffile.TiffWriter(file) as writer:
        writer.write(values, photometric=32803, metadata=None, software=False, extratags=tags, **options)
        if jpeg:
            with Image.open(io.BytesIO(jpeg)) as image:
                size = image.size
            writer.write(
                iter([jpeg]), shape=(size[1], size[0], 3), dtype=np.uint8, photometric="ycbcr", compression="jpeg",
                subfiletype=1, metadata=None, software=False, rowsperstrip=size[1],
            )  # fmt: skip
    return file.getvalue()
