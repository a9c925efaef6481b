"""Tone curves: how the values of a file stand to linear light, where that is not as sRGB says.

Inside the program, pixels have the photo's own primaries and the curve of sRGB, so that linear light is one function
of them, whatever photo they come from. Blur is a convolution in the light of any primaries.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np

from deblur_app.core.profiles import icc
from deblur_app.core.profiles.colour_tables import make_plain_profile, read_grey_tones

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

ENTRIES = 65536
"""Of a table: one for each value of 16 bits."""
_SAME = 0.5 / 255
"""Difference to the curve of sRGB up to which a curve is that of sRGB: what rounding to 8 bits does not show."""
_LEAST_SLOPE = 0.002
"""Of a curve: where it is flatter, as in blacks that a profile clips, values could not be told apart again."""
_LEAST_RANGE = 0.5
"""Of the pixels that a curve leads to; one that covers less, or falls, is damaged."""
_SAMPLES = 4096
"""Entries of the curve for a screen."""
_VALUES_AT_ONCE = 50_000
"""Values that are converted at a time, which stay in the processor's cache."""


@dataclass(frozen=True, eq=False)
class ToneCurves:
    """How the values of a file become pixels, and back.

    Attributes:
        forward: The pixel for each of 65536 values in [0, 1], evenly spaced; shape (65536, channels), of 1 channel
            where all have one curve.
        backward: The value for the squares of 65536 numbers in [0, 1], evenly spaced, as pixels; of the same shape.
            Evenly spaced squares, because the values of a power curve rise without bound at black otherwise.
    """

    forward: NDArray[np.float32]
    backward: NDArray[np.float32]

    def of_grey(self) -> ToneCurves:
        """Return curves for the one channel of a grey picture: those of green."""
        middle = self.forward.shape[1] // 2
        return ToneCurves(self.forward[:, middle : middle + 1], self.backward[:, middle : middle + 1])

    def to_pixels(self, values: NDArray[Any]) -> NDArray[np.float32]:
        """Return the pixels of uint8, uint16 or float values in [0, 1], of shape (height, width, channels)."""
        if values.dtype.kind == "f":
            scale = np.float32(ENTRIES - 1)
            return self._convert(values, lambda part: _interpolate(self.forward, np.clip(part, 0, 1) * scale))
        if values.dtype == np.uint8:
            table = np.ascontiguousarray(self.forward[::257])
            return self._convert(values, lambda part: _look_up(table, part))
        return self._convert(values, lambda part: _take(self.forward, part.astype(np.intp)))

    def to_values(self, pixels: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return the values in [0, 1] of pixels, of the same shape (height, width, channels)."""
        return self._convert(
            pixels, lambda part: _interpolate(self.backward, np.sqrt(np.clip(part, 0.0, 1.0)) * (ENTRIES - 1))
        )

    def describe_pixels(self, profile: bytes) -> bytes:
        """Return the profile of pixels that have come from values in `profile`, one of RGB.

        Its curve is that of sRGB, unless the values were made darker or brighter for their profile, as those of a
        camera raw file are.
        """
        if icc.has_tables(profile):
            return make_plain_profile(profile)
        places = np.linspace(0.0, 1.0, _SAMPLES)
        pixels = places.astype(np.float32)[:, None, None].repeat(self.forward.shape[1], axis=2)
        light = icc.read_light(profile, self.to_values(pixels)[:, 0, 0].astype(np.float64))
        is_srgb = light is None or float(np.abs(_encode(light[0]) - places).max()) < _SAME
        return icc.with_curve(profile, icc.SRGB_CURVE if is_srgb or light is None else icc.make_table(light[0]))

    def _convert(
        self, values: NDArray[Any], function: Callable[[NDArray[Any]], NDArray[np.float32]]
    ) -> NDArray[np.float32]:
        result = np.empty(values.shape, np.float32)
        step = max(_VALUES_AT_ONCE * len(values) // max(values.size, 1), 1)
        for top in range(0, len(values), step):
            result[top : top + step] = function(values[top : top + step])
        return result


@functools.lru_cache(maxsize=16)
def find_curves(profile: bytes | None) -> ToneCurves | None:
    """Return the tone curves of a profile; None for sRGB's, and for a profile that has none or cannot be read."""
    if not profile:
        return None
    light = _read_light(profile, _SAMPLES)
    if light is None or _is_srgb(light):  # most profiles, which shall cost no time
        return None
    light = _read_light(profile, ENTRIES)
    return None if light is None else make_curves(light)


def _read_light(profile: bytes, count: int) -> NDArray[np.float64] | None:
    """Return the light that a profile gives to so many evenly spaced values; of one with tables that of greys."""
    values = np.linspace(0.0, 1.0, count)
    light = icc.read_light(profile, values)
    if light is not None:
        return light
    tones = read_grey_tones(profile, values)
    return None if tones is None else decode(tones)


def make_curves(light: NDArray[np.float64]) -> ToneCurves | None:
    """Return the curves that give linear light in [0, 1], shape (channels, 65536), to evenly spaced values in [0, 1].

    Returns:
        The curves; None where they are those of sRGB or no curves at all.
    """
    values = np.linspace(0.0, 1.0, ENTRIES)
    pixels = _encode(light)
    if _is_srgb(light) or float((pixels[:, -1] - pixels[:, 0]).min()) < _LEAST_RANGE:
        return None
    if (pixels == pixels[:1]).all():
        pixels = pixels[:1]
    rising = np.maximum(np.diff(pixels, axis=1), _LEAST_SLOPE / ENTRIES)
    forward = np.concatenate([pixels[:, :1], pixels[:, :1] + np.cumsum(rising, axis=1)], axis=1)
    forward *= np.minimum(1.0, 1.0 / forward[:, -1:])
    backward = np.stack([np.interp(values**2, curve, values) for curve in forward])
    return ToneCurves(*(np.ascontiguousarray(table.T, np.float32) for table in (forward, backward)))


def _is_srgb(light: NDArray[np.float64]) -> bool:
    """Return whether the light of evenly spaced values, shape (channels, n), is that of sRGB."""
    return float(np.abs(_encode(light) - np.linspace(0.0, 1.0, light.shape[1])).max()) <= _SAME


def _encode(light: NDArray[np.float64]) -> NDArray[np.float64]:
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * np.maximum(light, 0.0) ** (1 / 2.4) - 0.055)


def _look_up(table: NDArray[np.float32], values: NDArray[np.uint8]) -> NDArray[np.float32]:
    wide = np.ascontiguousarray(table[:, None] if table.shape[1] == values.shape[2] else table)
    return cv2.LUT(values, wide).reshape(values.shape).astype(np.float32, copy=False)


def decode(values: NDArray[np.float64]) -> NDArray[np.float64]:
    """Return the linear light of values with the curve of sRGB, in float64."""
    return np.asarray(np.where(values <= 0.04045, values / 12.92, ((values + 0.055) / 1.055) ** 2.4))


def _take(table: NDArray[np.float32], positions: NDArray[np.intp]) -> NDArray[np.float32]:
    """Return the entries of a table, of one column for all channels or of one for each."""
    columns = table.shape[1]
    if columns > 1:
        positions = positions * columns + np.arange(columns)
    return np.take(table, positions, mode="clip")


def _interpolate(table: NDArray[np.float32], positions: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return a table between its entries; positions in [0, entries − 1]."""
    lower = np.clip(positions, 0, ENTRIES - 2).astype(np.intp)
    low, high = _take(table, lower), _take(table, lower + 1)
    high -= low
    high *= positions - lower.astype(np.float32)
    low += high
    return low
