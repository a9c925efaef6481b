"""Photos whose shake is large and told by their coarse detail only, restored without being told anything."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import shake
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.core import metrics
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.estimation import blur_network
from deblur_app.engine.method import Request

INSIDE = (slice(48, -48),) * 2


@pytest.mark.skipif(not blur_network.is_available(), reason="the network that tells blurs is missing")
def test_a_photo_softer_than_its_pixels_gains_by_a_kernel_of_the_reduced_photo() -> None:
    """As large photos are. Undone at full size, such a kernel rings: 2.7 dB were gained, and 1.2 lost of 12 MP."""
    part = from_integer(np.ascontiguousarray(skimage.data.stereo_motorcycle()[0][90:378, 180:564]))
    truth = resize_pixels(part, 1152, 864)
    blur = shake.psf_of(shake.trajectory(35.0, seed=3))
    photo = run_to_end(degrade(truth, Degradation(blur, noise=0.005, jpeg=92, seed=7)))
    restored = run_to_end(tasks.deblur(Picture(photo), Request("restorer")))
    assert restored.request.psf is not None
    assert restored.request.psf.reduction > 1
    before, after = (metrics.psnr(truth[INSIDE], pixels[INSIDE]) for pixels in (photo, restored.picture.pixels))
    assert after > before + 5.0
