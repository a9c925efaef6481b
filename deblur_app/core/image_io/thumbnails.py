"""Small pictures inside the metadata of a photo: of a restored one they would show the blurred one.

That of EXIF is made anew, where the photo had one; those of Photoshop and XMP, which few programs read, go.
"""

from __future__ import annotations

import io
import logging
import struct
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import Image

from deblur_app.core.formats import xmp
from deblur_app.core.image_io.embedded import EXIF_MARK, LONGEST_SEGMENT, iterate_resources
from deblur_app.core.picture import to_uint8
from deblur_app.core.profiles.conversion import to_srgb

if TYPE_CHECKING:
    from deblur_app.core.picture import Metadata, Picture

log = logging.getLogger(__name__)

_LONGEST_SIDE = 160
"""Pixels: thumbnails of EXIF have 160 × 120 (DCF 2.0, 3.3.4)."""

_RESOURCES = frozenset((0x0409, 0x040C))
"""Thumbnails among Photoshop's image resources, of version 4 and of later ones."""
_XMP_THUMBNAILS = xmp.Property("http://ns.adobe.com/xap/1.0/", "xmp", "Thumbnails")

_COMPRESSION, _POSITION, _LENGTH = 0x0103, 0x0201, 0x0202
_SHORT, _LONG, _OF_JPEG = 3, 4, 6
"""Tags, types of values and the value for a JPEG, in the directory of a thumbnail (Exif 2.3, 4.5.5)."""


def has_thumbnail(exif: bytes | None) -> bool:
    """Return whether an EXIF block has a second directory, which is that of its thumbnail."""
    try:
        order, link = _find_link((exif or b"").removeprefix(EXIF_MARK))
        return bool(struct.unpack_from(f"{order}I", (exif or b"").removeprefix(EXIF_MARK), link)[0])
    except struct.error:
        return False


def renew_thumbnail(exif: bytes, picture: Picture) -> bytes:
    """Return an EXIF block without a thumbnail with that of a picture; unchanged where it would be too long."""
    block, jpeg = exif.removeprefix(EXIF_MARK), _make_thumbnail(picture)
    try:
        order, link = _find_link(block)
    except struct.error:
        return exif
    start = len(block) + len(block) % 2
    position = start + 2 + 3 * 12 + 4
    entries = struct.pack(f"{order}H", 3)
    entries += struct.pack(f"{order}HHIHH", _COMPRESSION, _SHORT, 1, _OF_JPEG, 0)
    for tag, value in ((_POSITION, position), (_LENGTH, len(jpeg))):
        entries += struct.pack(f"{order}HHII", tag, _LONG, 1, value)
    linked = block[:link] + struct.pack(f"{order}I", start) + block[link + 4 :]
    new = EXIF_MARK + linked + bytes(len(block) % 2) + entries + bytes(4) + jpeg
    return new if len(new) <= LONGEST_SEGMENT else exif


def _find_link(block: bytes) -> tuple[str, int]:
    """Return the byte order of a TIFF block, and where the address of its second directory stands.

    Raises:
        struct.error: It ends too early.
    """
    order = ">" if block.startswith(b"MM") else "<"
    (first,) = struct.unpack_from(f"{order}I", block, 4)
    (count,) = struct.unpack_from(f"{order}H", block, first)
    return order, first + 2 + 12 * count


def _make_thumbnail(picture: Picture) -> bytes:
    step = max(max(picture.width, picture.height) // (4 * _LONGEST_SIDE), 1)  # of a large photo only some pixels
    colours = to_srgb(picture.pixels[::step, ::step], picture.pixel_profile)
    image = Image.fromarray(to_uint8(colours))
    image.thumbnail((_LONGEST_SIDE, _LONGEST_SIDE))
    file = io.BytesIO()
    image.save(file, "JPEG", quality=85)
    return file.getvalue()


def without_thumbnails(picture: Picture) -> Picture:
    """Return a picture without the thumbnails of Photoshop and XMP in its metadata."""
    metadata = picture.metadata
    new = replace(metadata, iptc=_clean_resources(metadata.iptc), xmp=_clean_xmp(metadata))
    return picture if new == metadata else replace(picture, metadata=new)


def _clean_resources(resources: bytes | None) -> bytes | None:
    """Return Photoshop's image resources without thumbnails; what cannot be read stays as it is."""
    parts, position = [], 0
    for kind, start, end, _ in iterate_resources(resources or b""):
        if kind in _RESOURCES:
            parts.append((resources or b"")[position:start])
            position = end
    return b"".join([*parts, resources[position:]]) or None if resources else resources


def _clean_xmp(metadata: Metadata) -> bytes | None:
    packet = metadata.xmp
    if packet is None or b":Thumbnails" not in packet:
        return packet
    try:
        return xmp.remove_property(packet, _XMP_THUMBNAILS)
    except ValueError as error:
        log.info("The XMP of the photo cannot be read and stays as it is: %s", error)
        return packet
