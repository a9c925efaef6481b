"""Conversion between sRGB-encoded values and linear light (IEC 61966-2-1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

CLIPPED = np.float32(0.98)
"""Share of white, in linear light, from which on light counts as clipped: the 8-bit levels 253 to 255."""


def is_clipped(light: Pixels) -> NDArray[np.bool_]:
    """Return where linear light of any shape may be that of white, whatever was brighter in the scene."""
    clipped: NDArray[np.bool_] = light >= CLIPPED
    return clipped


def srgb_to_linear(pixels: Pixels) -> Pixels:
    """Return the linear light of sRGB-encoded values; any shape, [0, 1] to [0, 1]."""
    return np.where(pixels <= 0.04045, pixels / 12.92, ((pixels + 0.055) / 1.055) ** 2.4).astype(np.float32)


def linear_to_srgb(light: Pixels) -> Pixels:
    """Return sRGB-encoded values of linear light; any shape, [0, 1] to [0, 1]; what lies outside is clipped first."""
    light = np.clip(light, 0.0, 1.0)
    return np.where(light <= 0.0031308, light * 12.92, 1.055 * light ** (1 / 2.4) - 0.055).astype(np.float32)
