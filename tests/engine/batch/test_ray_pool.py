"""A Ray cluster on this machine, of which a worker is killed; left out where Ray is not installed."""

from __future__ import annotations

import importlib.util
import sys

import psutil
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import run_to_end
from deblur_app.engine.batch.inputs import list_photos
from deblur_app.engine.batch.journal import Start, name_journal, open_journal
from deblur_app.engine.batch.photo_queue import PhotoQueue
from deblur_app.engine.batch.ray_pool import RayPool
from deblur_app.engine.batch.runner import BatchRun
from deblur_app.engine.batch.settings import find_fingerprint
from tests.engine.batch.conftest import SETTINGS


def test_without_ray_it_is_told_what_to_install(monkeypatch):
    """In one sentence."""
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(DeblurError, match="pip install"):
        RayPool("auto", None)


def _command_of(process):
    """Return the first word of a command line; Ray's workers write into it what they do."""
    try:
        return (process.cmdline() or [""])[0]
    except psutil.Error:
        return ""


@pytest.mark.slow
@pytest.mark.skipif(importlib.util.find_spec("ray") is None, reason="Ray is not installed")
@pytest.mark.skipif(sys.platform == "win32", reason="Ray is experimental there")
@pytest.mark.filterwarnings("ignore")
def test_a_killed_worker_of_a_cluster_loses_nothing_and_doubles_nothing(make_photos, tmp_path, monkeypatch):
    """Eight photos, two at a time; the first worker that is seen is killed."""
    monkeypatch.setenv("RAY_health_check_failure_threshold", "100")  # a busy machine is no failure
    queue = PhotoQueue(list_photos([make_photos(*(f"{number}.png" for number in range(8)))]))
    pool, out = RayPool("local", 2), tmp_path / "out"
    killed: list[int] = []

    def kill_one(event):
        workers = [each for each in psutil.process_iter() if _command_of(each).startswith("ray::restore_remotely")]
        if event.state == "done" and workers and not killed:
            killed.append(workers[0].pid)
            workers[0].kill()

    with open_journal(name_journal(out)) as journal:
        journal.begin(Start(find_fingerprint(SETTINGS)))
        summary = run_to_end(BatchRun(queue, SETTINGS, journal, pool, kill_one).run())
    assert killed
    assert (summary.counts["done"], summary.counts["failed"]) == (8, 0)
    assert len(list(out.glob("*_deblurred*.png"))) == 8
