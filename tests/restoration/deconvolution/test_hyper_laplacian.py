"""Deconvolution with sparse gradients: what it gains, what it leaves alone, and what it takes."""

from __future__ import annotations

import numpy as np
import pytest
import skimage.data

from deblur_app.blur import models
from deblur_app.blur.degrade import blur_light
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.metrics import psnr
from deblur_app.core.task import run_to_end
from deblur_app.restoration.deconvolution import hyper_laplacian
from deblur_app.restoration.deconvolution.wiener import wiener
from deblur_app.restoration.denoising.noise_level import noise_level
from deblur_app.restoration.numerics import tiles

MOTION = models.motion(11, 30)
INSIDE = (slice(20, -20),) * 2


def _case(kernel=MOTION, noise=0.01, side=160):
    """Truth and photo in linear light; beyond the borders of the photo there was a scene."""
    sharp = srgb_to_linear(skimage.data.astronaut()[20 : 60 + side, 100 : 140 + side].astype(np.float32) / 255)
    light = run_to_end(blur_light(sharp, kernel))
    light = light + np.float32(noise) * np.random.default_rng(1).standard_normal(light.shape, np.float32)
    return sharp[INSIDE], np.clip(light[INSIDE], 0, 1)


def _restore(light, kernel=MOTION, **settings):
    return run_to_end(hyper_laplacian.sparse(light, kernel, **settings))


def _score(truth, light):
    inside = (slice(8, -8),) * 2
    return psnr(linear_to_srgb(truth)[inside], linear_to_srgb(light)[inside])


@pytest.mark.parametrize(
    "kernel", [MOTION, models.defocus(3.0), models.turbulence(1.6)], ids=["motion", "defocus", "gauss"]
)
def test_it_beats_the_photo_and_wiener_with_nothing_to_set(kernel):
    """A photo with 1 % noise gains 2 dB at least, and 1 dB at least over Wiener's filter, as they look on a screen."""
    truth, light = _case(kernel)
    score = _score(truth, _restore(light, kernel))
    assert score > _score(truth, light) + 2
    assert score > _score(truth, run_to_end(wiener(light, kernel))) + 1


def test_six_steps_give_its_look():
    """A preview with 6 iterations is nearer to the full result than the photo is, by 6 dB at least."""
    _, light = _case()
    full = _restore(light)
    assert _score(full, _restore(light, iterations=6)) > _score(full, light) + 6


def test_the_scene_beyond_the_borders_may_be_filled_in_at_every_second_step():
    """Inside a photo without clipped and black pixels that changes next to nothing."""
    _, light = _case()
    light = np.clip(light, 0.01, 0.95)
    assert _score(_restore(light), _restore(light, imputed_every=2)) > 45


def test_a_constant_picture_stays_as_it_is():
    """Nothing appears where there is nothing to sharpen, not even at the borders."""
    light = np.full((60, 70, 3), 0.3, np.float32)
    np.testing.assert_allclose(_restore(light), light, atol=1e-4)


def test_grey_is_treated_as_three_equal_channels():
    """One channel comes out as each of three equal ones does: grey photos need no case of their own."""
    _, light = _case()
    grey = light[:, :, 1:2]
    one = _restore(grey)
    three = _restore(np.repeat(grey, 3, axis=2))
    assert one.shape == grey.shape
    np.testing.assert_allclose(three, np.repeat(one, 3, axis=2), atol=2e-3)


