"""One worker after the other: each is told of once, and its thread is gone before the next begins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QThread

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.gui.background.runner import TaskRunner

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot


def double(number: int) -> Task[int]:
    """Twice a number, in two steps; of a negative one there is none."""
    yield Progress(0.0, "Doubling")
    if number < 0:
        raise DeblurError("There is no twice of this.")
    yield Progress(0.5)
    return 2 * number


def endless() -> Task[None]:
    """Work that only a cancel ends."""
    while True:
        yield Progress(0.1, "Working")


class Log:
    """The words of a runner in order, and the threads they came from."""

    def __init__(self, runner: TaskRunner) -> None:
        self.told: list[object] = []
        self.threads = set()
        runner.succeeded.connect(self.note)
        runner.failed.connect(lambda error: self.note(str(error)))
        runner.cancelled.connect(lambda: self.note("cancelled"))
        runner.ended.connect(lambda: self.note("ended"))

    def note(self, what: object) -> None:
        """Keep what was told."""
        self.told.append(what)
        self.threads.add(QThread.currentThread())


@pytest.fixture
def runner(qtbot: QtBot) -> TaskRunner:
    """A runner; `qtbot` gives the event loop."""
    return TaskRunner()


def test_each_task_is_told_of_once_and_in_the_window_s_thread(qtbot: QtBot, runner: TaskRunner) -> None:
    """Success, failure and cancel, each followed by the end; then another task may begin."""
    log = Log(runner)
    for task, sentences in ((double(4), 8), (double(-1), "There is no twice of this.")):
        with qtbot.waitSignal(runner.ended):
            runner.run(task)
            assert runner.is_busy
        assert not runner.is_busy
        assert log.told[-2:] == [sentences, "ended"]
    with qtbot.waitSignal(runner.progressed):
        runner.run(endless())
    with qtbot.waitSignal(runner.ended):
        runner.cancel()
    assert log.told[-2:] == ["cancelled", "ended"]
    assert len(log.told) == 6
    assert log.threads == {QThread.currentThread()}


def test_a_second_task_beside_the_first_is_a_defect(qtbot: QtBot, runner: TaskRunner) -> None:
    """It is refused, and the first goes on."""
    log = Log(runner)
    with qtbot.waitSignal(runner.ended):
        runner.run(double(1))
        with pytest.raises(AssertionError):
            runner.run(double(2))
    assert log.told == [2, "ended"]


def test_finish_waits_until_the_thread_is_gone(qtbot: QtBot, runner: TaskRunner) -> None:
    """Also where the task rests."""
    runner.run(endless())
    runner.pause()
    assert runner.is_paused
    worker = runner._worker
    assert worker is not None
    runner.finish()
    assert worker.isFinished()
    assert not runner.is_paused
    qtbot.waitUntil(lambda: not runner.is_busy)
    assert runner.seconds == 0
