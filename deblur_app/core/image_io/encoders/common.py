"""Common parts of the encoders: the values of a picture as a format holds them, and EXIF for the picture's own size."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import ExifTags, Image

from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.exif_patch import with_size
from deblur_app.core.picture import to_uint8, to_uint16
from deblur_app.core.profiles import inks as profile_inks
from deblur_app.core.profiles.conversion import to_srgb

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Picture, Pixels


def to_values(
    picture: Picture, *, is_deep: bool, may_be_grey: bool = True, has_alpha: bool = True, has_profile: bool = True
) -> NDArray[Any]:
    """Return uint8 or uint16 values of shape (height, width, channels): grey or RGB, and alpha where there is one.

    Args:
        picture: The picture.
        is_deep: Whether the format holds 16 bits.
        may_be_grey: Whether it holds one channel of colour.
        has_alpha: Whether it holds transparency; where not, the picture is laid over white.
        has_profile: Whether the profile of the picture is written, too; where not, the values are those of sRGB.
    """
    convert = to_uint16 if is_deep else to_uint8
    colours = picture.pixels
    if picture.is_grey and may_be_grey:
        colours = colours.mean(axis=2, dtype=np.float32, keepdims=True)
    if not has_profile:
        colours = to_srgb(colours, picture.pixel_profile)
    elif picture.curves:
        colours = picture.curves.to_values(colours)
    if not has_alpha:
        colours = lay_over_white(colours, picture)
    values: NDArray[Any] = convert(colours)
    if picture.alpha is None or not has_alpha:
        return values
    return np.concatenate([values, convert(picture.alpha)[..., None]], axis=2)


def to_inks_of(picture: Picture, *, is_deep: bool) -> NDArray[Any]:
    """Return the inks of a picture that was read from inks, shape (height, width, 4), uint8 or uint16.

    Raises:
        ValueError: The profile of its inks cannot be read.
    """
    original = picture.inks if picture.inks is not None and picture.inks.shape[:2] == picture.pixels.shape[:2] else None
    inks = profile_inks.to_inks(to_uint8(picture.pixels), picture.icc or b"", original)
    return inks if is_deep else profile_inks.to_8_bits(inks)


def lay_over_white(colours: Pixels, picture: Picture) -> Pixels:
    """Return the colours of a picture over a white ground; the same array where nothing is transparent."""
    if not is_transparent(picture):
        return colours
    alpha = picture.alpha[..., None]  # type: ignore[index]
    return colours * alpha + (1 - alpha)


def is_transparent(picture: Picture) -> bool:
    """Return whether any pixel is at least a bit transparent."""
    return picture.alpha is not None and float(picture.alpha.min()) < 1.0 - 1e-6


def make_exif(picture: Picture, *, with_resolution: bool = False) -> bytes | None:
    """Return the EXIF block with the size that the picture has now; None where there is none.

    Args:
        picture: The picture.
        with_resolution: Whether the format has no other place for the resolution, so that it belongs here.
    """
    resolution = picture.metadata.resolution if with_resolution else None
    if picture.exif is None and resolution is None:
        return None
    exif = embedded.load_exif(picture.exif)
    if not len(exif) and resolution is None:
        return None
    if picture.exif and (resolution is None or ExifTags.Base.XResolution in exif):
        with suppress(ValueError):
            block = picture.exif.removeprefix(embedded.EXIF_MARK)
            return embedded.EXIF_MARK + with_size(block, picture.width, picture.height)
    details = exif.get_ifd(ExifTags.IFD.Exif) if ExifTags.IFD.Exif in exif else {}
    for tag, size in ((ExifTags.Base.ExifImageWidth, picture.width), (ExifTags.Base.ExifImageHeight, picture.height)):
        if tag in details:
            details[tag] = size
    if resolution is not None and ExifTags.Base.XResolution not in exif:
        exif[ExifTags.Base.XResolution], exif[ExifTags.Base.YResolution] = resolution
        exif[ExifTags.Base.ResolutionUnit] = 2
    try:
        return embedded.serialise_exif(exif)
    except Exception:  # noqa: BLE001 - Pillow raises anything on blocks that it read but cannot write
        return None


def to_image(values: NDArray[Any]) -> Image.Image:
    """Return values of 8 bits as Pillow's image."""
    return Image.fromarray(values[..., 0] if values.shape[2] == 1 else values)
