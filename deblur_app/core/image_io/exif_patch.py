"""Changes of an EXIF block in place, byte by byte (Exif 2.3, 4.5; TIFF 6.0, section 2).

A block that is taken apart and written anew has its parts at other addresses, and notes of camera makers hold addresses
within the block: lens and focus of many cameras would be lost. So only the numbers that change are overwritten.
"""

from __future__ import annotations

import struct

from PIL import ExifTags

_SHORT, _LONG = 3, 4
_THUMBNAIL = ((0x0201, 0x0202), (0x0111, 0x0117))
"""Address and length of a thumbnail: as a JPEG, or as a strip of pixels."""
_PADDING = 4
"""Bytes that may follow the last part of a block."""
_MOST_ENTRIES = 2_000
"""Tags of a directory at most."""


def make_upright(block: bytes) -> bytes:
    """Return a block that says upright, without its thumbnail.

    Args:
        block: An EXIF block, from the byte order on, without the mark of JPEG.

    Raises:
        ValueError: It is broken.
    """
    try:
        order, first = _find_first(block)
        entries, link = _read_directory(block, order, first)
        data = bytearray(block)
        if ExifTags.Base.Orientation in entries:
            _set_number(data, order, entries[ExifTags.Base.Orientation], 1)
        (second,) = struct.unpack_from(f"{order}I", block, link)
        struct.pack_into("4x", data, link)
        return bytes(data[: _clear_thumbnail(data, order, second)] if second else data)
    except (struct.error, OverflowError) as error:
        raise ValueError(str(error)) from error


def with_size(block: bytes, width: int, height: int) -> bytes:
    """Return a block with another size of the picture, where it names one.

    Raises:
        ValueError: It is broken, or has no room for the numbers.
    """
    try:
        order, first = _find_first(block)
        entries, _ = _read_directory(block, order, first)
        if ExifTags.IFD.Exif not in entries:
            return block
        (place,) = struct.unpack_from(f"{order}I", block, entries[ExifTags.IFD.Exif] + 8)
        details, _ = _read_directory(block, order, place)
        data = bytearray(block)
        for tag, size in ((ExifTags.Base.ExifImageWidth, width), (ExifTags.Base.ExifImageHeight, height)):
            if tag in details:
                _set_number(data, order, details[tag], size)
        return bytes(data)
    except struct.error as error:
        raise ValueError(str(error)) from error


def _find_first(block: bytes) -> tuple[str, int]:
    """Return the byte order of a block, as `struct` names it, and the address of its first directory."""
    order = {b"II*\0": "<", b"MM\0*": ">"}.get(block[:4])
    if order is None:
        raise ValueError("it has no byte order")
    return order, struct.unpack_from(f"{order}I", block, 4)[0]


def _read_directory(block: bytes, order: str, offset: int) -> tuple[dict[int, int], int]:
    """Return the address of each tag's entry, and that of the link to the next directory."""
    (count,) = struct.unpack_from(f"{order}H", block, offset)
    link = offset + 2 + 12 * count
    if not 0 < count <= _MOST_ENTRIES or link + 4 > len(block):
        raise ValueError(f"{count} tags")
    places = range(offset + 2, link, 12)
    return {struct.unpack_from(f"{order}H", block, place)[0]: place for place in places}, link


def _set_number(data: bytearray, order: str, entry: int, number: int) -> None:
    """Overwrite the one number of an entry, which keeps its type."""
    kind, count = struct.unpack_from(f"{order}HI", data, entry + 2)
    if count != 1 or kind not in {_SHORT, _LONG}:
        raise ValueError(f"{count} numbers of type {kind}")
    struct.pack_into(f"{order}{'H2x' if kind == _SHORT else 'I'}", data, entry + 8, number)


def _clear_thumbnail(data: bytearray, order: str, directory: int) -> int:
    """Overwrite a thumbnail by zeros, and return the length of the block without it where it is the last part."""
    entries, _ = _read_directory(bytes(data), order, directory)
    for tags in _THUMBNAIL:
        if not all(tag in entries for tag in tags):
            continue
        place, length = (struct.unpack_from(f"{order}I", data, entries[tag] + 8)[0] for tag in tags)
        if place >= 8 and 0 < length <= len(data) - place:
            data[place : place + length] = bytes(length)
            return place if place + length + _PADDING >= len(data) else len(data)
    return len(data)
