"""Conversion between sRGB-encoded values and linear light (IEC 61966-2-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress, Task, run_to_end
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_VALUES_AT_ONCE = 3_000_000
"""Values that are converted at a time: a tenth of a second, and no large arrays beside the result."""

_CACHED_VALUES = 50_000
"""Values that a formula is applied to at a time."""

CLIPPED = np.float32(0.98)
"""Share of white, in linear light, from which on light counts as clipped: the 8-bit levels 253 to 255."""


def is_clipped(light: Pixels) -> NDArray[np.bool_]:
    """Return where linear light of any shape may be that of white, whatever was brighter in the scene."""
    clipped: NDArray[np.bool_] = light >= CLIPPED
    return clipped


def srgb_to_linear(pixels: Pixels) -> Pixels:
    """Return the linear light of sRGB-encoded values; any shape, [0, 1] to [0, 1]."""
    return run_to_end(convert_to_linear(pixels))


def convert_to_linear(pixels: Pixels) -> Task[Pixels]:
    """Return the same as `srgb_to_linear`, as a task: 100 megapixels take seconds, in which it can be cancelled."""
    if pixels.size <= _VALUES_AT_ONCE:
        return _to_linear(pixels)
    light = np.empty(pixels.shape, np.float32)
    step = max(_VALUES_AT_ONCE * len(pixels) // pixels.size, 1)
    for first in range(0, len(pixels), step):
        yield Progress(first / len(pixels), tr("Converting to linear light"))
        light[first : first + step] = _to_linear(pixels[first : first + step])
    return light


def linear_to_srgb(light: Pixels) -> Pixels:
    """Return sRGB-encoded values of linear light; any shape, [0, 1] to [0, 1]; what lies outside is clipped first."""
    return _convert_in_pieces(light, _encode)


def _to_linear(pixels: Pixels) -> Pixels:
    return _convert_in_pieces(pixels, _decode)


def _convert_in_pieces(values: Pixels, formula: Callable[[Pixels], Pixels]) -> Pixels:
    """Apply a formula to pieces that stay in the processor's cache, which takes half the time of all at once."""
    if values.size <= _CACHED_VALUES:
        return formula(values).astype(np.float32, copy=False)
    converted = np.empty(values.shape, np.float32)
    step = max(_CACHED_VALUES * len(values) // values.size, 1)
    for first in range(0, len(values), step):
        converted[first : first + step] = formula(values[first : first + step])
    return converted


def _decode(pixels: Pixels) -> Pixels:
    return np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4)


def _encode(light: Pixels) -> Pixels:
    light = np.clip(light, 0.0, 1.0)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055)
