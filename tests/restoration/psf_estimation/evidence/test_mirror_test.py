"""A kernel beside its mirror image: what the power spectrum cannot tell apart, the photograph can."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import models
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.task import run_to_end
from deblur_app.restoration.psf_estimation.evidence import mirror_test

SHAKE = Blur("shake", {"extent": 13.0, "seed": 3}).kernel()
TURNED = np.ascontiguousarray(SHAKE[::-1, ::-1])


def _plane(blur):
    """A face, shaken, with noise: brightness with the contrast that is asked for."""
    sharp = skimage.data.astronaut()[:220, 100:340].astype(np.float32) / 255
    light = srgb_to_linear(run_to_end(degrade(sharp, Degradation(blur=blur, noise=0.01, seed=1)))).mean(axis=2)
    return light / np.float32(6 * light.std())


def _compare(plane, kernel, known=None):
    return run_to_end(
        mirror_test.compare_with_mirror(plane, np.ones(plane.shape, bool) if known is None else known, kernel)
    )


def test_the_true_kernel_is_ahead_of_its_mirror_image():
    """By more than a wrong kernel ever is, and what it restores is what was photographed, up to the noise."""
    result = _compare(_plane(SHAKE), SHAKE)
    assert result.advantage > 0.1
    assert result.misfit < 0.5
    turned = _compare(_plane(SHAKE), TURNED)
    assert turned.advantage == pytest.approx(-result.advantage, rel=1e-3)
    assert result.symmetry == pytest.approx(turned.symmetry)
    assert result.symmetry < 0.9


def test_a_wrong_kernel_leaves_what_it_does_not_explain():
    """More than the noise, whatever the sparse gradients do."""
    plane = _plane(SHAKE)
    assert _compare(plane, models.motion(31.0, 20.0)).misfit > 2 * _compare(plane, SHAKE).misfit


def test_a_kernel_that_is_its_own_mirror_image_has_no_advantage():
    """A line, a disk: there is nothing to tell apart."""
    result = _compare(_plane(models.motion(11.0, 0.0)), models.motion(11.0, 0.0))
    assert result.symmetry == pytest.approx(1.0)
    assert abs(result.advantage) < 0.01


def test_what_is_not_known_counts_nothing():
    """A lamp that clipped is no misfit where it is said to be unknown."""
    sharp = skimage.data.astronaut()[:220, 100:340].astype(np.float32) / 255 * 0.75
    sharp[90:96, 120:126] = 1.0
    how = Degradation(blur=SHAKE, noise=0.01, highlights=20.0, seed=1)
    light = srgb_to_linear(run_to_end(degrade(sharp, how))).mean(axis=2)
    names = light < 0.9
    result = _compare(light / np.float32(6 * light[names].std()), SHAKE, names)
    assert result.misfit < 0.6
    assert _compare(light / np.float32(6 * light[names].std()), SHAKE).misfit > 2 * result.misfit
