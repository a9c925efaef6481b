"""The choice between one kernel and kernels for all of the frame, where the photo itself tells that its blur varies.

In a large photo the kernel of each part is searched by itself: such a part is as large as a photo for the web, and
tells its kernel as well. In a small one the movement of the camera is followed.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.task import subtask
from deblur_app.engine.estimation import diagnosis, shake
from deblur_app.engine.estimation.psf_estimate import PsfEstimate, is_believed, is_sure

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.estimation.diagnosis import Diagnosis
    from deblur_app.restoration.psf_estimation.camera_motion.motion import CameraMotion

_LEAST_VARYING = 0.2
"""Probability of a blur that varies from which on a photo is asked, even where its kernel is sure."""

_LEAST_VARIATION, _LEAST_IN_DOUBT, _LEAST_AT_FIRST = 0.45, 0.3, 0.15
"""Share of what one kernel leaves unexplained that the movement of the camera explains: from which on it is taken in
place of a kernel that is believed, of one that is not, and, in the reduced photo, followed to the end. Made shakes that
turned had 0.41 to 0.65, one that did not 0.38, with a kernel that was sure."""

_TOLD = 0.35
"""Probability of a blur that varies from which on the movement is also looked for from kernels of nine parts, where
the one kernel is not sure and leads to none: that takes a minute of processor time, however large the photo. Of five
made shakes that turned one had more, and gained 3.1 dB in place of 1.9: no more is known."""

_PARTS, _LEAST_PART, _LEAST_EXTENTS = 3, 640, 8
"""Parts of a large photo along its shorter side, at most; their shorter side in pixels, at least; and the same in
extents of the blur. There is room for two parts along the shorter side from 1280 pixels on."""

_MOST_PIXELS = 50_000_000
"""Pixels of a photo whose parts get kernels of their own, at most: they are undone over the whole frame at once, which
takes 8 GB for 108 megapixels."""

_CORNERS = ((0, 0), (0, -1), (-1, 0))
"""Parts that are asked first: where a camera turned, they differ most."""

_ALIKE = 0.985
"""Likeness of kernels from which on they count as the same. Of photos of 12 megapixels, kernels of parts are alike to
0.995 and more where a made shake is the same all over the frame, and to 0.70 to 0.99 where the camera turned."""

_LEAST_CONFIDENT, _LEAST_PARTS = 0.5, 0.7
"""Confidence in the kernel of a part, and share of the parts that must have it: of a made shake of 60 pixels six of
nine had, and the kernels cost 0.4 dB; of four of 20 and 35 pixels that gained 3 dB and more, all or all but one."""

_MOST_CONFIDENT = 0.55
"""Confidence in the kernels of parts at most, below “sure”: their expected gain is not calibrated."""

_LEAST_SIDE = 192
"""Shorter side in pixels of the smallest photo that is asked: a smaller one has too few edges in its corners."""


def may_vary(light: Pixels, diagnosed: Diagnosis, estimate: PsfEstimate) -> bool:
    """Return whether a photo with the kernel of a shake is worth asking whether the camera turned.

    One whose kernel shows in the reduced photo alone is not: a camera has processed its finest detail, which no
    movement explains.
    """
    is_kernel = estimate.psf is not None and estimate.psf.uniform is not None and estimate.reduction == 1
    if not is_kernel or min(light.shape[:2]) < _LEAST_SIDE:
        return False
    return not is_sure(estimate.confidence) or diagnosed.probabilities[diagnosis.VARIES] >= _LEAST_VARYING


def find_field(light: Pixels, diagnosed: Diagnosis, estimate: PsfEstimate) -> Task[PsfEstimate | None]:
    """Return the field of kernels of a camera that turned; None where one kernel does as well, or nothing is sure.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        diagnosed: What the network tells of the photo.
        estimate: One kernel for all of it, to begin with.
    """
    if estimate.psf is None or not may_vary(light, diagnosed, estimate):
        return None
    least = _LEAST_VARIATION if is_believed(estimate.confidence) else _LEAST_IN_DOUBT
    is_told = diagnosed.probabilities[diagnosis.VARIES] >= _TOLD and not is_sure(estimate.confidence)
    kernels = [estimate.psf.uniform, None] if is_told else [estimate.psf.uniform]
    for number, kernel in enumerate(kernels):
        work = _follow_camera(light, diagnosed.extent, kernel)
        motion = yield from subtask(work, number / len(kernels), (number + 1) / len(kernels))
        if motion and motion.variation >= least and is_believed(motion.confidence) and not motion.field.is_uniform:
            return PsfEstimate(motion.field, None, motion.confidence, estimate.is_processed, may_vary=True)
    return None


def search_parts(light: Pixels, diagnosed: Diagnosis, estimate: PsfEstimate) -> Task[PsfEstimate]:
    """Return a kernel for each part of a large photo; where its corners have the same one, the mean of these.

    The estimate is returned as it is where the photo is too small, too many parts tell nothing, or there is not the
    memory for more than one kernel.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        diagnosed: What the network tells of the photo.
        estimate: One kernel for all of it, to compare with.
    """
    from deblur_app.restoration.deconvolution import consensus, spatially_varying

    parts = _count_parts(light, diagnosed)
    if parts < 2 or estimate.psf is None or estimate.psf.uniform is None:
        return estimate

    def search(part: Pixels) -> Task[tuple[Kernel, float]]:
        found = (yield from shake.search_shake(part, diagnosed.extent)).as_estimate()
        if found.psf is None or found.reduction != estimate.reduction:  # all are undone at one size of the photo
            return np.ones((1, 1), np.float32), 0.0
        return found.psf.kernel, found.confidence

    if is_believed(estimate.confidence):
        places = [spatially_varying.find_cell(row, column, (parts, parts), light.shape) for row, column in _CORNERS]
        alike = yield from subtask(_search_corners(light, places, search, estimate.psf.uniform), 0.0, 0.3)
        if alike:
            return replace(estimate, kernels=consensus.average_kernels(alike))
    if light.shape[0] * light.shape[1] > _MOST_PIXELS:
        return estimate
    try:
        grid = yield from subtask(spatially_varying.estimate_grid(light, parts, parts, search), 0.3, 1.0)
    except UnmeasurableBlurError:
        return estimate
    confidence = np.array(grid.confidence)
    if np.mean(confidence >= _LEAST_CONFIDENT) < _LEAST_PARTS:
        return estimate
    told = min(float(confidence.mean()), _MOST_CONFIDENT)
    return PsfEstimate(grid, None, told, reduction=estimate.reduction, may_vary=True)


def _count_parts(light: Pixels, diagnosed: Diagnosis) -> int:
    """Return into how many parts along each side a photo is cut."""
    side = max(_LEAST_PART, _LEAST_EXTENTS * diagnosed.extent)
    return min(int(min(light.shape[:2]) / side), _PARTS)


def _search_corners(
    light: Pixels,
    places: Sequence[tuple[slice, slice]],
    search: Callable[[Pixels], Task[tuple[Kernel, float]]],
    kernel: Kernel,
) -> Task[list[Kernel]]:
    """Return a kernel and those of some places that are like it; none where one of them is not, or is not believed."""
    found = [kernel]
    for number, place in enumerate(places):
        try:
            work = search(light[place])
            other, confidence = yield from subtask(work, number / len(places), (number + 1) / len(places))
        except UnmeasurableBlurError:
            return []
        if not is_believed(confidence) or _measure_likeness(other, kernel) < _ALIKE:
            return []
        found.append(other)
    return found


def _measure_likeness(one: Kernel, other: Kernel) -> float:
    """Return the normalised correlation of two softened kernels: thin lines need not lie on each other exactly."""
    from deblur_app.restoration.deconvolution import consensus
    from deblur_app.restoration.psf_estimation import kernel_fit

    side = max(len(one), len(other))
    return kernel_fit.similarity(*(consensus.soften_kernel(kernel, side) for kernel in (one, other)))


def _follow_camera(light: Pixels, extent: float, kernel: Kernel | None) -> Task[CameraMotion | None]:
    """Return the movement of a camera, see `estimate_motion`; None where it cannot be measured."""
    from deblur_app.restoration.psf_estimation.camera_motion.motion import estimate_motion

    try:
        return (yield from estimate_motion(light, extent=extent, kernel=kernel, least_variation=_LEAST_AT_FIRST))
    except UnmeasurableBlurError:
        return None
