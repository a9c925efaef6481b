"""The metadata of a picture file, EXIF and colour profile among them, as carried from file to file."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Metadata:
    """Blocks of metadata, each None or empty where the file has none.

    Attributes:
        xmp: The XMP packet, an XML document (rating, keywords, rights).
        iptc: The Photoshop image resources, beginning with “8BIM”, that hold the IPTC fields of older programs.
        comment: A plain comment, as JPEG and GIF have it.
        resolution: Pixels per inch, horizontally and vertically.
        texts: Key and text of each text block of a PNG, in the order of the file.
    """

    xmp: bytes | None = None
    iptc: bytes | None = None
    comment: str = ""
    resolution: tuple[float, float] | None = None
    texts: tuple[tuple[str, str], ...] = ()
