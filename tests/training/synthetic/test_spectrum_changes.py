"""Spectra changed as a reduced, sharpened or noisier photo would change them."""

import numpy as np
import pytest

from deblur_app.blur import blur_posterior
from deblur_app.blur.kinds import Blur
from deblur_app.blur.spectrum_features import features
from training.synthetic.blur_crops import BlurCrops
from training.synthetic.spectrum_changes import _reduce, vary_crops


def crops(count=40):
    """Return crops of a line of 10 pixels with one spectrum."""
    spectrum = features(np.random.default_rng(0).random((192, 192, 3), np.float32))
    truth = blur_posterior.truth(Blur("motion", {"length": 10.0, "angle": 20.0}))
    return BlurCrops(np.repeat(spectrum[None], count, 0), np.repeat(truth[None], count, 0))


def test_changed_spectra_have_sizes_that_fit():
    """Some are reduced, none is enlarged, and directions stay."""
    changed = vary_crops(crops(), np.random.default_rng(1))

    sizes = np.exp(changed.truths[:, blur_posterior.TRUE_SIZE])
    assert sizes.min() >= 6.7
    assert sizes.max() == pytest.approx(10.0, rel=1e-5)
    assert 5 < np.count_nonzero(sizes < 9.99) < 35
    assert np.array_equal(
        changed.truths[:, blur_posterior.TRUE_DIRECTION], crops().truths[:, blur_posterior.TRUE_DIRECTION]
    )
    assert np.abs(changed.spectra.astype(np.float32).mean(axis=(1, 2))).max() < 0.01


def test_a_reduced_photo_has_its_zeros_farther_out():
    """A ring that was dark at 30 is dark at 40 in a photo of three quarters the size."""
    plane = np.zeros((128, 64, 2), np.float32)
    plane[:, 30] = -5.0

    assert int(np.argmin(_reduce(plane, 0.75)[64, :, 0])) == 40
