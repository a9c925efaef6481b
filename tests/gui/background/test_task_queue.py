"""Jobs run one after the other, and the last wish counts."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QThread

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue

if TYPE_CHECKING:
    from collections.abc import Iterator

    from pytestqt.qtbot import QtBot

    from deblur_app.core.task import Task


class Bench:
    """A queue of jobs, with all that happens to it written down."""

    def __init__(self, qtbot: QtBot) -> None:
        self.qtbot = qtbot
        self.jobs = TaskQueue()
        self.gate = threading.Event()
        self.log: list[str] = []
        self.jobs.busy_changed.connect(lambda busy: self.log.append("busy" if busy else "idle"))
        self.jobs.failed.connect(lambda error, kind: self.log.append(f"{kind} failed: {error}"))

    def job(self, kind: str, *, waits: bool = False, error: Exception | None = None) -> QueuedTask:
        """A job that writes down when it begins, succeeds and cleans up; one that waits can be cancelled."""

        def task() -> Task[str]:
            self.log.append(f"{kind} begins")
            try:
                yield Progress(0.0)
                while waits and not self.gate.wait(0.002):
                    yield Progress(0.5)
                if error:
                    raise error
                return kind
            finally:
                self.log.append(f"{kind} ends")

        return QueuedTask(kind, task(), lambda result: self.log.append(f"{result} done"))

    def wait(self) -> None:
        """Until nothing runs."""
        self.qtbot.waitUntil(lambda: not self.jobs.is_busy, timeout=20_000)

    def wait_for(self, entry: str) -> None:
        """Until something has happened."""
        self.qtbot.waitUntil(lambda: entry in self.log, timeout=20_000)


@pytest.fixture
def bench(qtbot: QtBot) -> Iterator[Bench]:
    """A queue that is empty again at the end."""
    bench = Bench(qtbot)
    yield bench
    bench.gate.set()
    bench.jobs.cancel()
    bench.wait()


def test_jobs_run_in_their_order(bench: Bench) -> None:
    """A job begins when the one before has ended; busy and idle are told once each."""
    for kind in ("a", "b", "c"):
        bench.jobs.add(bench.job(kind))
    assert bench.jobs.kinds() == {"a", "b", "c"}
    bench.wait()
    assert [entry for entry in bench.log if "done" in entry] == ["a done", "b done", "c done"]
    assert [entry for entry in bench.log if "begins" in entry or "ends" in entry] == [
        "a begins", "a ends", "b begins", "b ends", "c begins", "c ends",
    ]  # fmt: skip
    assert (bench.log.count("busy"), bench.log.count("idle"), bench.log[-1]) == (1, 1, "idle")
    assert bench.jobs.kinds() == set()


def test_replacing_ends_what_runs_and_forgets_what_waits(bench: Bench) -> None:
    """After `replace` only the new job gives a result; the running one cleans up, the waiting one never begins."""
    bench.jobs.add(bench.job("old", waits=True))
    bench.jobs.add(bench.job("waiting"))
    bench.wait_for("old begins")
    bench.jobs.replace(bench.job("new"))
    assert bench.jobs.kinds() == {"new"}
    bench.wait()
    assert [entry for entry in bench.log if "done" in entry] == ["new done"]
    assert "waiting begins" not in bench.log
    assert bench.log.index("old ends") < bench.log.index("new begins")


def test_a_cancelled_job_gives_no_result_even_when_it_is_too_late_to_stop(bench: Bench) -> None:
    """A job that reaches its end although it was cancelled is not heard: the user has said that it is not wanted."""
    entered, leave = threading.Event(), threading.Event()

    def task() -> Task[str]:
        yield Progress(0.0)
        entered.set()
        leave.wait(20)  # no yield any more: it cannot be stopped
        return "late"

    bench.jobs.add(QueuedTask("late", task(), bench.log.append))
    assert entered.wait(20)
    bench.jobs.cancel()
    leave.set()
    bench.wait()
    assert bench.log == ["busy", "idle"]


def test_a_failure_is_told_and_the_next_job_goes_on(bench: Bench) -> None:
    """One job's error, with its kind, is told once and takes no other job with it."""
    bench.jobs.add(bench.job("bad", error=DeblurError("no room")))
    bench.jobs.add(bench.job("good"))
    bench.wait()
    assert [entry for entry in bench.log if "failed" in entry or "done" in entry] == [
        "bad failed: no room",
        "good done",
    ]


def test_a_failure_after_a_cancel_is_not_told(bench: Bench) -> None:
    """An error in a job that was cancelled is nobody's concern."""
    bench.jobs.add(bench.job("bad", waits=True, error=DeblurError("no room")))
    bench.wait_for("bad begins")
    bench.jobs.cancel()
    bench.gate.set()
    bench.wait()
    assert not [entry for entry in bench.log if "failed" in entry]


def test_a_result_may_ask_for_the_next_job(bench: Bench) -> None:
    """A job added by the one before runs after it, without an idle moment between, and the first counts as over."""
    kinds: list[set[str]] = []

    def go_on(_: str) -> None:
        kinds.append(bench.jobs.kinds())
        bench.jobs.add(bench.job("second"))

    bench.jobs.add(QueuedTask("first", bench.job("first").task, go_on))
    bench.wait()
    assert kinds == [set()]
    assert "second done" in bench.log
    assert bench.log.count("idle") == 1


def test_results_arrive_in_the_windows_thread(bench: Bench, qtbot: QtBot) -> None:
    """Whoever takes a result may touch widgets."""
    threads: list[QThread] = []
    bench.jobs.add(QueuedTask("x", bench.job("x").task, lambda _: threads.append(QThread.currentThread())))
    bench.wait()
    assert threads == [bench.jobs.thread()]
