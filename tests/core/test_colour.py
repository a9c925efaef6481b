"""Between sRGB and linear light."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.core.colour import convert_to_linear, linear_to_srgb, srgb_to_linear


def test_there_and_back_changes_nothing():
    """All 256 values of an 8-bit file survive the way through linear light."""
    values = np.linspace(0, 1, 256, dtype=np.float32)
    np.testing.assert_allclose(linear_to_srgb(srgb_to_linear(values)), values, atol=1e-6)


@pytest.mark.parametrize(("srgb", "light"), [(0.0, 0.0), (0.5, 0.21404), (0.04045, 0.0031308), (1.0, 1.0)])
def test_known_values_of_the_standard(srgb, light):
    """Values of IEC 61966-2-1, among them the joint of its two pieces."""
    assert srgb_to_linear(np.float32([srgb]))[0] == pytest.approx(light, abs=1e-5)
    assert linear_to_srgb(np.float32([light]))[0] == pytest.approx(srgb, abs=1e-4)


def test_light_outside_the_range_is_clipped():
    """Deconvolution overshoots; what comes back is a picture."""
    np.testing.assert_allclose(linear_to_srgb(np.float32([-0.5, 1.5])), [0, 1], atol=1e-6)


def test_both_keep_float32():
    """No picture grows to float64 on the way."""
    pixels = np.zeros((2, 3, 3), np.float32)
    assert srgb_to_linear(pixels).dtype == linear_to_srgb(pixels).dtype == np.float32


def test_a_large_picture_is_converted_in_parts_between_which_it_can_be_cancelled():
    """And gives what its parts give."""
    pixels = np.random.default_rng(0).random((2300, 1700, 3), np.float32)
    task, parts = convert_to_linear(pixels), 0
    while True:
        try:
            next(task)
        except StopIteration as end:
            light = end.value
            break
        parts += 1
    assert parts >= 3
    np.testing.assert_array_equal(light[::200], srgb_to_linear(np.ascontiguousarray(pixels[::200])))
