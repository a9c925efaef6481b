"""Tiles of functions that look at a neighbourhood: cut, not blended, and equal to the whole."""

from __future__ import annotations

from itertools import product
from threading import Event

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from deblur_app.core.task import run_to_end
from deblur_app.core.tiling.local_tiling import PartDone, map_local, plan

MARGIN, STEP = 16, 8
SMALLEST = (4 * MARGIN + STEP) ** 2
SIDES = st.integers(1, 700)


def _picture(height: int, width: int) -> np.ndarray:
    return np.random.default_rng(height * 1000 + width).random((height, width, 3), np.float32)


def _smooth(pixels: np.ndarray) -> np.ndarray:
    """A function that looks 10 pixels far and, as networks do, sees zeros beyond the edge."""
    return cv2.blur(pixels[..., :3], (21, 21), borderType=cv2.BORDER_CONSTANT)


@given(height=SIDES, width=SIDES, most=st.integers(SMALLEST, 60_000))
def test_every_pixel_is_kept_once_and_far_from_edges_that_are_none(height, width, most):
    """Tiles are equal, begin at multiples of the granularity, and keep nothing near a made edge."""
    cut = plan(height, width, most=most, margin=MARGIN, granularity=STEP)
    assert cut.height * cut.width <= most or len(cut.rows) == len(cut.columns) == 1
    for spans, side, length in ((cut.rows, cut.height, height), (cut.columns, cut.width, width)):
        assert side % STEP == 0
        assert [span.inner_start for span in spans] == [0, *(span.end for span in spans[:-1])]
        assert spans[-1].end == length
        assert spans[-1].start + side < length + STEP
        for number, span in enumerate(spans):
            assert span.start % STEP == 0
            assert number == 0 or span.inner_start - span.start >= MARGIN
            assert number == len(spans) - 1 or span.start + side - span.end >= MARGIN


def test_a_photo_costs_hardly_more_than_its_pixels():
    """With tiles of 2.3 megapixels: an eighth more for 12, less than a fifth more for 100 megapixels."""
    for height, width, most in ((3000, 4000, 1.125), (8660, 11_547, 1.2)):
        cut = plan(height, width, most=2_300_000, margin=64, granularity=8)
        assert cut.computed_pixels <= height * width * most


def test_tiles_too_small_for_their_margins_are_refused():
    """An error of the caller, not an endless number of tiles."""
    with pytest.raises(ValueError, match="margin"):
        plan(500, 500, most=SMALLEST - 1, margin=MARGIN, granularity=STEP)


@pytest.mark.parametrize(("height", "width"), [(1, 1), (16, 16), (100, 300), (257, 311), (40, 900)])
def test_tiled_is_equal_to_untiled(height, width):
    """The reference is the whole picture in one call, filled up by its mirror image to the granularity."""
    picture = _picture(height, width)
    fill = ((0, -height % STEP), (0, -width % STEP), (0, 0))
    whole = _smooth(np.pad(picture, fill, mode="symmetric"))[:height, :width]
    cut = plan(height, width, most=SMALLEST, margin=MARGIN, granularity=STEP)
    tiled = run_to_end(map_local([picture], _smooth, cut))
    np.testing.assert_allclose(tiled, whole, atol=1e-6)


def test_every_call_has_one_shape_and_all_pictures():
    """Pictures that belong together lie one behind the other in the channels, in the order in which they were given."""
    one, other = _picture(200, 150), _picture(150, 200).transpose(1, 0, 2)
    shapes = set()

    def difference(stack: np.ndarray) -> np.ndarray:
        shapes.add(stack.shape)
        return stack[..., :3] - stack[..., 3:]

    cut = plan(200, 150, most=SMALLEST, margin=MARGIN, granularity=STEP)
    np.testing.assert_array_equal(run_to_end(map_local([one, other], difference, cut)), one - other)
    assert shapes == {(cut.height, cut.width, 6)}


def test_what_the_user_looks_at_comes_first():
    """Its tiles are the first, and it is shown as soon as they are there, before the others."""
    picture, corner = _picture(400, 400), (0.9, 0.9, 1.0, 1.0)
    calls: list[np.ndarray] = []

    def watch(pixels: np.ndarray) -> np.ndarray:
        calls.append(pixels)
        return pixels

    cut = plan(400, 400, most=20_000, margin=MARGIN, granularity=STEP)
    task = map_local([picture], watch, cut, region=corner)
    part = next(progress for progress in task if isinstance(progress, PartDone))
    assert len(calls) < len(cut.rows) * len(cut.columns)
    np.testing.assert_array_equal(part.pixels, picture[360:, 360:])
    assert part.region == corner
    task.close()


