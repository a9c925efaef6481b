"""WebP, GIF and BMP, of 8 bits each, by Pillow."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import replace

import numpy as np
from PIL import Image

from deblur_app.core.file_errors import damaged_file_error, quote
from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.decoded import Decoded
from deblur_app.core.image_io.decoders import vp8
from deblur_app.core.image_io.limits import check_size
from deblur_app.core.picture import Metadata
from deblur_app.core.texts import tr

_GREY_MODES = {"1": "L", "L": "L", "LA": "LA"}
_TRANSPARENT_MODES = {"RGBA", "PA", "LA", "RGBa"}


def decode_webp(data: bytes, name: str) -> Decoded:
    """Return the first frame of a WebP file."""
    check_size(*_webp_size(data, name), name, len(data))
    return replace(_decode(data, name, "WEBP"), jpeg_table=vp8.find_table(data))


def decode_gif(data: bytes, name: str) -> Decoded:
    """Return the first frame of a GIF file."""
    check_size(int.from_bytes(data[6:8], "little"), int.from_bytes(data[8:10], "little"), name, len(data))
    return _decode(data, name, "GIF")


def decode_bmp(data: bytes, name: str) -> Decoded:
    """Return the picture of a BMP file."""
    return _decode(data, name, "BMP")


def _decode(data: bytes, name: str, kind: str) -> Decoded:
    with Image.open(io.BytesIO(data), formats=[kind]) as image:
        check_size(image.width, image.height, name, len(data))
        image.load()
        info = dict(image.info)
        is_transparent = image.mode in _TRANSPARENT_MODES or "transparency" in info
        mode = "RGBA" if is_transparent else _GREY_MODES.get(image.mode, "RGB")
        values = np.asarray(image.convert(_GREY_MODES.get(image.mode, mode) if not is_transparent else mode))
        frames = _count_frames(image)
    orientation, exif = embedded.read_exif(info.get("exif"))
    comment = info.get("comment", b"")
    metadata = Metadata(
        xmp=embedded.clean_xmp(info.get("xmp")),
        comment=comment.decode(errors="replace") if isinstance(comment, bytes) else str(comment),
        resolution=embedded.clean_resolution(info.get("dpi")) or embedded.exif_resolution(exif),
    )
    note = (
        tr("{file} is animated and has {frames} frames; the first was taken.", file=quote(name), frames=frames)
        if frames > 1
        else ""
    )
    return Decoded(
        values.reshape(*values.shape[:2], -1), orientation, exif, info.get("icc_profile"), metadata, note=note
    )


def _count_frames(image: Image.Image) -> int:
    with suppress(Exception):  # later frames may be damaged, which does not cost the first
        return int(getattr(image, "n_frames", 1))
    return 1


def _webp_size(data: bytes, name: str) -> tuple[int, int]:
    """Return width and height by the header (RFC 9649): Pillow would allocate the canvas as it opens the file."""
    kind, content = data[12:16], data[20:30]
    if len(content) < 10:
        raise damaged_file_error(name, tr("it ends too early"))
    if kind == b"VP8X":
        return 1 + int.from_bytes(content[4:7], "little"), 1 + int.from_bytes(content[7:10], "little")
    if kind == b"VP8L":
        bits = int.from_bytes(content[1:5], "little")
        return 1 + (bits & 0x3FFF), 1 + (bits >> 14 & 0x3FFF)
    if kind == b"VP8 ":
        return int.from_bytes(content[6:8], "little") & 0x3FFF, int.from_bytes(content[8:10], "little") & 0x3FFF
    raise damaged_file_error(name, tr("it has no picture"))
