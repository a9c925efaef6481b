"""The output of a decoder, and the picture it becomes."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.image_io.embedded import is_adobe_rgb
from deblur_app.core.picture import Metadata, Picture, from_integer, to_uint16
from deblur_app.core.profiles.exposure import find_exposure_curves
from deblur_app.core.profiles.made_profiles import make_adobe_rgb
from deblur_app.core.profiles.tone_curves import find_curves

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from deblur_app.core.profiles.tone_curves import ToneCurves


@dataclass(frozen=True, eq=False)
class Decoded:
    """Values and blocks of one file, as it stores them.

    Attributes:
        values: uint8, uint16 or float32 (in [0, 1]), shape (height, width, channels): grey, grey and alpha, RGB or
            RGB and alpha, not premultiplied.
        orientation: How the values are to be turned (Exif 2.3, tag 0x0112), 1 to 8.
        exif: The EXIF block, with its orientation already set to 1.
        icc: The colour profile.
        metadata: XMP, IPTC, comment, resolution and texts.
        jpeg_table: Luma quantisation table of a JPEG, or of the one that is as coarse as a lossy WebP.
        pages: How many pages the TIFF file has.
        page: Which of them this is, from 0 on.
        note: A sentence for the user.
        headroom: Of camera raw, the light of the brightest value, in white; 1 for all other files.
        inks: The inks of which `values` are the colours by `icc`, shape (height, width, 4), uint8 or uint16.
    """

    values: NDArray[Any]
    orientation: int = 1
    exif: bytes | None = None
    icc: bytes | None = None
    metadata: Metadata = field(default_factory=Metadata)
    jpeg_table: NDArray[np.uint16] | None = None
    pages: int = 1
    note: str = ""
    page: int = 0
    headroom: float = 1.0
    inks: NDArray[Any] | None = None


def to_picture(decoded: Decoded, path: Path | None) -> Picture:
    """Return the upright picture in float32 that `decoded` describes."""
    values = turn(decoded.values, decoded.orientation)
    channels = values.shape[2]
    is_grey, has_alpha = channels < 3, channels in {2, 4}
    icc = decoded.icc if decoded.inks is not None or has_fitting_space(decoded.icc, is_grey=is_grey) else None
    if decoded.icc is None and not is_grey and is_adobe_rgb(decoded.exif):
        icc = make_adobe_rgb()
    curves = find_exposure_curves(decoded.headroom) if decoded.headroom > 1.0 else find_curves(icc)
    if curves and is_grey:
        curves = curves.of_grey()
    stored = values[..., : channels - has_alpha]
    colours = curves.to_pixels(stored) if curves else to_float(stored)
    return Picture(
        pixels=np.repeat(colours, 3, axis=2) if is_grey else colours,
        alpha=to_float(values[..., -1]) if has_alpha else None,
        bit_depth=8 if (values if decoded.inks is None else decoded.inks).dtype == np.uint8 else 16,
        exif=decoded.exif,
        icc=icc,
        path=path,
        is_grey=is_grey,
        jpeg_table=decoded.jpeg_table,
        metadata=decoded.metadata,
        pages=decoded.pages,
        page=decoded.page,
        note=decoded.note,
        curves=curves,
        inks=None if decoded.inks is None else turn(decoded.inks, decoded.orientation),
    )


def has_fitting_space(icc: bytes | None, *, is_grey: bool) -> bool:
    """Return whether a profile is one for the colours we hold: RGB, or grey for a grey picture; not CMYK."""
    return bool(icc) and icc[16:20] in ({b"RGB ", b"GRAY"} if is_grey else {b"RGB "})  # type: ignore[index]


def to_float(values: NDArray[Any]) -> NDArray[np.float32]:
    """Return values in [0, 1] as float32, of the same shape."""
    return values.astype(np.float32) if values.dtype.kind == "f" else from_integer(values)


def to_file_values(pixels: Pixels, curves: ToneCurves | None) -> NDArray[np.uint16]:
    """Return pixels as the values of 16 bits that have them by the curves."""
    return to_uint16(curves.to_values(pixels) if curves else pixels)


def turn(values: NDArray[Any], orientation: int) -> NDArray[Any]:
    """Return upright values for an EXIF orientation of 1 to 8 (Exif 2.3, tag 0x0112)."""
    if orientation in {2, 4, 5, 7}:
        values = values[:, ::-1]
    quarter_turns = {3: 2, 4: 2, 5: 1, 6: 3, 7: 3, 8: 1}.get(orientation, 0)
    return np.ascontiguousarray(np.rot90(values, quarter_turns))


def stretch(values: NDArray[Any], largest: int) -> NDArray[Any]:
    """Return whole numbers in [0, largest] as uint8 where `largest` is below 256, else as uint16, full scale.

    What lies above `largest` is taken for it.
    """
    dtype, scale = (np.uint8, 255) if largest < 256 else (np.uint16, 65535)
    if largest == scale:
        return values.astype(dtype, copy=False)
    if largest > 65535:
        scaled: NDArray[Any] = np.rint(np.minimum(values, largest) * (65535 / largest)).astype(np.uint16)
        return scaled
    table = ((np.arange(largest + 1, dtype=np.int64) * scale * 2 + largest) // (2 * largest)).astype(dtype)
    result: NDArray[Any] = np.take(table, values, mode="clip")
    return result


def add_alpha(values: NDArray[Any], is_transparent: NDArray[np.bool_]) -> NDArray[Any]:
    """Return values with a channel for alpha: nothing where `is_transparent`, all elsewhere."""
    alpha = np.where(is_transparent, 0, np.iinfo(values.dtype).max).astype(values.dtype)
    return np.dstack([values, alpha])


def divide_by_alpha(values: NDArray[Any]) -> NDArray[Any]:
    """Return values whose last channel is alpha with their colours divided by it; black where it is 0."""
    full = 1.0 if values.dtype.kind == "f" else float(np.iinfo(values.dtype).max)
    result = values.copy()
    for rows in range(0, len(values), 256):  # a few rows in float64 at a time
        part = values[rows : rows + 256]
        alpha = part[..., -1:].astype(np.float64)
        colours = np.divide(part[..., :-1] * full, alpha, out=np.zeros(part[..., :-1].shape), where=alpha > 0)
        if values.dtype.kind != "f":
            colours = np.rint(colours)
        result[rows : rows + 256, :, :-1] = np.clip(colours, 0.0, full)
    return result
