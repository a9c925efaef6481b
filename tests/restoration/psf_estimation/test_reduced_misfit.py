"""The test of a blur on the reduced photo."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.psf_estimation import reduced_misfit


@pytest.fixture
def light(monkeypatch):
    """A photo of 300 × 300 pixels, moved by 16 pixels."""
    monkeypatch.setattr(reduced_misfit, "_LEAST_SIDE", 150)
    sharp = from_integer(np.ascontiguousarray(skimage.data.astronaut()[:300, 100:400]))
    return srgb_to_linear(run_to_end(degrade(sharp, Degradation(blur=models.motion(16, 20), noise=0.003, seed=1))))


def test_the_true_blur_explains_the_photo_and_wrong_ones_do_not(light):
    """One of another direction, and one that is too long."""
    true, turned, long = (
        run_to_end(reduced_misfit.measure_misfit(light, models.motion(length / 2, angle), 2))
        for length, angle in ((16, 20), (16, 110), (30, 20))
    )
    assert true < 0.3
    assert turned > 2 * true
    assert long > 2 * true


@pytest.mark.parametrize(
    ("side", "extent", "scale"), [(200, 9, 1), (300, 60, 2), (450, 60, 3), (900, 60, 4), (900, 17, 3)]
)
def test_a_photo_is_reduced_by_the_size_of_the_blur_as_far_as_it_is_large_enough(light, side, extent, scale):
    """With nothing left of the blur, any would explain the photo."""
    assert reduced_misfit.reduction_for(np.zeros((side, 1000, 3), np.float32), extent) == scale


def test_a_kernel_of_one_half_contradicts_the_quarters_of_another_half(light):
    """The lower half moved in another direction: its quarters are not explained, the upper ones are."""
    sharp = from_integer(np.ascontiguousarray(skimage.data.astronaut()[:300, 100:400]))
    other = run_to_end(degrade(sharp, Degradation(blur=models.motion(16, 110), noise=0.003, seed=2)))
    mixed = np.concatenate([light[:150], srgb_to_linear(other)[150:]])
    kernel = models.motion(8, 20)
    whole = run_to_end(reduced_misfit.measure_misfit_of_quarters(light, kernel, 2))
    parts = run_to_end(reduced_misfit.measure_misfit_of_quarters(mixed, kernel, 2))
    assert max(whole) < 0.4
    assert max(parts[:2]) < 0.4
    assert min(parts[2:]) > 2 * max(whole)


def test_even_quarters_are_left_out(light):
    """A sky tells nothing of a blur."""
    sky = light.copy()
    sky[:150] = 0.5
    assert len(run_to_end(reduced_misfit.measure_misfit_of_quarters(sky, models.motion(8, 20), 2))) == 2
