"""HEIF (HEIC) by libheif, AVIF by libavif (8 bits in Pillow, more in imagecodecs), with all of their bits."""

from __future__ import annotations

import importlib
import importlib.util
import io
import re
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from deblur_app.core.file_errors import damaged_file_error, missing_extra, quote
from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.decoded import Decoded, divide_by_alpha, stretch
from deblur_app.core.image_io.limits import check_size
from deblur_app.core.picture import Metadata
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

_AV1_CONFIGURATION = re.compile(rb"av1C\x81[\s\S]([\s\S])")
_HIGH_BIT_DEPTH, _TWELVE_BITS = 0x40, 0x20


def decode_heif(data: bytes, name: str) -> Decoded:
    """Return the main picture of a HEIF file, as libheif has turned and cropped it.

    Raises:
        DeblurError: It is damaged or too large, or pillow-heif is not installed.
    """
    try:
        pillow_heif = importlib.import_module("pillow_heif")
    except ImportError as error:
        raise missing_extra(name, tr("a HEIF picture")) from error
    file = pillow_heif.open_heif(data, convert_hdr_to_8bit=False)
    image = file[file.primary_index]
    width, height = image.size
    check_size(width, height, name, len(data))
    values, bits = np.asarray(image), int(image.info.get("bit_depth", 8))
    values = values.reshape(*values.shape[:2], -1)[:, :width]
    if values.shape[:2] != (height, width):
        raise damaged_file_error(name, tr("its size is not the one it names"))
    if values.dtype != np.uint8:
        values = stretch(values >> (16 - bits), 2**bits - 1)  # pillow-heif moves them to the top of 16 bits
    if getattr(image, "premultiplied_alpha", False):
        values = divide_by_alpha(values)
    _, exif = embedded.read_exif(image.info.get("exif"))
    metadata = Metadata(embedded.clean_xmp(image.info.get("xmp")), resolution=embedded.exif_resolution(exif))
    note = (
        tr("{file} holds {count} pictures; the main one was taken.", file=quote(name), count=len(file))
        if len(file) > 1
        else ""
    )
    return Decoded(np.ascontiguousarray(values), 1, exif, image.info.get("icc_profile"), metadata, note=note)


def decode_avif(data: bytes, name: str) -> Decoded:
    """Return the first frame of an AVIF file.

    Raises:
        DeblurError: It is damaged or too large.
    """
    with Image.open(io.BytesIO(data), formats=["AVIF"]) as image:
        check_size(image.width, image.height, name, len(data))
        frames, info = int(getattr(image, "n_frames", 1)), dict(image.info)
        notes = (
            [tr("{file} is animated and has {frames} frames; the first was taken.", file=quote(name), frames=frames)]
            if frames > 1
            else []
        )
        bits = _find_depth(data)
        values = _decode_deep(data, bits, image.size) if bits > 8 else None
        if values is None:
            mode = {"L": "L", "LA": "LA", "RGBA": "RGBA"}.get(image.mode, "RGB")
            values = np.asarray(image.convert(mode)).reshape(image.height, image.width, -1)
            if bits > 8:
                notes.append(tr("{file} has {bits} bits per channel; 8 were read.", file=quote(name), bits=bits))
    orientation, exif = embedded.read_exif(info.get("exif"))
    metadata = Metadata(embedded.clean_xmp(info.get("xmp")), resolution=embedded.exif_resolution(exif))
    return Decoded(values, orientation, exif, info.get("icc_profile"), metadata, note=" ".join(notes))


def _find_depth(data: bytes) -> int:
    """Return the bits per channel that the configuration of AV1 names (AV1 in ISOBMFF, 2.3.3)."""
    match = _AV1_CONFIGURATION.search(data)
    flags = match[1][0] if match else 0
    return (12 if flags & _TWELVE_BITS else 10) if flags & _HIGH_BIT_DEPTH else 8


def _decode_deep(data: bytes, bits: int, size: tuple[int, int]) -> NDArray[Any] | None:
    """Return 16-bit values by imagecodecs, None where it is missing or sees another picture."""
    if importlib.util.find_spec("imagecodecs") is None:
        return None
    values = importlib.import_module("imagecodecs").avif_decode(data)
    if values.dtype != np.uint16 or values.shape[:2] != size[::-1]:
        return None
    return stretch(values.reshape(*values.shape[:2], -1), 2**bits - 1)
