"""Masks of what looks wrong when sharpened: highlights, skin, sky. Plain measures of each pixel.

Each mask is float32 of shape (height, width): 1 where it certainly is so, 0 where it is not, soft between.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

    type Mask = NDArray[np.float32]

_CLIPPING = (0.9, 0.97)
_HALO = 4.0
"""Distance that ringing reaches around a highlight, in pixels of the photo."""

_SKIN_RED, _SKIN_BLUE = (133 / 255, 173 / 255), (77 / 255, 127 / 255)
"""Ranges of Cr and Cb: Chai and Ngan, "Face segmentation using skin-color map in videophone applications", 1999."""

_SKIN_SOFT, _SKIN_DARKEST = 0.015, (0.1, 0.2)
_SMOOTH = (0.012, 0.03)
"""Mean gradient, in values of the grey picture for a pixel, of what is smooth and of what is not."""

_SKY_RADIUS, _SKY_BRIGHT, _SKY_COOL = 8.0, (0.3, 0.45), (-0.04, 0.0)


def highlights(pixels: Pixels, scale: float = 1.0) -> Mask:
    """Return the mask of pixels with a channel near clipping, and a little around, where deconvolution rings.

    Args:
        pixels: Float32 array of shape (height, width, 3), sRGB-encoded.
        scale: Size of `pixels` over that of the photo.
    """
    bright = _rising(pixels.max(axis=2), *_CLIPPING)
    side = 2 * max(round(_HALO * scale), 1) + 1
    grown = cv2.dilate(bright, cv2.getStructuringElement(cv2.MORPH_ELLIPSE, (side, side)))
    return np.asarray(cv2.blur(grown, (side, side)))


def skin(pixels: Pixels, scale: float = 1.0) -> Mask:
    """Return the mask of the chroma of human skin, whatever its lightness, unless it is nearly black.

    Args:
        pixels: As in `highlights`.
        scale: As in `highlights`.
    """
    encoded: Pixels = np.asarray(cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb), np.float32)
    grey, red, blue = (encoded[..., channel] for channel in range(3))
    mask = _within(red, _SKIN_RED) * _within(blue, _SKIN_BLUE) * _rising(grey, *_SKIN_DARKEST)
    return _soften(mask, 2.0 * scale)


def sky(pixels: Pixels, scale: float = 1.0) -> Mask:
    """Return the mask of what is smooth, light and rather blue or grey than warm: sky, and what looks like it.

    Args:
        pixels: As in `highlights`.
        scale: As in `highlights`.
    """
    # Smoothed, so that noise does not pass for structure.
    quiet = np.asarray(cv2.GaussianBlur(pixels, (0, 0), max(2.0 * scale, 0.5)), np.float32)
    grey = np.asarray(cv2.cvtColor(quiet, cv2.COLOR_RGB2GRAY), np.float32)
    slope = cv2.magnitude(cv2.Scharr(grey, cv2.CV_32F, 1, 0), cv2.Scharr(grey, cv2.CV_32F, 0, 1)) / np.float32(32)
    side = 2 * max(round(_SKY_RADIUS * scale), 1) + 1
    is_smooth = 1 - _rising(cv2.blur(slope, (side, side)) * np.float32(scale), *_SMOOTH)
    cool = _rising(quiet[..., 2] - quiet[..., 0], *_SKY_COOL)
    return _soften(is_smooth * cool * _rising(grey, *_SKY_BRIGHT), 4.0 * scale)


def _rising(values: Mask, none: float, full: float) -> Mask:
    """Return 0 up to `none`, 1 from `full` on, and a straight line between."""
    weight: Mask = np.clip((values - np.float32(none)) / np.float32(full - none), 0.0, 1.0)
    return weight


def _within(values: Mask, span: tuple[float, float]) -> Mask:
    """Return 1 within a span, falling to 0 outside of it."""
    outside = np.maximum(np.float32(span[0]) - values, values - np.float32(span[1]))
    return 1 - _rising(outside, 0.0, _SKIN_SOFT)


def _soften(mask: Mask, sigma: float) -> Mask:
    return np.asarray(cv2.GaussianBlur(mask, (0, 0), max(sigma, 0.5)), np.float32)
