"""Blurring: light adds up, and nothing is turned or shifted; then what sensor and file add."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.signal import convolve

from deblur_app.blur import degrade, kernel_arrays, models, shake
from deblur_app.blur.camera import CAMERAS
from deblur_app.blur.degrade import Degradation
from deblur_app.blur.kinds import BLURS, Blur
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.task import run_to_end

EXACT = Degradation(eight_bit=False)
"""Nothing at all, to be changed in one thing."""


def _degrade(pixels: np.ndarray, settings: Degradation) -> np.ndarray:
    return run_to_end(degrade.degrade(pixels, settings))


def test_a_camera_denoises_and_sharpens_what_it_sees():
    """With the noise, the file and the seed that are asked for; without one, only light and grain count."""
    step = np.full((40, 40, 3), 0.2, np.float32)
    step[:, 20:] = 0.7
    plain = Degradation(noise=0.02, seed=3)
    photo = _degrade(step, replace(plain, camera=CAMERAS["compact"]))
    assert photo[:, :16].std() < 0.6 * _degrade(step, plain)[:, :16].std()
    assert np.array_equal(photo, _degrade(step, replace(plain, camera=CAMERAS["compact"])))
    assert not np.array_equal(photo, _degrade(step, replace(plain, camera=CAMERAS["phone"])))


@pytest.mark.parametrize("kernel", [models.motion(9, 20), models.defocus(4)], ids=["motion", "defocus"])
@pytest.mark.parametrize("value", [0.0, 0.2, 1.0])
def test_a_plain_picture_stays_plain(kernel, value):
    """Nothing changes where there is nothing to smear, up to the borders."""
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
    blurred = degrade.blur(scene, models.defocus(3))
    assert blurred.dtype == np.float32
    assert 0 <= blurred.min() <= blurred.max() <= 1
    assert np.abs(np.diff(blurred, axis=1)).mean() < 0.6 * np.abs(np.diff(scene, axis=1)).mean()
    assert srgb_to_linear(blurred).mean() == pytest.approx(srgb_to_linear(scene).mean(), rel=0.02)


def test_the_sharp_picture_is_left_alone(scene):
    """The input is read only."""
    before = scene.copy()
    degrade.blur(scene, models.motion(5, 0))
    np.testing.assert_array_equal(scene, before)


# --- Convolution


@pytest.mark.parametrize("height", [40, 255, 256, 257, 600])
@pytest.mark.parametrize("side", [5, 31])
def test_bands_of_rows_leave_no_seams(height, side):
    """Whatever the height: as the whole picture convolved at once, mirrored beyond its borders."""
    random = np.random.default_rng(height)
    light = random.random((height, 37, 3), np.float32)
    kernel = kernel_arrays.normalize(random.random((side, side)))
    half = side // 2
    wide = np.pad(light.astype(float), ((half, half), (half, half), (0, 0)), mode="symmetric")
    expected = np.dstack([convolve(wide[..., channel], kernel, mode="valid") for channel in range(3)])
    blurred = run_to_end(degrade.blur_light(light, kernel))
    np.testing.assert_allclose(blurred, expected, atol=1e-5)


def test_a_kernel_may_be_larger_than_the_picture():
    """Mirrored as often as need be: the light stays where it is on average, and a plain picture stays plain."""
    light = np.full((6, 4, 3), 0.3, np.float32)
    np.testing.assert_allclose(run_to_end(degrade.blur_light(light, models.defocus(20))), light, atol=1e-5)


# --- All steps


@given(value=st.floats(0, 1), kind=st.sampled_from(list(BLURS)), highlights=st.sampled_from([1.0, 30.0]))
def test_no_blur_changes_a_plain_picture(value, kind, highlights):
    """For every kind of blur, up to the rounding of the file: half a level."""
    picture = np.full((12, 16, 3), value, np.float32)
    settings = Degradation(Blur(kind), highlights=1.0 if value > 0.9 else highlights)
    np.testing.assert_allclose(_degrade(picture, settings), picture, atol=0.51 / 255)


@pytest.mark.parametrize("kind", BLURS)
def test_equal_settings_give_equal_bits(scene, kind):
    """Noise, JPEG and all; another seed gives other noise."""
    settings = Degradation(Blur(kind), noise=0.01, photons=2000, highlights=3.0, jpeg=90, seed=7)
    first = _degrade(scene, settings)
    np.testing.assert_array_equal(first, _degrade(scene.copy(), replace(settings)))
    assert not np.array_equal(first, _degrade(scene, replace(settings, seed=8)))


def test_nothing_is_done_by_default_but_rounding(scene):
    """An 8-bit picture comes back as it was; without rounding, as close as float32 allows."""
    np.testing.assert_array_equal(_degrade(scene, Degradation()), scene)
    np.testing.assert_allclose(_degrade(scene, EXACT), scene, atol=1e-6)


def test_a_blur_by_name_is_its_kernel(scene):
    """With the values that are given and defaults for the others."""
    by_name = _degrade(scene, replace(EXACT, blur=Blur("motion", {"length": 9.0})))
    kernel = _degrade(scene, replace(EXACT, blur=models.motion(9.0, 32.0)))
    np.testing.assert_array_equal(by_name, kernel)
    np.testing.assert_allclose(by_name, degrade.blur(scene, models.motion(9.0, 32.0)), atol=1e-6)


def test_shake_that_varies_is_blurred_in_linear_light(scene):
    """The same as the frames' mean of the light itself, with roll and focal length from the values."""
    values = {"extent": 6.0, "seed": 3, "roll": 2.0, "focal": 20.0}
    focal_px = 20 / 36 * 80
    path = shake.trajectory(6.0, seed=3, roll=np.degrees(2.0 * 6.0 / focal_px))
    expected = linear_to_srgb(run_to_end(shake.blur_varying(srgb_to_linear(scene), path, focal_px)))
    result = _degrade(scene, replace(EXACT, blur=Blur("shake-varying", values)))
    np.testing.assert_allclose(result, expected, atol=1e-6)


