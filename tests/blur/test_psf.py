"""Point spread functions: the formulas of the paper's section 2."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deblur_app.blur import psf

lengths = st.floats(0.1, 60)
angles = st.floats(-360, 360)
radii = st.floats(0.05, 25)


def _is_a_kernel(kernel: np.ndarray) -> bool:
    side = kernel.shape[0]
    return kernel.shape == (side, side) and side % 2 == 1 and kernel.dtype == np.float32 and kernel.min() >= 0


def _centre(kernel: np.ndarray) -> tuple[float, float]:
    """Centre of mass relative to the middle element, as (x, y) in pixels."""
    axis = np.arange(len(kernel)) - len(kernel) // 2
    return float((kernel.sum(axis=0) * axis).sum()), float((kernel.sum(axis=1) * axis).sum())


@given(length=lengths, angle=angles)
def test_motion_keeps_the_light_and_the_place(length, angle):
    """No light is lost and nothing is shifted, for any length and angle."""
    kernel = psf.motion(length, angle)
    assert _is_a_kernel(kernel)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert _centre(kernel) == pytest.approx((0, 0), abs=1e-4)


@given(radius=radii)
def test_defocus_keeps_the_light_and_the_place(radius):
    """No light is lost and nothing is shifted, for any radius."""
    kernel = psf.defocus(radius)
    assert _is_a_kernel(kernel)
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert _centre(kernel) == pytest.approx((0, 0), abs=1e-4)


@pytest.mark.parametrize("angle", [0, 30, 45, 90, 135, 200])
def test_motion_points_where_its_angle_points(angle):
    """The longest axis of the kernel lies at the angle, counter-clockwise from the horizontal."""
    kernel = psf.motion(31, angle)
    axis = np.arange(len(kernel)) - len(kernel) // 2
    x, y = axis[None, :], -axis[:, None]  # y grows upwards
    direction = 0.5 * math.atan2(2 * (kernel * x * y).sum(), (kernel * (x**2 - y**2)).sum())
    difference = (math.degrees(direction) - angle + 90) % 180 - 90
    assert abs(difference) < 0.5


@pytest.mark.parametrize("angle", [0, 45, 90])
def test_motion_is_as_long_as_its_length(angle):
    """The variance along the path is L²/12, that of an even line, plus what the pixels' own width adds."""
    kernel = psf.motion(24, angle)
    axis = np.arange(len(kernel)) - len(kernel) // 2
    spread = (kernel * (axis[None, :] ** 2 + axis[:, None] ** 2)).sum()
    assert spread == pytest.approx(24**2 / 12, rel=0.02)


def test_turning_by_a_quarter_turns_the_kernel():
    """A vertical motion is the horizontal one, turned."""
    np.testing.assert_allclose(psf.motion(13, 90), np.rot90(psf.motion(13, 0)), atol=1e-6)


def test_motion_and_back_is_one_motion():
    """A path has no direction: half a turn changes nothing."""
    np.testing.assert_allclose(psf.motion(9.5, 20), psf.motion(9.5, 200), atol=1e-6)


@pytest.mark.parametrize("radius", [3.0, 7.5, 12.0])
def test_defocus_is_an_even_disk(radius):
    """Inside the disk each pixel gets 1/(πR²), outside nothing."""
    kernel = psf.defocus(radius)
    axis = np.arange(len(kernel)) - len(kernel) // 2
    distance = np.hypot(axis[:, None], axis[None, :])
    np.testing.assert_allclose(kernel[distance < radius - 1], 1 / (math.pi * radius**2), rtol=0.01)
    assert (kernel[distance > radius + 1] == 0).all()


def test_the_smallest_disk_is_a_point():
    """A radius under the sampling blurs nothing instead of dividing by zero."""
    kernel = psf.defocus(0.01)
    assert kernel[len(kernel) // 2, len(kernel) // 2] == 1.0
