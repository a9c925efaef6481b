"""A batch as one task: takes photos from the queue, has them restored, and writes what comes back."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.engine.batch import outputs
from deblur_app.engine.batch.journal import Record, mark_file
from deblur_app.engine.batch.photo_queue import STATES
from deblur_app.engine.batch.photo_task import PhotoJob
from deblur_app.engine.batch.settings import find_fingerprint, override_settings

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from deblur_app.core.task import Task
    from deblur_app.engine.batch.inputs import BatchPhoto
    from deblur_app.engine.batch.journal import Journal
    from deblur_app.engine.batch.photo_queue import PhotoQueue, QueuedPhoto, State
    from deblur_app.engine.batch.photo_task import PhotoResult
    from deblur_app.engine.batch.pool import Pool, Report
    from deblur_app.engine.batch.settings import BatchSettings

_POLL = 0.2
"""Seconds that news are waited for at most, so that a pause or a cancel is answered."""

_AT_A_TIME = 0.1
"""Seconds in which photos that are done already are passed over before progress is told."""


@dataclass(frozen=True, eq=False)
class BatchEvent:
    """News of a photo of a batch.

    Attributes:
        photo: Its name within the batch.
        state: What has become of it.
        record: What the journal says of it, once it is done or failed.
        fraction: Share of the work on it that is done.
        stage: What is being done.
    """

    photo: str
    state: State
    record: Record | None = None
    fraction: float = 0.0
    stage: str = ""


@dataclass(frozen=True)
class BatchSummary:
    """The photos of a batch that has ended, counted by state, and those that somebody should look at."""

    counts: dict[State, int]
    doubtful: tuple[str, ...]
    seconds: float


@dataclass(frozen=True, eq=False)
class BatchOptions:
    """How a batch is run.

    Attributes:
        retries_failed: Whether photos that failed in an earlier run are tried again.
        estimate_bytes: Returns the memory that a photo takes; None does not ask.
        budget: Bytes that all photos at work may take together.
        find_new: Returns photos that have come since it was asked last; None for a batch that ends.
    """

    retries_failed: bool = False
    estimate_bytes: Callable[[BatchPhoto], int] | None = None
    budget: int = 0
    find_new: Callable[[], Iterable[BatchPhoto]] | None = None


@dataclass(eq=False)
class _Running:
    """A photo at work: the fingerprint of its settings, the memory that it takes, and how far it is."""

    entry: QueuedPhoto
    settings: BatchSettings
    fingerprint: str
    size: int
    fraction: float = 0.0


@dataclass(eq=False)
class BatchRun:
    """The state of a batch that runs; `run` is its task.

    Attributes:
        queue: The photos.
        settings: How they are restored, unless one has its own settings.
        journal: What is done.
        pool: What restores them.
        tell: Called with each news of a photo, in the thread of the task.
        options: How it is run.
    """

    queue: PhotoQueue
    settings: BatchSettings
    journal: Journal
    pool: Pool
    tell: Callable[[BatchEvent], None]
    options: BatchOptions = field(default_factory=BatchOptions)
    _running: dict[str, _Running] = field(default_factory=dict)
    _lost: dict[str, int] = field(default_factory=dict)
    _alone: list[QueuedPhoto] = field(default_factory=list)
    _doubtful: list[str] = field(default_factory=list)
    _restored: int = 0
    _active: float = 0.0

    def run(self) -> Task[BatchSummary]:
        """Restore all photos that wait. When the task is closed, what runs is dropped and what is done stays done.

        Raises:
            DeblurError: The journal cannot be written.
        """
        begin = last = time.monotonic()
        self._fingerprint = find_fingerprint(self.settings)
        try:
            while True:
                if self.options.find_new:
                    self.queue.add(self.options.find_new())
                self._start_photos()
                if self._is_over():
                    break
                is_looking = not self._running and self.queue.count("waiting") and not self.queue.is_paused
                for report in self.pool.wait(0.0 if is_looking else _POLL):
                    self._take_report(report)
                now = time.monotonic()
                self._active += (now - last) * bool(self._running)
                last = now
                yield self._find_progress()
        finally:
            self.pool.close()
        counts = {state: self.queue.count(state) for state in STATES}
        return BatchSummary(counts, tuple(self._doubtful), time.monotonic() - begin)

    def _is_over(self) -> bool:
        """Return whether nothing runs and nothing is left to start."""
        is_left = self._running or self._alone or self.queue.count("waiting")
        return not is_left and self.options.find_new is None

    def _start_photos(self) -> None:
        """Give photos to free workers, and pass over those with which there is nothing to do."""
        begin = time.monotonic()
        while self._may_start() and time.monotonic() - begin < _AT_A_TIME:
            if self._alone:
                if not self._running:
                    self._submit(self._alone.pop(0))
                return
            entry = self.queue.take()
            if entry is None:
                return
            if not self._is_settled(entry) and not self._submit(entry):
                self.queue.put_back(entry.photo.relative)
                return

    def _may_start(self) -> bool:
        """Return whether a photo may be started: a worker is free, and none of those that run is to run alone."""
        is_alone = self.pool.retries_alone and any(self._lost.get(name) for name in self._running)
        return self.pool.running < self.pool.slots and not self.queue.is_paused and not is_alone

    def _is_settled(self, entry: QueuedPhoto) -> bool:
        """Return whether there is nothing to do for a photo; if so, report it as skipped or failed."""
        name = entry.photo.relative
        if entry.is_wanted:
            return False
        record = outputs.recover(self.journal, name)
        fingerprint = self._fingerprint_of(entry)
        if outputs.is_up_to_date(self.journal.folder, entry.photo, record, fingerprint):
            self._finish(name, "skipped", record)
            return True
        if record and record.event == "failed" and record.settings == fingerprint and not self.options.retries_failed:
            self._finish(name, "failed", record)
            return True
        return False

    def _fingerprint_of(self, entry: QueuedPhoto) -> str:
        if entry.override is None:
            return self._fingerprint
        return find_fingerprint(override_settings(self.settings, entry.override))

    def _submit(self, entry: QueuedPhoto) -> bool:
        """Have a photo restored, and return True; return False where there is no memory for it now."""
        photo, measure = entry.photo, self.options.estimate_bytes
        size = measure(photo) if measure else 0
        if self._running and size + sum(each.size for each in self._running.values()) > self.options.budget > 0:
            return False
        settings = override_settings(self.settings, entry.override)
        self._running[photo.relative] = _Running(entry, settings, self._fingerprint_of(entry), size)
        self.pool.submit(PhotoJob(photo, settings))
        self.tell(BatchEvent(photo.relative, "running"))
        return True

    def _take_report(self, report: Report) -> None:
        running = self._running.get(report.photo)
        if running is None:
            return
        if not report.is_last:
            running.fraction = report.fraction
            self.tell(BatchEvent(report.photo, "running", fraction=report.fraction, stage=report.stage))
            return
        del self._running[report.photo]
        if report.result is not None:
            self._deliver(running, report.result)
        elif report.is_lost:
            self._lose(running)
        else:
            self._fail(running, report.error)

    def _deliver(self, running: _Running, result: PhotoResult) -> None:
        photo = running.entry.photo
        keeps_time = running.settings.output.keeps_time
        try:
            record = outputs.deliver(self.journal, photo, result, running.fingerprint, keeps_time=keeps_time)
        except DeblurError as error:
            self._fail(running, str(error))
            return
        self._restored += 1
        self._finish(photo.relative, "done" if record.event == "done" and result.has_blur else "unblurred", record)

    def _lose(self, running: _Running) -> None:
        """Try a photo again whose process has died; after so many times as the pool says it has failed."""
        name = running.entry.photo.relative
        self._lost[name] = self._lost.get(name, 0) + 1
        if self._lost[name] >= self.pool.tries:
            path = running.entry.photo.path
            self._fail(
                running,
                tr(
                    "The process that restored “{name}” was ended {lost} times, perhaps because memory "
                    "ran out. Close other programs and try it again.",
                    name=path.name,
                    lost=self._lost[name],
                ),
            )
        elif self.pool.retries_alone:
            self._alone.append(running.entry)
        else:
            self.queue.set_state(name, "waiting")

    def _fail(self, running: _Running, error: str) -> None:
        photo = running.entry.photo
        try:
            source = mark_file(photo.path)
        except DeblurError:
            source = Record(photo.relative, "failed").source
        record = Record(photo.relative, "failed", running.fingerprint, source, error=error[:4000])
        self.journal.add(record)
        self._finish(photo.relative, "failed", record)

    def _finish(self, name: str, state: State, record: Record | None) -> None:
        self._lost.pop(name, None)
        self.queue.find(name).is_wanted = False
        self.queue.set_state(name, state)
        if record and record.doubts and record.event not in {"accepted", "rejected"}:
            self._doubtful.append(name)
        self.tell(BatchEvent(name, state, record, 1.0))

    def _find_progress(self) -> Progress:
        left = self.queue.count("waiting") + self.queue.count("running")
        total = max(len(self.queue), 1)
        at_work = sum(each.fraction for each in self._running.values())
        seconds = None
        if self._restored and not self.queue.is_paused:
            seconds = self._active / (self._restored + at_work) * max(left - at_work, 0.0)
        done = len(self.queue) - left
        if not left and self.options.find_new:
            return Progress(0.0, tr("Waiting for photos, {done} done", done=done))
        stage = "Paused" if self.queue.is_paused else "Deblurring"
        return Progress(
            min((done + at_work) / total, 1.0),
            tr("{stage}: {done} of {count} photos", stage=stage, done=done, count=len(self.queue)),
            seconds,
        )