def test_each_channel_may_have_its_kernel():
    """With blurs that differ by channel, their kernels gain over the middle one for all; equal ones change nothing."""
    kernels = [models.defocus(radius) for radius in (2.6, 3.0, 4.4)]
    side = max(map(len, kernels))
    stack = np.stack([np.pad(kernel, (side - len(kernel)) // 2) for kernel in kernels], axis=2)
    photos = [_case(kernel) for kernel in kernels]
    truth = photos[0][0]
    light = np.stack([photo[:, :, channel] for channel, (_, photo) in enumerate(photos)], axis=2)
    assert _score(truth, _restore(light, stack)) > _score(truth, _restore(light, kernels[1])) + 1
    equal = np.repeat(stack[:, :, :1], 3, axis=2)
    np.testing.assert_allclose(_restore(light, equal), _restore(light, stack[:, :, 0]), atol=1e-4)


def test_borders_do_not_ring():
    """The rim of the result is hardly worse than its middle: the unknown outside is filled in, not mirrored."""
    truth, light = _case(noise=0.003)
    error = (linear_to_srgb(_restore(light)) - linear_to_srgb(truth)) ** 2
    photo = (linear_to_srgb(light) - linear_to_srgb(truth)) ** 2
    rim = np.ones(error.shape[:2], bool)
    rim[8:-8, 8:-8] = False
    assert error[rim].mean() < 0.5 * photo[rim].mean()


def test_a_masked_pixel_has_no_say():
    """Pixels of weight 0 may hold anything: dust changes the result at most a third as much as when it is trusted."""
    _, light = _case()
    dusty, weights = light.copy(), np.ones_like(light)
    dusty[60:64, 80:84], weights[60:64, 80:84] = 0.0, 0.0
    clean = _restore(light, weights=np.ones_like(light))
    with_trust = np.abs(_restore(dusty, weights=np.ones_like(light)) - clean).mean()
    assert np.abs(_restore(dusty, weights=weights) - clean).mean() < with_trust / 3


def test_more_regularisation_is_smoother():
    """Four times the regularisation leaves less gradient, a quarter of it more."""
    _, light = _case()
    selected = hyper_laplacian.regularisation_for(noise_level(light), MOTION)
    less, middle, more = (
        np.abs(np.diff(_restore(light, regularisation=selected * factor), axis=1)).mean() for factor in (0.25, 1, 4)
    )
    assert less > middle > more


@pytest.mark.parametrize("noise", [0.005, 0.01, 0.03])
def test_the_noise_is_measured(noise):
    """The noise of a blurred photo is found to within 15 %, also where black clips half of it."""
    _, light = _case(models.defocus(3.0), noise=noise)
    assert noise_level(light) == pytest.approx(noise, rel=0.15)


def test_tiles_leave_no_seams(monkeypatch):
    """A picture cut into tiles comes out as in one piece: what differs is far below the noise."""
    _, light = _case(models.defocus(1.5), side=200)
    whole = _restore(light, models.defocus(1.5))
    monkeypatch.setattr(tiles.process_tiles, "__kwdefaults__", {"most_pixels": 12_000})
    tiled = _restore(light, models.defocus(1.5))
    assert not np.array_equal(tiled, whole)  # it was cut into tiles
    assert np.abs(tiled - whole).mean() < 1e-3


def test_a_picture_smaller_than_the_kernel_is_restored():
    """A scrap of 9 × 7 pixels under a kernel of 13 gives finite light of its own shape."""
    light = np.random.default_rng(0).random((9, 7, 3), np.float32)
    result = _restore(light, models.defocus(6.0))
    assert result.shape == light.shape
    assert np.isfinite(result).all()


def test_progress_grows_and_the_work_can_be_cancelled():
    """Fractions lie in [0, 1] and never fall; closing the task after a few steps raises nothing."""
    _, light = _case()
    light[70:74, 70:74] = 1.0  # so that highlights are looked for, too
    fractions = [progress.fraction for progress in hyper_laplacian.sparse(light, MOTION)]
    assert fractions == sorted(fractions)
    assert 0.0 <= fractions[0] <= fractions[-1] <= 1.0
    task = hyper_laplacian.sparse(light, MOTION)
    for _ in range(5):
        next(task)
    task.close()
    with pytest.raises(StopIteration):
        next(task)


def test_the_input_is_not_changed():
    """The photo is read only: the caller shows it beside the result."""
    _, light = _case()
    light[70:74, 70:74] = 1.0
    before = light.copy()
    _restore(light, iterations=3)
    np.testing.assert_array_equal(light, before)


@pytest.mark.parametrize("settings", [{"exponent": 0.3}, {"exponent": 1.2}, {"regularisation": -1.0}])
def test_values_out_of_range_are_explained(settings):
    """Each is a sentence that says what the value must be."""
    _, light = _case()
    with pytest.raises(DeblurError, match="must"):
        _restore(light, **settings)
