"""The re-blur check."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import models
from deblur_app.blur.degrade import blur_light
from deblur_app.blur.kernel_grid import even_grid
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution.reblur_check import check
from deblur_app.restoration.denoising.noise_by_brightness import noise_of

NOISE = 0.01
KERNEL = models.motion(9.0, 25.0)


def _sharp():
    return srgb_to_linear(skimage.data.astronaut()[:320, 60:380].astype(np.float32) / 255)


def _noisy(light, noise=NOISE):
    return light + np.float32(noise) * np.random.default_rng(1).standard_normal(light.shape, np.float32)


def _photo(sharp):
    return np.clip(_noisy(run_to_end(blur_light(sharp, KERNEL))), 0, 1)


def test_the_truth_agrees_with_the_photo():
    """The scene, blurred again, is the photo but for its noise, and the verdict says so."""
    sharp = _sharp()
    result = run_to_end(check(_photo(sharp), sharp, KERNEL))
    assert result.noise == pytest.approx(NOISE, rel=0.25)
    assert result.ratio == pytest.approx(1.0, abs=0.2)
    assert result.disagreeing < 0.02
    assert result.verdict == "The result agrees with the photo to within its noise."


def test_invented_detail_is_found_where_it_is():
    """A patch that was painted into the result stands out in the map, and the verdict names its share."""
    sharp = _sharp()
    result = sharp.copy()
    result[100:150, 200:260] += 0.2
    outcome = run_to_end(check(_photo(sharp), result, KERNEL))
    strong = np.abs(outcome.residual) > 0.05
    assert outcome.residual.dtype == np.float32
    assert outcome.residual.shape == sharp.shape[:2]
    assert strong[105:145, 205:255].mean() > 0.9
    strong[85:165, 185:275] = False
    assert strong.mean() < 0.001
    assert outcome.disagreeing == pytest.approx(50 * 60 / 320**2, abs=0.02)
    assert outcome.verdict.startswith("The result disagrees with the photo at ")
    assert outcome.verdict.endswith("% of the pixels: detail there may be invented.")


def test_the_wrong_kernel_is_found_out():
    """A result that goes with another blur disagrees."""
    sharp = _sharp()
    result = run_to_end(check(_photo(sharp), sharp, models.motion(9.0, -65.0)))
    assert result.ratio > 1.5
    assert result.disagreeing > 0.05


def test_lamps_brighter_than_white_do_not_disagree():
    """The photo cuts off what is brighter than white: a result that knows how bright it was is not blamed."""
    sharp = _sharp() * 0.5
    sharp[100:106, 100:106] = 20.0
    photo = np.clip(_noisy(run_to_end(blur_light(sharp, KERNEL))), 0, 1)
    assert (photo == 1).mean() > 0.001
    result = run_to_end(check(photo, sharp, KERNEL))
    assert np.abs(result.residual[80:130, 80:130]).max() < 0.1


def test_a_grid_of_equal_kernels_says_what_the_kernel_says():
    """The check takes a grid as well, with the same figures where all its kernels are one."""
    sharp = _sharp()
    photo = _photo(sharp)
    one = run_to_end(check(photo, sharp, KERNEL))
    many = run_to_end(check(photo, sharp, even_grid([[KERNEL] * 2] * 2, sharp.shape)))
    assert many.rms == pytest.approx(one.rms, rel=0.02)
    assert many.disagreeing == pytest.approx(one.disagreeing, abs=0.002)


def test_noise_is_measured_by_brightness():
    """Noise of photons grows with the light: dark and bright parts get their own."""
    ramp = np.broadcast_to(np.linspace(0.05, 0.8, 400, dtype=np.float32)[None, :, None], (300, 400, 3))
    true = 0.05 * np.sqrt(ramp)
    result = noise_of(ramp + true * np.random.default_rng(2).standard_normal(ramp.shape, np.float32))
    assert np.median(result[:, 20:60] / true[:, 20:60]) == pytest.approx(1.0, abs=0.15)
    assert np.median(result[:, 340:380] / true[:, 340:380]) == pytest.approx(1.0, abs=0.15)


def test_a_grey_picture_may_be_checked():
    """One channel is as good as three."""
    sharp = _sharp()[:, :, :1]
    photo = np.clip(_noisy(run_to_end(blur_light(np.repeat(sharp, 3, axis=2), KERNEL))[:, :, :1]), 0, 1)
    assert run_to_end(check(photo, sharp, KERNEL)).ratio == pytest.approx(1.0, abs=0.2)


def test_a_few_lamps_do_not_make_the_picture_differ_everywhere():
    """The ratio stays that of the rest where a result lacks the light of some lamps, and the verdict says where."""
    sharp = _sharp() * 0.5
    result = sharp.copy()
    for top in range(40, 280, 60):
        sharp[top : top + 3, 100:103] = 20.0
        result[top : top + 3, 100:103] = 1.0
    photo = np.clip(_noisy(run_to_end(blur_light(sharp, KERNEL))), 0, 1)
    outcome = run_to_end(check(photo, result, KERNEL))
    assert outcome.rms > 2 * outcome.noise
    assert outcome.ratio == pytest.approx(1.0, abs=0.2)
    assert 0 < outcome.disagreeing < 0.03
    assert outcome.verdict.startswith("The result agrees with the photo to within its noise, except at a few places (")


def test_a_small_difference_everywhere_is_told_by_its_size():
    """A result that is too bright by most of the noise is far off at few pixels, and a little everywhere."""
    sharp = np.full((200, 200, 1), 0.3, np.float32)
    result = run_to_end(check(_noisy(sharp), sharp + np.float32(0.8 * NOISE), KERNEL))
    assert result.disagreeing < 0.03
    assert result.ratio == pytest.approx(1.3, abs=0.1)
    assert (
        result.verdict
        == f"The result differs from the photo a little everywhere, by {result.ratio:.1f} times the noise."
    )
