"""Photographs as the blur network sees them."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.blur.spectrum_features import SHAPE, features, rotate_features
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end


@pytest.fixture(scope="module")
def moved_light():
    """Light of a photograph under a horizontal movement of 16 pixels."""
    sharp = from_integer(np.ascontiguousarray(data.astronaut()[:256, 100:356]))
    return srgb_to_linear(run_to_end(degrade(sharp, Degradation(Blur("motion", {"length": 16.0, "angle": 0.0})))))


def test_the_zeros_of_a_movement_lie_where_its_length_says(moved_light):
    """At 1/16 of a cycle a pixel, the eighth of 128 columns, there is less than between the zeros."""
    columns = features(moved_light)[:, :, 1].astype(np.float32)[30:100].mean(axis=0)
    assert columns[8] < columns[12] - 0.7
    assert columns[16] < columns[12] - 0.7


def test_brightness_changes_nothing(moved_light):
    """A photograph of half the exposure has the same features: they are relative to the picture's own level."""
    bright, dark = features(moved_light), features(moved_light * np.float32(0.5))
    assert bright.shape == SHAPE
    np.testing.assert_allclose(bright, dark, atol=0.02)


@pytest.mark.parametrize("turns", range(4))
@pytest.mark.parametrize("mirrored", [False, True])
def test_turned_features_are_those_of_the_turned_picture(moved_light, turns, mirrored):
    """Also for the mirror; only the outermost frequencies, of which half is stored, are copies."""
    picture = np.rot90(moved_light, turns)
    picture = np.ascontiguousarray(picture[:, ::-1] if mirrored else picture)
    result, expected = rotate_features(features(moved_light), turns, mirrored=mirrored), features(picture)
    difference = result.astype(np.float32)[1:] - expected[1:]
    difference -= difference.mean(axis=(0, 1))  # which frequencies are left out moves the mean a little
    difference = np.abs(difference)
    assert difference.mean() < 0.02
    assert np.quantile(difference, 0.999) < 0.1