def test_after_that_each_tile_is_shown_nearest_first():
    """Together they are the result but for the last tile, each in its place."""
    picture, middle = _picture(400, 300), (0.4, 0.4, 0.6, 0.6)
    cut = plan(400, 300, most=SMALLEST, margin=MARGIN, granularity=STEP)
    task = map_local([picture], _smooth, cut, region=middle)
    parts, shown = [], np.full_like(picture, np.nan)
    try:
        while True:
            progress = next(task)
            parts += [progress] if isinstance(progress, PartDone) else []
    except StopIteration as end:
        result = end.value
    for part in parts:
        left, top, right, bottom = (
            round(share * side) for share, side in zip(part.region, (300, 400) * 2, strict=True)
        )
        assert part.pixels.shape[:2] == (bottom - top, right - left)
        shown[top:bottom, left:right] = part.pixels
    is_shown = ~np.isnan(shown)
    assert is_shown.mean() > 0.8
    np.testing.assert_array_equal(shown[is_shown], result[is_shown])
    away = [abs(part.region[0] - 0.5) + abs(part.region[1] - 0.5) for part in parts[1:]]
    assert np.mean(away[: len(away) // 2]) < np.mean(away[len(away) // 2 :])


def test_what_the_user_looks_at_meanwhile_comes_next():
    """After the view has moved, the tiles of the new place, before those near the old one."""
    picture, seen, order = _picture(400, 400), [(0.0, 0.0, 0.1, 0.1)], []
    cut = plan(400, 400, most=SMALLEST, margin=MARGIN, granularity=STEP)
    task = map_local([picture], _smooth, cut, region=lambda: seen[0])
    for progress in task:
        if isinstance(progress, PartDone):
            order.append(progress.region)
            seen[0] = (0.9, 0.9, 1.0, 1.0)
        if len(order) == 2:
            break
    task.close()
    assert order[0] == (0.0, 0.0, 0.1, 0.1)
    assert order[1][2:] == (1.0, 1.0)


def test_progress_never_falls_and_tells_the_time_left():
    """Also while one tile is computed, of which it is known how long it takes."""
    cut = plan(200, 200, most=SMALLEST, margin=MARGIN, granularity=STEP)
    updates = list(map_local([_picture(200, 200)], _smooth, cut, pace=0.5))
    fractions = [progress.fraction for progress in updates]
    assert fractions[0] == 0.0
    assert fractions == sorted(fractions)
    assert updates[0].seconds_left == pytest.approx(0.5 * len(cut.rows) * len(cut.columns))


def test_the_forecast_follows_what_tiles_took():
    """A guess that is far too high is given up once a tile is there."""
    cut = plan(200, 200, most=SMALLEST, margin=MARGIN, granularity=STEP)
    updates = list(map_local([_picture(200, 200)], _smooth, cut, pace=1000.0))
    assert updates[0].seconds_left > 1000.0
    assert updates[-1].seconds_left < 100.0


def test_a_cancel_begins_no_further_tile():
    """The one that is being computed is waited for."""
    calls = []

    def count(pixels: np.ndarray) -> np.ndarray:
        calls.append(pixels.shape)
        return pixels

    cut = plan(300, 300, most=SMALLEST, margin=MARGIN, granularity=STEP)
    running = map_local([_picture(300, 300)], count, cut)
    next(running)
    running.close()
    assert len(calls) == 1


def test_a_function_may_end_early_when_it_is_cancelled():
    """Nobody waits for a long one that looks whether it is still wanted."""
    stopped, calls = Event(), []

    def patient(pixels: np.ndarray) -> np.ndarray:
        calls.append(stopped.wait(60.0))
        return pixels

    cut = plan(20, 20, most=SMALLEST, margin=MARGIN, granularity=STEP)
    running = map_local([_picture(20, 20)], patient, cut, stopped=stopped)
    next(running)
    running.close()
    assert calls == [True]


def test_an_error_in_a_tile_is_told():
    """It comes out of the task as it was raised."""

    def fail(_: np.ndarray) -> np.ndarray:
        raise OSError("broken")

    cut = plan(20, 20, most=SMALLEST, margin=MARGIN, granularity=STEP)
    with pytest.raises(OSError, match="broken"):
        run_to_end(map_local([_picture(20, 20)], fail, cut))


def test_the_picture_itself_is_left_alone():
    """It is read only, also where one tile is all of it."""
    for height, width in product((64, 200), (64, 200)):
        picture = _picture(height, width)
        picture.setflags(write=False)
        cut = plan(height, width, most=SMALLEST, margin=MARGIN, granularity=STEP)
        run_to_end(map_local([picture], np.copy, cut))
