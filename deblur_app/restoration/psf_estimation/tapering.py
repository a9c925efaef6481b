"""Small photographs filled up to the size that their blur is measured at."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels


def pad_tapered(light: Pixels, least: int) -> Pixels:
    """Return a picture with sides of at least `least` pixels that fades into its mean colour where it was filled up.

    Along an axis that is too short the picture is weighted by a Hann window, as spectra are estimated anyway (Welch
    1967): the mean colour around it adds nothing to the spectrum, where a mirror image would add the blur in mirrored
    directions.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        least: Pixels that both sides have at least afterwards.
    """
    height, width = light.shape[:2]
    above, left = (max(least - length, 0) // 2 for length in (height, width))
    if not above and not left and min(height, width) >= least:
        return light
    window = _window(height, least)[:, None] * _window(width, least)[None, :]
    mean = light.mean(axis=(0, 1), dtype=np.float64).astype(np.float32)
    padded = np.empty((max(height, least), max(width, least), light.shape[2]), np.float32)
    padded[:] = mean
    padded[above : above + height, left : left + width] += (light - mean) * window[..., None]
    return padded


def _window(length: int, least: int) -> NDArray[np.float32]:
    """Return weights along an axis: a Hann window where it is too short, else 1."""
    return (np.hanning(length + 2)[1:-1] if length < least else np.ones(length)).astype(np.float32)
