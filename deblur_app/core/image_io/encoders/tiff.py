"""TIFF of 8 or 16 bits by tifffile, with the directories of EXIF and GPS put behind the pixels."""

from __future__ import annotations

import io
import logging
import struct
from typing import TYPE_CHECKING, Any

import tifffile
from PIL import ExifTags

from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.encoders.common import make_exif, to_inks_of, to_values

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PIL import Image

    from deblur_app.core.picture import Picture

log = logging.getLogger(__name__)

_TEXTS = (270, 271, 272, 305, 306, 315, 33432)
"""Description, camera, software, date, artist, copyright."""

_DIRECTORIES = (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo)
_XMP, _PHOTOSHOP, _IPTC, _DESCRIPTION = 700, 34377, 33723, 270
_CLASSIC_LIMIT = 4_000_000_000
"""Bytes of pixels; above, addresses of 32 bits may not reach the end of the file."""


def encode(pictures: Sequence[Picture]) -> bytes:
    """Return pictures as the pages of one TIFF, one channel where they are grey, with all of their metadata."""
    file = io.BytesIO()
    size = sum(picture.width * picture.height * 8 for picture in pictures)
    directories: list[dict[int, Any]] = []
    with tifffile.TiffWriter(file, bigtiff=size > _CLASSIC_LIMIT, byteorder="<") as writer:
        for picture in pictures:
            exif = embedded.load_exif(make_exif(picture))
            directories.append({tag: exif.get_ifd(tag) for tag in _DIRECTORIES if tag in exif})
            _write_page(writer, picture, exif)
    data = file.getvalue()
    return _add_directories(data, directories) if any(directories) and size <= _CLASSIC_LIMIT else data


def _write_page(writer: tifffile.TiffWriter, picture: Picture, exif: Image.Exif) -> None:
    is_deep, has_inks = picture.bit_depth > 8, picture.inks is not None
    values = to_inks_of(picture, is_deep=is_deep) if has_inks else to_values(picture, is_deep=is_deep)
    channels = values.shape[2]
    resolution, unit = _find_resolution(picture, exif)
    writer.write(
        values if channels > 1 else values[..., 0],
        photometric="separated" if has_inks else "rgb" if channels > 2 else "minisblack",
        planarconfig="contig" if channels > 1 else None,
        extrasamples=["unassalpha"] if channels in {2, 4} and not has_inks else None,
        compression="adobe_deflate",
        predictor=True,
        iccprofile=picture.icc,
        metadata=None,
        software=False,
        resolution=resolution,
        resolutionunit=unit,
        extratags=_extra_tags(picture, exif),
    )


def _find_resolution(picture: Picture, exif: Image.Exif) -> tuple[Any, int | None]:
    """Return resolution and unit (1 none, 2 inch, 3 centimetre) as the original had them."""
    unit = exif.get(ExifTags.Base.ResolutionUnit, 2)
    pair = exif.get(ExifTags.Base.XResolution), exif.get(ExifTags.Base.YResolution)
    own = embedded.clean_resolution(pair)
    if own is not None and unit in {1, 3}:
        return own, int(unit)
    resolution = picture.metadata.resolution or own
    return resolution, None if resolution is None else 2


def _extra_tags(picture: Picture, exif: Image.Exif) -> list[tuple[int, Any, int, Any, bool]]:
    metadata = picture.metadata
    texts = {tag: embedded.encode_text(exif[tag]) for tag in _TEXTS if isinstance(exif.get(tag), str | bytes)}
    if metadata.comment:
        texts.setdefault(_DESCRIPTION, metadata.comment.encode(errors="replace"))
    tags: list[tuple[int, Any, int, Any, bool]] = [
        (tag, "s", 0, text + b"\0", True) for tag, text in texts.items() if text
    ]
    if ExifTags.Base.Orientation in exif:
        tags.append((ExifTags.Base.Orientation, "H", 1, 1, True))
    blocks = {_XMP: metadata.xmp, _PHOTOSHOP: metadata.iptc}
    blocks |= {tag: exif[tag] for tag in embedded.WINDOWS_TEXTS if isinstance(exif.get(tag), bytes)}
    if metadata.iptc:
        blocks[_IPTC] = embedded.unwrap_iptc(metadata.iptc)
    return tags + [(tag, "B", len(block), block, True) for tag, block in blocks.items() if block]


def _add_directories(data: bytes, directories: list[dict[int, Any]]) -> bytes:
    """Return a little-endian TIFF file with EXIF and GPS directories, which tifffile does not write.

    Each goes behind the end of the file, and behind it the list of tags of its page anew, with one more tag for it.
    """
    result = bytearray(data)
    pointer = 4
    for own in directories:
        (offset,) = struct.unpack_from("<I", result, pointer)
        (count,) = struct.unpack_from("<H", result, offset)
        entries = [bytes(result[start : start + 12]) for start in range(offset + 2, offset + 2 + 12 * count, 12)]
        after = bytes(result[offset + 2 + 12 * count : offset + 6 + 12 * count])
        for tag, values in own.items():
            block = _serialise(values, len(result) + len(result) % 2)
            if block:
                result += bytes(len(result) % 2)
                entries.append(struct.pack("<HHII", tag, 4, 1, len(result)))
                result += block
        result += bytes(len(result) % 2)
        entries.sort(key=lambda entry: int.from_bytes(entry[:2], "little"))
        struct.pack_into("<I", result, pointer, len(result))
        result += struct.pack("<H", len(entries)) + b"".join(entries)
        pointer = len(result)
        result += after
    return bytes(result)


def _serialise(values: dict[int, Any], offset: int) -> bytes:
    try:
        return embedded.serialise_ifd(values, offset, b"II")
    except Exception as error:  # Pillow raises anything on what it read but cannot write
        log.warning("The EXIF details cannot be written to TIFF and are left out", exc_info=error)
        return b""
