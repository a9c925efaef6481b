"""Blocks inside picture files: EXIF, XMP, IPTC and resolution, as they are carried from one file to another."""

from __future__ import annotations

import io
import logging
import re
import struct
from typing import TYPE_CHECKING, Any

from PIL import ExifTags, Image, TiffImagePlugin

from deblur_app.core.image_io import exif_patch

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deblur_app.core.picture import Picture

log = logging.getLogger(__name__)

EXIF_MARK = b"Exif\x00\x00"
PHOTOSHOP_MARK = b"Photoshop 3.0\x00"
XMP_MARK = b"http://ns.adobe.com/xap/1.0/\x00"
XMP_EXTENSION_MARK = b"http://ns.adobe.com/xmp/extension/\x00"

LONGEST_SEGMENT = 65_533
"""Bytes that a segment of a JPEG holds at most, and so a block of EXIF or XMP in it, with its mark."""

WINDOWS_TEXTS = (40091, 40092, 40093, 40094, 40095)
"""Title, comment, author, keywords and subject as Windows stores them: UTF-16 in tags of bytes."""

_DESCRIPTIVE = frozenset((270, 271, 272, 282, 283, 296, 305, 306, 315, 33432, 34665, 34853, *WINDOWS_TEXTS))
"""TIFF tags that tell of the photo; the others tell where and how this one file stores its pixels."""

_LAYOUT_WORDS = ("imagej=", "scifio=", "<ome", '{"shape"', "shape=(", "openlab", "svs", "aperio")
"""Beginnings of descriptions that tell how many pages a file has and how they are ordered."""

_LONGEST_EXIF = 4_000_000
"""Bytes of an EXIF block at most; a longer one is ignored."""
_HIGHEST_DPI = 1e8
"""Light microscopes reach 1e6 dots per inch; what is above is a damaged number."""

_PER_INCH = {2: 1.0, 3: 2.54}
"""Factor to dots per inch for the resolution units of TIFF and EXIF; 1 is none."""

_XMP_ORIENTATION = re.compile(rb"""(tiff:Orientation(?:\s*=\s*["']|\s*>\s*))[2-8]""")
_IPTC_RESOURCE = 0x0404
_ADOBE = 2
"""Colour space of EXIF that is not in the standard, and that cameras write for Adobe RGB."""
_XMP_TAG = 700


def read_exif(block: bytes | None) -> tuple[int, bytes | None]:
    """Return the orientation, and the EXIF block of the upright picture without its thumbnail.

    A broken block does not cost the picture: it is left out.
    """
    if not block or len(block) > _LONGEST_EXIF:
        return 1, None
    try:
        exif = Image.Exif()
        exif.load(block if block.startswith(EXIF_MARK) else EXIF_MARK + block)
        orientation, anew = _finish(exif)
        return orientation, _patch_or(anew, block, exif_patch.make_upright)
    except Exception as error:  # broken blocks make Pillow raise anything
        log.info("The EXIF block is broken and left out", exc_info=error)
        return 1, None


def _patch_or(anew: bytes | None, block: bytes, patch: Callable[[bytes], bytes]) -> bytes | None:
    """Return a block that is changed in place, or the one that Pillow has written anew where that cannot be done."""
    try:
        return EXIF_MARK + patch(block.removeprefix(EXIF_MARK)) if anew else None
    except ValueError as error:
        log.info("The EXIF block is written anew: %s", error)
        return anew


def read_tiff_exif(data: bytes) -> tuple[int, bytes | None]:
    """Return orientation and EXIF block of a TIFF file, without the tags that tell how it stores its pixels."""
    try:
        file, head = io.BytesIO(data), data[: 16 if b"+" in data[2:4] else 8]
        stored, exif = _load_ifd(file, head), Image.Exif()
        for tag in set(stored) & _DESCRIPTIVE:
            exif[tag] = stored[tag]
        for tag in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
            if tag in exif:
                exif[tag] = dict(_load_ifd(file, head, exif[tag], tag))
                exif[tag].pop(ExifTags.IFD.Interop, None)  # an address inside the old file
        if is_layout_text(str(exif.get(ExifTags.Base.ImageDescription, ""))):
            del exif[ExifTags.Base.ImageDescription]
        orientation = stored.get(ExifTags.Base.Orientation)
        if orientation is not None:
            exif[ExifTags.Base.Orientation] = orientation
        return _finish(exif)
    except Exception as error:
        log.info("The EXIF tags are broken and left out", exc_info=error)
        return 1, None


