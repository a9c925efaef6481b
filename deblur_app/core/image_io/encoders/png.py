"""PNG of 8 or 16 bits: pixels by OpenCV, everything else as chunks."""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.image_io import embedded, png_chunks
from deblur_app.core.image_io.decoders.png import IPTC_KEY, XMP_KEY
from deblur_app.core.image_io.encoders.common import make_exif, to_values
from deblur_app.core.profiles.icc import find_space

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Picture

_LEVEL = 3
"""Of zlib: a third of the time of the default, and files 3 % longer."""

_LONGEST_LINE = 72
"""Hexadecimal digits in a line of a profile."""


def encode(picture: Picture) -> bytes:
    """Return the picture as a PNG, one channel where it is grey, with EXIF, profile, XMP, IPTC, resolution, texts."""
    space = b"GRAY" if picture.is_grey else b"RGB "  # PNG allows no profile of the other kind
    icc = picture.icc if picture.icc and find_space(picture.icc) == space else None
    values = to_values(picture, is_deep=picture.bit_depth > 8, has_profile=icc is not None)
    chunks = png_chunks.read_chunks(_encode_pixels(values), "")
    return png_chunks.join([chunks[0], *_metadata_chunks(picture, icc), *chunks[1:]])


def _encode_pixels(values: NDArray[np.uint8] | NDArray[np.uint16]) -> bytes:
    if values.shape[2] == 2:  # OpenCV knows no grey with transparency
        return _encode_grey_with_alpha(values)
    order = {1: None, 3: cv2.COLOR_RGB2BGR, 4: cv2.COLOR_RGBA2BGRA}[values.shape[2]]
    ordered = values if order is None else cv2.cvtColor(values, order)
    _, encoded = cv2.imencode(".png", ordered, [cv2.IMWRITE_PNG_COMPRESSION, _LEVEL])
    return encoded.tobytes()


def _encode_grey_with_alpha(values: NDArray[np.uint8] | NDArray[np.uint16]) -> bytes:
    """Return a PNG whose rows have the filter “up” (ISO/IEC 15948, 9.2)."""
    height, width, _ = values.shape
    bits = values.dtype.itemsize * 8
    rows = values.astype(values.dtype.newbyteorder(">")).reshape(height, -1).view(np.uint8)
    filtered = rows.copy()
    filtered[1:] -= rows[:-1]
    filter_rows = np.concatenate([np.full((height, 1), 2, np.uint8), filtered], axis=1)
    header = struct.pack(">IIBBBBB", width, height, bits, 4, 0, 0, 0)
    return png_chunks.join([(b"IHDR", header), (b"IDAT", zlib.compress(filter_rows.tobytes(), _LEVEL)), (b"IEND", b"")])


def _metadata_chunks(picture: Picture, icc: bytes | None) -> list[tuple[bytes, bytes]]:
    metadata, chunks = picture.metadata, []
    if icc:
        chunks.append((b"iCCP", b"ICC profile\0\0" + zlib.compress(icc)))
    if metadata.resolution:
        x, y = (min(round(value / 0.0254), 2**31 - 1) for value in metadata.resolution)
        chunks.append((b"pHYs", struct.pack(">IIB", x, y, 1)))
    if metadata.xmp:
        chunks.append((b"iTXt", XMP_KEY.encode() + b"\0\0\0\0\0" + metadata.xmp))
    if metadata.iptc:
        chunks.append((b"zTXt", IPTC_KEY.encode() + b"\0\0" + zlib.compress(_hexadecimal(metadata.iptc))))
    texts = list(metadata.texts)
    if metadata.comment and all(key.lower() != "comment" for key, _ in texts):
        texts.append(("Comment", metadata.comment))
    chunks += [_text_chunk(key, text) for key, text in texts]
    exif = make_exif(picture)
    if exif:  # PNG stores the block without the mark that JPEG puts before it
        chunks.append((b"eXIf", exif.removeprefix(embedded.EXIF_MARK)))
    return chunks


def _text_chunk(key: str, text: str) -> tuple[bytes, bytes]:
    name = key.encode("latin-1", "replace")[:79]
    try:
        return b"tEXt", name + b"\0" + text.encode("latin-1")
    except UnicodeEncodeError:
        return b"iTXt", name + b"\0\0\0\0\0" + text.encode(errors="replace")


def _hexadecimal(block: bytes) -> bytes:
    """Return a block as ImageMagick and ExifTool store it: its kind, its length, and lines of digits."""
    digits = block.hex()
    lines = [digits[start : start + _LONGEST_LINE] for start in range(0, len(digits), _LONGEST_LINE)]
    return ("\niptc\n" + f"{len(block):8d}\n" + "\n".join(lines) + "\n").encode()
