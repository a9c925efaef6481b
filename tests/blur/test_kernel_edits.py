"""Kernels are moved and resized without losing light, and their connected components are told apart."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import kernel_arrays, kernel_edits, models


def shift_kernel() -> np.ndarray:
    """A line that lies 2.3 pixels to the right of the middle and 1 above it, with room around."""
    kernel = np.pad(models.motion(9.0, 20.0), 8)
    return kernel_edits.shift_kernel(kernel, 2.3, -1.0)


def test_a_kernel_is_moved_by_parts_of_a_pixel() -> None:
    """To a thirtieth, and keeps the sum 1."""
    assert kernel_arrays.centroid(shift_kernel()) == pytest.approx((2.3, -1.0), abs=0.05)
    assert kernel_arrays.centroid(kernel_edits.shift_to_middle(shift_kernel())) == pytest.approx((0.0, 0.0), abs=0.05)
    assert kernel_edits.shift_to_middle(shift_kernel()).sum() == pytest.approx(1.0, abs=1e-5)


def test_moving_by_whole_pixels_changes_no_value() -> None:
    """So it softens nothing."""
    moved = kernel_edits.shift_to_middle_by_pixels(shift_kernel())
    np.testing.assert_allclose(np.sort(moved, axis=None), np.sort(shift_kernel(), axis=None), atol=1e-7)
    assert max(map(abs, kernel_arrays.centroid(moved))) <= 0.5


def test_colours_are_moved_together() -> None:
    """Each channel keeps its sum."""
    colours = np.dstack([shift_kernel()] * 3)
    moved = kernel_edits.shift_kernel(colours, -2.0, 1.0)
    np.testing.assert_allclose(moved[:, :, 1], kernel_edits.shift_kernel(shift_kernel(), -2.0, 1.0), atol=1e-6)


def test_a_kernel_of_a_larger_picture_is_as_much_larger() -> None:
    """Its middle stays."""
    larger = kernel_edits.resize_kernel(np.pad(models.defocus(3.0), 4), 2.0, 25)
    assert kernel_arrays.centroid(larger) == pytest.approx((0.0, 0.0), abs=0.05)
    expected = np.pad(models.defocus(6.0), 6)
    assert np.vdot(larger, expected) > 0.98 * np.linalg.norm(larger) * np.linalg.norm(expected)


def test_components_touch_by_sides_or_corners() -> None:
    """Their sums say which is the largest, not the number of their pixels."""
    values = np.zeros((6, 8), np.float32)
    values[0, 0] = values[1, 1] = 3.0
    values[4, 3:8] = 1.0
    components, sums = kernel_edits.weigh_components(values)
    assert sorted(sums) == [0.0, 5.0, 6.0]
    assert components[0, 0] == components[1, 1] != components[4, 4]
    assert kernel_edits.find_largest_component(values).sum() == 2
    assert not kernel_edits.find_largest_component(np.zeros((3, 3), np.float32)).any()
