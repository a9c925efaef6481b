"""Figures: against their formulas, scikit-image and Keras."""

from __future__ import annotations

import json
import math

import numpy as np
import pytest
from skimage.metrics import peak_signal_noise_ratio, structural_similarity

from deblur_app.core import metrics
from deblur_app.core.errors import DeblurError


@pytest.fixture
def pair() -> tuple[np.ndarray, np.ndarray]:
    """Two pictures that differ by noise."""
    random = np.random.default_rng(1)
    truth = random.random((20, 30, 3), np.float32)
    return truth, np.clip(truth + random.normal(0, 0.1, truth.shape), 0, 1).astype(np.float32)


def test_psnr_of_a_known_error():
    """An error of 0.1 everywhere is 20 dB."""
    truth = np.full((4, 5, 3), 0.5, np.float32)
    assert metrics.psnr(truth, truth + np.float32(0.1)) == pytest.approx(20.0, abs=1e-4)


def test_psnr_agrees_with_scikit_image(pair):
    """On noise it is what others measure."""
    assert metrics.psnr(*pair) == pytest.approx(peak_signal_noise_ratio(*pair, data_range=1.0), abs=1e-3)


def test_ssim_agrees_with_wang_on_each_channel(pair):
    """The mean over the channels of the index of Wang et al., each computed alone."""
    truth, pixels = pair
    options = {"gaussian_weights": True, "sigma": 1.5, "use_sample_covariance": False, "data_range": 1.0}
    expected = np.mean([structural_similarity(truth[..., c], pixels[..., c], **options) for c in range(3)])
    assert metrics.ssim(truth, pixels) == pytest.approx(expected, abs=1e-5)


def test_equal_pictures_are_perfect(pair):
    """Nothing differs: infinite PSNR, SSIM 1, accuracy 1."""
    quality = metrics.measure(pair[0], pair[0])
    assert quality.psnr == math.inf
    assert quality.ssim == pytest.approx(1.0)
    assert quality.accuracy == 1.0


def test_ssim_of_tiny_pictures_is_unknown(pair):
    """Under 11 pixels the window does not fit; at 11 it does."""
    truth, pixels = pair
    assert math.isnan(metrics.ssim(truth[:10], pixels[:10]))
    assert 0 < metrics.ssim(truth[:11], pixels[:11]) < 1


def test_accuracy_is_what_keras_calls_accuracy(pair):
    """Keras's categorical accuracy on the same two pictures, ties included."""
    import keras

    truth, pixels = (np.round(array * 4) / 4 for array in pair)  # so that ties occur
    metric = keras.metrics.CategoricalAccuracy()
    metric.update_state(truth, pixels)
    assert metrics.channel_accuracy(truth, pixels) == pytest.approx(float(metric.result()), abs=1e-6)


def test_different_sizes_are_refused_with_both_sizes(pair):
    """The sentence names width × height of either."""
    with pytest.raises(DeblurError, match="30 × 20 pixels and the picture 30 × 10"):
        metrics.measure(pair[0], pair[0][:10])


def test_figures_become_strict_json():
    """JSON knows neither infinity nor NaN: both become null."""
    quality = metrics.Quality(psnr=math.inf, ssim=math.nan, accuracy=0.5)
    assert json.dumps(quality.as_json(), allow_nan=False) == '{"psnr": null, "ssim": null, "accuracy": 0.5}'
