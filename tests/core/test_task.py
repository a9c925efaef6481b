"""Tasks: what composing and driving them promises."""

from __future__ import annotations

from concurrent.futures import CancelledError
from threading import Event
from typing import TYPE_CHECKING

import pytest

from deblur_app.core import task
from deblur_app.core.task import Progress, Task, run_to_end, run_unless, subtask, with_time_left

if TYPE_CHECKING:
    from collections.abc import Iterator


def _steps(fractions: list[float], log: list[str]) -> Task[str]:
    try:
        for fraction in fractions:
            yield Progress(fraction, "working")
        return "result"
    finally:
        log.append("cleaned up")


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[float]]:
    """A clock whose time is its only element."""
    now = [100.0]
    monkeypatch.setattr(task.time, "monotonic", lambda: now[0])
    return now


def test_run_to_end_returns_the_result():
    """Whoever does not want to watch gets what the task returns."""
    assert run_to_end(_steps([0.0, 0.5], [])) == "result"


def test_run_to_end_passes_errors_on():
    """An error of the task reaches its driver."""

    def fail() -> Task[None]:
        yield Progress(0.0)
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        run_to_end(fail())


def test_work_that_nobody_stops_returns_its_result():
    """And tells on its way how far it is."""
    calls: list[float] = []
    result = run_unless(Event(), _steps([0.0, 0.5], []), lambda progress: calls.append(progress.fraction))
    assert (result, calls) == ("result", [0.0, 0.5])


def test_stopped_work_cleans_up_at_its_next_progress():
    """Work that was asked to stop does not go on to the end."""
    stopped, calls, log = Event(), [], []

    def stop(progress: Progress) -> None:
        calls.append(progress.fraction)
        stopped.set()

    with pytest.raises(CancelledError):
        run_unless(stopped, _steps([0.0, 0.5, 1.0], log), stop)
    assert (calls, log) == ([0.0], ["cleaned up"])


def test_a_portion_moves_fractions_into_its_range():
    """A part that goes from 0 to 1 becomes the stretch of the whole that it is."""
    fractions = [progress.fraction for progress in subtask(_steps([0.0, 0.5, 1.0], []), 0.2, 0.6)]
    assert fractions == pytest.approx([0.2, 0.4, 0.6])


def test_wrapped_tasks_return_the_result():
    """Forecasts and portions change what is told, never what comes out."""
    assert run_to_end(with_time_left(subtask(_steps([0.0], []), 0.0, 0.5))) == "result"


@pytest.mark.parametrize("wrap", [with_time_left, lambda inner: subtask(inner, 0.0, 0.5)], ids=["timed", "subtask"])
def test_closing_the_outer_task_cleans_up_the_inner_one(wrap):
    """A cancel reaches the innermost task, whatever is wrapped around it."""
    log: list[str] = []
    outer = wrap(_steps([0.0, 0.5], log))
    next(outer)
    outer.close()
    assert log == ["cleaned up"]


def test_the_forecast_is_proportional(clock):
    """After a quarter in 3 seconds, 9 seconds are left."""
    running = with_time_left(_steps([0.0, 0.25], []))
    assert next(running).seconds_left is None
    clock[0] += 3
    assert next(running).seconds_left == pytest.approx(9)


@pytest.mark.parametrize(("fraction", "seconds"), [(0.5, 0.9), (0.04, 5.0)], ids=["too early", "too little"])
def test_no_forecast_is_made_from_too_little(clock, fraction, seconds):
    """In the first second and the first 5 % a forecast would jump, so there is none."""
    running = with_time_left(_steps([0.0, fraction], []))
    next(running)
    clock[0] += seconds
    assert next(running).seconds_left is None


def test_a_forecast_of_the_task_itself_is_kept(clock):
    """A task that knows better is not corrected."""

    def knowing() -> Task[None]:
        yield Progress(0.0)
        yield Progress(0.5, seconds_left=77.0)

    running = with_time_left(knowing())
    next(running)
    clock[0] += 10
    assert next(running).seconds_left == 77.0


def test_a_known_duration_is_told_from_the_beginning_and_counts_less_and_less(clock):
    """8 seconds are expected; the work goes twice as slowly, which is told as far as it is done."""
    running = with_time_left(_steps([0.0, 0.25, 0.5], []), 8.0)
    assert next(running).seconds_left == pytest.approx(8.0)
    clock[0] += 4
    assert next(running).seconds_left == pytest.approx(0.75 * 4 + 0.25 * 12)
    clock[0] += 4
    assert next(running).seconds_left == pytest.approx(0.5 * 0 + 0.5 * 8)
