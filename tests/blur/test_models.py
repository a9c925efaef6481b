"""Point spread functions: the formulas of the paper's section 2."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deblur_app.blur import kernel_arrays, models

lengths = st.floats(0.1, 60)
angles = st.floats(-360, 360)
radii = st.floats(0.05, 25)
sigmas = st.floats(0.05, 12)


def _is_a_kernel(kernel: np.ndarray) -> bool:
    side = kernel.shape[0]
    return kernel.shape == (side, side) and side % 2 == 1 and kernel.dtype == np.float32 and kernel.min() >= 0


def _direction(kernel: np.ndarray) -> float:
    """Angle of the longest axis in degrees, counter-clockwise from the horizontal, by second moments."""
    axis = np.arange(len(kernel)) - len(kernel) // 2
    x, y = axis[None, :], -axis[:, None]  # y grows upwards
    return math.degrees(0.5 * math.atan2(2 * (kernel * x * y).sum(), (kernel * (x**2 - y**2)).sum()))


def _second_moment(kernel: np.ndarray) -> float:
    """Mean of x² + y² in square pixels."""
    axis = np.arange(len(kernel)) - len(kernel) // 2
    return float((kernel * (axis[None, :] ** 2 + axis[:, None] ** 2)).sum())


@given(length=lengths, angle=angles)
def test_motion_keeps_the_light_and_the_place(length, angle):
    """No light is lost and nothing is shifted, for any length and angle."""
    kernel = models.motion(length, angle)
    assert _is_a_kernel(kernel)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert kernel_arrays.centroid(kernel) == pytest.approx((0, 0), abs=1e-4)


@given(radius=radii)
def test_defocus_keeps_the_light_and_the_place(radius):
    """No light is lost and nothing is shifted, for any radius."""
    kernel = models.defocus(radius)
    assert _is_a_kernel(kernel)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert kernel_arrays.centroid(kernel) == pytest.approx((0, 0), abs=1e-4)


@given(sigma=sigmas)
def test_turbulence_keeps_the_light_and_the_place(sigma):
    """No light is lost and nothing is shifted, for any strength."""
    kernel = models.turbulence(sigma)
    assert _is_a_kernel(kernel)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert kernel_arrays.centroid(kernel) == pytest.approx((0, 0), abs=1e-4)


@given(length=st.floats(6, 60), angle=angles)
def test_motion_points_where_its_angle_points(length, angle):
    """The longest axis of the kernel lies at the angle, counter-clockwise from the horizontal."""
    difference = (_direction(models.motion(length, angle)) - angle + 90) % 180 - 90
    assert abs(difference) < 0.5


@given(length=st.floats(2, 60), angle=angles)
def test_motion_is_as_long_as_its_length(length, angle):
    """The variance along the path is L²/12, that of an even line; sharing with neighbours adds up to ¼ per axis."""
    assert length**2 / 12 - 0.01 < _second_moment(models.motion(length, angle)) < length**2 / 12 + 0.51


@given(length=st.floats(1, 60), angle=angles)
def test_a_quarter_turn_of_the_angle_is_a_quarter_turn_of_the_kernel(length, angle):
    """The grid prefers neither rows nor columns."""
    np.testing.assert_allclose(models.motion(length, angle + 90), np.rot90(models.motion(length, angle)), atol=1e-5)


@pytest.mark.parametrize("length", [5.0, 13.0, 20.5])
def test_motion_is_an_even_line(length):
    """Along the segment lies 1/L on each pixel, beyond its ends and beside it nothing."""
    kernel = models.motion(length, 0)
    axis = abs(np.arange(len(kernel)) - len(kernel) // 2)
    line = kernel[len(kernel) // 2]
    np.testing.assert_allclose(line[axis < length / 2 - 1], 1 / length, rtol=0.01)
    assert (line[axis > length / 2 + 1] == 0).all()
    assert kernel.sum() == pytest.approx(line.sum(), abs=1e-6)


def test_turning_by_a_quarter_turns_the_kernel():
    """A vertical motion is the horizontal one, turned."""
    np.testing.assert_allclose(models.motion(13, 90), np.rot90(models.motion(13, 0)), atol=1e-6)


def test_motion_and_back_is_one_motion():
    """A path has no direction: half a turn changes nothing."""
    np.testing.assert_allclose(models.motion(9.5, 20), models.motion(9.5, 200), atol=1e-6)


@pytest.mark.parametrize("radius", [3.0, 7.5, 12.0])
def test_defocus_is_an_even_disk(radius):
    """Inside the disk each pixel gets 1/(πR²), outside nothing."""
    kernel = models.defocus(radius)
    axis = np.arange(len(kernel)) - len(kernel) // 2
    distance = np.hypot(axis[:, None], axis[None, :])
    np.testing.assert_allclose(kernel[distance < radius - 1], 1 / (math.pi * radius**2), rtol=0.01)
    assert (kernel[distance > radius + 1] == 0).all()


def test_the_smallest_disk_is_a_point():
    """A radius under the sampling blurs nothing instead of dividing by zero."""
    kernel = models.defocus(0.01)
    assert kernel[len(kernel) // 2, len(kernel) // 2] == 1.0


@given(radius=st.floats(1, 25))
def test_defocus_is_as_wide_as_its_radius(radius):
    """The mean of x² + y² is R²/2, that of an even disk, plus the 1/6 that the pixels' own area adds."""
    kernel = models.defocus(radius)
    assert _second_moment(kernel) == pytest.approx(radius**2 / 2 + 1 / 6, abs=0.15)
    np.testing.assert_allclose(kernel, np.rot90(kernel), atol=1e-6)


