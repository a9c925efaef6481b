"""Camera raw files by LibRaw, in the linear light of the sensor."""

from __future__ import annotations

import importlib
import io
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.file_errors import damaged_file_error, missing_extra, quote
from deblur_app.core.image_io import embedded
from deblur_app.core.image_io.decoded import Decoded, to_file_values
from deblur_app.core.image_io.limits import check_size
from deblur_app.core.picture import Metadata
from deblur_app.core.profiles.exposure import find_exposure_curves
from deblur_app.core.profiles.made_profiles import make_display_p3
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

_SRGB = (2.4, 12.92)
"""Power and slope of the curve of sRGB, for LibRaw, whose own default is the curve of television."""
_P3_OF_SRGB = np.array(
    [[0.8224621, 0.1775380, 0.0], [0.0331941, 0.9668058, 0.0], [0.0170827, 0.0723974, 0.9105199]], np.float32
)
"""Linear Display P3 of linear sRGB; both have the white D65."""
_FULL = 0.985
"""Share of the largest value of a channel from which on its sensor counts as full: noise, and steps of demosaicing."""
_ADJUSTED = 0.97
"""Brightest value, as a share of the white that the camera names, from which on it counts as white: some sensors are
full a little earlier. LibRaw's 0.75 would make photos brighter by up to a third."""
_MOST_HEADROOM = 8.0
"""Largest ratio of two factors of a white balance; tungsten light needs 3."""
_ROWS_AT_ONCE = 128


@dataclass(frozen=True)
class _Development:
    """Values in Display P3, and what was lost of the highlights.

    Attributes:
        values: uint16, shape (height, width, 3).
        headroom: Light of the brightest value, in white.
        clipped: Share of the pixels of which no channel is known.
    """

    values: NDArray[np.uint16]
    headroom: float
    clipped: float


def decode(data: bytes, name: str) -> Decoded:
    """Return a camera raw file as a picture of 16 bits in Display P3, at the brightness of its exposure.

    Its highlights go as far as the sensor has them: `headroom` says how much brighter than white.

    Raises:
        DeblurError: It is damaged, too large, or of a camera that LibRaw does not know, or rawpy is not installed.
    """
    try:
        rawpy: Any = importlib.import_module("rawpy")
    except ImportError as error:
        raise missing_extra(name, tr("a camera raw file")) from error
    try:
        with rawpy.imread(io.BytesIO(data)) as raw:
            check_size(raw.sizes.width, raw.sizes.height, name, len(data))
            jpeg = _find_embedded_jpeg(raw, rawpy)
            if raw.num_colors != 3:  # four colours, or one: LibRaw knows how to make three of them
                values = raw.postprocess(output_bps=16, use_camera_wb=True, gamma=_SRGB, no_auto_bright=True)
                decoded = Decoded(values)
            else:
                developed = _develop(raw, rawpy)
                note = _compare_with_jpeg(jpeg, developed, name)
                decoded = Decoded(developed.values, icc=make_display_p3(), note=note, headroom=developed.headroom)
    except rawpy.LibRawError as error:
        raise damaged_file_error(name, tr("or of a camera that LibRaw does not know: {error}", error=error)) from error
    return _with_metadata(decoded, data, jpeg)


def _develop(raw: Any, rawpy: Any) -> _Development:
    factors = np.array(raw.camera_whitebalance[:3], np.float32)
    if not factors.min() > 0:
        factors = np.array(raw.daylight_whitebalance[:3], np.float32)
    headroom = min(float(factors.max() / factors.min()), _MOST_HEADROOM)
    curves = find_exposure_curves(headroom)
    light = raw.postprocess(
        output_bps=16,
        use_camera_wb=True,
        gamma=(1, 1),
        no_auto_bright=True,
        adjust_maximum_thr=_ADJUSTED,
        output_color=rawpy.ColorSpace.raw,
        highlight_mode=rawpy.HighlightMode.Ignore,
    )
    matrix = _P3_OF_SRGB @ np.asarray(raw.color_matrix, np.float32)[:, :3]
    clipped = 0
    for top in range(0, len(light), _ROWS_AT_ONCE):  # of a large photo, no second copy in float32
        rows = slice(top, top + _ROWS_AT_ONCE)
        part = light[rows].astype(np.float32) / np.float32(65535)
        is_full = part >= np.float32(_FULL) * factors / factors.max()
        clipped += int(is_full.all(axis=2).sum())
        colours = linear_to_srgb(_fill_highlights(part, is_full) @ matrix.T)
        light[rows] = to_file_values(colours, curves)
    return _Development(light, headroom, clipped / light[..., 0].size)


def _fill_highlights(light: NDArray[np.float32], is_full: NDArray[np.bool_]) -> NDArray[np.float32]:
    """Return light in which channels that are full are at least as bright as the others: grey, not magenta."""
    known = (~is_full).sum(axis=2, keepdims=True)
    others = np.where(is_full, 0, light).sum(axis=2, keepdims=True) / np.maximum(known, 1)
    filled = np.where(is_full, np.maximum(light, others), light)
    filled[is_full.all(axis=2)] = 1.0
    return filled


def _find_embedded_jpeg(raw: Any, rawpy: Any) -> bytes | None:
    """Return the JPEG that the camera made; None where there is none."""
    try:
        thumbnail = raw.extract_thumb()
    except rawpy.LibRawError:
        return None
    return bytes(thumbnail.data) if thumbnail.format == rawpy.ThumbFormat.JPEG else None


def _compare_with_jpeg(jpeg: bytes | None, developed: _Development, name: str) -> str:
    """Return in words what the raw data have beyond the embedded JPEG; "" without one."""
    if jpeg is None:
        return ""
    try:
        with Image.open(io.BytesIO(jpeg), formats=["JPEG"]) as image:
            width, height = image.size
            image.draft("RGB", (640, 640))
            clipped = float((np.asarray(image.convert("RGB")) >= 254).any(axis=2).mean())
    except Exception:  # noqa: BLE001 - a damaged JPEG, on which Pillow raises anything, does not cost the photo
        return ""
    size = tr("{shape} × {shape_2} pixels", shape=developed.values.shape[1], shape_2=developed.values.shape[0])
    return tr(
        "{file} is restored from the raw data: {size}, of which {clipped:.1%} are clipped. "
        "Its embedded JPEG has {width} × {height} pixels in 8 bits, {clipped_2:.1%} of them with a clipped channel.",
        file=quote(name),
        size=size,
        clipped=developed.clipped,
        width=width,
        height=height,
        clipped_2=clipped,
    )


def _with_metadata(decoded: Decoded, data: bytes, jpeg: bytes | None) -> Decoded:
    """Return a picture with the EXIF and XMP of a file in the form of TIFF, else with those of its embedded JPEG."""
    if data[:4] in {b"II*\0", b"MM\0*"}:
        _, exif = embedded.read_tiff_exif(data)
        xmp = embedded.read_tiff_xmp(data)
    else:
        _, exif = embedded.read_exif(embedded.find_jpeg_exif(jpeg or b""))
        xmp = None
    resolution = embedded.exif_resolution(exif)
    return replace(decoded, exif=exif, metadata=Metadata(embedded.clean_xmp(xmp), resolution=resolution))
