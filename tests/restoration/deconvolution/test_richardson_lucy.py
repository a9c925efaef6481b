"""Lucy-Richardson deconvolution and the estimate of noise that ends it."""

from __future__ import annotations

import cv2
import numpy as np
import pytest
import skimage.data
from skimage.restoration import richardson_lucy as peer

from deblur_app.blur import models
from deblur_app.blur.degrade import blur_light
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.metrics import psnr
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution import richardson_lucy as _module
from deblur_app.restoration.deconvolution.richardson_lucy import richardson_lucy
from deblur_app.restoration.denoising.noise_level import noise_level
from deblur_app.restoration.numerics import blocks, tiles

KERNEL = models.motion(9, 30)
PLAIN = {"total_variation": 0.0, "accelerated": False}


def _case(noise=0.01, side=130, kernel=KERNEL, gain=1.0):
    """Truth and photo in linear light; beyond the borders of the photo there was a scene."""
    sharp = gain * srgb_to_linear(skimage.data.astronaut()[20 : 40 + side, 150 : 170 + side].astype(np.float32) / 255)
    light = run_to_end(blur_light(sharp, kernel))
    light = light + np.float32(noise) * np.random.default_rng(1).standard_normal(light.shape, np.float32)
    inside = (slice(10, -10),) * 2
    return sharp[inside], np.clip(light[inside], 0, 1)


def _score(truth, light):
    return psnr(linear_to_srgb(truth), linear_to_srgb(light))


def _stages(task):
    stages = []
    while True:
        try:
            stages.append(next(task))
        except StopIteration as end:
            return stages, end.value


def _iterations(light, **settings):
    stages, _ = _stages(richardson_lucy(light, KERNEL, **settings))
    return int(stages[-1].stage.split()[-1])


@pytest.mark.parametrize("side", [768, 48])
def test_plain_settings_are_the_iteration_of_scikit_image(side, monkeypatch):
    """The same to a thousandth after 30 iterations, in one block or in many."""
    monkeypatch.setattr(blocks, "_LARGEST", side)
    monkeypatch.setattr(blocks, "_STEP", 4)
    monkeypatch.setattr(blocks, "_SIDES_OF_KERNEL", 2)
    _, blurred = _case(noise=0.0)
    light = blurred + np.float32(0.02)
    ours = run_to_end(richardson_lucy(light, KERNEL, iterations=30, borders="dark", **PLAIN))
    theirs = np.stack([peer(light[:, :, c], KERNEL, 30, clip=False) for c in range(3)], axis=2)
    assert ours.dtype == np.float32
    np.testing.assert_allclose(ours, theirs, atol=1e-3)


@pytest.mark.parametrize(("noise", "share"), [(0.003, 0.5), (0.01, 0.2), (0.03, 0.2)])
def test_the_noise_level_is_found_in_a_blurred_photo(noise, share):
    """Within a fifth, within a half where there is little, although in dark parts noise is cut off."""
    assert noise_level(_case(noise)[1]) == pytest.approx(noise, rel=share)


def test_it_gains_and_stops_by_itself():
    """With nothing set it comes closer to the truth by 2 dB, and closer than with three times the iterations."""
    truth, blurred = _case()
    stages, restored = _stages(richardson_lucy(blurred, KERNEL))
    count = int(stages[-1].stage.split()[-1])
    assert _score(truth, restored) > _score(truth, blurred) + 2
    longer = run_to_end(richardson_lucy(blurred, KERNEL, iterations=3 * count))
    assert _score(truth, restored) > _score(truth, longer)


def test_more_noise_ends_it_earlier():
    """The less the photo says, the less is made of it; so too when the noise is told."""
    assert _iterations(_case(0.02)[1]) < _iterations(_case(0.005)[1])
    _, blurred = _case(side=90)
    assert _iterations(blurred, noise=0.02) < _iterations(blurred, noise=0.008)


def test_acceleration_needs_fewer_iterations():
    """To the same closeness to the photo, at most half as many."""
    _, blurred = _case(0.003)
    assert _iterations(blurred, total_variation=0.0) <= _iterations(blurred, **PLAIN) / 2


def test_open_borders_leave_no_frame():
    """Along the borders the error is a fraction of what darkness beyond them makes."""
    truth, blurred = _case(0.003)
    strip = np.ones(truth.shape[:2], bool)
    strip[10:-10, 10:-10] = False
    errors = {}
    for borders in ("open", "dark"):
        restored = run_to_end(richardson_lucy(blurred, KERNEL, iterations=20, borders=borders))
        errors[borders] = np.square(restored - truth)[strip].mean()
    assert errors["open"] < errors["dark"] / 4


