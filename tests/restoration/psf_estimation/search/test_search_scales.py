"""The size of a photo at which its shake is looked for."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data

from deblur_app.blur import kernel_arrays
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.psf_estimation import kernel_fit
from deblur_app.restoration.psf_estimation.evidence.mirror_test import Consistency
from deblur_app.restoration.psf_estimation.search import search_scales

SHAKE = Blur("shake", {"extent": 17.0, "seed": 5}).kernel()


@pytest.fixture
def processed_photo(monkeypatch):
    """A shaken photo of 360 × 360 pixels that a camera has denoised and sharpened, and stored as a JPEG."""
    monkeypatch.setattr(search_scales, "_LEAST_SIDE", 180)  # that it may be reduced
    sharp = from_integer(np.ascontiguousarray(skimage.data.astronaut()[:360, 80:440]))
    photo = run_to_end(degrade(sharp, Degradation(blur=SHAKE, noise=0.01, seed=2)))
    smooth = cv2.bilateralFilter(photo, 5, 0.1, 2.0)
    sharpened = np.clip(2.0 * smooth - cv2.GaussianBlur(smooth, (0, 0), 1.0), 0.0, 1.0)
    _, jpeg = cv2.imencode(".jpg", np.rint(sharpened * 255).astype(np.uint8), (cv2.IMWRITE_JPEG_QUALITY, 80))
    return srgb_to_linear(from_integer(cv2.imdecode(jpeg, cv2.IMREAD_COLOR)))


def test_the_shake_of_a_photo_that_its_camera_has_processed_is_found(processed_photo):
    """The kernel is one of the photo as it is, wherever it was looked for."""
    result = run_to_end(search_scales.estimate(processed_photo, 17.0))
    assert kernel_fit.similarity(result.kernel, SHAKE) > 0.6
    assert result.confidence > 0.6
    x, y = kernel_arrays.centroid(result.kernel)
    assert max(abs(x), abs(y)) <= 0.75
    assert all(part.stop <= 360 for part in result.region)


@pytest.mark.parametrize(
    ("side", "extent", "scales"),
    [
        (400, 20.0, []),  # too small to be reduced
        (800, 8.0, []),  # reduced, too little would be left of it
        (800, None, [2]),
        (800, 14.0, [2]),
        (800, 20.0, [2, 4]),  # it may be larger than it is told
        (800, 30.0, [4, 2]),
        (800, 250.0, [4, 2]),
        (3000, 120.0, [8, 4]),
        (5000, 250.0, [8]),
    ],
)
def test_a_long_blur_is_looked_for_in_a_small_photo(side, extent, scales):
    """In the smallest one first that leaves enough of it, and then in one in which its path is seen in detail."""
    assert search_scales.scales_for(side, extent) == scales


@pytest.mark.parametrize(
    ("coarse", "fine", "is_taken"),
    [
        ((0.33, 0.75), (0.14, 0.81), True),  # misfit and advantage: both are better
        ((0.99, 0.89), (0.18, 0.74), True),  # a wide kernel is far ahead of its mirror image
        ((0.30, 0.40), (0.25, 0.30), False),  # a little less is left, and the mirror image is nearer
        ((0.30, 0.40), (0.10, 0.05), False),  # the mirror image does as well
        ((0.30, 0.40), (0.35, 0.60), False),
    ],
)
def test_a_finer_kernel_is_taken_where_the_photo_bears_it_out(coarse, fine, is_taken):
    """By the misfit and the advantage over the mirror image of both."""
    before, after = (Consistency(misfit, advantage, 0.5) for misfit, advantage in (coarse, fine))
    assert search_scales.is_borne_out(before, after) == is_taken
