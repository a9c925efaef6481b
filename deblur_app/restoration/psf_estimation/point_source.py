"""The picture of a point of light as a kernel: a star, or the streak that a far lamp has drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.kernel_edits import find_largest_component
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr
from deblur_app.restoration.denoising.noise_level import robust_deviation

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_SIGMAS = 5.0
"""Standard deviations of the dark surroundings that half the height of a point exceeds."""


def read_kernel(part: Pixels) -> tuple[Kernel, bool]:
    """Read the kernel off a part that shows one bright point.

    Args:
        part: Float32 array of shape (height, width, channels), linear light, with a little of the dark around it.

    Returns:
        The kernel, and whether the bright spot touches the rim of the part, so that some of it may be missing.

    Raises:
        DeblurError: There is no point of light.
    """
    light = part.mean(axis=2, dtype=np.float64)
    rim = np.concatenate([light[0], light[-1], light[1:-1, 0], light[1:-1, -1]])
    dark = float(np.median(rim))
    spread = robust_deviation(np.abs(rim - dark)) + 1e-4
    if light.max() - dark < 2 * _SIGMAS * spread:
        raise DeblurError(
            tr(
                "There is no star or lamp in the selection that stands out. Select a single bright point with a little "
                "of the dark around it."
            )
        )
    spot = find_largest_component((light - dark > 3 * spread).astype(np.float32))  # a neighbouring star is none of it
    above = np.clip(light - dark - spread, 0.0, None) * spot
    touches = max(above[0].max(), above[-1].max(), above[:, 0].max(), above[:, -1].max())
    return kernel_arrays.center_kernel(above / above.max()), bool(touches > 0.05 * above.max())
