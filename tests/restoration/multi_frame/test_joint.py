"""Two blurred pictures of one scene give a sharper one than either."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import kernel_arrays, models
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution.hyper_laplacian import sparse
from deblur_app.restoration.multi_frame.joint import deconvolve, restore
from deblur_app.restoration.multi_frame.joint_kernels import estimate_kernels
from deblur_app.restoration.registration.alignment import warp
from tests.restoration.scenes import MOVED, blur_light, error, gain, light, noisy

KERNELS = [models.motion(9.0, 0.0), models.motion(9.0, 90.0)]
NOISE = 0.01


def pair(truth: np.ndarray, *, is_moved: bool) -> list[np.ndarray]:
    """One picture smeared sideways, one upwards and, if asked for, taken from a hand that moved in between."""
    second = warp(truth, MOVED, truth.shape) if is_moved else truth
    return [noisy(blur_light(truth, KERNELS[0]), NOISE), noisy(blur_light(second, KERNELS[1]), NOISE, 1)]


def error_as_shown(result: np.ndarray, truth: np.ndarray) -> float:
    """Root of the mean squared error of the whole frame as it is shown, sRGB-encoded."""
    return float(np.sqrt(np.mean((linear_to_srgb(np.clip(result, 0, 1)) - linear_to_srgb(truth)) ** 2)))


def test_two_are_better_than_one() -> None:
    """With known kernels, two pictures of crossing blurs give 1.5 dB more than the better one alone by `sparse`."""
    truth = light()
    photos = pair(truth, is_moved=False)
    alone = min(error(run_to_end(sparse(y, h)), truth) for y, h in zip(photos, KERNELS, strict=True))
    together = error(run_to_end(deconvolve(photos, KERNELS)), truth)
    assert 20 * np.log10(alone / together) > 1.5


def test_borders_and_black_are_as_good_as_of_one_alone() -> None:
    """Dark photos cut out of a larger scene, noise cut off at black: 1 dB more up to the very borders."""
    whole = 0.3 * light(height=320, width=320)
    kernels = [models.motion(15.0, angle) for angle in (20.0, 110.0)]
    photos = []
    for seed, kernel in enumerate(kernels):
        photo = np.clip(noisy(blur_light(whole, kernel), NOISE, seed), 0.0, 1.0)
        photos.append(srgb_to_linear(from_integer(to_uint8(linear_to_srgb(photo))))[32:-32, 32:-32])
    truth = whole[32:-32, 32:-32]
    alone = min(error_as_shown(run_to_end(sparse(y, h)), truth) for y, h in zip(photos, kernels, strict=True))
    together = error_as_shown(run_to_end(deconvolve(photos, kernels)), truth)
    assert 20 * np.log10(alone / together) > 1.0


def test_clipped_highlights_do_not_ring() -> None:
    """Around lamps that clipped in both photos, less than a sixth of the photos' error is left."""
    truth = 0.3 * light()
    lamps = truth.copy()
    around = np.zeros(truth.shape[:2], np.bool_)
    for y, x in ((61, 151), (181, 71)):
        lamps[y - 1 : y + 2, x - 1 : x + 2] = 20.0
        around[y - 15 : y + 16, x - 15 : x + 16] = True
        around[y - 3 : y + 4, x - 3 : x + 4] = False
    photos = [np.clip(noisy(blur_light(lamps, h), 0.003, n), 0.0, 1.0) for n, h in enumerate(KERNELS)]
    errors = [
        np.sqrt(np.mean((displayed - truth)[around] ** 2))
        for displayed in (*photos, run_to_end(deconvolve(photos, KERNELS)))
    ]
    assert errors[2] < min(errors[:2]) / 6