def test_tiles_give_what_the_whole_gives(monkeypatch):
    """A picture above the memory bound looks the same, away from ripples of less than 1 %."""
    _, blurred = _case(side=250)
    whole = run_to_end(richardson_lucy(blurred, KERNEL, iterations=8))
    monkeypatch.setattr(tiles, "_LEAST_SIDES", 1)
    monkeypatch.setattr(_module, "_MOST_PIXELS", 150 * 150)
    tiled = run_to_end(richardson_lucy(blurred, KERNEL, iterations=8))
    assert not np.array_equal(tiled, whole)  # it was cut into tiles
    assert np.abs(tiled - whole).max() < 0.01


def test_clipped_pixels_without_weight_do_no_harm():
    """Around lamps that the photo cut off, the error is less than half when they count nothing."""
    truth, _ = _case(0.0)
    lit = truth.copy()
    for top, left in ((30, 40), (80, 90), (100, 25)):
        lit[top : top + 4, left : left + 4] = 25.0
    light = run_to_end(blur_light(lit, KERNEL))
    blurred = np.clip(light + np.float32(0.002) * np.random.default_rng(3).standard_normal(light.shape), 0, 1)
    blurred = blurred.astype(np.float32)
    weights = (blurred.max(axis=2, keepdims=True) < 0.99).astype(np.float32)
    around = cv2.dilate(1 - weights[:, :, 0], np.ones((13, 13))) > 0.5
    around &= (lit == truth).all(axis=2)
    with_weights = run_to_end(richardson_lucy(blurred, KERNEL, iterations=15, weights=weights))
    without = run_to_end(richardson_lucy(blurred, KERNEL, iterations=15))
    errors = [np.square(np.clip(x, 0, 1) - truth)[around].mean() for x in (with_weights, without)]
    assert errors[0] < 0.5 * errors[1]


@pytest.mark.parametrize("calmer", [{"total_variation": 0.02}, {"damping": 3.0}], ids=["variation", "damping"])
def test_noise_on_an_even_field_is_held_down(calmer):
    """After the same number of iterations the field is at least a quarter smoother than in the plain iteration."""
    noise = 0.01 * np.random.default_rng(2).standard_normal((100, 100, 1), np.float32)
    field = np.float32(0.4) + noise
    rough = run_to_end(richardson_lucy(field, KERNEL, iterations=15, noise=0.01, **PLAIN))
    calm = run_to_end(richardson_lucy(field, KERNEL, iterations=15, noise=0.01, **(PLAIN | calmer)))
    assert calm.std() < rough.std() * 0.75
    assert calm.mean() == pytest.approx(rough.mean(), rel=0.01)


def test_an_even_picture_stays_as_it_is():
    """No ripples and no change of brightness."""
    light = np.full((60, 70, 3), [0.2, 0.5, 1.0], np.float32)
    np.testing.assert_allclose(run_to_end(richardson_lucy(light, KERNEL, iterations=10)), light, atol=2e-3)


def test_black_stays_black_and_nothing_becomes_negative():
    """A night sky divides nothing by zero."""
    light = np.zeros((60, 60, 1), np.float32)
    assert np.abs(run_to_end(richardson_lucy(light, KERNEL))).max() < 1e-3
    light[30, 30] = 1.0
    blurred = blocks.convolution(light[:, :, 0], KERNEL)[:, :, None].clip(0)
    for borders in ("open", "dark"):
        stars = run_to_end(richardson_lucy(blurred, KERNEL, borders=borders))
        assert np.isfinite(stars).all()
        assert stars.min() >= 0
        assert stars[30, 30, 0] > 2 * KERNEL.max()


def test_one_channel_is_restored_as_each_of_three_equal_ones():
    """Grey photos are not worth less."""
    grey = _case()[1][:, :, :1]
    alone = run_to_end(richardson_lucy(grey, KERNEL, noise=0.01))
    together = run_to_end(richardson_lucy(np.repeat(grey, 3, axis=2), KERNEL, noise=0.01))
    assert alone.shape == grey.shape
    np.testing.assert_allclose(together, np.repeat(alone, 3, axis=2), atol=1e-4)


def test_each_channel_may_have_its_own_kernel():
    """A stack of kernels restores each channel as its own kernel does alone."""
    stack = np.stack([KERNEL, np.ascontiguousarray(KERNEL.T), np.ascontiguousarray(KERNEL[::-1])], axis=2)
    _, blurred = _case()
    together = run_to_end(richardson_lucy(blurred, stack, iterations=5))
    for channel in range(3):
        one = slice(channel, channel + 1)
        own = np.ascontiguousarray(stack[:, :, channel])
        np.testing.assert_allclose(
            together[:, :, one], run_to_end(richardson_lucy(blurred[:, :, one], own, iterations=5)), atol=1e-5
        )


def test_it_can_be_cancelled_and_tells_how_far_it_is():
    """Closing it between two steps ends it; fractions only grow."""
    _, blurred = _case(side=60)
    stages, _ = _stages(richardson_lucy(blurred, KERNEL))
    fractions = [stage.fraction for stage in stages]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] <= fractions[-1] < 1
    task = richardson_lucy(blurred, KERNEL)
    next(task)
    task.close()
    with pytest.raises(StopIteration):
        next(task)
