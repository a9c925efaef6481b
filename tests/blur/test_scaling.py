"""A kernel of the photo becomes that of its smaller copy."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import degrade, kernel_arrays, models
from deblur_app.blur.scaling import band_limited, scale_kernel
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.metrics import measure
from deblur_app.core.picture import from_integer, resize_pixels


@pytest.mark.parametrize("scale", [1.0, 0.83, 0.5, 0.21, 0.05])
def test_no_light_is_lost_and_the_centre_stays(scale: float) -> None:
    """At every scale the result is a kernel: odd, square, sum 1, centred as the one before."""
    kernel = models.motion(31.0, 28.0)
    small = scale_kernel(kernel, scale)
    assert small.dtype == np.float32
    assert small.shape[0] == small.shape[1]
    assert len(small) % 2 == 1
    assert small.sum() == pytest.approx(1.0, abs=1e-5)
    assert kernel_arrays.centroid(small) == pytest.approx((0.0, 0.0), abs=1e-3)
    assert len(small) <= len(kernel) * scale + 2


def test_what_blurs_nothing_goes_on_blurring_nothing() -> None:
    """A single point stays one."""
    assert np.array_equal(scale_kernel(np.ones((1, 1), np.float32), 0.37), np.ones((1, 1), np.float32))


def test_an_off_centre_kernel_moves_by_the_scaled_distance() -> None:
    """A kernel that shifts by eight pixels shifts the half-size copy by four."""
    kernel = np.zeros((21, 21), np.float32)
    kernel[10, 18] = 1.0
    assert kernel_arrays.centroid(scale_kernel(kernel, 0.5)) == pytest.approx((4.0, 0.0), abs=1e-3)


@pytest.mark.parametrize("scale", [0.5, 0.25])
def test_blurring_and_reducing_may_change_places(scale: float) -> None:
    """The reduced photo of a blurred scene is the blurred photo of the reduced scene, far better than unblurred."""
    from skimage.data import astronaut

    sharp = srgb_to_linear(from_integer(astronaut()[:256, 128:384]))
    kernel, side = models.defocus(6.0), round(256 * scale)
    small_sharp = linear_to_srgb(resize_pixels(sharp, side, side))
    expected = linear_to_srgb(resize_pixels(srgb_to_linear(degrade.blur(linear_to_srgb(sharp), kernel)), side, side))
    result = degrade.blur(small_sharp, scale_kernel(kernel, scale))
    assert measure(expected, result).psnr > max(measure(expected, small_sharp).psnr + 10, 36)


@pytest.mark.parametrize("scale", [0.0, -1.0, 1.5])
def test_other_scales_are_refused(scale: float) -> None:
    """A kernel is never enlarged: nobody knows what it would hold in between."""
    with pytest.raises(ValueError, match="0 < scale <= 1"):
        scale_kernel(models.defocus(3.0), scale)


@pytest.mark.parametrize("scale", [0.7, 0.5, 0.3])
def test_a_band_limited_kernel_passes_what_the_kernel_passes(scale: float) -> None:
    """Frequencies of the small picture, but for the finest, keep their share of light; area means lose more."""
    kernel = models.defocus(4.0)

    def response_at(of: np.ndarray, frequencies: np.ndarray) -> np.ndarray:
        x = np.arange(len(of)) - len(of) // 2
        return np.array([(of.sum(axis=0) * np.cos(2 * np.pi * f * x)).sum() for f in frequencies])

    frequencies = np.linspace(0.0, 0.35, 8)
    expected = response_at(kernel, frequencies * scale)
    errors = [
        np.abs(response_at(way(kernel, scale), frequencies) - expected).max() for way in (band_limited, scale_kernel)
    ]
    assert errors[0] < 0.04
    assert errors[0] < errors[1] / 2
    assert band_limited(kernel, scale).sum() == pytest.approx(1.0, abs=1e-5)


def test_a_band_limited_kernel_that_does_nothing_goes_on_doing_nothing() -> None:
    """One pixel stays the brightest by far, and a kernel at its own size is itself."""
    point = np.ones((1, 1), np.float32)
    assert band_limited(point, 1.0) is point
    assert band_limited(point, 0.5).max() == pytest.approx(1.0, abs=0.01)
