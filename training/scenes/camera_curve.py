"""The measured curve of a camera: which light each value of its photos stands for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_LEVELS = 256


@dataclass(frozen=True, eq=False)
class CameraCurve:
    """A curve, rising in each channel.

    Attributes:
        light: Light of each of 256 values and each channel in the order red, green, blue, shape (256, 3).
    """

    light: NDArray[np.float64]

    def to_light(self, pixels: Pixels) -> Pixels:
        """Return the light of encoded values in [0, 1], shape (height, width, 3), in the units of the curve."""
        values = np.linspace(0.0, 1.0, _LEVELS)
        planes = [np.interp(pixels[..., channel], values, self.light[:, channel]) for channel in range(3)]
        return np.stack(planes, axis=-1).astype(np.float32)

    def to_values(self, light: Pixels) -> Pixels:
        """Return the encoded values in [0, 1] of light, clipped to what the curve covers."""
        values = np.linspace(0.0, 1.0, _LEVELS)
        planes = [np.interp(light[..., channel], self.light[:, channel], values) for channel in range(3)]
        return np.stack(planes, axis=-1).astype(np.float32)


class SrgbCurve:
    """The curve of sRGB, for cameras whose own is not known."""

    def to_light(self, pixels: Pixels) -> Pixels:
        """Return linear light of sRGB-encoded values."""
        return srgb_to_linear(pixels)

    def to_values(self, light: Pixels) -> Pixels:
        """Return sRGB-encoded values of linear light."""
        return linear_to_srgb(light)


def read_curve(path: Path) -> CameraCurve:
    """Read a camera's inverse curve from a NumPy file.

    Args:
        path: 256 × 3 or 256 × 1 × 3 numbers in the order blue, green, red, as OpenCV's calibration writes them
            (Debevec and Malik, "Recovering high dynamic range radiance maps from photographs", 1997); 256 for all.

    Raises:
        DeblurError: The file cannot be read, or holds no rising curve.
    """
    try:
        array = np.load(path, allow_pickle=False)
    except (OSError, ValueError, EOFError) as error:
        raise DeblurError(f"“{path}” cannot be read as a camera's curve. It must be a NumPy file (.npy).") from error
    if not np.issubdtype(array.dtype, np.number) or array.size not in (_LEVELS, 3 * _LEVELS) or len(array) != _LEVELS:
        raise DeblurError(f"“{path}” is not a camera's curve: it must hold 256 numbers, or 256 for each colour.")
    light = np.broadcast_to(array.reshape(_LEVELS, -1), (_LEVELS, 3))[:, ::-1].astype(np.float64)
    if not np.isfinite(light).all() or (light < 0.0).any() or not (light[-1] > light[0]).all():
        raise DeblurError(f"“{path}” is not a camera's curve: its numbers must rise from 0 or more.")
    return CameraCurve(np.maximum.accumulate(light, axis=0))
