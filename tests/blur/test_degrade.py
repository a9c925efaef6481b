"""Blurring: light adds up, and nothing is turned or shifted."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import degrade, psf
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear


@pytest.mark.parametrize("kernel", [psf.motion(9, 20), psf.defocus(4)], ids=["motion", "defocus"])
@pytest.mark.parametrize("value", [0.0, 0.2, 1.0])
def test_a_plain_picture_stays_plain(kernel, value):
    """Where there is nothing to smear nothing changes, up to the borders."""
    picture = np.full((15, 20, 3), value, np.float32)
    np.testing.assert_allclose(degrade.blur(picture, kernel), picture, atol=1e-5)


def test_a_point_becomes_the_kernel():
    """A single bright pixel shows the point spread function as it is, not its mirror image."""
    kernel = np.zeros((5, 5), np.float32)
    kernel[0, 1], kernel[2, 2], kernel[2, 4] = 0.5, 0.3, 0.2
    picture = np.zeros((11, 11, 3), np.float32)
    picture[5, 5] = 1.0
    light = srgb_to_linear(degrade.blur(picture, kernel))
    np.testing.assert_allclose(light[3:8, 3:8, 1], kernel, atol=1e-5)


def test_light_is_mixed_before_it_is_encoded():
    """Half black and half white is the middle of the light, brighter than the middle of the file's values."""
    picture = np.zeros((5, 6, 3), np.float32)
    picture[:, ::2] = 1.0
    kernel = np.zeros((3, 3), np.float32)
    kernel[1, :2] = 0.5
    blurred = degrade.blur(picture, kernel)
    np.testing.assert_allclose(blurred[:, 2:4], linear_to_srgb(np.float32([0.5]))[0], atol=1e-5)


def test_a_real_scene_loses_detail_and_keeps_its_light(scene):
    """A blurred photo has weaker edges and the same mean of light; its pixels stay float32 in [0, 1]."""
    blurred = degrade.blur(scene, psf.defocus(3))
    assert blurred.dtype == np.float32
    assert 0 <= blurred.min() <= blurred.max() <= 1
    assert np.abs(np.diff(blurred, axis=1)).mean() < 0.6 * np.abs(np.diff(scene, axis=1)).mean()
    assert srgb_to_linear(blurred).mean() == pytest.approx(srgb_to_linear(scene).mean(), rel=0.02)


def test_the_sharp_picture_is_left_alone(scene):
    """The input is read only."""
    before = scene.copy()
    degrade.blur(scene, psf.motion(5, 0))
    np.testing.assert_array_equal(scene, before)
