"""Estimate of the size of a file before it is written."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.image_io.save_options import prepare
from deblur_app.core.image_io.writing import encode
from deblur_app.core.picture import Metadata

if TYPE_CHECKING:
    from deblur_app.core.image_io.save_options import SaveOptions
    from deblur_app.core.picture import Picture

_PATCHES, _SIDE = 4, 192
"""Patches in each direction, and their side in pixels of the file: 0.6 megapixels, encoded in some 20 ms as a JPEG.
The side is a multiple of 16, the blocks of a JPEG with reduced colours."""


def find_size(picture: Picture, options: SaveOptions) -> tuple[int, int]:
    """Return width and height of the file, in pixels."""
    longest = max(picture.width, picture.height)
    scale = min((options.longest_side or longest) / longest, 1.0)
    return max(round(picture.width * scale), 1), max(round(picture.height * scale), 1)


def estimate_bytes(picture: Picture, suffix: str, options: SaveOptions) -> int:
    """Return about how many bytes the file of a picture would have.

    Patches from all over the picture are encoded as the file would be, and counted for all of it. A picture that is
    hardly larger than these is encoded whole.

    Args:
        picture: The picture.
        suffix: The ending of the file.
        options: Quality, depth and size of the file.

    Raises:
        OSError, ValueError, cv2.error: The format cannot hold the picture.
    """
    width, height = find_size(picture, options)
    scale = width / picture.width
    side = round(_SIDE / scale)
    if min(picture.width, picture.height) < _PATCHES * side:
        return len(encode([prepare(picture, options)], suffix, options))
    mosaic = _take_patches(replace(picture, exif=None, metadata=_only_tables(picture.metadata)), side)
    whole = _PATCHES * _SIDE
    mosaic = prepare(mosaic, replace(options, longest_side=whole if scale < 1 else None))
    blocks = (picture.exif, picture.icc, picture.metadata.xmp, picture.metadata.iptc)
    profile = len(picture.icc or b"")
    pixels = len(encode([mosaic], suffix, options)) - profile
    return round(pixels * width * height / whole**2) + sum(len(block or b"") for block in blocks)


def _take_patches(picture: Picture, side: int) -> Picture:
    """Return patches from all over a picture, put together to one."""
    tops, lefts = (
        np.linspace(0, length - side, _PATCHES).round().astype(int) for length in (picture.height, picture.width)
    )
    rows = np.concatenate([np.arange(top, top + side) for top in tops])
    columns = np.concatenate([np.arange(left, left + side) for left in lefts])
    place = np.ix_(rows, columns)
    return replace(picture, pixels=picture.pixels[place], alpha=None if picture.alpha is None else picture.alpha[place])


def _only_tables(metadata: Metadata) -> Metadata:
    return Metadata(jpeg_tables=metadata.jpeg_tables, jpeg_sampling=metadata.jpeg_sampling)
