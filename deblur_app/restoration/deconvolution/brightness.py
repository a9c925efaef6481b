"""Preservation of a picture's brightness: undoing a blur moves light, and neither adds nor removes any."""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import is_clipped, linear_to_srgb
from deblur_app.restoration.deconvolution import saturation

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_RELATIVE, _ABSOLUTE = 0.02, 0.0005
"""By how much the mean of a channel may change: share of it, and light on top for pictures that are nearly black."""

_RISING, _RISE = 0.015, 0.012
"""By how much the mean of the encoded values may rise, likewise: that of a picture of one mean light is the higher the
less contrast it has, so what rises has been blurred, by more than taking noise out of a dark photo does."""

_MOST_CLIPPED = 0.3
"""Share of clipped pixels around a lamp at most; where more are, it is a white surface, and what rises above rings."""

_MOST_PIXELS = 400_000  # of a photo that are looked at
_STEPS = 10
"""Halvings in search of the share of the change that is kept: to a thousandth."""


def with_mean_kept(light: Pixels, restored: Pixels, reach: int) -> Pixels:
    """Return a deconvolved picture, or as much of the way to it as leaves the mean of each channel as it was.

    What a filter makes brighter than white or darker than black is cut off when it is shown. Of a picture that the
    blur cannot have made, such as a page without grey, that takes much light or adds some: then less is done. Lamps
    are left out with all within their reach, as the photo had cut their light off already.

    Args:
        light: The photo, float32 array of shape (height, width, channels), linear light.
        restored: What became of it, same shape, not clipped; it may be changed.
        reach: Pixels over which the blur spreads light, such as the side of the kernel.
    """
    step = max(int(np.sqrt(light.shape[0] * light.shape[1] / _MOST_PIXELS)), 1) | 1  # odd: not in step with patterns
    weighed = ~_near_lamps(light, restored, reach)[::step, ::step]
    photo, result = (array[::step, ::step][weighed] for array in (light, restored))
    if not len(photo) or _is_kept(photo, result):
        return restored
    kept, too_far = 0.0, 1.0
    for _ in range(_STEPS):
        share = 0.5 * (kept + too_far)
        if _is_kept(photo, photo + np.float32(share) * (result - photo)):
            kept = share
        else:
            too_far = share
    restored -= light
    restored *= np.float32(kept)
    restored += light
    return restored


def _is_kept(photo: Pixels, result: Pixels) -> bool:
    shown, changed = (np.clip(values, 0.0, 1.0) for values in (photo, result))
    means = shown.mean(axis=0, dtype=np.float64)
    if (np.abs(changed.mean(axis=0, dtype=np.float64) - means) > _RELATIVE * means + _ABSOLUTE).any():
        return False
    means = linear_to_srgb(shown).mean(axis=0, dtype=np.float64)
    risen = linear_to_srgb(changed).mean(axis=0, dtype=np.float64) - means
    return bool((risen <= _RISING * means + _RISE).all())


def _near_lamps(light: Pixels, restored: Pixels, reach: int) -> NDArray[np.bool_]:
    """Return a mask of the pixels that the light of clipped lamps reaches: dilated with a square of side `reach`."""
    clipped = is_clipped(light).any(axis=2)
    bright = clipped & (restored > saturation.LAMP).any(axis=2)
    if not bright.any():
        return bright
    bright &= cv2.blur(clipped.astype(np.float32), (2 * reach + 1, 2 * reach + 1)) < _MOST_CLIPPED
    return cv2.dilate(bright.astype(np.uint8), np.ones((reach, reach), np.uint8)).astype(np.bool_)
