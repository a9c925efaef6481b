"""Large pictures in tiles: those at the same time are those one after the other, and a cancel ends them early."""

from __future__ import annotations

import time
from threading import Event

import numpy as np
import pytest

from deblur_app.core.task import Progress, run_to_end
from deblur_app.restoration.numerics.tiles import process_tiles, process_tiles_in_threads

SIDE, MOST = 5, 10_000
LIGHT = np.random.default_rng(1).random((150, 260, 3), np.float32)


def _double(place):
    for step in range(4):
        yield Progress(step / 4, "Doubling")
    return LIGHT[place] * 2


def test_tiles_at_the_same_time_are_those_one_after_the_other():
    """To the bit, and what is told never falls."""
    calls = []
    task = process_tiles_in_threads(LIGHT, SIDE, _double, most_pixels=MOST)
    try:
        while True:
            calls.append(next(task).fraction)
    except StopIteration as end:
        result = end.value
    np.testing.assert_array_equal(result, run_to_end(process_tiles(LIGHT, SIDE, _double, most_pixels=MOST)))
    np.testing.assert_allclose(result, LIGHT * 2, rtol=1e-5)
    assert calls == sorted(calls)


def test_a_cancel_ends_the_tiles_that_are_being_worked_on():
    """Each at its next progress; none is begun after it."""
    starts, ended = [], []
    is_running = Event()

    def endless(place):
        starts.append(place)
        is_running.set()
        try:
            while True:
                yield Progress(0.0, "Waiting")
                time.sleep(0.001)  # as long as a step takes
        finally:
            ended.append(place)

    task = process_tiles_in_threads(LIGHT, SIDE, endless, most_pixels=MOST)
    next(task)
    assert is_running.wait(10.0)
    task.close()
    assert 0 < len(starts) < 6
    assert len(ended) == len(starts)


def test_an_error_in_a_tile_is_told():
    """It comes out of the task, and the others end."""

    def fail(place):
        yield Progress(0.0, "Breaking")
        raise OSError("broken")

    with pytest.raises(OSError, match="broken"):
        run_to_end(process_tiles_in_threads(LIGHT, SIDE, fail, most_pixels=MOST))
