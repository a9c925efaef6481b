"""The tones of a photo that is developed from camera raw: highlights that a sensor still has are rolled off.

White balance multiplies the channels of a sensor, so that they reach their ends at different brightness; above the
first of them a photo still has light. Pixels hold all of it in linear light, and the values of the file hold it below
white.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.profiles.tone_curves import ENTRIES, decode, make_curves

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.profiles.tone_curves import ToneCurves

_KNEE = 0.7
"""Light, as a share of white, up to which tones stay as they are; above, they are rolled off."""


@functools.lru_cache(maxsize=8)
def find_exposure_curves(headroom: float) -> ToneCurves | None:
    """Return the curves between values of a file and pixels whose full light is `headroom` times white.

    Args:
        headroom: At least 1; at 1, where nothing is above white, there are no curves.
    """
    if headroom <= 1.0:
        return None
    light = np.linspace(0.0, headroom, ENTRIES)
    shown = decode(np.linspace(0.0, 1.0, ENTRIES))
    return make_curves(np.interp(shown, roll_off(light, headroom), light)[None] / headroom)


def roll_off(light: NDArray[np.float64], headroom: float) -> NDArray[np.float64]:
    """Return light in [0, headroom] as light in [0, 1]: the same up to a knee, and from there on less and less.

    The curve of Reinhard and others (Photographic tone reproduction, 2002, eq. 4), begun at the knee with slope 1.
    """
    above, most = (np.maximum(np.asarray(end) - _KNEE, 0.0) / (1 - _KNEE) for end in (light, headroom))
    return np.where(light <= _KNEE, light, _KNEE + (1 - _KNEE) * above * (1 + above / most**2) / (1 + above))
