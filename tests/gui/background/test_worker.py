"""A worker drives one task, tells exactly one outcome, and always cleans up."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject, QThread, Slot

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress
from deblur_app.gui.background.worker import Worker

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from deblur_app.core.task import Task


class Witness(QObject):
    """Writes down what a worker says, in the order it says it."""

    def __init__(self, worker: Worker) -> None:
        super().__init__()
        self.events: list[str] = []
        self.results: list[object] = []
        self.fractions: list[float] = []
        self.in_window_thread = True
        worker.progressed.connect(self.progress)
        worker.succeeded.connect(self.succeed)
        worker.failed.connect(self.fail)
        worker.cancelled.connect(self.cancel)
        worker.finished.connect(self.finish)

    @Slot(object)
    def progress(self, progress: Progress) -> None:
        """Remember how far it was, and in which thread this was heard."""
        self.fractions.append(progress.fraction)
        self.in_window_thread &= QThread.currentThread() is self.thread()

    @Slot(object)
    def succeed(self, result: object) -> None:
        """Remember the result."""
        self.events.append("succeeded")
        self.results.append(result)

    @Slot(object)
    def fail(self, error: object) -> None:
        """Remember the exception."""
        self.events.append("failed")
        self.results.append(error)

    @Slot()
    def cancel(self) -> None:
        """Remember the cancel."""
        self.events.append("cancelled")

    @Slot()
    def finish(self) -> None:
        """Remember the end."""
        self.events.append("finished")


class Counting:
    """A task that counts, with a record of how it ended."""

    def __init__(self, steps: int, *, error: Exception | None = None) -> None:
        self.steps = steps
        self.error = error
        self.done = 0
        self.cleaned_up = threading.Event()
        self.reached = threading.Event()

    def task(self, stop_at: int = -1) -> Task[int]:
        """Count to `steps`; `reached` is set at `stop_at`."""
        try:
            for number in range(self.steps):
                self.done = number
                if number == stop_at:
                    self.reached.set()
                yield Progress(number / self.steps)
            if self.error:
                raise self.error
            return self.steps
        finally:
            self.cleaned_up.set()


def run(qtbot: QtBot, worker: Worker) -> Witness:
    """Run a worker to its end and return what it said."""
    witness = Witness(worker)
    with qtbot.waitSignal(worker.finished, timeout=30_000):
        worker.start()
    worker.wait()
    qtbot.waitUntil(lambda: "finished" in witness.events)
    return witness


def test_success_is_told_once_and_before_finished(qtbot: QtBot) -> None:
    """The result arrives in the window's thread, after all progress, exactly once."""
    counting = Counting(5)
    witness = run(qtbot, Worker(counting.task()))
    assert witness.events == ["succeeded", "finished"]
    assert witness.results == [5]
    assert witness.fractions == [0.0, 0.2, 0.4, 0.6, 0.8]
    assert witness.in_window_thread
    assert counting.cleaned_up.is_set()


@pytest.mark.parametrize("error", [DeblurError("The disk is full."), ZeroDivisionError("oops")])
def test_failure_hands_over_the_exception(qtbot: QtBot, error: Exception) -> None:
    """Whatever a task raises reaches the window as it is, and nothing else is told."""
    counting = Counting(2, error=error)
    witness = run(qtbot, Worker(counting.task()))
    assert witness.events == ["failed", "finished"]
    assert witness.results == [error]
    assert counting.cleaned_up.is_set()


def test_cancel_ends_at_the_next_yield_and_cleans_up(qtbot: QtBot) -> None:
    """A cancelled task gets no further than its next yield, and its `finally` has run when this is told."""
    counting = Counting(10**9)
    worker = Worker(counting.task(stop_at=3))
    witness = Witness(worker)
    with qtbot.waitSignal(worker.finished, timeout=30_000):
        worker.start()
        assert counting.reached.wait(30)
        worker.cancel()
    worker.wait()
    assert witness.events == ["cancelled", "finished"]
    assert counting.cleaned_up.is_set()
    assert counting.done < 10**9 - 1


def test_cancel_before_the_start_runs_nothing(qtbot: QtBot) -> None:
    """A worker that is cancelled before it starts tells the cancel and does not begin."""
    counting = Counting(5)
    worker = Worker(counting.task(stop_at=0))
    worker.cancel()
    assert run(qtbot, worker).events == ["cancelled", "finished"]
    assert not counting.reached.is_set()


def test_a_paused_task_rests_until_it_is_let_on(qtbot: QtBot) -> None:
    """While paused, a task does at most the step it was in; then it goes on to its end."""
    counting = Counting(1000)
    worker = Worker(counting.task())
    worker.pause()
    assert worker.is_paused
    witness = Witness(worker)
    with qtbot.waitSignal(worker.progressed, timeout=30_000):
        worker.start()
    assert not worker.wait(50)  # it rests: it has no way to end in this time
    assert counting.done == 0
    with qtbot.waitSignal(worker.finished, timeout=30_000):
        worker.unpause()
    assert not worker.is_paused
    worker.wait()
    assert witness.results == [1000]


def test_cancel_wakes_a_paused_task(qtbot: QtBot) -> None:
    """A task that rests can be cancelled without letting it on first."""
    counting = Counting(1000)
    worker = Worker(counting.task())
    worker.pause()
    witness = Witness(worker)
    with qtbot.waitSignal(worker.progressed, timeout=30_000):
        worker.start()
    with qtbot.waitSignal(worker.finished, timeout=30_000):
        worker.cancel()
    worker.wait()
    assert witness.events == ["cancelled", "finished"]
    assert counting.cleaned_up.is_set()
    assert counting.done == 0


def test_a_hundred_thousand_signals_arrive(qtbot: QtBot) -> None:
    """So many signals across threads lose nothing and do not break the interpreter, as they do with Python 3.11."""
    count = 100_000
    witness = run(qtbot, Worker(Counting(count).task()))
    assert witness.events == ["succeeded", "finished"]
    assert len(witness.fractions) == count
    assert witness.fractions == sorted(witness.fractions)