def read_tiff_xmp(data: bytes) -> bytes | None:
    """Return the XMP packet in the first directory of a TIFF file; None where it has none or cannot be read."""
    try:
        packet = _load_ifd(io.BytesIO(data), data[:8]).get(_XMP_TAG)
    except Exception as error:  # broken directories make Pillow raise anything
        log.info("The tags of a TIFF file are broken", exc_info=error)
        return None
    return packet if isinstance(packet, bytes) else None


def find_jpeg_exif(data: bytes) -> bytes | None:
    """Return the EXIF block of a JPEG; None where it has none or is damaged."""
    try:
        with Image.open(io.BytesIO(data), formats=["JPEG"]) as image:
            block = image.info.get("exif")
    except Exception:  # noqa: BLE001 - as above
        return None
    return block if isinstance(block, bytes) else None


def _load_ifd(
    file: io.BytesIO, head: bytes, offset: int | None = None, group: int | None = None
) -> TiffImagePlugin.ImageFileDirectory_v2:
    """Return a directory of a TIFF or BigTIFF file: the first, or the one at `offset`."""
    directory = TiffImagePlugin.ImageFileDirectory_v2(head, group=group)
    file.seek(directory.next if offset is None else offset)
    directory.load(file)
    return directory


def _finish(exif: Image.Exif) -> tuple[int, bytes | None]:
    orientation = exif.get(ExifTags.Base.Orientation, 1)
    if ExifTags.Base.Orientation in exif:
        exif[ExifTags.Base.Orientation] = 1
    block = serialise_exif(exif) if len(exif) else None
    return orientation if orientation in range(1, 9) else 1, block


def serialise_exif(exif: Image.Exif) -> bytes:
    """Return an EXIF block in which the letters of texts are as they were read."""
    directories = [tag for tag in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo) if tag in exif]
    inner = (exif[tag] if isinstance(exif[tag], dict) else exif.get_ifd(tag) for tag in directories)
    for tags in (exif, *inner):
        for tag, value in list(tags.items()):
            if isinstance(value, str) and not value.isascii():
                tags[tag] = _KeptLetters(value)
    return exif.tobytes()


def encode_text(text: str | bytes) -> bytes:
    """Return a text of EXIF as the bytes that stood in the file.

    EXIF has ASCII only, and programs put UTF-8 there; Pillow reads each byte as a letter of Latin 1, and would write a
    question mark for each that is not ASCII.
    """
    if isinstance(text, bytes):
        return text
    try:
        return text.encode("latin-1")
    except UnicodeEncodeError:
        return text.encode(errors="replace")


class _KeptLetters(str):
    """A text that Pillow stores as text, because it is one, and with all of its letters."""

    __slots__ = ()

    def encode(self, encoding: str = "ascii", errors: str = "replace") -> bytes:  # noqa: ARG002
        """Return the bytes that stood in the file, whatever encoding Pillow asks for."""
        return encode_text(str(self))


def is_layout_text(description: str) -> bool:
    """Return whether a TIFF description tells how the pages of the file are ordered."""
    beginning = description.lstrip().lower()[:2000]
    return beginning.startswith(_LAYOUT_WORDS) or "<ome" in beginning


def load_exif(block: bytes | None) -> Image.Exif:
    """Return the tags of an EXIF block; none where it cannot be read."""
    exif = Image.Exif()
    try:
        exif.load(block or b"")
        for ifd in (ExifTags.IFD.Exif, ExifTags.IFD.GPSInfo):
            if ifd in exif:
                exif.get_ifd(ifd)
    except Exception as error:
        log.info("The EXIF block is broken and left out", exc_info=error)
        return Image.Exif()
    return exif


