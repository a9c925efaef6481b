"""The kernel between a scene and its photograph, and the tidying of kernels."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import kernel_arrays, kernel_edits, models
from deblur_app.blur.kinds import Blur
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.psf_estimation import kernel_fit

SHAKE = Blur("shake", {"extent": 9.0, "seed": 5}).kernel()


def test_the_kernel_between_a_known_scene_and_its_photograph_is_found():
    """The kernel comes back nearly as it was where every gradient of the scene is known."""
    scene = np.random.default_rng(0).laplace(size=(96, 96)).astype(np.float32)
    spectrum = fourier.transform(scene)
    photo = fourier.transfer_function(SHAKE, (96, 96)) * spectrum
    power = (np.abs(spectrum) ** 2).astype(np.complex64)
    start = np.full((15, 15), 1 / 225, np.float32)
    result = kernel_fit.fit_kernel(
        fourier.inverse(power, (96, 96)), fourier.inverse(np.conj(spectrum) * photo, (96, 96)), start
    )
    assert result.shape == start.shape
    assert result.min() >= 0
    assert result.sum() == pytest.approx(1.0, abs=1e-5)
    assert kernel_fit.similarity(result, SHAKE) > 0.99


def test_a_scene_without_gradients_leaves_the_kernel():
    """Nothing to fit is no reason to invent a kernel."""
    nothing = np.zeros((32, 32), np.float32)
    start = np.full((5, 5), 0.04, np.float32)
    assert np.array_equal(kernel_fit.fit_kernel(nothing, nothing, start), start)


def test_pruning_takes_away_what_is_faint_or_apart():
    """The path stays, haze and specks go, and the sum is 1 again."""
    kernel = np.full((15, 15), 1e-3, np.float32)
    kernel[7, 3:12] = 1.0
    kernel[1, 1] = 0.2
    pruned = kernel_fit.prune_kernel(kernel)
    assert np.count_nonzero(pruned) == 9
    assert np.allclose(pruned[7, 3:12], 1 / 9)


def test_centring_moves_by_whole_pixels():
    """No element is blurred, and the centre of mass lies within half a pixel of the middle."""
    kernel = np.zeros((11, 11), np.float32)
    kernel[0, 8:11] = (0.25, 0.25, 0.5)
    centred = kernel_edits.shift_to_middle_by_pixels(kernel)
    assert sorted(centred[centred > 0]) == [0.25, 0.25, 0.5]
    assert max(map(abs, kernel_arrays.centroid(centred))) <= 0.5


def test_a_kernel_grows_and_shrinks_about_its_middle():
    """Cutting back what was added gives the kernel again, and trimming finds the least side."""
    wide = kernel_fit.crop_kernel(SHAKE, len(SHAKE) + 6)
    assert wide.shape == (len(SHAKE) + 6,) * 2
    assert np.allclose(kernel_fit.crop_kernel(wide, len(SHAKE)), SHAKE)
    assert len(kernel_fit.trim_kernel(wide)) == 2 * kernel_fit.reach(SHAKE) + 1


def test_a_kernel_of_a_larger_picture_is_larger():
    """Twice the size of the picture is twice the width of the kernel."""
    narrow, wide = (models.turbulence(sigma) for sigma in (1.5, 3.0))
    assert kernel_fit.similarity(kernel_fit.resample_kernel(narrow, 2.0, len(wide)), wide) > 0.99
