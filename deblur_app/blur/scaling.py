"""A kernel at another scale of the picture: what blurs a photo by 14 pixels blurs its half-size copy by 7."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import psf

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.psf import Kernel


def scaled(kernel: Kernel, scale: float) -> Kernel:
    """The kernel of a picture that was made smaller or larger.

    Each value is an even square of light; a new pixel collects what falls on its area. So light is neither lost nor
    made, the centre stays in the middle, and a kernel that does nothing goes on doing nothing.

    Args:
        kernel: The point spread function at the picture's own size.
        scale: Side of the new picture over that of the old one, in (0, 1].
    """
    if not 0.0 < scale <= 1.0:
        raise ValueError(f"needs 0 < scale <= 1, received {scale}")
    if scale == 1.0:
        return kernel
    shares = _shares(len(kernel), scale)
    return psf.normalised(shares @ kernel.astype(np.float64) @ shares.T)


def _shares(side: int, scale: float) -> NDArray[np.float64]:
    """Which share of each old pixel falls on each new one, along one axis; shape (new side, side), columns sum to 1."""
    half = math.ceil(max(side * scale / 2 - 0.5, 0.0))
    middles = (np.arange(side) - side // 2) * scale
    new = np.arange(-half, half + 1)[:, None]
    from_, to = np.maximum(middles - scale / 2, new - 0.5), np.minimum(middles + scale / 2, new + 0.5)
    shares: NDArray[np.float64] = np.maximum(to - from_, 0.0) / scale
    return shares
