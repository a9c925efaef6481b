"""Options of the file that a picture is written to, besides its format."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

import cv2
import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import resize_pixels

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture

type Subsampling = Literal["4:4:4", "4:2:2", "4:2:0"]

SUBSAMPLINGS: tuple[Subsampling, ...] = ("4:4:4", "4:2:2", "4:2:0")
"""Resolutions of the colours of a JPEG, the best first."""


@dataclass(frozen=True)
class SaveOptions:
    """Options of a file.

    Attributes:
        quality: Of JPEG, WebP and AVIF, 1 to 100. None takes for a JPEG the quantisation tables and the subsampling of
            the photo, where that was one; for a WebP no loss, where the photo had none; else the default.
        subsampling: Of the colours of a JPEG or AVIF.
        bit_depth: Bits per channel of PNG and TIFF; None keeps those of the photo.
        longest_side: Pixels to which larger pictures are reduced; None keeps the size.
    """

    quality: int | None = 95
    subsampling: Subsampling = "4:4:4"
    bit_depth: Literal[8, 16] | None = None
    longest_side: int | None = None


DEFAULT = SaveOptions()


def prepare(picture: Picture, options: SaveOptions) -> Picture:
    """Return a picture in the depth and the size of the options; the same one where nothing changes."""
    if options.bit_depth and options.bit_depth != picture.bit_depth:
        picture = replace(picture, bit_depth=options.bit_depth)
    longest = max(picture.width, picture.height)
    if options.longest_side is None or longest <= options.longest_side:
        return picture
    scale = options.longest_side / longest
    width, height = (max(round(side * scale), 1) for side in (picture.width, picture.height))
    pixels = linear_to_srgb(resize_pixels(srgb_to_linear(picture.pixels), width, height))
    alpha = picture.alpha
    if alpha is not None:
        alpha = cv2.resize(alpha, (width, height), interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
    return replace(picture, pixels=pixels, alpha=alpha)
