"""Processes that restore photos: their share of the processor, and what becomes of one that dies."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

import psutil
import pytest

from deblur_app.blur import models
from deblur_app.blur.psf import Psf
from deblur_app.engine.batch import resources, worker
from deblur_app.engine.batch.inputs import list_photos
from deblur_app.engine.batch.photo_task import PhotoJob
from deblur_app.engine.batch.process_pool import ProcessPool
from deblur_app.engine.batch.settings import BatchSettings, needs_tensorflow
from deblur_app.engine.method import Request
from deblur_app.restoration.numerics import threads
from tests.engine.batch.conftest import SETTINGS


def _wait_for_end(pool):
    while True:
        for report in pool.wait(1.0):
            if report.is_last:
                return report


def test_a_process_that_dies_is_reported_and_another_takes_its_place(make_photos):
    """The photo is not lost; the process is kept for the next one, and ends with the pool."""
    photos = list_photos([make_photos("a.png", "b.png", "c.png")])
    pool = ProcessPool(1, 1)
    try:
        pool.submit(PhotoJob(photos[0], SETTINGS))
        with pytest.raises(RuntimeError):
            pool.submit(PhotoJob(photos[1], SETTINGS))
        (number,) = pool.process_ids
        os.kill(number, signal.SIGTERM)
        report = _wait_for_end(pool)
        assert (report.photo, report.is_lost, pool.running) == ("a.png", True, 0)
        results = []
        for photo in photos[:2]:
            pool.submit(PhotoJob(photo, SETTINGS))
            results.append(_wait_for_end(pool))
        assert [report.photo for report in results] == ["a.png", "b.png"]
        assert all(report.result.data for report in results)
        (second,) = pool.process_ids
        assert second != number
        idle = psutil.Process(second)
        idle.kill()
        psutil.wait_procs([idle], 20)
        pool.submit(PhotoJob(photos[2], SETTINGS))
        assert _wait_for_end(pool).photo == "c.png"
    finally:
        pool.close()
    assert not idle.is_running()
    assert pool.process_ids == []


def test_processes_share_the_processors():
    """Each has its part of them, and says so to all libraries before they are loaded."""
    jobs = resources.count_jobs(None, 1000, is_neural=False)
    assert 1 <= jobs <= threads.THREADS
    assert resources.count_jobs(7, 3, is_neural=True) == 3
    assert resources.count_jobs(2, 0, is_neural=True) == 1
    assert resources.count_threads(1) == threads.THREADS
    assert resources.count_threads(10 * threads.THREADS) == 1
    assert threads.VARIABLE in worker.VARIABLES
    program = "from deblur_app.restoration.numerics.threads import THREADS; print(THREADS)"
    environment = {**os.environ, threads.VARIABLE: "3"}
    process = subprocess.run(
        [sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True
    )
    assert process.stdout == "3\n"


def test_the_memory_of_a_photo_is_estimated_by_its_header(make_photos):
    """A larger one needs more; a file that is no photo, what its size says."""
    folder = make_photos("a.png", "b.png")
    assert resources.estimate_pixels(folder / "a.png") == 24 * 32
    (folder / "c.nef").write_bytes(bytes(1000))
    assert resources.estimate_pixels(folder / "c.nef") == 5000
    assert resources.estimate_bytes(folder / "a.png", is_neural=False) < resources.estimate_bytes(
        folder / "b.png", is_neural=True
    )
    assert resources.estimate_pixels(folder / "missing.png") == 0


def test_processes_need_tensorflow_where_a_blur_is_estimated():
    """For the method itself, or for the blur that it undoes and that nobody gives; memory is reckoned by that."""
    psf = Psf(models.motion(5, 20))
    needs = {
        Request("sparse"): True,
        Request("sparse", psf=psf): False,
        Request("denoise"): False,
        Request("restorer"): True,
    }
    assert {request: needs_tensorflow(BatchSettings(request)) for request in needs} == needs
