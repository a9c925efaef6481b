"""One estimate for a photo from what is told of its crops at several sizes."""

import numpy as np
import pytest

from deblur_app.blur import blur_posterior
from deblur_app.engine.estimation.combination import (
    OUTPUTS,
    SCALES,
    Combiner,
    combine_looks,
    first_sizes,
    load_combiner,
    summarize_looks,
)


def rows(kind, size=10.0, count=3, spread=0.1, logit=6.0):
    """Return what a network tells of crops that it is sure of."""
    numbers = np.zeros((count, blur_posterior.NUMBERS), np.float32)
    numbers[:, blur_posterior.TYPES.index(kind)] = logit
    numbers[:, blur_posterior.LOG_SIZES] = np.log(size)
    numbers[:, blur_posterior.DIRECTION] = 1.0, 0.0
    numbers[:, blur_posterior.LOG_SPREADS] = np.log(spread)
    return numbers


def test_the_sizes_that_expect_the_least_error_are_taken():
    """In pixels of the photo at its first size."""
    looks = [rows("shake", 40.0, spread=0.5), rows("shake", 10.0, spread=0.05), None, None]

    assert np.exp(first_sizes(looks)) == pytest.approx([20.0] * 4)


def test_a_summary_has_one_length_whatever_is_missing():
    """Small photos are looked at in fewer sizes."""
    whole = summarize_looks([rows("motion")] * (len(SCALES) + 1), 512)
    small = summarize_looks([rows("motion", count=1), None, None, None], 130)

    assert whole.shape == small.shape
    assert np.isfinite(whole).all()
    assert np.isfinite(small).all()


def test_the_estimate_is_a_distribution_with_a_size_for_each_type():
    """A network of one layer that passes the first logits on."""
    inputs = len(summarize_looks([rows("motion"), None, None, None], 512))
    matrix = np.zeros((inputs, OUTPUTS), np.float32)
    matrix[2 : 2 + len(blur_posterior.TYPES), : len(blur_posterior.TYPES)] = np.eye(len(blur_posterior.TYPES))
    combiner = Combiner([(matrix, np.zeros(OUTPUTS, np.float32))])

    posterior = combine_looks([rows("defocus", 4.0), None, None, None], 512, combiner)

    assert posterior.type == "defocus"
    assert sum(posterior.probabilities.values()) == pytest.approx(1.0)
    assert float(posterior.blurs["defocus"].values["radius"]) == pytest.approx(4.0, rel=1e-4)
    assert float(posterior.blurs["motion"].values["angle"]) == pytest.approx(0.0)


@pytest.mark.parametrize("kind", ["none", "defocus", "shake"])
def test_crops_that_agree_at_all_sizes_are_believed(kind):
    """By the network that comes with the program."""
    looks = [rows(kind, 10.0 / scale) for scale in (*SCALES, 1)]

    assert combine_looks(looks, 640, load_combiner()).type == kind
