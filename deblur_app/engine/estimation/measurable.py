"""Parts of a photo that are large enough to tell its blur."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture, Pixels

type Region = tuple[int, int, int, int]
"""A part of a picture in pixels: left, top, width, height."""

LEAST_SIDE = 48
"""Side in pixels of the smallest picture whose blur is measured: in smaller ones every blur looks like a shake."""

_LEAST_OF_A_STRIP, _LEAST_AREA = 24, 64 * 96
"""Smaller side and number of pixels of the smallest line of text: along it there is enough to measure."""


_EVEN = 1e-4
"""Difference in linear light up to which a photo has no detail: less than a level of 8 bits in the darkest shadows."""


def pixels_of(picture: Picture) -> Pixels:
    """Return the pixels of a picture that is large enough, or a long strip."""
    is_strip = picture.width * picture.height >= _LEAST_AREA
    check_measurable(picture.pixels, _LEAST_OF_A_STRIP if is_strip else LEAST_SIDE)
    return picture.pixels


def pixels_in(picture: Picture, region: Region, least: int) -> Pixels:
    """Return the pixels of a region, cut to the picture.

    Args:
        picture: The photo.
        region: Left, top, width and height in pixels.
        least: Side in pixels that must be left.

    Raises:
        UnmeasurableBlurError: Less is left.
    """
    left, top, width, height = region
    rows, columns = slice(max(top, 0), max(top + height, 0)), slice(max(left, 0), max(left + width, 0))
    part = picture.pixels[rows, columns]
    if min(part.shape[:2]) < least:
        raise UnmeasurableBlurError(
            tr("The selection is too small: it needs {least} pixels a side. Select a larger part.", least=least)
        )
    return part


def check_uneven(light: Pixels) -> None:
    """Refuse light without any detail: there is no blur to tell.

    Raises:
        UnmeasurableBlurError: It has none.
    """
    if float(np.ptp(light)) < _EVEN:
        raise UnmeasurableBlurError(tr("The photo is too even to measure its blur."), is_even=True)


def check_measurable(pixels: Pixels, least: int) -> None:
    """Refuse pixels of shape (height, width, …) with a side below `least`.

    Raises:
        UnmeasurableBlurError: They have.
    """
    height, width = pixels.shape[:2]
    if min(height, width) < least:
        raise UnmeasurableBlurError(
            tr(
                "A photo of {width} × {height} pixels is too small to measure its blur: it needs {least} pixels a "
                "side.",
                width=width,
                height=height,
                least=least,
            )
        )
