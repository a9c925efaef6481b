"""The estimate of a path says whether its one kernel is to be compared place by place."""

from __future__ import annotations

import pytest

from deblur_app.blur import blur_posterior
from deblur_app.blur.kinds import Blur
from deblur_app.engine.estimation import search
from deblur_app.engine.estimation.diagnosis import VARIES, Diagnosis
from deblur_app.engine.estimation.shake import ShakeKernel
from deblur_app.restoration.psf_estimation.search.blind import Estimate

KERNEL = Blur("shake", {"extent": 9.0, "seed": 5}).kernel()


@pytest.mark.parametrize(
    ("confidence", "varies", "may_vary"), [(0.95, 0.0, False), (0.95, 0.3, True), (0.4, 0.0, True)]
)
def test_a_kernel_that_is_sure_for_all_of_the_photo_is_not_compared(
    confidence: float, varies: float, may_vary: bool
) -> None:
    """One that is not sure is, and one of a photo whose blur may vary."""
    shares = dict.fromkeys(blur_posterior.TYPES, 0.0) | {"shake": 1.0 - varies, VARIES: varies}
    found = ShakeKernel(Estimate(KERNEL, confidence, (slice(0, 200), slice(0, 200)), 17), ())
    estimate = search.estimate_of_path(Diagnosis("shake", None, shares, 0.55, 9.0), found)

    assert estimate.may_vary == may_vary
