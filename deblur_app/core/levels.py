"""The range of brightness that a picture uses.

Instruments store 10 to 14 bits of data in 16-bit files, often above an offset (black level). Such a picture is black
or of one grey on a screen, and far below the range that networks and thresholds are made for. It is shown, measured
and restored at its own scale.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear

if TYPE_CHECKING:
    from deblur_app.core.picture import Picture, Pixels

_DIM = 0.26
"""Range of values, as a share of that of 16 bits, up to which a picture is dim: 14 bits of data use a quarter."""

_DARKEST = 1e-3
"""Share of the pixels that may be darker than what counts as black: dead pixels of a sensor."""

_BRIGHTEST = 5e-4
"""Share of the pixels that may be brighter than what is shown as white: hot pixels, cosmic rays."""

_HEADROOM = 4.0
"""Range that a restored picture may use in linear light, in ranges of the blurred one: beads and stars become brighter
when what was smeared comes together again."""

_CLIPPED = 1e-3
"""Share of the pixels at the very maximum from which on the sensor has clipped there, so that it is white."""

_MARGIN = 0.05
"""Share of the range below the darkest pixels that counts as black: deblurring makes dark places darker."""

_LEAST_RANGE = 4.0 / 65535
"""Range of values below which nothing but rounding is left: there is nothing to stretch."""


@dataclass(frozen=True)
class Levels:
    """The range of a dim picture.

    Attributes:
        black: Light that counts as none, in [0, 1).
        white: Light that counts as full, above `black`.
        is_linear: Whether the values of the file are proportional to light, as those of instruments are; they are
            sRGB-encoded otherwise.
    """

    black: float
    white: float
    is_linear: bool

    def stretch(self, pixels: Pixels) -> Pixels:
        """Return pixels whose light from black to white fills [0, 1], sRGB-encoded; same shape."""
        light = pixels if self.is_linear else srgb_to_linear(pixels)
        return linear_to_srgb((light - np.float32(self.black)) / np.float32(self.white - self.black))

    def compress(self, pixels: Pixels) -> Pixels:
        """Return stretched pixels in the range of the file again; same shape."""
        light = srgb_to_linear(pixels) * np.float32(self.white - self.black) + np.float32(self.black)
        return light if self.is_linear else linear_to_srgb(light)


LINEAR = Levels(0.0, 1.0, is_linear=True)
"""Those of a picture whose values are proportional to light over the whole range."""


def find_levels(picture: Picture) -> Levels | None:
    """Find the range of a dim picture of 16 bits, with room above for what becomes brighter when it is restored.

    Returns:
        The range; None for pictures of 8 bits, for those that use more than a quarter of the range, and for those
        without any.
    """
    if not _is_dim(picture):
        return None
    is_linear = picture.icc is None and has_equal_channels(picture.pixels)
    light = picture.pixels if is_linear else srgb_to_linear(picture.pixels)
    low, high = float(np.quantile(light, _DARKEST)), float(light.max())
    span = high - low
    black = max(low - _MARGIN * span, 0.0)
    is_clipped = float(np.mean(light >= high)) > _CLIPPED
    white = high if is_clipped else min(black + _HEADROOM * span, 1.0)
    return Levels(black, white, is_linear)


def has_equal_channels(pixels: Pixels) -> bool:
    """Return whether a picture is grey: its three channels are equal. A few rows are looked at first."""
    return all(bool((part[..., :2] == part[..., 1:]).all()) for part in (pixels[::64], pixels))


def display_white(picture: Picture) -> float:
    """Return the value to show as white: 1.0 for ordinary pictures, less for dim ones of 16 bits.

    Returns:
        A value in (0, 1], in the units of the pixels.
    """
    if not _is_dim(picture):
        return 1.0
    return max(float(np.quantile(picture.pixels, 1.0 - _BRIGHTEST)), _LEAST_RANGE)


def _is_dim(picture: Picture) -> bool:
    if picture.bit_depth != 16 or not picture.pixels.size:
        return False
    low, high = float(picture.pixels.min()), float(picture.pixels.max())
    return _LEAST_RANGE < high - low <= _DIM