@pytest.mark.parametrize("radius", [0.4, 1.5, 3.2])
def test_defocus_gives_each_pixel_its_area_in_the_disk(radius):
    """Against a count of points, 400 by 400 in each pixel."""
    kernel = models.defocus(radius)
    side, fine = len(kernel), 400
    axis = (np.arange(side * fine) + 0.5) / fine - side / 2
    inside = (axis[:, None] ** 2 + axis[None, :] ** 2 <= radius**2).reshape(side, fine, side, fine).mean(axis=(1, 3))
    np.testing.assert_allclose(kernel, inside / inside.sum(), atol=2e-4)


@pytest.mark.parametrize("sigma", [1.6, 2.8, 5.0])
def test_turbulence_is_a_gaussian(sigma):
    """Pixels that are small against σ show Z·exp(−(i² + j²)/2σ²) itself, with the pixel's 1/12 in the variance."""
    kernel = models.turbulence(sigma)
    axis = np.arange(len(kernel)) - len(kernel) // 2
    shape = np.exp(-(axis[:, None] ** 2 + axis[None, :] ** 2) / (2 * (sigma**2 + 1 / 12)))
    np.testing.assert_allclose(kernel, shape / shape.sum(), atol=0.003 * kernel.max())


def test_the_centroid_counts_rightwards_and_downwards():
    """A lone point tells its place from the middle; an even side has its middle between pixels."""
    array = np.zeros((4, 5))
    array[3, 1] = 2.0
    assert kernel_arrays.centroid(array) == (-1.0, 1.5)


def test_the_response_of_a_line_is_that_of_an_even_line():
    """Along a motion of L pixels the response is |sin(πfL)/(πfL)|, across it nothing is lost."""
    length, side = 12.0, 64
    response = kernel_arrays.frequency_response(models.motion(length, 0), side)
    frequency = np.arange(1, 8) / side
    expected = abs(np.sinc(frequency * length))
    np.testing.assert_allclose(response[side // 2, side // 2 + 1 : side // 2 + 8], expected, atol=0.02)
    np.testing.assert_allclose(response[:, side // 2], 1, atol=1e-5)


@given(side=st.integers(1, 40), sigma=st.floats(0.3, 8))
def test_the_response_fits_any_side(side, sigma):
    """Also one shorter than the kernel: frequency 0 passes whole and stands in the middle, and nothing grows."""
    response = kernel_arrays.frequency_response(models.turbulence(sigma), side)
    assert response.shape == (side, side)
    assert response[side // 2, side // 2] == pytest.approx(1, abs=1e-5)
    assert response.max() <= 1 + 1e-5


def test_facts_of_a_gaussian():
    """Its response exp(−2π²σ²f²) falls to 10 % at f = √(ln 10 / 2) / (πσ)."""
    sigma = 2.0
    facts = kernel_arrays.describe(models.turbulence(sigma))
    assert facts.cut_off == pytest.approx(math.sqrt(math.log(10) / 2) / (math.pi * sigma), rel=0.02)
    assert facts.centroid == pytest.approx((0, 0), abs=1e-4)
    assert facts.side == 17


def test_facts_of_a_line():
    """Its extent is its length and one pixel's width, its brightest pixel holds 1/L."""
    facts = kernel_arrays.describe(models.motion(15, 0))
    assert facts.extent == (17, 1)  # the ends share with one neighbour each
    assert facts.peak == pytest.approx(1 / 15, rel=0.01)


def test_facts_of_a_point():
    """It blurs nothing, so that no frequency is lost."""
    facts = kernel_arrays.describe(np.ones((1, 1), np.float32))
    assert facts == kernel_arrays.KernelFacts(side=1, extent=(1, 1), centroid=(0.0, 0.0), peak=1.0, cut_off=None)
