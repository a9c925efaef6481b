"""The evidence of a photo for a kernel, whichever way that was estimated, at the size that shows the blur best.

A network that sees power spectra takes straight edges of a scene, or the streaks of lamps, for a line, and is sure of
it. The photo tells: with a wrong blur what is restored is not what was photographed. At full size the processing of a
camera, which no kernel explains, would hide that, so photos with large blurs are reduced.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.picture import reduce_pixels
from deblur_app.core.task import subtask
from deblur_app.restoration.psf_estimation import kernel_fit
from deblur_app.restoration.psf_estimation.evidence import mirror_test
from deblur_app.restoration.psf_estimation.evidence.power_spectrum import power_spectrum
from deblur_app.restoration.psf_estimation.evidence.spectral_evidence import (
    exact_response,
    measure_spectral_evidence,
    observable_response,
)
from deblur_app.restoration.psf_estimation.regions import most_informative, most_informative_of_parts
from deblur_app.restoration.psf_estimation.search import blind

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.restoration.psf_estimation.evidence.mirror_test import Consistency
    from deblur_app.restoration.psf_estimation.evidence.spectral_evidence import Verdict

_REACHES = {2: 16.0, 3: 32.0, 4: math.inf}
"""Factors by which the photo is reduced for blurs of up to so many pixels: about 8 are left of each. Less would fit
anything, and of more the processing of the camera still shows: a line of 46 pixels had misfits of 1.6, 0.3 and 0.1 at a
half, a third and a quarter of the size."""

_LEAST_SIDE = 256
"""Shorter side in pixels that the reduced photo has at least."""

_PATCH, _QUARTER_PATCH, _LARGE_QUARTER_PATCH = 256, 128, 200
"""Sides in pixels of the parts of the reduced photo, and of each of its quarters, that are looked at, at most; larger
ones where the quarters alone decide."""


@dataclass(frozen=True)
class ReducedEvidence:
    """The evidence of a photo for a kernel.

    Attributes:
        scale: How many times smaller the photo was made.
        mirror: How well the kernel explains the photo, and how much better than its mirror image.
        spectrum: How well it explains the power spectrum, as an estimated kernel may.
        zeros: The same down to the zeros of the kernel.
        detail: The energy of the gradients of the photo as it is, in the unit of `Consistency.misfit`: how much there
            is to explain.
        quarters: The misfits of the quarters of the photo; those too even to tell are left out.
    """

    scale: int
    mirror: Consistency
    spectrum: Verdict
    zeros: Verdict
    detail: float
    quarters: tuple[float, ...]


def reduction_for(light: Pixels, extent: float) -> int:
    """Return how many times smaller a photo is made to try a blur of `extent` pixels; 1 where it is too small."""
    scale_wished = next(scale for scale, most in _REACHES.items() if extent <= most)
    possible = [scale for scale in _REACHES if scale <= scale_wished and min(light.shape[:2]) // scale >= _LEAST_SIDE]
    return max(possible, default=1)


def measure_evidence(light: Pixels, kernel: Kernel) -> Task[ReducedEvidence]:
    """Measure how well a kernel explains a photo: its edges, its power spectrum, and each of its quarters.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        kernel: The point spread function of the photo, shape (n, n).

    Raises:
        UnmeasurableBlurError: The photo is too even.
    """
    scale = reduction_for(light, len(kernel))
    smaller = reduce_pixels(light, scale)
    reduced = _reduce_kernel(kernel, scale)
    part = smaller[most_informative(smaller, min(_PATCH, *smaller.shape[:2]))]
    plane, is_known = blind.brightness_plane(part)
    mirror = yield from subtask(mirror_test.compare_with_mirror(plane, is_known, reduced, reduced=scale), 0.0, 0.5)
    detail = yield from subtask(mirror_test.measure_detail(plane, is_known, reduced=scale), 0.5, 0.6)
    spectrum = power_spectrum(part)
    seen, exact = (
        measure_spectral_evidence(spectrum, response(reduced, spectrum))
        for response in (observable_response, exact_response)
    )
    quarters = yield from subtask(_measure_quarters(smaller, reduced, scale, _QUARTER_PATCH), 0.6, 1.0)
    return ReducedEvidence(scale, mirror, seen, exact, detail, quarters)


def measure_quarters(light: Pixels, kernel: Kernel) -> Task[tuple[float, ...]]:
    """Measure the misfit of one kernel in each quarter of a photo, in larger parts than for `measure_evidence`.

    Arguments as there.
    """
    scale = reduction_for(light, len(kernel))
    smaller = reduce_pixels(light, scale)
    return (yield from _measure_quarters(smaller, _reduce_kernel(kernel, scale), scale, _LARGE_QUARTER_PATCH))


def _reduce_kernel(kernel: Kernel, scale: int) -> Kernel:
    if scale == 1:
        return kernel
    side = len(kernel) // scale // 2 * 2 + 3
    return kernel_fit.trim_kernel(kernel_fit.resample_kernel(kernel, 1.0 / scale, side))


def _measure_quarters(light: Pixels, kernel: Kernel, scale: int, side: int) -> Task[tuple[float, ...]]:
    """Return the misfit of one kernel in each quarter of the reduced photo.

    A kernel that was estimated in one place explains the others as well, unless the blur varies over the frame.
    """
    rows, columns = ((slice(0, side // 2), slice(side // 2, side)) for side in light.shape[:2])
    quarters = [(row, column) for row in rows for column in columns]
    misfits = []
    for number, place in enumerate(most_informative_of_parts(light, quarters, side)):
        try:
            plane, is_known = blind.brightness_plane(light[place])
        except UnmeasurableBlurError:
            continue
        test = mirror_test.measure_misfit(plane, is_known, kernel, reduced=scale)
        misfits.append((yield from subtask(test, number / 4, (number + 1) / 4)))
    return tuple(misfits)
