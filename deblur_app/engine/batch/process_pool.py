"""Processes of this machine that restore photos. One that dies costs nothing but its time: another takes its place."""

from __future__ import annotations

import logging
import multiprocessing
import signal
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import wait
from typing import TYPE_CHECKING, Any

from deblur_app.engine.batch import worker
from deblur_app.engine.batch.pool import Report

if TYPE_CHECKING:
    from collections.abc import Iterator
    from multiprocessing.connection import Connection
    from multiprocessing.context import SpawnProcess

    from deblur_app.engine.batch.photo_task import PhotoJob

log = logging.getLogger(__name__)

_GRACE = 5.0
"""Seconds that a killed process is waited for."""


@dataclass(eq=False)
class _Worker:
    """A process, the end of its pipe, and the name of the photo that it works on; "" for none."""

    process: SpawnProcess
    connection: Connection[Any, Any]
    photo: str = ""


class ProcessPool:
    """A pool of processes, each started when there is work for it; see `pool.Pool`."""

    tries, retries_alone = 2, True

    def __init__(self, slots: int, threads: int) -> None:
        """Prepare a pool.

        Args:
            slots: How many photos are restored at the same time.
            threads: The threads of each process.
        """
        self.slots = slots
        self._threads = threads
        self._workers: list[_Worker] = []

    @property
    def running(self) -> int:
        """How many jobs were taken and are not done."""
        return sum(bool(each.photo) for each in self._workers)

    @property
    def process_ids(self) -> list[int]:
        """The numbers of the processes that are there."""
        return [each.process.pid for each in self._workers if each.process.pid is not None]

    def submit(self, job: PhotoJob) -> None:
        """Give a job to an idle process, or to a new one.

        Raises:
            RuntimeError: All slots are taken.
        """
        if self.running >= self.slots:
            raise RuntimeError("all slots are taken")
        while True:
            idle = next((each for each in self._workers if not each.photo), None) or self._start()
            try:
                idle.connection.send(job)
            except OSError:  # it has died while it was idle
                self._remove(idle)
                continue
            idle.photo = job.photo.relative
            return

    def wait(self, seconds: float) -> list[Report]:
        """Return the news, as soon as there are any or so much time is over."""
        if not self._workers:
            time.sleep(seconds)
        reports = []
        for connection in wait([each.connection for each in self._workers], seconds) if self._workers else ():
            speaker = next(each for each in self._workers if each.connection is connection)
            try:
                message = speaker.connection.recv()
            except (EOFError, OSError):
                reports += [Report(speaker.photo, is_lost=True)] if speaker.photo else []
                self._remove(speaker)
            else:
                reports += _read_message(speaker, message)
        return reports

    def close(self) -> None:
        """Kill all processes: they write nothing, so that nothing is left half done."""
        for each in self._workers:
            each.process.kill()
        while self._workers:
            self._remove(self._workers[-1])

    def _start(self) -> _Worker:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=worker.main, args=(theirs, self._threads), daemon=True)
        with _signals_blocked():
            process.start()
        theirs.close()  # else its end would never be seen
        new = _Worker(process, ours)
        self._workers.append(new)
        return new

    def _remove(self, gone: _Worker) -> None:
        self._workers.remove(gone)
        gone.process.kill()
        gone.process.join(_GRACE)
        log.info("The process %s has ended with code %s", gone.process.pid, gone.process.exitcode)
        gone.connection.close()
        with suppress(ValueError):  # it does not even end when it is killed: waits for a disk that is gone
            gone.process.close()


def _read_message(speaker: _Worker, message: tuple[Any, ...]) -> list[Report]:
    match message:
        case ("progress", fraction, stage):
            return [Report(speaker.photo, fraction, stage)]
        case ("result", result):
            photo, speaker.photo = speaker.photo, ""
            return [Report(photo, 1.0, result=result)]
        case ("failed", error):
            photo, speaker.photo = speaker.photo, ""
            return [Report(photo, error=error)]
    return []


@contextmanager
def _signals_blocked() -> Iterator[None]:
    """Make processes that are started within this context ignore Ctrl+C from their first line on."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
