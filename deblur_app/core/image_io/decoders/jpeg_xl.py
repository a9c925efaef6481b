"""JPEG XL by libjxl: values through imagecodecs with all of their bits, the profile through pillow-jxl-plugin."""

from __future__ import annotations

import importlib
import io
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from deblur_app.core.file_errors import damaged_file_error, missing_extra
from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.decoded import Decoded
from deblur_app.core.image_io.limits import MAX_BLOCK, check_size
from deblur_app.core.picture import Metadata
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONG_LENGTH, _TO_THE_END = 1, 0
"""Lengths of a box that say where its length stands (ISO/IEC 14496-12, 4.2)."""


def decode(data: bytes, name: str) -> Decoded:
    """Return the first frame of a JPEG XL file, as libjxl has turned it.

    Raises:
        DeblurError: It is damaged or too large, or a library of the extra `formats` is missing.
    """
    try:
        importlib.import_module("pillow_jxl")
        codecs: Any = importlib.import_module("imagecodecs")
    except ImportError as error:
        raise missing_extra(name, tr("a JPEG XL picture")) from error
    with Image.open(io.BytesIO(data), formats=["JXL"]) as image:
        check_size(image.width, image.height, name, len(data))
        size, info = image.size, dict(image.info)
    values = codecs.jpegxl_decode(data)
    if values.ndim == 4:  # frames of an animation
        values = values[0]
    values = values.reshape(*values.shape[:2], -1)
    if values.shape[:2] != size[::-1] or values.shape[2] > 4:
        raise damaged_file_error(name, tr("its size is not the one it names"))
    if values.dtype.kind == "f":
        values = np.clip(values.astype(np.float32), 0.0, 1.0)
    elif values.dtype not in {np.dtype(np.uint8), np.dtype(np.uint16)}:
        raise damaged_file_error(name, tr("numbers of the kind {dtype}", dtype=values.dtype))
    box = _find_box(data, b"Exif", codecs) or b""
    # Four bytes say where in it the block begins, which some programs leave out.
    block = box if box[:4] in {b"II*\0", b"MM\0*"} else box[4 + int.from_bytes(box[:4]) :]
    _, exif = embedded.read_exif(block)  # the codestream says how to turn the picture, not EXIF
    xmp = embedded.clean_xmp(_find_box(data, b"xml ", codecs))
    metadata = Metadata(xmp, resolution=embedded.exif_resolution(exif))
    return Decoded(values, exif=exif, icc=info.get("icc_profile"), metadata=metadata)


def _find_box(data: bytes, kind: bytes, codecs: Any) -> bytes | None:
    """Return the content of the first box of a kind, unpacked where it is compressed."""
    for own, content in _boxes(data):
        if own == kind:
            return content
        if own == b"brob" and content[:4] == kind:
            unpacked = bytes(codecs.brotli_decode(content[4:]))
            return unpacked if len(unpacked) <= MAX_BLOCK else None
    return None


def _boxes(data: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Yield kind and content of the boxes of a container (ISO/IEC 18181-2, 9); none of a bare codestream."""
    position = 0
    while data.startswith(b"\0\0\0\x0cJXL ") and position + 8 <= len(data):
        length, kind, head = int.from_bytes(data[position : position + 4]), data[position + 4 : position + 8], 8
        if length == _LONG_LENGTH:
            length, head = int.from_bytes(data[position + 8 : position + 16]), 16
        elif length == _TO_THE_END:
            length = len(data) - position
        if length < head:
            return
        yield kind, data[position + head : position + length]
        position += length
