"""Long work as generators: the window, the command line and the tests drive the same tasks."""

from __future__ import annotations

import time
from collections.abc import Callable, Generator
from concurrent.futures import CancelledError
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from threading import Event


@dataclass(frozen=True)
class Progress:
    """The progress of a task.

    Attributes:
        fraction: Share of the work that is done, in [0, 1].
        stage: What is being done, in a few words for people.
        seconds_left: Forecast of the time to the end in seconds; None as long as nothing can be said.
    """

    fraction: float
    stage: str = ""
    seconds_left: float | None = None


_LEAST_TIME, _LEAST_DONE = 1.0, 0.05
"""Seconds and share of the work from which on the time left is told from what is done."""

type Task[T] = Generator[Progress, None, T]
"""A generator that yields `Progress` at least once a second, returns its result, and cleans up in `finally`.

Whoever drives it may stop between two yields with `close()`: that is a cancel. Not asking for the next value is a
pause.
"""


def run_to_end[T](task: Task[T]) -> T:
    """Drive `task` to its end without watching, and return its result."""
    while True:
        try:
            next(task)
        except StopIteration as end:
            result: T = end.value
            return result


def run_unless[T](stopped: Event, task: Task[T], watch: Callable[[Progress], None] | None = None) -> T:
    """Drive `task` to its end from a thread that nobody can interrupt, and return its result.

    Args:
        stopped: Once it is set, the task is closed at its next progress.
        task: The work.
        watch: Told each progress.

    Raises:
        CancelledError: It was stopped.
    """
    try:
        while not stopped.is_set():
            progress = next(task)
            if watch:
                watch(progress)
    except StopIteration as end:
        result: T = end.value
        return result
    task.close()
    raise CancelledError


def subtask[T](task: Task[T], start: float, end: float) -> Task[T]:
    """Return `task` as one part of a larger one: its fractions are moved into [start, end]."""
    return (yield from map_progress(task, lambda p: replace(p, fraction=start + (end - start) * p.fraction)))


def with_time_left[T](task: Task[T], expected: float | None = None) -> Task[T]:
    """Return `task` with a forecast of the seconds left, wherever it does not give one itself.

    The forecast assumes that the rest goes as fast as what is done, and is withheld for the first second and the first
    5 % because it would jump. Where it is known how long the task takes, that counts the more the less
    is done, and something is said from the beginning.

    Args:
        task: The task.
        expected: The seconds that it will take; None where that is not known.
    """
    begin = time.monotonic()

    def forecast(progress: Progress) -> Progress:
        if progress.seconds_left is not None:
            return progress
        elapsed, done = time.monotonic() - begin, progress.fraction
        is_measured = elapsed >= _LEAST_TIME and done >= _LEAST_DONE
        if not is_measured and expected is None:
            return progress
        measured = elapsed * (1.0 - done) / done if is_measured else None
        if expected is None or measured is None:
            left = measured if expected is None else max(expected - elapsed, 0.0)
        else:
            left = (1.0 - done) * max(expected - elapsed, 0.0) + done * measured
        return replace(progress, seconds_left=left)

    return (yield from map_progress(task, forecast))


def map_progress[T](task: Task[T], change: Callable[[Progress], Progress]) -> Task[T]:
    """Return `task`, with each progress as `change` makes it."""
    try:
        while True:
            try:
                progress = next(task)
            except StopIteration as end:
                result: T = end.value
                return result
            yield change(progress)
    finally:
        task.close()
