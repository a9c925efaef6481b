"""Fixtures that every test of the window needs: no screen, no trace in the user's folders, no thread left behind."""

from __future__ import annotations

import gc
import os
import weakref
from pathlib import Path
from typing import TYPE_CHECKING

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before the first QApplication

import pytest
import shiboken6

from deblur_app.core.task import run_to_end
from deblur_app.gui import engine
from deblur_app.gui.background.worker import Worker
from tests.gui.home import move_home

if TYPE_CHECKING:
    from collections.abc import Iterator

_SECONDS_TO_END = 60

run_to_end(
    engine.load_modules()
)  # once: a window loads them beside its first paint, which takes seconds on a busy machine


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Qt's offscreen platform warns that it has no window manager; every other warning fails a test."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.qt_log_ignore("^This plugin does not support", extend=True))


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Settings, runs and logs go to a folder of the test's own; returns the folder of runs."""
    move_home(tmp_path / "home", monkeypatch)
    import platformdirs

    return platformdirs.user_data_path("Deblur") / "runs"


@pytest.fixture(autouse=True)
def no_thread_left(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Fail a test that ends while a worker runs: at the end of the program that would abort the process."""
    started: weakref.WeakSet[Worker] = weakref.WeakSet()
    original = Worker.start

    def start(worker: Worker) -> None:
        started.add(worker)
        original(worker)

    monkeypatch.setattr(Worker, "start", start)
    yield
    running = [worker for worker in started if shiboken6.isValid(worker) and worker.isRunning()]
    for worker in running:
        worker.cancel()
        worker.wait(_SECONDS_TO_END * 1000)
    if "qtbot" in request.fixturenames:
        gc.collect()  # here, in the window's thread: a worker's thread must not be the one to delete widgets
    assert not running, f"{len(running)} threads were still running at the end of the test"
