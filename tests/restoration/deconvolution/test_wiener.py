"""Wiener deconvolution, Tikhonov regularisation, and how their regularisation is chosen."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data
from skimage.restoration import wiener as peer

from deblur_app.blur import kernel_arrays, models
from deblur_app.blur.degrade import blur_light
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.metrics import psnr
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution import gcv, quadratic
from deblur_app.restoration.deconvolution.wiener import tikhonov, wiener
from deblur_app.restoration.numerics import fourier, tiles

MOTION = models.motion(11, 30)


def _case(kernel, noise=0.01, side=200):
    """Truth and photo in linear light; beyond the borders of the photo there was a scene."""
    sharp = srgb_to_linear(skimage.data.astronaut()[20 : 60 + side, 100 : 140 + side].astype(np.float32) / 255)
    light = run_to_end(blur_light(sharp, kernel))
    light = light + np.float32(noise) * np.random.default_rng(1).standard_normal(light.shape, np.float32)
    inside = (slice(20, -20),) * 2
    return sharp[inside], np.clip(light[inside], 0, 1)


def _score(truth, light):
    inside = (slice(16, -16),) * 2
    return psnr(linear_to_srgb(truth)[inside], linear_to_srgb(light)[inside])


@pytest.mark.parametrize("method", [wiener, tikhonov])
@pytest.mark.parametrize(
    "kernel", [MOTION, models.defocus(3.0), models.turbulence(1.6)], ids=["motion", "defocus", "gauss"]
)
def test_it_gains_with_nothing_to_set(method, kernel):
    """A noisy blurred photo comes closer to the truth by at least 0.7 dB, border included in linear light."""
    truth, blurred = _case(kernel)
    restored = run_to_end(method(blurred, kernel))
    assert restored.dtype == np.float32
    assert _score(truth, restored) > _score(truth, blurred) + 0.7
    assert np.square(restored - truth).mean() < np.square(blurred - truth).mean()


@pytest.mark.parametrize(("method", "order"), [(wiener, quadratic.GRADIENT), (tikhonov, quadratic.LAPLACIAN)])
@pytest.mark.parametrize("noise", [0.005, 0.01, 0.03])
def test_what_cross_validation_chooses_is_near_the_best(method, order, noise):
    """Within 0.4 dB of the best of all regularisations, for each noise level."""
    truth, blurred = _case(MOTION, noise)
    ready = quadratic.prepare_quadratic(blurred, MOTION)
    best = max(_score(truth, ready.solve(value, order)) for value in np.logspace(-5, 1, 19))
    assert _score(truth, run_to_end(method(blurred, MOTION))) > best - 0.4


def test_the_curve_has_its_minimum_where_it_says():
    """The window plots what the method takes."""
    _, blurred = _case(MOTION)
    curve = gcv.gcv_curve(blurred, MOTION)
    assert curve.scores[curve.best] == curve.scores.min()
    assert 0 < curve.best < len(curve.scores) - 1
    below, above = curve.regularisations[[curve.best - 1, curve.best + 1]]
    assert below < curve.regularisation < above
    restored = run_to_end(wiener(blurred, MOTION, noise_to_signal=curve.regularisation))
    np.testing.assert_array_equal(restored, run_to_end(wiener(blurred, MOTION)))


def test_more_noise_asks_for_more_regularisation():
    """The minimum moves to the right, whether errors count as seen or in linear light."""
    for as_seen in (False, True):
        selected = [gcv.gcv_curve(_case(MOTION, n)[1], MOTION, as_seen=as_seen).regularisation for n in (0.002, 0.02)]
        assert selected[1] > 3 * selected[0]


def test_patches_of_a_large_picture_choose_as_the_whole_does(monkeypatch):
    """The five patches that stand for a large picture lead within a factor of 2.5."""
    _, blurred = _case(MOTION, side=340)
    whole = gcv.gcv_curve(blurred, MOTION).regularisation
    monkeypatch.setattr(gcv, "_WHOLE", 100)
    monkeypatch.setattr(gcv, "_PATCH", 150)
    by_patches = gcv.gcv_curve(blurred, MOTION).regularisation
    assert by_patches != whole
    assert whole / 2.5 < by_patches < whole * 2.5


def test_tikhonov_solves_the_equation_of_scikit_image():
    """In the middle of a picture, where borders do not count, both give the same."""
    _, blurred = _case(models.defocus(2.5))
    ours = run_to_end(tikhonov(blurred, models.defocus(2.5), regularisation=0.1))
    frame, inside = fourier.pad_periodic(blurred, 40)
    theirs = peer(frame[:, :, 0], models.defocus(2.5), 0.1, clip=False)[inside]
    middle = (slice(40, -40),) * 2
    np.testing.assert_allclose(ours[:, :, 0][middle], theirs[middle], atol=5e-3)


def test_an_even_picture_stays_as_it_is():
    """No ripples and no change of brightness, whatever is chosen."""
    light = np.full((60, 70, 3), [0.2, 0.5, 1.0], np.float32)
    for method in (wiener, tikhonov):
        np.testing.assert_allclose(run_to_end(method(light, MOTION)), light, atol=1e-4)


def test_one_channel_is_restored_as_each_of_three_equal_ones():
    """Grey photos are not worth less."""
    _, blurred = _case(MOTION)
    grey = blurred[:, :, 1:2]
    alone = run_to_end(wiener(grey, MOTION))
    together = run_to_end(wiener(np.repeat(grey, 3, axis=2), MOTION))
    assert alone.shape == grey.shape
    np.testing.assert_allclose(together, np.repeat(alone, 3, axis=2), atol=1e-4)


def test_each_channel_may_have_its_own_kernel():
    """A stack of kernels restores each channel as its own kernel does alone."""
    stack = np.stack([MOTION, kernel_arrays.normalize(MOTION.T), np.ascontiguousarray(MOTION[::-1])], axis=2)
    _, blurred = _case(MOTION)
    together = run_to_end(wiener(blurred, stack, noise_to_signal=0.1))
    for channel in range(3):
        one = slice(channel, channel + 1)
        alone = run_to_end(wiener(blurred[:, :, one], np.ascontiguousarray(stack[:, :, channel]), noise_to_signal=0.1))
        np.testing.assert_allclose(together[:, :, one], alone, atol=1e-5)
    assert np.isfinite(run_to_end(wiener(blurred, stack))).all()


def test_light_above_white_is_not_clipped():
    """Light twice as bright is restored twice as bright."""
    _, blurred = _case(MOTION)
    once = run_to_end(wiener(blurred, MOTION, noise_to_signal=0.05))
    np.testing.assert_allclose(run_to_end(wiener(2 * blurred, MOTION, noise_to_signal=0.05)), 2 * once, atol=1e-4)


def test_tiles_give_what_the_whole_gives(monkeypatch):
    """A picture above the memory bound looks the same, away from ripples of less than 1 %."""
    _, blurred = _case(MOTION, side=300)
    whole = run_to_end(wiener(blurred, MOTION, noise_to_signal=0.1))
    monkeypatch.setattr(tiles, "_LEAST_SIDES", 1)
    monkeypatch.setattr(tiles, "MOST_PIXELS", 160 * 160)
    monkeypatch.setattr(tiles.process_tiles_in_threads, "__kwdefaults__", {"most_pixels": 160 * 160})
    tiled = run_to_end(wiener(blurred, MOTION, noise_to_signal=0.1))
    assert not np.array_equal(tiled, whole)  # it was cut into tiles
    assert np.abs(tiled - whole)[20:-20, 20:-20].max() < 0.01


def test_it_can_be_cancelled_and_tells_how_far_it_is():
    """Closing it between two steps ends it; fractions only grow."""
    _, blurred = _case(MOTION)
    task = wiener(blurred, MOTION)
    first = next(task)
    second = next(task)
    task.close()
    assert 0.0 <= first.fraction <= second.fraction < 1.0
    assert first.stage
    with pytest.raises(StopIteration):
        next(task)


def test_no_regularisation_at_all_is_refused():
    """The sentence says why."""
    light = np.ones((40, 40, 3), np.float32)
    with pytest.raises(DeblurError, match="above 0"):
        run_to_end(wiener(light, MOTION, noise_to_signal=0.0))
    with pytest.raises(DeblurError, match="above 0"):
        quadratic.prepare_quadratic(light, MOTION).solve(float("nan"))


def test_the_same_photo_gives_the_same_bits_each_time():
    """Also where its channels are restored at the same time, and each asks first for what all of them need."""
    light = srgb_to_linear(skimage.data.astronaut()[:200, 100:340].astype(np.float32) / 255)
    kernel = models.motion(9, 20)
    results = set()
    for _ in range(60):
        quadratic._filter.cache_clear()
        results.add(run_to_end(wiener(light, kernel, noise_to_signal=0.004)).tobytes())
    assert len(results) == 1
