"""Dim pictures of 16 bits are found, stretched and compressed again; ordinary ones are left alone."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.core.levels import display_white, find_levels
from deblur_app.core.picture import Picture, from_integer


def _instrument(most: int, offset: int = 0, *, channels: int = 1) -> Picture:
    """A picture of an instrument: values from `offset` to `most` in a file of 16 bits."""
    values = np.random.default_rng(0).uniform(offset, most, (60, 80, channels)).astype(np.uint16)
    values[0, 0] = most
    return Picture(from_integer(np.repeat(values, 3 // channels, axis=2)), bit_depth=16)


@pytest.mark.parametrize("most", [1023, 4095, 16383])
@pytest.mark.parametrize("channels", [1, 3])
@pytest.mark.parametrize("offset", [0, 500])
def test_dim_pictures_are_stretched_and_come_back_to_the_value(most, offset, channels):
    """10, 12 and 14 bits of data, grey and in colour, with and without a black level."""
    picture = _instrument(most, offset, channels=channels)
    levels = find_levels(picture)
    assert levels is not None
    stretched = levels.stretch(picture.pixels)
    assert 0.4 < stretched.max() <= 1.0
    assert np.ptp(stretched) > 0.3
    again = levels.compress(stretched)
    inside = picture.pixels > np.quantile(picture.pixels, 0.01)
    np.testing.assert_allclose(again[inside], picture.pixels[inside], atol=0.6 / 65535)


def test_deblurring_may_make_a_dim_picture_brighter():
    """There is room above the brightest pixel, unless the sensor clipped there."""
    dim = _instrument(4095)
    levels = find_levels(dim)
    assert levels is not None
    assert levels.white > 3 * dim.pixels.max()
    clipped = Picture(np.minimum(dim.pixels, np.float32(2000 / 65535)), bit_depth=16)
    levels = find_levels(clipped)
    assert levels is not None
    assert levels.white == pytest.approx(2000 / 65535)


def test_ordinary_pictures_have_no_levels():
    """Those of 8 bits, those that use the range, and those of one value."""
    bright = _instrument(60000)
    dim_8_bit = Picture(_instrument(4095).pixels)
    even = Picture(np.full((20, 20, 3), 0.1, np.float32), bit_depth=16)
    for picture in (bright, dim_8_bit, even):
        assert find_levels(picture) is None
        assert display_white(picture) == 1.0


def test_a_dim_picture_is_shown_up_to_its_own_white():
    """A hot pixel does not count."""
    picture = _instrument(4000)
    picture.pixels[5, 5] = 0.2
    assert display_white(picture) == pytest.approx(4000 / 65535, rel=0.01)
