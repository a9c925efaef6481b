"""OpenEXR and FITS: numbers that are proportional to light, of films and of telescopes."""

from __future__ import annotations

import importlib
import io
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.file_errors import damaged_file_error, missing_extra, quote, unsupported_file_error
from deblur_app.core.image_io.decoded import Decoded, to_file_values
from deblur_app.core.image_io.limits import check_size
from deblur_app.core.profiles.exposure import find_exposure_curves
from deblur_app.core.profiles.made_profiles import make_linear_grey, make_srgb
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from numpy.typing import NDArray

MOST_HEADROOM = 64.0
"""Light of a scene that is kept, in white; suns and lamps beyond are clipped there."""


def decode_exr(data: bytes, name: str) -> Decoded:
    """Return an OpenEXR picture as one of 16 bits in sRGB; light above white is rolled off where it is shown or saved.

    Raises:
        DeblurError: It is damaged, too large or of other channels, or imagecodecs is not installed.
    """
    try:
        codecs: Any = importlib.import_module("imagecodecs")
    except ImportError as error:
        raise missing_extra(name, tr("an OpenEXR picture")) from error
    light = np.asarray(codecs.exr_decode(data))
    light = light.reshape(*light.shape[:2], -1)
    check_size(light.shape[1], light.shape[0], name)
    if light.dtype.kind != "f" or light.shape[2] > 4:
        raise unsupported_file_error(
            name, tr("an OpenEXR file of {shape} channels ({dtype})", shape=light.shape[2], dtype=light.dtype)
        )
    light = np.nan_to_num(light.astype(np.float32), nan=0.0, posinf=MOST_HEADROOM, neginf=0.0)
    colours, alpha = (light[..., :-1], light[..., -1:]) if light.shape[2] in {2, 4} else (light, None)
    if alpha is not None:  # colours are multiplied by it
        colours = np.divide(colours, alpha, out=np.zeros_like(colours), where=alpha > 0)
    decoded = hold_light(colours, alpha, name)
    return replace(decoded, icc=None if decoded.values.shape[2] < 3 else make_srgb())


def hold_light(colours: NDArray[np.float32], alpha: NDArray[np.float32] | None, name: str) -> Decoded:
    """Return linear light, which may lie above white, as a picture of 16 bits that rolls it off.

    Args:
        colours: Shape (height, width, 1 or 3); white is 1, and what lies above `MOST_HEADROOM` is clipped.
        alpha: Shape (height, width, 1), or None.
        name: The name of the file, for the note.
    """
    headroom = float(np.clip(colours.max(initial=0.0), 1.0, MOST_HEADROOM))
    pixels = linear_to_srgb((colours / headroom).astype(np.float32, copy=False))
    values = to_file_values(pixels, find_exposure_curves(headroom))
    if alpha is not None:
        values = np.concatenate([values, np.rint(np.clip(alpha, 0, 1) * 65535).astype(np.uint16)], axis=2)
    note = (
        tr(
            "{file} has light up to {headroom:.1f} times white, which is rolled off.",
            file=quote(name),
            headroom=headroom,
        )
        if headroom > 1
        else ""
    )
    return Decoded(values, note=note, headroom=headroom)


def decode_fits(data: bytes, name: str) -> Decoded:
    """Return the first picture of a FITS file, upright, as one of 16 bits from its least to its largest number.

    Raises:
        DeblurError: It has no picture, is damaged or too large, or astropy is not installed.
    """
    try:
        fits: Any = importlib.import_module("astropy.io.fits")
    except ImportError as error:
        raise missing_extra(name, tr("a FITS file")) from error
    with fits.open(io.BytesIO(data), memmap=False) as units:
        unit = next((unit for unit in units if unit.is_image and unit.header.get("NAXIS", 0) >= 2), None)
        if unit is None:
            raise damaged_file_error(name, tr("it has no picture"))
        axes = [int(unit.header[f"NAXIS{number}"]) for number in range(1, int(unit.header["NAXIS"]) + 1)]
        planes = axes[2:] or [1]
        check_size(axes[0], axes[1] * int(np.prod(planes)), name)
        numbers = np.asarray(unit.data)
    numbers = numbers.reshape(-1, *numbers.shape[-2:])
    is_colour = len(numbers) == 3 and len(axes) == 3
    note = (
        ""
        if len(numbers) == 1 or is_colour
        else tr("{file} has {count} planes; the first was taken.", file=quote(name), count=len(numbers))
    )
    chosen = np.moveaxis(numbers, 0, -1) if is_colour else numbers[0][..., None]
    values = _to_16_bits(chosen[::-1], name)  # FITS counts rows from below
    return Decoded(values, icc=make_srgb(is_linear=True) if is_colour else make_linear_grey(), note=note)


def _to_16_bits(numbers: NDArray[Any], name: str) -> NDArray[np.uint16]:
    """Return numbers of any type over the whole range of 16 bits; unsigned ones of 16 bits stay as they are."""
    if numbers.dtype.kind == "u" and numbers.dtype.itemsize == 2:
        return numbers.astype(np.uint16)
    is_known = np.isfinite(numbers)
    if not is_known.any():
        raise damaged_file_error(name, tr("it has no numbers"))
    least, largest = (float(end(numbers[is_known])) for end in (np.min, np.max))
    scaled = (np.where(is_known, numbers, least).astype(np.float64) - least) / max(largest - least, 1e-300)
    return np.rint(scaled * 65535).astype(np.uint16)