GREY = np.full((300, 400, 3), float(linear_to_srgb(np.float32([0.4]))[0]), np.float32)
"""Linear light of 0.4, over more than one band of rows."""


def test_read_noise_has_its_spread():
    """In linear light: the mean stays, the standard deviation is the one asked for, channels are independent."""
    light = srgb_to_linear(_degrade(GREY, replace(EXACT, noise=0.02)))
    assert light.mean() == pytest.approx(0.4, abs=2e-4)
    assert light.std() == pytest.approx(0.02, rel=0.01)
    assert abs(np.corrcoef(light[..., 0].ravel(), light[..., 1].ravel())[0, 1]) < 0.01


def test_counting_photons_gives_their_square_root():
    """0.4 of 1000 photons are 400 ± 20; with read noise the variances add."""
    counted = srgb_to_linear(_degrade(GREY, replace(EXACT, photons=1000))) * 1000
    assert counted.mean() == pytest.approx(400, rel=1e-3)
    assert counted.std() == pytest.approx(20, rel=0.01)
    np.testing.assert_allclose(counted, counted.round(), atol=0.01)
    both = srgb_to_linear(_degrade(GREY, replace(EXACT, photons=1000, noise=0.02)))
    assert both.std() == pytest.approx(np.hypot(0.02, 0.02), rel=0.01)


def test_bands_of_rows_have_noise_of_their_own():
    """The grain does not repeat down the picture."""
    noisy = _degrade(GREY, replace(EXACT, noise=0.02))
    assert not np.array_equal(noisy[:40], noisy[256:296])


def test_lamps_draw_streaks_that_clip():
    """A white spot that was ten times white is still white when smeared over five pixels; grey is not touched."""
    picture = np.full((21, 31, 3), 0.5, np.float32)
    picture[10, 15] = 1.0
    settings = replace(EXACT, blur=models.motion(5, 0), highlights=10.0)
    blurred = _degrade(picture, settings)
    np.testing.assert_allclose(blurred[10, 14:17], 1.0, atol=1e-6)
    assert (_degrade(picture, replace(settings, highlights=1.0))[10, 14:17] < 0.8).all()
    np.testing.assert_allclose(blurred[5], picture[5], atol=1e-6)


