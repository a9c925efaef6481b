"""Noise is measured and taken out; what is no noise stays."""

from __future__ import annotations

import numpy as np
import pytest
from skimage import data

from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.restoration.denoising.denoise import denoise
from deblur_app.restoration.denoising.noise_level import noise_level_of_plane
from tests.restoration.scenes import gain, noisy

METHODS = ("wavelet", "nonlocal", "total variation")


def noise_level(pixels: np.ndarray) -> float:
    """The root mean square of the noise of the channels."""
    return float(np.sqrt(np.mean([noise_level_of_plane(plane) ** 2 for plane in np.moveaxis(pixels, 2, 0)])))


def photo(name: str = "chelsea") -> np.ndarray:
    """An sRGB-encoded photograph."""
    return from_integer(getattr(data, name)()[:256, 64:320])


@pytest.mark.parametrize("noise", [0.01, 0.02, 0.05, 0.1])
@pytest.mark.parametrize("name", ["astronaut", "chelsea", "coffee"])
def test_the_noise_level_is_measured(name: str, noise: float) -> None:
    """To a tenth, beside the noise and the finest texture that the photograph itself has."""
    own = noise_level(photo(name))
    expected = np.hypot(noise, own)
    assert noise_level(np.clip(noisy(photo(name), noise), 0.0, 1.0)) == pytest.approx(expected, rel=0.1)


def test_a_plain_picture_has_no_noise() -> None:
    """And a white one, where noise would be cut off, is no failure."""
    assert noise_level(np.full((64, 64, 3), 0.5, np.float32)) == 0.0
    assert noise_level(np.ones((10, 7, 3), np.float32)) == 0.0


@pytest.mark.parametrize(
    ("method", "noise", "least"),
    [("wavelet", 0.02, 4.0), ("wavelet", 0.05, 7.0), ("nonlocal", 0.05, 5.0), ("total variation", 0.05, 4.0)],
)
def test_noise_is_taken_out(method: str, noise: float, least: float) -> None:
    """Without being told how much there is, every method brings a photograph nearer to the truth."""
    truth = photo()
    degraded = noisy(truth, noise)
    assert gain(degraded, run_to_end(denoise(degraded, method=method)), truth) > least


@pytest.mark.parametrize("method", METHODS)
def test_no_strength_changes_nothing(method: str) -> None:
    """Strength 0 gives the very same values."""
    np.testing.assert_array_equal(run_to_end(denoise(photo(), method=method, strength=0.0)), photo())


@pytest.mark.parametrize("method", METHODS)
def test_strength_smooths_more(method: str) -> None:
    """Twice the strength leaves less of the fine detail."""
    degraded = noisy(photo(), 0.02)
    levels = [
        noise_level(run_to_end(denoise(degraded, method=method, noise=0.02, strength=s))) for s in (0.5, 1.0, 2.0)
    ]
    assert levels[0] > levels[1] > levels[2]


@pytest.mark.parametrize("method", METHODS)
def test_sixteen_bits_are_kept(method: str) -> None:
    """A ramp much finer than 256 levels stays one: nothing is rounded on the way."""
    ramp = np.tile(np.linspace(0.5, 0.502, 128, dtype=np.float32)[None, :, None], (96, 1, 3))
    result = run_to_end(denoise(ramp, method=method, noise=1e-4))
    assert np.abs(result - ramp)[:, 16:-16].max() < 2e-4
    assert len(np.unique(result[48, 16:-16, 1])) > 50


def test_tiles_leave_no_seams() -> None:
    """A photo of more than one tile, and of odd sides, is as clean where tiles meet as inside them."""
    truth = np.full((301, 531, 3), 0.4, np.float32)
    result = run_to_end(denoise(noisy(truth, 0.02), noise=0.02))
    assert result.shape == truth.shape
    assert np.abs(result - truth)[16:-16, 16:-16].max() < 0.02
