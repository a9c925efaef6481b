"""The kernel that a search found, and what contradicts it."""

import numpy as np
import pytest

from deblur_app.engine.estimation.psf_estimate import is_believed, is_sure
from deblur_app.engine.estimation.shake import ShakeKernel
from deblur_app.restoration.psf_estimation.search.blind import Estimate

FOUND = Estimate(np.full((9, 9), 1 / 81, np.float32), 0.9, (slice(0, 9), slice(0, 9)), 17, scale=2)


@pytest.mark.parametrize("extent", [None, 9.0, 14.0])
def test_a_kernel_that_nothing_contradicts_is_as_sure_as_its_search(extent):
    """It is undone at the size that shows it."""
    estimate = ShakeKernel(FOUND, (0.1, 0.2, 0.9, 0.3), extent).as_estimate()
    assert is_sure(estimate.confidence)
    assert estimate.reduction == 2
    assert estimate.psf is not None


@pytest.mark.parametrize(("quarters", "extent"), [((0.1, 0.2, 0.9, 0.7), 9.0), ((), 30.0)])
def test_a_kernel_is_not_believed_where_half_of_the_photo_or_a_far_longer_blur_contradict_it(quarters, extent):
    """A nearly empty kernel explains any photo a little."""
    assert not is_believed(ShakeKernel(FOUND, quarters, extent).as_estimate().confidence)
