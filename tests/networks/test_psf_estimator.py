"""The network that says which blur a photograph has."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur.blur_posterior import NUMBERS
from deblur_app.blur.spectrum_features import SHAPE
from deblur_app.networks.psf_estimator import build_psf_estimator, check_parameters
from deblur_app.networks.weights import Card, load, save

SMALL = {"widths": (4, 4, 4, 4), "blocks": (1, 1, 1, 1)}


def test_equal_seeds_give_equal_networks_of_the_right_shape():
    """A row of numbers for each crop."""
    spectra = np.random.default_rng(0).standard_normal((2, *SHAPE)).astype(np.float32)
    one, other = (np.asarray(build_psf_estimator(**SMALL, seed=3)(spectra)) for _ in range(2))
    assert one.shape == (2, NUMBERS)
    np.testing.assert_array_equal(one, other)


def test_it_survives_being_saved_as_float16(tmp_path):
    """The loaded network answers as the saved one, to within the rounding of its weights."""
    model = build_psf_estimator(**SMALL)
    save(model, Card("small", "psf-estimator", {key: list(v) for key, v in SMALL.items()}), tmp_path / "small.json")
    loaded, _ = load(tmp_path / "small.json")
    spectra = np.random.default_rng(0).standard_normal((2, *SHAPE)).astype(np.float32)
    np.testing.assert_allclose(np.asarray(loaded(spectra)), np.asarray(model(spectra)), atol=0.02)


@pytest.mark.parametrize(
    "parameters",
    [
        {"widths": [16]},
        {"widths": [16, 100_000], "blocks": [1, 1]},
        {"widths": [16, 16], "blocks": [1, 10_000]},
        {"widths": [16, 16], "blocks": [1]},
        {"widths": "ab", "blocks": "ab"},
    ],
)
def test_a_card_cannot_ask_for_a_network_without_bounds(parameters):
    """Missing, too large, not of one length, or no numbers."""
    with pytest.raises(ValueError, match=r"widths|blocks|parameters"):
        check_parameters(parameters)
