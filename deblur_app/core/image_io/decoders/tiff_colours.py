"""Conversion of the samples of a TIFF to grey or RGB, maybe transparent (TIFF 6.0, sections 4–6, 16, 18, 21)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from PIL import Image

from deblur_app.core.file_errors import damaged_file_error, quote, unsupported_file_error
from deblur_app.core.image_io.decoded import divide_by_alpha, stretch
from deblur_app.core.image_io.decoders.linear_formats import MOST_HEADROOM
from deblur_app.core.image_io.decoders.pnm import check_floats
from deblur_app.core.texts import tr, tr_count

if TYPE_CHECKING:
    import tifffile
    from numpy.typing import NDArray

_WHITE_IS_ZERO, _BLACK_IS_ZERO, _RGB, _PALETTE, _MASK, _CMYK, _YCBCR = 0, 1, 2, 3, 4, 5, 6
_COLOURS = {_WHITE_IS_ZERO: 1, _BLACK_IS_ZERO: 1, _RGB: 3, _PALETTE: 1, _MASK: 1, _CMYK: 4, _YCBCR: 3}
_NAMES = {8: "CIE L*a*b*", 9: "ICC L*a*b*", 10: "ITU L*a*b*", 32844: "LogL", 32845: "LogLuv"}
_RAW = {32803, 34892}
_ASSOCIATED, _UNASSOCIATED = 1, 2
_CONVERTED_BY_CODEC = {6, 7, 34892, 33003, 33005, 34712, 50001}
"""JPEG, JPEG 2000 and WebP: their decoders give RGB where the file says YCbCr."""


def to_grey_or_rgb(page: tifffile.TiffPage, samples: NDArray[Any], name: str) -> tuple[NDArray[Any], str]:
    """Return uint8, uint16 or float32 values as `Decoded` has them, and a sentence where something was left out.

    Args:
        page: What the file says about its samples.
        samples: As stored, shape (height, width, samples).
        name: The name of the file.

    Raises:
        DeblurError: The colours or numbers are of a kind that is not read.
    """
    photometric = int(page.photometric)
    if photometric in _RAW:
        raise unsupported_file_error(
            name, tr("a camera raw picture inside TIFF"), tr("Rename it to the ending of its camera, or .dng.")
        )
    if photometric not in _COLOURS:
        raise unsupported_file_error(name, tr("a TIFF in the colours {get}", get=_NAMES.get(photometric, photometric)))
    count = _COLOURS[photometric]
    if samples.shape[2] < count:
        raise damaged_file_error(name, tr("{shape} channels instead of {count}", shape=samples.shape[2], count=count))
    if photometric == _PALETTE:
        values = _look_up_first(page, samples, name)
        colours, count = values[..., :3], 3
    else:
        values = _full_scale(page, samples, name)
        colours = _convert(page, photometric, values[..., :count], name)
    note = _describe_floats(name) if values.dtype.kind == "f" and not has_highlights(colours) else ""
    extras = tuple(int(kind) for kind in page.extrasamples) + (0,) * values.shape[2]
    kinds = extras[: values.shape[2] - count]
    alpha = next((place for place, kind in enumerate(kinds) if kind in {_ASSOCIATED, _UNASSOCIATED}), None)
    if alpha is None:
        return colours, f"{note} {_describe_channels(len(kinds), count, name)}".strip()
    opacity = values[..., count + alpha : count + alpha + 1]
    both = np.concatenate([colours, np.minimum(opacity, 1) if opacity.dtype.kind == "f" else opacity], axis=2)
    return divide_by_alpha(both) if kinds[alpha] == _ASSOCIATED else both, note


def has_highlights(colours: NDArray[Any]) -> bool:
    """Return whether values are floating-point numbers that go above white."""
    return colours.dtype.kind == "f" and float(colours.max(initial=0.0)) > 1.0


def find_inks(page: tifffile.TiffPage, samples: NDArray[Any]) -> NDArray[Any] | None:
    """Return the inks of a page of cyan, magenta, yellow and black alone, uint8 or uint16; None for any other page."""
    is_plain = int(page.photometric) == _CMYK and page.tags.valueof(332, 1) == 1 and samples.shape[2] == 4
    return samples if is_plain and samples.dtype in {np.dtype(np.uint8), np.dtype(np.uint16)} else None


def _describe_channels(others: int, count: int, name: str) -> str:
    if others == 0:
        return ""
    channels = others + count
    return tr_count(
        "{file} has {channels} channels; the first {count} were taken.",
        "{file} has {channels} channels; the first was taken.",
        count,
        file=quote(name),
        channels=channels,
    )


def _describe_floats(name: str) -> str:
    return tr(
        "{file} has floating-point values, which are taken as they are: 0 is black and 1 white.", file=quote(name)
    )


def _full_scale(page: tifffile.TiffPage, samples: NDArray[Any], name: str) -> NDArray[Any]:
    """Return samples so that black is 0 and white is the largest number of their type, or 1.0."""
    kind = samples.dtype.kind
    if kind == "f":
        most = MOST_HEADROOM if int(page.photometric) == _RGB else 1.0  # grey ones are of instruments, of any scale
        return check_floats(samples.astype(np.float32), name, most)
    if kind == "b":
        return samples.astype(np.uint8) * np.uint8(255)
    if kind == "i":
        raise unsupported_file_error(
            name, tr("a TIFF of numbers with a sign ({bitspersample} bits)", bitspersample=page.bitspersample)
        )
    if kind != "u" or page.bitspersample > 32:
        raise unsupported_file_error(
            name, tr("a TIFF of {bitspersample}-bit numbers", bitspersample=page.bitspersample)
        )
    return stretch(samples, 2 ** int(page.bitspersample) - 1)


def _convert(page: tifffile.TiffPage, photometric: int, values: NDArray[Any], name: str) -> NDArray[Any]:
    white = values.dtype.type(1 if values.dtype.kind == "f" else np.iinfo(values.dtype).max)
    if photometric == _WHITE_IS_ZERO:
        return white - values  # type: ignore[no-any-return]
    if photometric == _CMYK:
        ink_set = page.tags.valueof(332, 1)
        if ink_set != 1:
            raise unsupported_file_error(name, tr("a TIFF of inks other than cyan, magenta, yellow and black"))
        return _from_inks(values, white)
    if photometric == _YCBCR and int(page.compression) not in _CONVERTED_BY_CODEC:
        if values.dtype != np.uint8:
            raise unsupported_file_error(name, tr("a TIFF in YCbCr of more than 8 bits"))
        return np.asarray(Image.fromarray(np.ascontiguousarray(values), "YCbCr").convert("RGB"))
    return values


def _from_inks(values: NDArray[Any], white: Any) -> NDArray[Any]:
    """Return RGB from cyan, magenta, yellow and black, as programs without a profile of the inks do."""
    result = np.empty((*values.shape[:2], 3), values.dtype)
    for rows in range(0, len(values), 256):  # a few rows in float64 at a time
        part = white - values[rows : rows + 256].astype(np.float64)
        colours = part[..., :3] * part[..., 3:] / float(white)
        result[rows : rows + 256] = colours if values.dtype.kind == "f" else np.rint(colours)
    return result


def _look_up_first(page: tifffile.TiffPage, samples: NDArray[Any], name: str) -> NDArray[Any]:
    """Return the colours that the first samples stand for, and behind them the other samples at the same depth."""
    colours = _look_up(page, samples[..., 0], name)
    if samples.shape[2] == 1:
        return colours
    others = _full_scale(page, samples[..., 1:], name)
    if colours.dtype == np.uint16 and others.dtype == np.uint8:
        others = others.astype(np.uint16) * np.uint16(257)
    return np.concatenate([colours, others], axis=2)


def _look_up(page: tifffile.TiffPage, indices: NDArray[Any], name: str) -> NDArray[Any]:
    """Return the colours of a palette: 8 bits where it has no finer ones."""
    palette = page.colormap
    if palette is None or palette.ndim != 2 or palette.shape[0] != 3 or indices.dtype.kind not in "ub":
        raise damaged_file_error(name, tr("it has no palette"))
    if int(indices.max(initial=0)) >= palette.shape[1]:
        raise damaged_file_error(name, tr("colours beyond its palette"))
    palette = np.ascontiguousarray(palette.T.astype(np.uint16))
    is_8_bit = (palette % 257 == 0).all() or (palette % 256 == 0).all()  # stored as n × 257, or n × 256
    return (palette >> 8).astype(np.uint8)[indices.astype(np.intp)] if is_8_bit else palette[indices.astype(np.intp)]
