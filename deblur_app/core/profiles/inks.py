"""Photos in the inks of a print (CMYK): their colours by the profile of the inks, and inks for changed colours.

Many mixtures of inks have one colour, so that a photo which goes to colours and back would be separated anew. The inks
of a photo are kept, and only the difference that restoring makes is added to them.
"""

from __future__ import annotations

import io
import logging
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image, ImageCms

from deblur_app.core.profiles.icc import find_space

if TYPE_CHECKING:
    from numpy.typing import NDArray

log = logging.getLogger(__name__)

_COLORIMETRIC = ImageCms.Intent.RELATIVE_COLORIMETRIC
_ROWS_AT_ONCE = 256
_STEPS = 2
"""Times that inks are corrected; after the second, colours are as close as tables of 8 bits allow."""


def is_profile_of_inks(profile: bytes | None) -> bool:
    """Return whether a profile is one of cyan, magenta, yellow and black."""
    return bool(profile) and find_space(profile or b"") == b"CMYK"


def to_colours(inks: NDArray[Any], profile: bytes) -> NDArray[np.uint8] | None:
    """Return the colours of inks in sRGB, of 8 bits; None where Little CMS cannot read the profile.

    Args:
        inks: uint8 or uint16, shape (height, width, 4); the largest number is full ink.
        profile: That of the inks.
    """
    try:
        transform = _find_transform(profile, to_inks=False)
        _find_transform(profile, to_inks=True)  # or the photo could not be written again
    except (ImageCms.PyCMSError, OSError) as error:
        log.info("A profile of inks cannot be applied: %s", error)
        return None
    result = np.empty((*inks.shape[:2], 3), np.uint8)
    for top in range(0, len(inks), _ROWS_AT_ONCE):
        rows = slice(top, top + _ROWS_AT_ONCE)
        result[rows] = _apply(to_8_bits(inks[rows]), transform, "CMYK")
    return result


def to_inks(colours: NDArray[np.uint8], profile: bytes, original: NDArray[Any] | None) -> NDArray[Any]:
    """Return inks for colours.

    Args:
        colours: sRGB, shape (height, width, 3).
        profile: That of the inks.
        original: The inks of the photo before its colours changed, of the same size; None separates all anew.

    Returns:
        Shape (height, width, 4), of the type of `original`, or uint8 without it. Equal to it where the colours are.

    Raises:
        ValueError: Little CMS cannot read the profile.
    """
    try:
        forward, backward = (_find_transform(profile, to_inks=direction) for direction in (True, False))
    except (ImageCms.PyCMSError, OSError) as error:
        raise ValueError(f"the profile of its inks cannot be read: {error}") from error
    result = np.empty((*colours.shape[:2], 4), np.uint8 if original is None else original.dtype)
    for top in range(0, len(colours), _ROWS_AT_ONCE):
        rows = slice(top, top + _ROWS_AT_ONCE)
        new = _apply(colours[rows], forward)
        inks = new if original is None else original[rows]
        for _ in range(0 if original is None else _STEPS):
            now = _apply(_apply(to_8_bits(inks), backward, "CMYK"), forward)
            inks = _add(inks, new.astype(np.int32) - now)
        result[rows] = inks
    return result


def _add(inks: NDArray[Any], levels: NDArray[np.int32]) -> NDArray[Any]:
    """Return inks with differences added that are given in levels of 8 bits."""
    largest = np.iinfo(inks.dtype).max
    changed: NDArray[Any] = np.clip(inks + levels * (largest // 255), 0, largest).astype(inks.dtype)
    return changed


def _apply(values: NDArray[np.uint8], transform: ImageCms.ImageCmsTransform, mode: str = "RGB") -> NDArray[np.uint8]:
    return np.asarray(ImageCms.applyTransform(Image.fromarray(np.ascontiguousarray(values), mode), transform))


def _find_transform(profile: bytes, *, to_inks: bool) -> ImageCms.ImageCmsTransform:
    inks, srgb = ImageCms.ImageCmsProfile(io.BytesIO(profile)), ImageCms.createProfile("sRGB")
    flags = ImageCms.Flags.BLACKPOINTCOMPENSATION
    if to_inks:
        return ImageCms.buildTransform(srgb, inks, "RGB", "CMYK", _COLORIMETRIC, flags)
    return ImageCms.buildTransform(inks, srgb, "CMYK", "RGB", _COLORIMETRIC, flags)


def to_8_bits(inks: NDArray[Any]) -> NDArray[np.uint8]:
    """Return inks of 8 or 16 bits as those of 8 bits."""
    if inks.dtype == np.uint8:
        return inks
    return ((inks.astype(np.uint32) * 255 + 32767) // 65535).astype(np.uint8)
