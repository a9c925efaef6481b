"""The camera: from light to the photo that somebody passes on."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from deblur_app.blur.camera import TONES, CameraSettings, resize_truth, take_photo
from deblur_app.blur.scene.draw import draw_camera
from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.errors import DeblurError

NOISY = CameraSettings(noise=0.02, photons=2_000.0, seed=5)


def light(height=40, width=56):
    """Return linear light with a ramp and a lamp."""
    ramp = np.linspace(0.05, 0.7, width, dtype=np.float32)
    result = np.repeat(np.repeat(ramp[None, :, None], height, 0), 3, 2)
    result[10:14, 20:24] = 30.0
    return result


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000), kind=st.sampled_from(["none", "enlarged", "shake"]))
def test_equal_cameras_give_equal_photos_in_range(seed, kind):
    """Equal cameras give equal photos in range."""
    camera, _ = draw_camera(np.random.default_rng(seed), (600, 800), kind)

    one, other = (take_photo(light(), camera) for _ in range(2))

    assert np.array_equal(one, other)
    assert one.dtype == np.float32
    assert one.min() >= 0.0
    assert one.max() <= 1.0
    assert one.shape == resize_truth(light(), camera).shape


def test_a_plain_camera_encodes_and_rounds():
    """A plain camera encodes and rounds."""
    photo = take_photo(light(), CameraSettings())

    assert np.abs(photo - linear_to_srgb(light())).max() <= 0.5 / 255 + 1e-6


@pytest.mark.parametrize("tone", sorted(TONES))
def test_tone_curves_rise_from_black_to_white(tone):
    """Tone curves rise from black to white."""
    values = TONES[tone](np.linspace(0.0, 1.0, 257, dtype=np.float32))

    assert values[0] == pytest.approx(0.0, abs=1e-6)
    assert values[-1] == pytest.approx(1.0, abs=1e-5)
    assert (np.diff(values) > 0).all()


def test_noise_has_the_variance_of_read_and_shot_noise():
    """Noise has the variance of read and shot noise."""
    flat = np.full((200, 200, 3), 0.2, np.float32)
    gamma = take_photo(flat, replace(NOISY, tone="gamma"))
    noise = (gamma**2.2 - 0.2).std()

    assert noise == pytest.approx(np.hypot(0.02, np.sqrt(0.2 / 2_000.0)), rel=0.05)


def test_a_mosaic_correlates_the_noise_of_neighbours():
    """A mosaic correlates the noise of neighbours."""
    flat = np.full((128, 128, 3), 0.2, np.float32)

    def correlation(camera):
        off = take_photo(flat, camera)[..., 0] - take_photo(flat, CameraSettings())[..., 0]
        return float((off[:, 1:] * off[:, :-1]).mean() / (off**2).mean())

    assert correlation(NOISY) < 0.1
    assert correlation(replace(NOISY, has_mosaic=True)) > 0.3


def test_denoising_takes_noise_out_and_keeps_the_edge():
    """Denoising takes noise out and keeps the edge."""
    step = np.full((64, 64, 3), 0.05, np.float32)
    step[:, 32:] = 0.6
    noisy, denoised = (take_photo(step, replace(NOISY, denoise=amount)) for amount in (0.0, 1.0))

    assert denoised[:, :28].std() < 0.5 * noisy[:, :28].std()
    assert (denoised[:, 34] - denoised[:, 29]).mean() > 0.8 * (noisy[:, 34] - noisy[:, 29]).mean()


def test_sharpening_overshoots_at_an_edge():
    """Sharpening overshoots at an edge."""
    step = np.full((32, 32, 3), 0.1, np.float32)
    step[:, 16:] = 0.5

    sharpened = take_photo(step, CameraSettings(sharpen=1.0))

    assert sharpened.max() > take_photo(step, CameraSettings()).max() + 0.02


@pytest.mark.parametrize("scale", [0.5, 1.7])
def test_photos_are_resized_with_their_truth(scale):
    """Photos are resized with their truth."""
    camera = CameraSettings(scale=scale)

    assert take_photo(light(), camera).shape == (round(40 * scale), round(56 * scale), 3)
    assert resize_truth(light(), camera).shape == take_photo(light(), camera).shape


def test_jpeg_stores_colour_at_half_the_resolution():
    """JPEG stores colour at half the resolution."""
    stripes = np.zeros((32, 32, 3), np.float32)
    stripes[:, ::2, 0], stripes[:, 1::2, 2] = 0.5, 0.5  # red and blue columns

    photo = take_photo(stripes, CameraSettings(jpeg=95))

    assert np.abs(photo[:, ::2, 0] - photo[:, 1::2, 0]).mean() < 0.3


@pytest.mark.parametrize(("name", "value"), [("exposure", 0.0), ("jpeg", 0), ("scale", 9.0), ("tone", "sepia")])
def test_values_out_of_range_are_refused(name, value):
    """Values out of range are refused."""
    with pytest.raises(DeblurError):
        CameraSettings(**{name: value})