def test_a_noisy_picture_does_no_harm() -> None:
    """Six times as noisy as the other one, it still helps a little and counts little."""
    truth = light()
    photos = [
        noisy(blur_light(truth, h), noise, n) for n, (h, noise) in enumerate(zip(KERNELS, (0.06, 0.01), strict=True))
    ]
    alone = error(run_to_end(sparse(photos[1], KERNELS[1])), truth)
    assert error(run_to_end(deconvolve(photos, KERNELS)), truth) < alone


def test_what_a_picture_has_not_seen_is_not_taken_from_it() -> None:
    """Garbage where one photo lies beyond the other changes nothing."""
    truth = light()
    photos = pair(truth, is_moved=False)
    inside = np.ones(truth.shape[:2], np.bool_)
    inside[:, -20:] = False
    insides = [np.ones_like(inside), inside]
    spoilt = [photos[0], np.where(inside[:, :, None], photos[1], np.float32(0.7))]
    results = [run_to_end(deconvolve(both, KERNELS, noises=[NOISE] * 2, insides=insides)) for both in (photos, spoilt)]
    assert error(results[1], results[0]) < 0.1 * error(results[0], truth)


def test_a_hand_may_move_between_the_two() -> None:
    """Registered under each other's blur, moved pictures give 6 dB over the first one, where the first one was."""
    truth = light()
    photos = pair(truth, is_moved=True)
    assert gain(photos[0], run_to_end(restore(photos, kernels=KERNELS)), truth) > 6.0


def test_kernels_are_found_from_the_pictures() -> None:
    """Without kernels the pair is restored as well: 5 dB over the first picture, where the first picture was."""
    truth = light()
    photos = pair(truth, is_moved=True)
    assert gain(photos[0], run_to_end(restore(photos, reach=6)), truth) > 5.0


def test_estimated_kernels_are_like_the_true_ones() -> None:
    """Normalised correlation above 0.9 with each, at the best shift."""
    result = run_to_end(estimate_kernels(pair(light(), is_moved=False), reach=6))
    for kernel, true in zip(result, KERNELS, strict=True):
        assert kernel.shape == (13, 13)
        assert kernel.sum() == pytest.approx(1.0, abs=1e-5)
        products = np.fft.ifft2(np.fft.fft2(kernel, (32, 32)) * np.conj(np.fft.fft2(true, (32, 32)))).real
        assert products.max() > 0.9 * np.linalg.norm(kernel) * np.linalg.norm(true)


def test_kernels_of_nearly_sharp_pictures_are_found() -> None:
    """Its kernel is small, and nothing fails where a blur is smaller than the search begins with."""
    truth = light()
    photo = [noisy(blur_light(truth, models.motion(2.0, angle)), NOISE, seed) for seed, angle in enumerate((0.0, 90.0))]
    for kernel in run_to_end(estimate_kernels(photo, reach=3)):
        assert max(kernel_arrays.describe(kernel).extent) <= 5


def test_one_channel_is_enough() -> None:
    """Grey light stays grey light."""
    truth = light()[:, :, 1:2]
    photo = [noisy(blur_light(truth, h).reshape(truth.shape), NOISE, n) for n, h in enumerate(KERNELS)]
    result = run_to_end(restore(photo, kernels=KERNELS))
    assert result.shape == truth.shape
    assert gain(photo[0], result, truth) > 6.0


def test_what_cannot_be_done_is_refused() -> None:
    """One picture, too few kernels, too large ones and pictures too small for the reach, each in a sentence."""
    truth = light()
    with pytest.raises(DeblurError, match="at least 2 pictures"):
        run_to_end(restore([truth]))
    with pytest.raises(DeblurError, match="2 pictures and 1 kernels"):
        run_to_end(restore([truth, truth], kernels=KERNELS[:1]))
    with pytest.raises(DeblurError, match="larger than the pictures"):
        run_to_end(restore([truth, truth], kernels=[models.motion(300.0, 0.0)] * 2))
    with pytest.raises(DeblurError, match="too small to estimate"):
        run_to_end(restore(pair(truth, is_moved=False), reach=40))
