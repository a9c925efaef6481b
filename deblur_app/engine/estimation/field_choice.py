"""The choice between one kernel and a field of kernels, where the photo itself tells that its blur varies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.task import subtask
from deblur_app.engine.estimation import diagnosis
from deblur_app.engine.estimation.psf_estimate import PsfEstimate, is_believed, is_sure

if TYPE_CHECKING:
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


def _follow_camera(light: Pixels, extent: float, kernel: Kernel | None) -> Task[CameraMotion | None]:
    """Return the movement of a camera, see `estimate_motion`; None where it cannot be measured."""
    from deblur_app.restoration.psf_estimation.camera_motion.motion import estimate_motion

    try:
        return (yield from estimate_motion(light, extent=extent, kernel=kernel, least_variation=_LEAST_AT_FIRST))
    except UnmeasurableBlurError:
        return None
