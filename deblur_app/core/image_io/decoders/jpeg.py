"""JPEG and MPO: libjpeg through Pillow, after a look at the markers (ITU-T T.81, annex B)."""

from __future__ import annotations

import io
import re
import struct
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image, JpegImagePlugin, TiffImagePlugin

from deblur_app.core.errors import DeblurError
from deblur_app.core.file_errors import damaged_file_error, quote, unsupported_file_error
from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.decoded import Decoded
from deblur_app.core.image_io.limits import check_size
from deblur_app.core.image_io.thumbnails import has_thumbnail
from deblur_app.core.picture import Metadata
from deblur_app.core.profiles.inks import is_profile_of_inks, to_colours
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

_MARKER = re.compile(rb"\xff+([\x01-\xcf\xd8-\xfe])")  # neither data (00) nor restart markers (d0 to d7)
_FRAMES = frozenset(range(0xC0, 0xD0)) - {0xC4, 0xC8, 0xCC}
_DECODABLE = {0xC0, 0xC1, 0xC2, 0xC9, 0xCA}  # baseline, extended, progressive, and the last two in arithmetic coding
_SCAN, _END, _COMMENT = 0xDA, 0xD9, 0xFE
_NEEDED = {0xE0, 0xEE}  # JFIF and Adobe tell of the colours; the other application blocks do not matter to pixels

_MOST_SCANS = 300
"""A progressive file of three components has 10 or so; one scan for each bit of each band would be some 200."""

_SCANNED_MEGAPIXELS = 1_000
"""Scans times megapixels that are decoded for any file; each costs some 2.5 ms of processor time."""

_PADDING = bytes(64)
"""More than libjpeg looks ahead behind the last pixel."""

_ICC_MARK = b"ICC_PROFILE\x00"
_THUMBNAILS = {0x010001, 0x010002}


@dataclass(frozen=True)
class _Frame:
    kind: int
    precision: int
    width: int
    height: int


def decode(data: bytes, name: str) -> Decoded:
    """Return the first picture of a JPEG file.

    Raises:
        DeblurError: It is damaged, too large, or of a kind that libjpeg does not decode.
    """
    segments = list(_segments(data))
    frame = _find_frame(segments, name)
    scans = sum(marker == _SCAN for marker, *_ in segments)
    _check_frame(frame, len(data), scans, name)
    blocks = [(marker, content) for marker, _, content in segments]
    icc = _join_profile(blocks)
    is_sequential = scans == 1 and frame.kind in {0xC0, 0xC1}
    with Image.open(io.BytesIO(_strip(data, segments, is_sequential=is_sequential)), formats=["JPEG"]) as image:
        image.load()
        table, tables, sampling = _luma_table(image), _tables(image), JpegImagePlugin.get_sampling(image)
        values = np.asarray(image.convert("L" if image.mode == "L" else "RGB"))
        inks = np.asarray(image) if image.mode == "CMYK" and is_profile_of_inks(icc) else None
    if inks is not None and icc:
        colours = to_colours(inks, icc)
        values, inks = (values, None) if colours is None else (colours, inks)
    orientation, exif = embedded.read_exif(_first(blocks, 0xE1, embedded.EXIF_MARK))
    return Decoded(
        values.reshape(*values.shape[:2], -1),
        orientation,
        exif,
        icc,
        replace(_read_metadata(blocks, exif), jpeg_tables=tables, jpeg_sampling=sampling),
        table,
        note=_describe_pictures(data, segments, frame, name),
        inks=inks,
    )


def _segments(data: bytes) -> Iterator[tuple[int, int, bytes]]:
    """Yield marker, position of the content and content of each segment, up to the end of the picture."""
    position = 2
    while match := _MARKER.search(data, position):
        marker, position = match[1][0], match.end()
        if marker == _END:
            return
        if marker in {0x01, 0xD8}:
            continue
        length = int.from_bytes(data[position : position + 2])
        yield marker, position + 2, data[position + 2 : position + length]
        position += max(length, 2)


def _find_frame(segments: list[tuple[int, int, bytes]], name: str) -> _Frame:
    for marker, _, content in segments:
        if marker in _FRAMES and len(content) >= 6:
            precision, height, width = struct.unpack(">BHH", content[:5])
            return _Frame(marker, precision, width, height)
    raise damaged_file_error(name, tr("it has no header of a picture"))


def _check_frame(frame: _Frame, file_size: int, scans: int, name: str) -> None:
    if frame.precision != 8:
        raise unsupported_file_error(name, tr("a JPEG of {precision} bits", precision=frame.precision))
    if frame.kind not in _DECODABLE:
        raise unsupported_file_error(name, tr("a lossless or hierarchical JPEG"))
    check_size(frame.width, frame.height, name, file_size)
    work = scans * frame.width * frame.height / 1e6
    if scans > _MOST_SCANS or work > _SCANNED_MEGAPIXELS * max(1.0, file_size / 2e6):
        raise DeblurError(
            tr(
                "{file} is too large to unpack: it is stored in {scans} passes, far more than a photo has. Save it "
                "again in the program it came from.",
                file=quote(name),
                scans=scans,
            )
        )


