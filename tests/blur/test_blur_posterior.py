"""The numbers of a network, read as probabilities and sizes of blurs."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import blur_posterior
from deblur_app.blur.kinds import Blur


def row(kind: str, size: float, *, logit: float = 4.0, spread: float = 0.05, angle: float = 0.0):
    """Numbers of a crop in which this type and size are seen."""
    numbers = np.zeros((1, blur_posterior.NUMBERS), np.float32)
    numbers[0, blur_posterior.TYPES.index(kind)] = logit
    numbers[0, blur_posterior.LOG_SIZES] = np.log(size)
    numbers[0, blur_posterior.DIRECTION] = np.cos(2 * np.radians(angle)), np.sin(2 * np.radians(angle))
    numbers[0, blur_posterior.LOG_SPREADS] = np.log(spread)
    return numbers


def test_what_is_true_can_be_read_back():
    """Type, length and angle of a movement."""
    blur = Blur("motion", {"length": 12.0, "angle": -70.0})
    truth = blur_posterior.truth(blur)
    assert blur_posterior.TYPES[int(truth[blur_posterior.TRUE_TYPE])] == "motion"
    assert np.exp(truth[blur_posterior.TRUE_SIZE]) == pytest.approx(12.0, rel=1e-5)
    assert blur_posterior.angle(truth[blur_posterior.TRUE_DIRECTION]) == pytest.approx(-70.0, abs=1e-3)
    assert blur_posterior.truth(None).tolist() == [0.0] * blur_posterior.TRUTHS


def test_crops_that_are_sure_outweigh_those_that_are_not():
    """Of two crops, the size is that of the one with the smaller spread, and the types are those of both."""
    rows = np.concatenate([row("defocus", 3.0, spread=0.02), row("defocus", 6.0, logit=0.1, spread=1.0)])
    result = blur_posterior.read_posterior(rows)
    assert result.type == "defocus"
    assert float(result.blurs["defocus"].values["radius"]) == pytest.approx(3.0, rel=0.01)
    assert sum(result.probabilities.values()) == pytest.approx(1.0)


def test_angles_near_the_vertical_do_not_average_to_the_horizontal():
    """89° and -89° are 2° apart."""
    rows = np.concatenate([row("motion", 9.0, angle=89.0), row("motion", 9.0, angle=-89.0)])
    angle = float(blur_posterior.read_posterior(rows).blurs["motion"].values["angle"])
    assert abs(angle) == pytest.approx(90.0, abs=0.1)


def test_confidence_needs_both_the_type_and_its_size():
    """A clear type with a vague size is less sure than one with an exact size; a higher temperature doubts more."""
    exact, vague = (blur_posterior.read_posterior(row("turbulence", 2.0, spread=spread)) for spread in (0.02, 0.5))
    assert exact.confidence > 0.9
    assert vague.confidence < 0.4
    assert (
        blur_posterior.read_posterior(row("turbulence", 2.0), temperature=3.0).probabilities["turbulence"]
        < exact.probabilities["turbulence"]
    )


def test_blurs_that_are_together_far_more_probable_than_none_are_a_blur():
    """However they share their probability; a photo that is as probably sharp as not stays as it is."""
    shares = dict.fromkeys(blur_posterior.TYPES, 0.0)
    doubtful = shares | {"none": 0.36, "shake": 0.31, "varies": 0.33}
    even = shares | {"none": 0.3, "enlarged": 0.2, "varies": 0.5}
    assert blur_posterior.BlurPosterior(doubtful, {}, 9.0, {}).type == "varies"
    assert blur_posterior.BlurPosterior(even, {}, 9.0, {}).type == "none"
