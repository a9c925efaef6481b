"""Tiles: a whole picture through small squares, without seams, in calls of one shape."""

from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deblur_app.core.task import run_to_end
from deblur_app.core.tiling.blended_tiling import map_tiles, tile_origins

TILE = 8


def _picture(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(height * 100 + width).random((height, width, 3), np.float32)


@given(length=st.integers(TILE, 300), overlap=st.integers(0, TILE - 1))
def test_tiles_cover_an_axis_and_overlap_enough(length, overlap):
    """The first tile begins at 0, the last one ends at the end, and neighbours share what was asked for."""
    origins = tile_origins(length, TILE, overlap)
    assert origins[0] == 0
    assert origins[-1] + TILE == length
    assert all(0 < b - a <= TILE - overlap for a, b in pairwise(origins))


@pytest.mark.parametrize(("length", "overlap"), [(7, 0), (20, 8), (20, -1)])
def test_impossible_tilings_are_refused(length, overlap):
    """A tile larger than the axis and an overlap outside [0, tile) are errors of the caller."""
    with pytest.raises(ValueError, match="overlap"):
        tile_origins(length, TILE, overlap)


@given(height=st.integers(1, 40), width=st.integers(1, 40), overlap=st.integers(0, TILE - 1), batch=st.integers(1, 5))
def test_doing_nothing_gives_the_picture_back(height, width, overlap, batch):
    """Cutting and blending alone change nothing, for any size, overlap and batch."""
    picture = _picture(height, width)
    result = run_to_end(map_tiles(picture, np.copy, tile=TILE, overlap=overlap, batch=batch))
    assert result.shape == picture.shape
    assert result.dtype == np.float32
    np.testing.assert_allclose(result, picture, atol=1e-5)


def test_every_call_has_one_shape():
    """A compiled function is compiled once: even the last, smaller batch is filled up."""
    shapes = set()

    def watch(squares: np.ndarray) -> np.ndarray:
        shapes.add(squares.shape)
        return squares

    run_to_end(map_tiles(_picture(21, 30), watch, tile=TILE, overlap=2, batch=4))
    assert shapes == {(4, TILE, TILE, 3)}


def test_tiles_that_disagree_are_blended_without_a_step():
    """The overlap leads evenly from one to the other where one tile says 0 and the next 1."""
    numbers = iter([0.0, 1.0])

    def disagree(squares: np.ndarray) -> np.ndarray:
        return np.full_like(squares, next(numbers))

    result = run_to_end(map_tiles(np.zeros((8, 12, 3), np.float32), disagree, tile=TILE, overlap=4, batch=1))
    row = result[0, :, 0]
    assert row[3] == 0.0
    assert row[8] == 1.0
    assert np.abs(np.diff(row)).max() <= 0.26
    assert (np.diff(row) >= 0).all()


def test_the_picture_itself_is_left_alone():
    """Also where the function changes the tiles that it is given."""

    def darken(tiles: np.ndarray) -> np.ndarray:
        tiles *= 0.5
        return tiles

    picture = _picture(10, 10)
    before = picture.copy()
    result = run_to_end(map_tiles(picture, darken, tile=TILE, overlap=2, batch=2))
    assert np.array_equal(picture, before)
    np.testing.assert_allclose(result, before / 2, atol=1e-6)


def test_progress_grows_from_zero():
    """Each batch is announced before it is computed, and the fraction never falls."""
    fractions = [p.fraction for p in map_tiles(_picture(40, 40), np.copy, tile=TILE, overlap=0, batch=5)]
    assert fractions == pytest.approx([0.0, 0.2, 0.4, 0.6, 0.8])


def test_a_cancel_ends_before_the_next_batch():
    """After `close()` the function is not called again."""
    calls = []

    def count(squares: np.ndarray) -> np.ndarray:
        calls.append(len(squares))
        return squares

    running = map_tiles(_picture(40, 40), count, tile=TILE, overlap=0, batch=5)
    next(running)
    next(running)
    running.close()
    assert calls == [5]