def test_light_clips_before_noise_comes_on_top():
    """Light beyond white is white, then noisy: half of its pixels fall below."""
    white = np.ones((100, 100, 3), np.float32)
    noisy = _degrade(white, replace(EXACT, noise=0.05, highlights=100.0))
    assert np.mean(noisy < 1 - 1e-6) == pytest.approx(0.5, abs=0.02)


def test_eight_bits_are_256_levels(scene):
    """The rounding of a file, to the nearest level, of the same picture without it."""
    settings = replace(EXACT, blur=Blur("defocus"), noise=0.01)
    exact = _degrade(scene, settings)
    rounded = _degrade(scene, replace(settings, eight_bit=True))
    np.testing.assert_array_equal(rounded, from_integer(to_uint8(exact)))
    assert not np.array_equal(rounded, exact)


@pytest.mark.parametrize("eight_bit", [True, False])
def test_jpeg_costs_more_the_lower_its_quality(scene, eight_bit):
    """The colours stay in their channels, and the result has 256 levels in any case."""
    errors = []
    for quality in (95, 60, 10):
        result = _degrade(scene, Degradation(jpeg=quality, eight_bit=eight_bit))
        np.testing.assert_array_equal(result, from_integer(to_uint8(result)))
        errors.append(float(np.sqrt(np.mean((result - scene) ** 2))))
    assert 0 < errors[0] < errors[1] < errors[2]
    assert errors[0] < 0.02


def test_the_result_stays_in_range(scene):
    """Float32 in [0, 1] and of the same shape, also under the strongest noise; the input is left alone."""
    before = scene.copy()
    result = _degrade(scene, replace(EXACT, noise=0.5, photons=1.0, highlights=1000.0))
    assert result.shape == scene.shape
    assert result.dtype == np.float32
    assert 0 <= result.min() <= result.max() <= 1
    np.testing.assert_array_equal(scene, before)


def test_progress_grows_and_a_cancel_ends_it(scene):
    """Fractions in [0, 1] that never fall, with words; closing leaves nothing open."""
    task = degrade.degrade(scene, Degradation(Blur("shake-varying"), noise=0.01))
    seen = [next(task) for _ in range(8)]
    task.close()
    fractions = [progress.fraction for progress in seen]
    assert fractions == sorted(fractions)
    assert 0 <= fractions[0] < fractions[-1] <= 1
    assert all(progress.stage for progress in seen)


@pytest.mark.parametrize(
    ("settings", "sentence"),
    [
        ({"noise": -0.1}, "Noise must lie between 0 and 0.5: -0.1."),
        ({"noise": float("nan")}, "Noise must lie between 0 and 0.5: nan."),
        ({"photons": 0.0}, "photons must lie between 1 and 1e"),
        ({"highlights": 0.5}, "highlights must lie between 1 and 1000: 0.5."),
        ({"jpeg": 0}, "JPEG quality must lie between 1 and 100: 0."),
        ({"jpeg": 101}, "JPEG quality must lie between 1 and 100: 101."),
        ({"seed": -1}, "seed must lie between 0 and"),
    ],
)
def test_impossible_settings_are_told(settings, sentence):
    """At once, before anything is computed."""
    with pytest.raises(DeblurError) as caught:
        Degradation(**settings)
    assert sentence in str(caught.value)


def test_a_picture_too_long_for_jpeg_is_told():
    """JPEG counts to 65,500; without it the picture can be blurred."""
    strip = np.zeros((1, 65_501, 3), np.float32)
    with pytest.raises(DeblurError, match="no more than 65500 pixels a side"):
        _degrade(strip, Degradation(jpeg=90))
    assert _degrade(strip, Degradation()).shape == strip.shape