def _strip(data: bytes, segments: list[tuple[int, int, bytes]], *, is_sequential: bool) -> bytes:
    """Return the file without the blocks before the first scan that do not matter to the pixels.

    Of a sequential one the mark of the end is taken off too: where it comes too early, libjpeg would make up the rest
    of the picture; without it, it asks for more data and Pillow says that the file is cut off.
    """
    parts = [b"\xff\xd8"]
    for marker, position, content in segments:
        if marker == _SCAN:
            end = _MARKER.search(data, position + len(content)) if is_sequential else None
            is_end = end is not None and end[1][0] == _END
            parts.append(data[position - 4 : end.start()] + _PADDING if is_end and end else data[position - 4 :])
            break
        if marker in _NEEDED or not (0xE0 <= marker <= 0xEF or marker == _COMMENT):
            parts.append(bytes((0xFF, marker)) + (len(content) + 2).to_bytes(2) + content)
    return b"".join(parts)


def _luma_table(image: Image.Image) -> NDArray[np.uint16] | None:
    tables, layers = getattr(image, "quantization", None), getattr(image, "layer", None)
    table = tables.get(layers[0][3]) if tables and layers else None
    return None if table is None else np.array(table, np.uint16).reshape(8, 8)


def _tables(image: Image.Image) -> tuple[tuple[int, ...], ...]:
    """Return the tables by which a JPEG of the same quality can be written; none where they are of another kind."""
    tables = getattr(image, "quantization", None) or {}
    is_usual = image.mode in {"L", "RGB", "CMYK"} and set(tables) <= {0, 1} and 0 in tables
    is_plain = all(len(table) == 64 and min(table) >= 1 and max(table) <= 255 for table in tables.values())
    return tuple(tuple(tables[number]) for number in sorted(tables)) if is_usual and is_plain else ()


def _first(blocks: list[tuple[int, bytes]], marker: int, mark: bytes) -> bytes | None:
    """Return the first block of this marker that begins with `mark`, which stays on it."""
    return next((content for kind, content in blocks if kind == marker and content.startswith(mark)), None)


def _join_profile(blocks: list[tuple[int, bytes]]) -> bytes | None:
    parts = [content for kind, content in blocks if kind == 0xE2 and content.startswith(_ICC_MARK)]
    ordered = sorted(parts, key=lambda part: part[12:13])
    return b"".join(part[14:] for part in ordered) or None


def _read_metadata(blocks: list[tuple[int, bytes]], exif: bytes | None) -> Metadata:
    xmp = _first(blocks, 0xE1, embedded.XMP_MARK)
    iptc = b"".join(
        content.removeprefix(embedded.PHOTOSHOP_MARK)
        for kind, content in blocks
        if kind == 0xED and content.startswith(embedded.PHOTOSHOP_MARK)
    )
    return Metadata(
        xmp=embedded.clean_xmp(xmp and xmp.removeprefix(embedded.XMP_MARK)),
        iptc=iptc or None,
        xmp_extension=tuple(
            content for kind, content in blocks if kind == 0xE1 and content.startswith(embedded.XMP_EXTENSION_MARK)
        ),
        comment=(_first(blocks, _COMMENT, b"") or b"").rstrip(b"\0").decode(errors="replace"),
        resolution=_jfif_resolution(blocks) or embedded.exif_resolution(exif),
        has_thumbnail=has_thumbnail(_first(blocks, 0xE1, embedded.EXIF_MARK)),
    )


def _jfif_resolution(blocks: list[tuple[int, bytes]]) -> tuple[float, float] | None:
    jfif = _first(blocks, 0xE0, b"JFIF\0")
    if jfif is None or len(jfif) < 12:
        return None
    unit, x, y = struct.unpack(">BHH", jfif[7:12])
    return embedded.clean_resolution((x, y), {1: 1.0, 2: 2.54}.get(unit, 0.0))


def _describe_pictures(data: bytes, segments: list[tuple[int, int, bytes]], first: _Frame, name: str) -> str:
    """Return a sentence where the file has more pictures of the same size (CIPA DC-007, multi-picture format)."""
    for marker, position, content in segments:
        if marker == 0xE2 and content.startswith(b"MPF\0"):
            others = sum(_is_picture(data, position + 4, entry, first) for entry in _mpf_entries(content[4:]))
            if others:
                return tr("{file} holds {others} pictures; the first was taken.", file=quote(name), others=others + 1)
    return ""


def _mpf_entries(block: bytes) -> list[tuple[int, int]]:
    """Return type and offset of all pictures but the first, offsets from the beginning of `block`."""
    try:
        index = TiffImagePlugin.ImageFileDirectory_v2(block[:8])
        file = io.BytesIO(block)
        file.seek(index.next)
        index.load(file)
        order = "<" if block.startswith(b"II") else ">"
        entries = [struct.unpack(f"{order}IIIHH", index[0xB002][i : i + 16]) for i in range(16, len(index[0xB002]), 16)]
    except Exception:  # noqa: BLE001 - a broken index, on which Pillow raises anything, does not cost the picture
        return []
    return [(attribute & 0xFFFFFF, offset) for attribute, _, offset, *_ in entries]


def _is_picture(data: bytes, base: int, entry: tuple[int, int], first: _Frame) -> bool:
    """Return whether an entry is a picture as large as the first: neither its thumbnail nor a map of gains."""
    kind, offset = entry
    start = base + offset
    if kind in _THUMBNAILS or data[start : start + 2] != b"\xff\xd8":
        return False
    for marker, _, content in _segments(memoryview(data)[start:].tobytes()):
        if marker in _FRAMES and len(content) >= 6:
            return struct.unpack(">HH", content[1:5]) == (first.height, first.width)
    return False
