"""Two blurred pictures of one scene give a sharper one than either."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import psf
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.deconvolution.alignment import warp
from deblur_app.deconvolution.joint import deconvolve, restore
from deblur_app.deconvolution.joint_kernels import estimate_kernels
from deblur_app.deconvolution.joint_sparse import shrunk
from tests.deconvolution.scenes import MOVED, blurred, error, gain, light, noisy

KERNELS = [psf.motion(9.0, 0.0), psf.motion(9.0, 90.0)]
NOISE = 0.01


def pair(truth: np.ndarray, *, is_moved: bool) -> list[np.ndarray]:
    """One picture smeared sideways, one upwards and, if asked for, taken from a hand that moved in between."""
    second = warp(truth, MOVED, truth.shape) if is_moved else truth
    return [noisy(blurred(truth, KERNELS[0]), NOISE), noisy(blurred(second, KERNELS[1]), NOISE, 1)]


def test_two_are_better_than_one() -> None:
    """With known kernels, two pictures of crossing blurs give 1.5 dB more than the better one alone."""
    truth = light()
    seen = pair(truth, is_moved=False)
    weight = 10 * NOISE**2
    alone = min(error(run_to_end(deconvolve([y], [h], weight)), truth) for y, h in zip(seen, KERNELS, strict=True))
    together = error(run_to_end(deconvolve(seen, KERNELS, weight)), truth)
    assert 20 * np.log10(alone / together) > 1.5


def test_a_hand_may_move_between_the_two() -> None:
    """Registered under each other's blur, moved pictures give 6 dB over the first one, where the first one was."""
    truth = light()
    seen = pair(truth, is_moved=True)
    assert gain(seen[0], run_to_end(restore(seen, kernels=KERNELS)), truth) > 6.0


def test_kernels_are_found_from_the_pictures() -> None:
    """Without kernels the pair is restored as well: 5 dB over the first picture, where the first picture was."""
    truth = light()
    seen = pair(truth, is_moved=True)
    assert gain(seen[0], run_to_end(restore(seen, reach=6)), truth) > 5.0


def test_estimated_kernels_are_like_the_true_ones() -> None:
    """Normalised correlation above 0.9 with each, at the best shift."""
    found = run_to_end(estimate_kernels(pair(light(), is_moved=False), reach=6))
    for kernel, true in zip(found, KERNELS, strict=True):
        assert kernel.shape == (13, 13)
        assert kernel.sum() == pytest.approx(1.0, abs=1e-5)
        products = np.fft.ifft2(np.fft.fft2(kernel, (32, 32)) * np.conj(np.fft.fft2(true, (32, 32)))).real
        assert products.max() > 0.9 * np.linalg.norm(kernel) * np.linalg.norm(true)


def test_kernels_of_nearly_sharp_pictures_are_found() -> None:
    """Where a blur is smaller than the search begins with, its kernel is small, and nothing fails."""
    truth = light()
    seen = [noisy(blurred(truth, psf.motion(2.0, angle)), NOISE, seed) for seed, angle in enumerate((0.0, 90.0))]
    for kernel in run_to_end(estimate_kernels(seen, reach=3)):
        assert max(psf.describe(kernel).extent) <= 5


@pytest.mark.parametrize("weight", [1e-6, 1e-3, 0.1])
def test_shrinking_finds_the_smallest_value(weight: float) -> None:
    """For every x the table's v is as good as the best of very many tried."""
    x = np.linspace(-1.0, 1.0, 101, dtype=np.float32)
    tried = np.linspace(-1.0, 1.0, 20001)
    cost = lambda v, x: weight * np.abs(v) ** (2 / 3) + (v - x) ** 2  # noqa: E731
    best = cost(tried[None, :], x[:, None].astype(np.float64)).min(axis=1)
    found = shrunk(x, weight).astype(np.float64)
    np.testing.assert_allclose(cost(found, x), best, atol=1e-4 * weight ** (2 / 3) + 2e-6)


def test_one_channel_is_enough() -> None:
    """Grey light stays grey light."""
    truth = light()[:, :, 1:2]
    seen = [noisy(blurred(truth, h).reshape(truth.shape), NOISE, n) for n, h in enumerate(KERNELS)]
    result = run_to_end(restore(seen, kernels=KERNELS))
    assert result.shape == truth.shape
    assert gain(seen[0], result, truth) > 6.0


def test_what_cannot_be_done_is_refused() -> None:
    """One picture, too few kernels, too large ones and pictures too small for the reach, each in a sentence."""
    truth = light()
    with pytest.raises(DeblurError, match="at least 2 pictures"):
        run_to_end(restore([truth]))
    with pytest.raises(DeblurError, match="2 pictures and 1 kernels"):
        run_to_end(restore([truth, truth], kernels=KERNELS[:1]))
    with pytest.raises(DeblurError, match="larger than the pictures"):
        run_to_end(restore([truth, truth], kernels=[psf.motion(300.0, 0.0)] * 2))
    with pytest.raises(DeblurError, match="too small to estimate"):
        run_to_end(restore(pair(truth, is_moved=False), reach=40))
