"""Test of a blur on the reduced photo: what is restored, blurred again, must be the photo.

A network that sees power spectra takes straight edges of a scene, or the streaks of lamps, for a line, and is sure of
it. The photo tells: with a wrong blur what is restored is not what was photographed. At full size the processing of a
camera, which no kernel explains, would hide that.
"""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import subtask
from deblur_app.restoration.psf_estimation.evidence import mirror_test
from deblur_app.restoration.psf_estimation.regions import most_informative, most_informative_of_parts
from deblur_app.restoration.psf_estimation.search import blind

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task

_REACHES = {2: 16.0, 3: 32.0, 4: math.inf}
"""Factors by which the photo is reduced for blurs of up to so many pixels: about 8 are left of each. Less would fit
anything, and of more the processing of the camera still shows: a line of 46 pixels had misfits of 1.6, 0.3 and 0.1 at a
half, a third and a quarter of the size."""

_PATCH = 320
"""Side in pixels of the part of the reduced photo that is looked at, at most."""

_LEAST_SIDE = 256
"""Shorter side in pixels that the reduced photo has at least."""

_QUARTER_PATCH = 200
"""Side in pixels of the part of each quarter of the reduced photo that is looked at, at most."""


def reduction_for(light: Pixels, extent: float) -> int:
    """Return how many times smaller a photo is made to try a blur of `extent` pixels; 1 where it is too small."""
    scale_wished = next(scale for scale, most in _REACHES.items() if extent <= most)
    possible = [scale for scale in _REACHES if scale <= scale_wished and min(light.shape[:2]) // scale >= _LEAST_SIDE]
    return max(possible, default=1)


def measure_misfit(light: Pixels, kernel: Kernel, scale: int) -> Task[float]:
    """Measure how far the restored photo, blurred again, is from the photo, in variances of its noise, halved.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        kernel: The point spread function of the reduced photo, shape (n, n).
        scale: How many times smaller the photo is made.

    Raises:
        UnmeasurableBlurError: The photo is too even.
    """
    height, width = (length // scale for length in light.shape[:2])
    smaller = resize_pixels(light, width, height)
    place = most_informative(smaller, min(_PATCH, height, width))
    plane, is_known = blind.brightness_plane(smaller[place])
    return (yield from mirror_test.measure_misfit(plane, is_known, kernel, reduced=scale))


def measure_misfit_of_quarters(light: Pixels, kernel: Kernel, scale: int) -> Task[list[float]]:
    """Measure the misfit of one kernel in each quarter of the reduced photo, see `measure_misfit`.

    A kernel that was estimated in one place explains the others as well, unless the blur varies over the frame.
    Quarters that are too even to tell are left out.
    """
    height, width = (length // scale for length in light.shape[:2])
    smaller = resize_pixels(light, width, height)
    rows, columns = ((slice(0, side // 2), slice(side // 2, side)) for side in (height, width))
    quarters = [(row, column) for row in rows for column in columns]
    misfits = []
    for number, place in enumerate(most_informative_of_parts(smaller, quarters, _QUARTER_PATCH)):
        try:
            plane, is_known = blind.brightness_plane(smaller[place])
        except UnmeasurableBlurError:
            continue
        test = mirror_test.measure_misfit(plane, is_known, kernel, reduced=scale)
        misfits.append((yield from subtask(test, number / 4, (number + 1) / 4)))
    return misfits
