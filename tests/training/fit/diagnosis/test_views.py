"""Views of a photo that the combining network has to tell alike."""

import numpy as np
import pytest

from deblur_app.blur import blur_posterior
from training.fit.diagnosis.views import list_views, reduce_truth, shows_blur


def make_look(count):
    """Return the numbers of some crops."""
    return np.zeros((count, blur_posterior.NUMBERS), np.float32)


def test_a_photo_is_seen_whole_first_then_with_less():
    """Each view has the largest size that is left, and a place for each look."""
    looks = [make_look(4), make_look(3), make_look(1), make_look(9)]
    whole, *others = list_views(looks, 512, np.random.default_rng(0))
    assert whole.looks is looks
    assert (whole.side, whole.reduction) == (512, 1)
    assert {view.reduction for view in others} == {1, 2, 4}
    assert all(len(view.looks) == 4 and view.looks[0] is not None and view.weight < whole.weight for view in others)


def test_a_small_photo_has_fewer_views():
    """It is looked at in one size only."""
    views = list_views([make_look(1), None, None, None], 200, np.random.default_rng(0))
    assert [view.reduction for view in views] == [1, 1, 1]


def test_a_blur_is_smaller_in_a_reduced_photo_until_it_is_gone():
    """A photo without blur stays one."""
    truth = np.zeros(blur_posterior.TRUTHS, np.float32)
    assert shows_blur(reduce_truth(truth, 4))
    truth[blur_posterior.TRUE_TYPE] = blur_posterior.TYPES.index("defocus")
    truth[blur_posterior.TRUE_SIZE] = np.log(3.0)
    assert np.exp(reduce_truth(truth, 2)[blur_posterior.TRUE_SIZE]) == pytest.approx(1.5)
    assert shows_blur(reduce_truth(truth, 2))
    assert not shows_blur(reduce_truth(truth, 4))
