"""JPEG 2000 by OpenJPEG: 8 bits through Pillow, more through OpenCV (ISO/IEC 15444-1, annex A)."""

from __future__ import annotations

import io
import struct
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
from PIL import Image

from deblur_app.core.file_errors import damaged_file_error, unsupported_file_error
from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.decoded import Decoded, stretch
from deblur_app.core.image_io.limits import check_size
from deblur_app.core.picture import Metadata
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CODESTREAM = b"\xff\x4f\xff\x51"
_SYCC = b"colr\x01\x00\x00\x00\x00\x00\x12"
_MOST_TILES = 65_535
"""Tiles of a picture at most."""
_XMP_ID = bytes.fromhex("be7acfcb97a942e89c71999491e3afac")


@dataclass(frozen=True)
class _Header:
    width: int
    height: int
    depths: tuple[int, ...]
    is_signed: bool
    is_subsampled: bool


def decode(data: bytes, name: str) -> Decoded:
    """Return the picture of a JPEG 2000 file or codestream.

    Raises:
        DeblurError: It is damaged, too large, or of a kind that is not read.
    """
    header = _read_header(data, name)
    depth = max(header.depths)
    with Image.open(io.BytesIO(data), formats=["JPEG2000"]) as image:
        check_size(image.width, image.height, name, len(data))
        if (image.width, image.height) != (header.width, header.height):
            raise damaged_file_error(name, tr("its two headers differ"))
        info = dict(image.info)
        if depth > 8 and b"pclr" not in data[:4096]:
            values = _decode_deep(data, header, name)
        else:
            image.load()
            mode = image.mode if image.mode in {"L", "LA", "RGBA"} else "RGB"
            values = np.asarray(image.convert(mode)).reshape(header.height, header.width, -1)
    xmp = embedded.clean_xmp(_find_xmp(data))
    resolution = embedded.clean_resolution(info.get("dpi"))
    return Decoded(values, icc=info.get("icc_profile"), metadata=Metadata(xmp=xmp, resolution=resolution))


def _read_header(data: bytes, name: str) -> _Header:
    start = data.find(_CODESTREAM)
    fixed = data[start + 6 : start + 42]
    if start < 0 or len(fixed) < 36:
        raise damaged_file_error(name, tr("it has no header of a picture"))
    right, bottom, left, top, tile_width, tile_height, tile_left, tile_top, count = struct.unpack(">8IH", fixed[2:36])
    width, height = right - left, bottom - top
    check_size(width, height, name, len(data))
    if not tile_width or not tile_height:
        raise damaged_file_error(name, tr("tiles without pixels"))
    tiles = -(-(right - tile_left) // tile_width) * -(-(bottom - tile_top) // tile_height)
    components = data[start + 42 : start + 42 + 3 * count]
    if not 0 < tiles <= _MOST_TILES or len(components) < 3 * count or not count:
        raise damaged_file_error(name, tr("its header is wrong"))
    if count > 4:
        raise unsupported_file_error(name, tr("a JPEG 2000 picture of {count} channels", count=count))
    sizes = components[0::3]
    return _Header(
        width,
        height,
        tuple((size & 0x7F) + 1 for size in sizes),
        any(size & 0x80 for size in sizes),
        any(step != 1 for step in components[1::3] + components[2::3]),
    )


def _decode_deep(data: bytes, header: _Header, name: str) -> NDArray[Any]:
    depth = header.depths[0]
    if depth > 16 or header.is_signed or header.is_subsampled or _SYCC in data[:4096] or len(set(header.depths)) > 1:
        raise unsupported_file_error(name, tr("a JPEG 2000 picture of {depth} bits in colours of its own", depth=depth))
    if len(header.depths) == 2:
        raise unsupported_file_error(
            name, tr("a grey JPEG 2000 picture of {depth} bits with transparency", depth=depth)
        )
    values = cv2.imdecode(np.frombuffer(data, np.uint8), cv2.IMREAD_UNCHANGED)
    if values is None or values.dtype != np.uint16:
        raise OSError(tr("its pixels cannot be unpacked"))
    values = values.reshape(*values.shape[:2], -1)
    if values.shape[2] != len(header.depths):
        raise OSError(tr("its channels do not fit its header"))
    order = {1: [0], 3: [2, 1, 0], 4: [2, 1, 0, 3]}[values.shape[2]]  # OpenCV's colours are blue, green, red
    return stretch(values[..., order], 2**depth - 1)


def _find_xmp(data: bytes) -> bytes | None:
    """Return the content of the box that holds XMP (XMP specification, part 3, 1.1.4)."""
    place = data.find(b"uuid" + _XMP_ID)
    if place < 4:
        return None
    length = int.from_bytes(data[place - 4 : place])
    return data[place + 20 : place - 4 + length] if length > 24 else None