def is_adobe_rgb(block: bytes | None) -> bool:
    """Return whether EXIF says that the colours are those of Adobe RGB, as cameras do in place of a profile.

    They name the optional colour space of DCF (2.0, 3.3.5: interoperability “R03”), or the number 2 as colour space.
    """
    if not block or (b"R03" not in block and b"\xa0\x01" not in block and b"\x01\xa0" not in block):
        return False
    try:
        exif = load_exif(block)
        details = exif.get_ifd(ExifTags.IFD.Exif)
        index = exif.get_ifd(ExifTags.IFD.Interop).get(ExifTags.Interop.InteropIndex)
        return details.get(ExifTags.Base.ColorSpace) == _ADOBE or index in {"R03", b"R03"}
    except Exception as error:  # broken blocks make Pillow raise anything
        log.info("The colour space of EXIF cannot be read", exc_info=error)
        return False


def find_capture_time(picture: Picture) -> str:
    """Return when a photo was taken, as EXIF has it (“2026:11:30 12:00:00”); "" where it does not say."""
    exif = load_exif(picture.exif)
    details = exif.get_ifd(ExifTags.IFD.Exif) if ExifTags.IFD.Exif in exif else {}
    return str(details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime) or "")


def exif_resolution(block: bytes | None) -> tuple[float, float] | None:
    """Return the resolution that an EXIF block names, in dots per inch; None where it names none."""
    exif = load_exif(block)
    factor = _PER_INCH.get(exif.get(ExifTags.Base.ResolutionUnit, 2), 0.0)
    pair = exif.get(ExifTags.Base.XResolution), exif.get(ExifTags.Base.YResolution)
    return clean_resolution(pair, factor)


def clean_resolution(pair: Any, factor: float = 1.0) -> tuple[float, float] | None:
    """Return two numbers times `factor` as a resolution, or None where they cannot be one."""
    try:
        x, y = (float(value) * factor for value in pair)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    return (x, y) if 0 < x < _HIGHEST_DPI and 0 < y < _HIGHEST_DPI else None


def clean_xmp(packet: bytes | str | None) -> bytes | None:
    """Return an XMP packet that says upright, because the pixels are; None where there is none."""
    data = packet.encode() if isinstance(packet, str) else packet
    return _XMP_ORIENTATION.sub(rb"\g<1>1", data) if data else None


def wrap_iptc(record: bytes) -> bytes:
    """Return an IPTC record as a block of Photoshop image resources."""
    padding = b"\0" * (len(record) % 2)
    return b"8BIM" + struct.pack(">HHI", _IPTC_RESOURCE, 0, len(record)) + record + padding


def unwrap_iptc(resources: bytes) -> bytes | None:
    """Return the IPTC record inside a block of Photoshop image resources."""
    return next((content for kind, *_, content in iterate_resources(resources) if kind == _IPTC_RESOURCE), None)


def iterate_resources(resources: bytes) -> Iterator[tuple[int, int, int, bytes]]:
    """Yield the kind, start, end and content of each Photoshop image resource, up to where they cannot be read."""
    position = 0
    while resources[position : position + 4] == b"8BIM" and position + 12 <= len(resources):
        kind = int.from_bytes(resources[position + 4 : position + 6])
        start = position + 6 + (resources[position + 6] // 2 + 1) * 2  # a name, its length padded to even
        size = int.from_bytes(resources[start : start + 4])
        end = start + 4 + size + size % 2
        yield kind, position, end, resources[start + 4 : start + 4 + size]
        position = end


def serialise_ifd(tags: dict[int, Any], offset: int, byte_order: bytes) -> bytes:
    """Return an Exif or GPS directory as it stands at `offset` of a TIFF file.

    Args:
        tags: Its tags and values, as Pillow reads them; directories inside are dictionaries.
        offset: Where it will stand, in bytes from the beginning of the file.
        byte_order: b"II" or b"MM".
    """
    head = byte_order + (b"*\0" if byte_order == b"II" else b"\0*") + bytes(4)
    directory = TiffImagePlugin.ImageFileDirectory_v2(ifh=head)
    for tag, value in tags.items():
        directory[tag] = _KeptLetters(value) if isinstance(value, str) else value
    return directory.tobytes(offset)
