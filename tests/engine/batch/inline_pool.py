"""A pool that restores in the process of the test, one photo after the other."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from deblur_app.engine.batch import worker
from deblur_app.engine.batch.photo_task import restore_photo
from deblur_app.engine.batch.pool import Report

if TYPE_CHECKING:
    from deblur_app.engine.batch.photo_task import PhotoJob


class InlinePool:
    """A pool with slots in which jobs wait for `wait`, where the first of them is done at once."""

    tries, retries_alone = 2, True

    def __init__(self, slots: int = 2) -> None:
        self.slots = slots
        self.jobs: list[PhotoJob] = []
        self.dying: dict[str, int] = {}
        self.most_running = 0
        self.alone: list[str] = []
        self.is_closed = False

    @property
    def running(self) -> int:
        """How many jobs wait."""
        return len(self.jobs)

    def submit(self, job: PhotoJob) -> None:
        """Take a job."""
        self.jobs.append(job)
        self.most_running = max(self.most_running, len(self.jobs))

    def wait(self, seconds: float) -> list[Report]:  # noqa: ARG002 – as all pools
        """Do the first job, or let it die."""
        if not self.jobs:
            return []
        job = self.jobs.pop(0)
        name = job.photo.relative
        if not self.jobs:
            self.alone.append(name)
        if self.dying.get(name):
            self.dying[name] -= 1
            return [Report(name, is_lost=True)]
        kind, value = worker.answer(restore_photo(job), job.photo.path.name, lambda _: None)
        return [Report(name, result=value) if kind == "result" else Report(name, error=value)]

    def close(self) -> None:
        """Note that it was closed."""
        self.is_closed = True


class StepwisePool(InlinePool):
    """A pool that does a job only after the test has allowed one more."""

    def __init__(self, slots: int = 1) -> None:
        super().__init__(slots)
        self.allowed = threading.Semaphore(0)

    def wait(self, seconds: float) -> list[Report]:
        """Do a job if there is one that is allowed; wait so long for it."""
        return super().wait(seconds) if self.jobs and self.allowed.acquire(timeout=seconds) else []
