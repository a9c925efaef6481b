"""The curvature by which total variation smooths a picture and keeps its edges."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

_FLAT = np.float32(1e-3)
"""Differences in light below which total variation no longer counts them as edges."""

_STABLE = 6.0
"""Multiple of the weight of total variation that differences must be, relative to the light, to count as edges."""


def total_variation_curvature(scene: Pixels, weight: np.float32) -> Pixels:
    """Return div(∇x / |∇x|), the pull of total variation with this weight; bounded where the scene is flat.

    Without the bound the pull on an even field is greater than what it has to correct, and patterns build up.

    Args:
        scene: Float32 array of shape (height, width), light of at least 0.
        weight: Weight of total variation, above 0.
    """
    flat = _FLAT + np.float32(_STABLE) * weight * np.abs(scene)
    right, down = np.zeros_like(scene), np.zeros_like(scene)
    np.subtract(scene[:, 1:], scene[:, :-1], out=right[:, :-1])
    np.subtract(scene[1:], scene[:-1], out=down[:-1])
    size: Pixels = np.sqrt(right * right + down * down + flat * flat)
    right /= size
    down /= size
    divergence: Pixels = right + down
    divergence[:, 1:] -= right[:, :-1]
    divergence[1:] -= down[:-1]
    return divergence
