"""A photo that is restored at a fraction of its size."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution import reduced_size

SCENE = from_integer(np.ascontiguousarray(skimage.data.chelsea()[:151, :203]))
SOFT = cv2.GaussianBlur(SCENE, (0, 0), 4.0)


def _enlarge(photo, restored, scale):
    smaller = run_to_end(reduced_size.reduce_photo(photo, scale))
    return run_to_end(reduced_size.enlarge_result(photo, restored(smaller), scale))


def test_squares_of_pixels_are_averaged_as_light():
    """And what is left over at the ends of the sides is left out."""
    smaller = run_to_end(reduced_size.reduce_photo(SCENE, 4))
    assert smaller.shape == (37, 50, 3)
    light = srgb_to_linear(SCENE)[:148, :200].reshape(37, 4, 50, 4, 3).mean(axis=(1, 3))
    assert np.abs(smaller - linear_to_srgb(light)).max() < 1e-3


@pytest.mark.parametrize("scale", [2, 3, 4])
def test_without_a_change_a_blurred_photo_stays_as_it_is(scale):
    """To within what its own noise would hide, at each side and corner as well."""
    assert np.abs(_enlarge(SOFT, lambda smaller: smaller, scale) - SOFT).max() < 0.01


def test_a_change_of_the_reduced_photo_is_that_of_the_photo():
    """It lies where it lay, whatever the size of the parts that are worked on."""
    ramp = np.linspace(0.0, 0.2, 75, dtype=np.float32)[:, None, None]
    changed = _enlarge(SOFT, lambda smaller: smaller + ramp, 2) - SOFT
    expected = (np.arange(151) / 2 - 0.25) * 0.2 / 74
    assert np.abs(changed - expected[:, None, None])[2:-3].max() < 0.01


def test_noise_is_left_out_and_strong_detail_kept():
    """A sharp line on a noisy, blurred photo, which the reduced one has lost."""
    noise = np.random.default_rng(0).normal(0.0, 0.02, SOFT.shape).astype(np.float32)
    photo = SOFT + noise
    photo[70] += 0.5
    result = _enlarge(photo, lambda _: run_to_end(reduced_size.reduce_photo(SOFT, 4)), 4)
    off = result - SOFT
    assert off[30:60].std() < 0.5 * 0.02
    assert off[70].mean() > 0.2
