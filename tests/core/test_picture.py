"""Pictures: conversions without loss, and sizes."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from deblur_app.core.picture import Picture, from_integer, resize_pixels, to_uint8, to_uint16

SHAPES = arrays.array_shapes(min_dims=2, max_dims=3, max_side=6)


@given(arrays.arrays(np.uint8, SHAPES))
def test_8_bit_values_survive_as_pixels(values):
    """Every 8-bit value comes back as it was."""
    np.testing.assert_array_equal(to_uint8(from_integer(values)), values)


@given(arrays.arrays(np.uint16, SHAPES))
def test_16_bit_values_survive_as_pixels(values):
    """Every 16-bit value comes back as it was."""
    np.testing.assert_array_equal(to_uint16(from_integer(values)), values)


@given(arrays.arrays(np.float32, SHAPES, elements=st.floats(-3, 3, width=32)))
def test_pixels_are_rounded_to_the_nearest_value(pixels):
    """Half a step is the largest error, and what lies outside [0, 1] is clipped."""
    clipped = np.clip(pixels.astype(np.float64), 0, 1)
    assert np.abs(to_uint8(pixels) / 255 - clipped).max() <= 0.5 / 255 + 1e-6
    assert np.abs(to_uint16(pixels) / 65535 - clipped).max() <= 0.5 / 65535 + 1e-6


def test_conversion_leaves_the_pixels_alone():
    """The array that is converted may be read only."""
    pixels = np.full((2, 2, 3), 0.3, np.float32)
    pixels.setflags(write=False)
    assert to_uint8(pixels)[0, 0, 0] == 77


def test_size_is_said_as_width_times_height():
    """Rows and columns of the array are not mixed up."""
    picture = Picture(np.zeros((3, 5, 3), np.float32))
    assert (picture.width, picture.height, picture.size_text) == (5, 3, "5 × 3")


def test_transparency_stays_where_the_size_stays():
    """Pixels of another size cannot keep the old transparency."""
    picture = Picture(np.zeros((3, 5, 3), np.float32), alpha=np.ones((3, 5), np.float32))
    assert picture.with_pixels(np.ones((3, 5, 3), np.float32)).alpha is picture.alpha
    assert picture.with_pixels(np.ones((2, 2, 3), np.float32)).alpha is None


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (40, 2), (50, 60)])
def test_a_plain_picture_stays_plain_at_any_size(size):
    """A constant picture has the same colour larger and smaller, in float32."""
    small = resize_pixels(np.full((20, 30, 3), 0.25, np.float32), *size)
    assert small.shape == (size[1], size[0], 3)
    assert small.dtype == np.float32
    np.testing.assert_allclose(small, 0.25, atol=1e-6)


def test_shrinking_takes_the_mean_of_an_area():
    """A checkerboard becomes grey instead of a moiré."""
    board = np.indices((8, 8)).sum(axis=0) % 2
    small = resize_pixels(np.repeat(board[..., None], 3, axis=2).astype(np.float32), 4, 4)
    np.testing.assert_allclose(small, 0.5, atol=1e-6)


def test_nothing_aliases_where_one_side_shrinks_and_the_other_grows():
    """Stripes of one pixel become their mean along the side that shrinks."""
    stripes = np.repeat(np.tile(np.float32([0, 1]), (100, 2000))[..., None], 3, axis=2)
    small = resize_pixels(stripes, 128, 128)
    assert small.shape == (128, 128, 3)
    np.testing.assert_allclose(small, 0.5, atol=0.02)
    turned = resize_pixels(np.ascontiguousarray(stripes.swapaxes(0, 1)), 128, 128)
    np.testing.assert_allclose(turned, 0.5, atol=0.02)
