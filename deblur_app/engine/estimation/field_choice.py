"""The choice between one kernel and a field of kernels, where the photo itself tells that its blur varies."""

from __future__ import annotations

from typing import TYPE_CHECKING

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.engine.estimation import diagnosis
from deblur_app.engine.estimation.psf_estimate import PsfEstimate, is_believed, is_sure

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels
    from deblur_app.core.task import Task
    from deblur_app.engine.estimation.diagnosis import Diagnosis

_LEAST_VARYING = 0.2
"""Probability of a blur that varies from which on a photo is asked, even where its kernel is sure."""

_LEAST_VARIATION, _LEAST_IN_DOUBT, _LEAST_AT_FIRST = 0.5, 0.3, 0.15
"""Share of what one kernel leaves unexplained that the movement of the camera explains: from which on it is taken in
place of a kernel that is believed, of one that is not, and, in the reduced photo, followed to the end. Made shakes that
turned had 0.41 to 0.65, one that did not 0.38, with a kernel that was sure."""

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
    from deblur_app.restoration.psf_estimation.camera_motion.motion import estimate_motion

    if estimate.psf is None or not may_vary(light, diagnosed, estimate):
        return None
    work = estimate_motion(light, extent=diagnosed.extent, kernel=estimate.psf.uniform, least_variation=_LEAST_AT_FIRST)
    try:
        motion = yield from work
    except UnmeasurableBlurError:
        return None
    least = _LEAST_VARIATION if is_believed(estimate.confidence) else _LEAST_IN_DOUBT
    if motion.variation < least or not is_believed(motion.confidence) or motion.field.is_uniform:
        return None
    return PsfEstimate(motion.field, None, motion.confidence, estimate.is_processed)
