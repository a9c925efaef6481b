"""Depth that no photograph tells: a tilted plane with smooth random relief on it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import cv2
import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.scene.settings import SceneSettings

_CELLS = 4
"""Random values of the relief along each axis; between them it is smooth."""

_LEAST = 0.1
"""Inverse depth at least, relative to the mean: nothing is farther than ten times the mean."""


def inverse_depth(settings: SceneSettings, shape: tuple[int, int]) -> NDArray[np.float32]:
    """Return the inverse depth of each pixel of a scene, with a mean of about 1.

    Args:
        settings: Give tilt and relief.
        shape: Height and width in pixels.
    """
    height, width = shape
    if not settings.tilt and not settings.relief:
        return np.ones(shape, np.float32)
    random = np.random.default_rng((settings.seed, 11))
    direction = random.uniform(0.0, 2 * math.pi)
    across = np.linspace(-1.0, 1.0, width, dtype=np.float32) * np.float32(math.cos(direction))
    along = np.linspace(-1.0, 1.0, height, dtype=np.float32)[:, None] * np.float32(math.sin(direction))
    cells = random.uniform(-1.0, 1.0, (_CELLS, _CELLS)).astype(np.float32)
    relief = cv2.resize(cells, (width, height), interpolation=cv2.INTER_CUBIC)
    plane = 1.0 + np.float32(settings.tilt) * (across + along) / np.float32(
        abs(math.cos(direction)) + abs(math.sin(direction))
    )
    return np.maximum(plane + np.float32(settings.relief) * relief, _LEAST).astype(np.float32)
