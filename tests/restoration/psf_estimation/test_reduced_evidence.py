"""The evidence of the reduced photo for a kernel."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.psf_estimation import reduced_evidence


@pytest.fixture
def light(monkeypatch):
    """A photo of 300 × 300 pixels, moved by 16 pixels, that is looked at reduced."""
    monkeypatch.setattr(reduced_evidence, "_LEAST_SIDE", 150)
    return _shake_photo(20, 1)


def _shake_photo(angle, seed):
    sharp = from_integer(np.ascontiguousarray(skimage.data.astronaut()[:300, 100:400]))
    degradation = Degradation(blur=models.motion(16, angle), noise=0.003, seed=seed)
    return srgb_to_linear(run_to_end(degrade(sharp, degradation)))


def test_the_true_blur_explains_the_photo_and_wrong_ones_do_not(light):
    """One of another direction, and one that is too long."""
    true, turned, long = (
        run_to_end(reduced_evidence.measure_evidence(light, models.motion(length, angle)))
        for length, angle in ((16, 20), (16, 110), (30, 20))
    )
    assert true.scale == 2
    assert true.mirror.misfit < 0.3
    assert min(turned.mirror.misfit, long.mirror.misfit) > 2 * true.mirror.misfit
    assert true.zeros.gain > max(turned.zeros.gain, long.zeros.gain, 0.0)


@pytest.mark.parametrize(
    ("side", "extent", "scale"), [(200, 9, 1), (300, 60, 2), (450, 60, 3), (900, 60, 4), (900, 17, 3)]
)
@pytest.mark.usefixtures("light")
def test_a_photo_is_reduced_by_the_size_of_the_blur_as_far_as_it_is_large_enough(side, extent, scale):
    """With nothing left of the blur, any would explain the photo."""
    assert reduced_evidence.reduction_for(np.zeros((side, 1000, 3), np.float32), extent) == scale


def test_a_kernel_of_one_half_contradicts_the_quarters_of_another_half(light):
    """The lower half moved in another direction: its quarters are not explained, the upper ones are."""
    mixed = np.concatenate([light[:150], _shake_photo(110, 2)[150:]])
    whole, parts = (
        run_to_end(reduced_evidence.measure_evidence(photo, models.motion(16, 20))).quarters for photo in (light, mixed)
    )
    assert max(whole) < 0.4
    assert max(parts[:2]) < 0.4
    assert min(parts[2:]) > 2 * max(whole)


def test_even_quarters_are_left_out(light):
    """A sky tells nothing of a blur."""
    sky = light.copy()
    sky[:150] = 0.5
    assert len(run_to_end(reduced_evidence.measure_evidence(sky, models.motion(16, 20))).quarters) == 2
