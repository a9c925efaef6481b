"""Small photographs are filled up without adding to their spectrum."""

from __future__ import annotations

import numpy as np

from deblur_app.restoration.psf_estimation.tapering import pad_tapered


def test_a_large_picture_is_returned_as_it_is():
    """Nothing is copied."""
    light = np.zeros((128, 200, 3), np.float32)
    assert pad_tapered(light, 128) is light


def test_a_strip_fades_into_its_mean_across_and_stays_as_it_is_along():
    """The middle row is kept, the rim is the mean colour."""
    light = np.random.default_rng(0).random((51, 300, 3), np.float32)
    padded = pad_tapered(light, 128)
    assert padded.shape == (128, 300, 3)
    np.testing.assert_allclose(padded[38 + 25], light[25], atol=1e-6)
    np.testing.assert_allclose(padded[[0, -1]], np.broadcast_to(light.mean((0, 1)), (2, 300, 3)), atol=1e-5)


def test_one_pixel_can_be_filled_up():
    """Both sides at once."""
    np.testing.assert_allclose(pad_tapered(np.full((1, 1, 3), 0.3, np.float32), 8), 0.3, atol=1e-6)
