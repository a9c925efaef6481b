"""Choice of the metadata that a saved file keeps."""

from __future__ import annotations

import logging
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from PIL import ExifTags

from deblur_app.core.formats import xmp
from deblur_app.core.image_io import embedded
from deblur_app.core.picture import Metadata

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture

log = logging.getLogger(__name__)

_EXIF_NAMESPACE = "http://ns.adobe.com/exif/1.0/"
"""The namespace in which XMP repeats the tags of EXIF."""

_POSITION = re.compile(rb"[:](GPS\w{1,40})")
"""The names of the properties of XMP that tell a position."""

_RAW_BLOCKS = ("exif", "xmp", "iptc")
"""Words in the keys of PNG texts that hold whole blocks of metadata."""


def choose_metadata(picture: Picture, which: str) -> Picture:
    """Return a picture with the metadata that are to be kept.

    Args:
        picture: The picture.
        which: “all”; “no-position”: without the GPS position in EXIF and XMP; “none”: the colour profile and the
            resolution alone, which belong to the pixels.
    """
    if which == "none":
        return replace(picture, exif=None, metadata=_keep_what_belongs_to_pixels(picture.metadata))
    return _without_position(picture) if which == "no-position" else picture


def _keep_what_belongs_to_pixels(metadata: Metadata) -> Metadata:
    return Metadata(
        resolution=metadata.resolution, jpeg_tables=metadata.jpeg_tables, jpeg_sampling=metadata.jpeg_sampling
    )


def _without_position(picture: Picture) -> Picture:
    metadata = picture.metadata
    texts = tuple(text for text in metadata.texts if not any(word in text[0].casefold() for word in _RAW_BLOCKS))
    packet = _remove_position(metadata.xmp) if metadata.xmp else None
    exif = embedded.load_exif(picture.exif)
    block = picture.exif
    if ExifTags.IFD.GPSInfo in exif:
        del exif[ExifTags.IFD.GPSInfo]
        block = embedded.serialise_exif(exif) if len(exif) else None
    elif not len(exif):  # it cannot be read, so nobody knows what it tells
        block = None
    # What stands beyond the packet is large, and seldom looked for: nobody misses it, and it may tell a position.
    return replace(picture, exif=block, metadata=replace(metadata, xmp=packet, texts=texts, xmp_extension=()))


def _remove_position(packet: bytes) -> bytes | None:
    """Return an XMP packet without a position; None for one that cannot be read."""
    try:
        for name in sorted(set(_POSITION.findall(packet))):
            packet = xmp.remove_property(packet, xmp.Property(_EXIF_NAMESPACE, "exif", name.decode()))
    except ValueError as error:
        log.warning("The XMP cannot be read and is left out: %s", error)
        return None
    return packet
