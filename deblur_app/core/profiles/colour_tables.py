"""Profiles of RGB with tables of colours, as scanners and some cameras have them: their greys by Little CMS.

Such a profile has no curve of a channel, and mostly no way back from colours to values. The light that it gives to
greys stands for the curve of all channels; it is exact for greys, and can be undone.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms

from deblur_app.core.profiles import icc
from deblur_app.core.profiles.made_profiles import WHITE, make_rgb_profile

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.profiles.made_profiles import Colour

log = logging.getLogger(__name__)

_SMOOTHING = np.array((1.0, 2.0, 3.0, 2.0, 1.0)) / 9
"""Weights of neighbouring greys: Little CMS in Pillow gives steps of 8 bits."""
_INTENT = ImageCms.Intent.RELATIVE_COLORIMETRIC


def read_grey_tones(profile: bytes, values: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Return the tones, with the curve of sRGB, that a profile with tables of colours gives to greys.

    Args:
        profile: The profile of a photo.
        values: The value of all three channels, in [0, 1], shape (n,).

    Returns:
        Shape (1, n), in [0, 1]; None where the profile has no tables, or Little CMS cannot read it.
    """
    if not icc.has_tables(profile):
        return None
    greys = np.repeat(np.arange(256, dtype=np.uint8)[None, :, None], 3, axis=2)
    shown = _convert(greys, profile, ImageCms.createProfile("sRGB"), "RGB")
    if shown is None:
        return None
    tones = shown[0].mean(axis=1) / 255
    edge = len(_SMOOTHING) // 2
    padded = np.pad(tones, edge, mode="reflect", reflect_type="odd")
    smooth = np.maximum.accumulate(np.clip(np.convolve(padded, _SMOOTHING, "valid"), 0.0, 1.0))
    return np.asarray(np.interp(values, np.linspace(0.0, 1.0, 256), smooth))[None]


def make_plain_profile(profile: bytes) -> bytes:
    """Return a profile with about the primaries of one with tables of colours, and the curve of sRGB.

    The same profile is returned where Little CMS cannot read it.
    """
    pure = np.eye(3, dtype=np.uint8)[None] * np.uint8(255)
    lab = _convert(pure, profile, ImageCms.createProfile("LAB"), "LAB")
    if lab is None:
        return profile
    colours = _to_xyz(lab[0])
    scales = np.linalg.lstsq(colours.T, np.array(WHITE), rcond=None)[0]  # so that equal values are grey
    red, green, blue = (_as_colour(colour) for colour in colours * scales[:, None])
    return make_rgb_profile("Colours of the photo", (red, green, blue), (icc.SRGB_CURVE,))


def _convert(values: NDArray[np.uint8], profile: bytes, target: Any, mode: str) -> NDArray[np.float64] | None:
    try:
        source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
        transform = ImageCms.buildTransform(source, target, "RGB", mode, _INTENT)
        converted = np.asarray(ImageCms.applyTransform(Image.fromarray(values), transform))
    except (ImageCms.PyCMSError, OSError) as error:
        log.info("A profile with tables of colours cannot be applied: %s", error)
        return None
    return converted.astype(np.float64)


def _to_xyz(lab: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return CIE XYZ of L*a*b* as Pillow stores it in 8 bits, both for D50, shape (n, 3) (ISO/CIE 11664-4)."""
    signed = np.where(lab[:, 1:] > 127, lab[:, 1:] - 256, lab[:, 1:])
    middle = (lab[:, 0] * (100 / 255) + 16) / 116
    roots = np.stack([middle + signed[:, 0] / 500, middle, middle - signed[:, 1] / 200], axis=1)
    light = np.where(roots > 6 / 29, roots**3, 3 * (6 / 29) ** 2 * (roots - 4 / 29))
    return np.asarray(light * np.array(WHITE))


def _as_colour(xyz: NDArray[np.float64]) -> Colour:
    x, y, z = (float(number) for number in xyz)
    return x, y, z
