"""The most informative region of a photograph."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.restoration.psf_estimation.regions import most_informative


def _middle(place: tuple[slice, slice]) -> tuple[float, float]:
    return tuple((span.start + span.stop) / 2 for span in place)


def _checks(height: int, width: int) -> np.ndarray:
    y, x = np.mgrid[:height, :width]
    return (0.1 + 0.6 * ((x // 12 + y // 12) % 2)).astype(np.float32)[:, :, None]


def _lines(height: int, width: int) -> np.ndarray:
    return np.broadcast_to((0.1 + 0.6 * (np.arange(width) // 12 % 2))[None, :, None], (height, width, 1))


def test_detail_wins_over_an_even_area():
    """Of an even wall with one textured poster, the poster is taken."""
    light = np.full((400, 600, 1), 0.3, np.float32)
    light[240:368, 400:528] = _checks(128, 128)
    y, x = _middle(most_informative(light, 128))
    assert (y, x) == pytest.approx((304, 464), abs=16)


def test_edges_in_all_directions_win_over_stronger_ones_in_a_single_direction():
    """Parallel lines only show the blur across them: a checkerboard of less contrast is taken."""
    light = np.full((300, 600, 1), 0.3, np.float32)
    light[50:250, 50:250] = _lines(200, 200)
    light[50:250, 350:550] = 0.3 + 0.4 * (_checks(200, 200) - 0.3)
    assert _middle(most_informative(light, 160))[1] > 350


def test_clipped_highlights_are_avoided():
    """A checkerboard whose white squares are clipped tells less than a fainter one that is not."""
    light = np.full((300, 600, 1), 0.3, np.float32)
    light[50:250, 50:250] = np.where(_checks(200, 200) > 0.5, 1.0, 0.1)
    light[50:250, 350:550] = _checks(200, 200)
    assert _middle(most_informative(light, 160))[1] > 350


@pytest.mark.parametrize("shape", [(90, 500, 3), (500, 90, 3), (64, 64, 1), (3000, 2200, 1)])
@pytest.mark.parametrize("side", [1, 100, 1000])
def test_the_region_lies_in_the_picture_and_is_as_large_as_it_can_be(shape, side):
    """Any size of picture and square: the slices stay inside, with the side asked for or all that there is."""
    light = np.random.default_rng(0).random(shape, np.float32) * np.float32(0.8)
    for span, length in zip(most_informative(light, side), shape[:2], strict=True):
        assert 0 <= span.start < span.stop <= length
        assert span.stop - span.start == min(side, length)


def test_a_picture_that_is_searched_at_a_smaller_size_gives_the_place_in_its_own_pixels():
    """Large pictures are reduced for the search; the slices still frame the poster to within a few of its pixels."""
    light = np.full((3000, 4000, 1), 0.3, np.float32)
    light[1800:2600, 2900:3700] = np.repeat(np.repeat(_checks(200, 200), 4, axis=0), 4, axis=1)
    rows, columns = most_informative(light, 800)
    assert (rows.start, columns.start) == pytest.approx((1800, 2900), abs=40)
