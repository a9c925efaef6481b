"""A kernel that is nearly right is made finer by the edges that it restores."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data

from deblur_app.blur import kernel_arrays
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.task import run_to_end
from deblur_app.restoration.psf_estimation import kernel_fit
from deblur_app.restoration.psf_estimation.search import salient_edges

SHAKE = Blur("shake", {"extent": 9.0, "seed": 5}).kernel()
SOFT = kernel_arrays.normalize(
    sum(np.roll(np.pad(SHAKE, 1), (y, x), (0, 1)) for y in (-1, 0, 1) for x in (-1, 0, 1)).astype(np.float64)
)


@pytest.fixture(scope="module")
def plane():
    """The brightness of a shaken photograph, as `blind` scales it."""
    sharp = skimage.data.astronaut()[10:170, 130:290].astype(np.float32) / 255
    light = srgb_to_linear(run_to_end(degrade(sharp, Degradation(blur=SHAKE, noise=0.002)))).mean(axis=2)
    return light / np.float32(6 * light.std())


def test_a_soft_kernel_becomes_the_fine_one(plane):
    """Its path was three pixels too wide; afterwards it resembles the truth much more."""
    refined = run_to_end(salient_edges.refine_kernel(plane, np.ones(plane.shape, bool), SOFT))
    before, after = kernel_fit.similarity(SOFT, SHAKE), kernel_fit.similarity(refined, SHAKE)
    assert after > 0.9
    assert 1 - after < 0.5 * (1 - before)


def test_a_kernel_off_the_middle_comes_to_lie_in_it(plane):
    """By parts of a pixel, and as fine as before: what it restores stays where the scene was."""
    across, down = 0.45, -0.4
    shift = np.array([[1, 0, across], [0, 1, down]])
    off = kernel_arrays.normalize(cv2.warpAffine(SHAKE, shift, SHAKE.shape, flags=cv2.INTER_LINEAR))
    assert np.hypot(*kernel_arrays.centroid(off)) > 0.5
    refined = run_to_end(salient_edges.refine_kernel(plane, np.ones(plane.shape, bool), off))
    assert np.hypot(*kernel_arrays.centroid(refined)) < 0.1
    assert kernel_fit.similarity(refined, SHAKE) > 0.9
