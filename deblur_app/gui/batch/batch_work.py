"""The work of a batch in the window: listing, restoring, reviewing, each in the background."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from deblur_app.core.task import Progress
from deblur_app.core.texts import tr
from deblur_app.engine.batch.photo_queue import PhotoQueue
from deblur_app.engine.batch.plan import Plan, SettingsChangedError
from deblur_app.gui.background.runner import TaskRunner
from deblur_app.gui.background.task_queue import QueuedTask, TaskQueue
from deblur_app.gui.batch.unfinished_batch import find_unfinished, forget_unfinished, keep_unfinished

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.core.task import Task
    from deblur_app.engine.batch.inputs import BatchPhoto
    from deblur_app.engine.batch.journal import Record
    from deblur_app.engine.batch.plan import OnChange
    from deblur_app.engine.batch.pool import Pool
    from deblur_app.engine.batch.runner import BatchEvent, BatchSummary
    from deblur_app.engine.batch.settings import BatchSettings, Override


class BatchWork(QObject):
    """A batch, from the photos that are added to the review of its results.

    Attributes:
        queue: The photos.
        inputs: The files and folders that were added.
        folder: The folder of the results; None before the first start.
        make_pool: Returns what restores so many photos at the same time.

    Signals:
        listed: Photos were added; a list of `BatchPhoto`.
        changed: The `BatchEvent` of a photo.
        progressed: A `Progress` of the whole.
        busy_changed: Whether the batch runs.
        ended: The `BatchSummary`; None where it was stopped.
        failed: The exception that ended something.
        settings_changed: The results in the folder were made with other settings, and somebody must say what to do.
        reviewed: The name of a photo whose result was accepted or rejected, and its `Record`.
        unfinished_found: An earlier batch can be gone on with: its `Plan` and its records.
    """

    listed = Signal(list)
    changed = Signal(object)
    progressed = Signal(object)
    busy_changed = Signal(bool)
    ended = Signal(object)
    failed = Signal(object)
    settings_changed = Signal()
    reviewed = Signal(str, object)
    unfinished_found = Signal(object, object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.queue = PhotoQueue()
        self.inputs: list[Path] = []
        self.folder: Path | None = None
        self.make_pool: Callable[[int], Pool] = make_processes
        self._settings: BatchSettings | None = None
        self._runner = TaskRunner(self)
        self._runner.progressed.connect(self.progressed)
        self._runner.succeeded.connect(self._succeed)
        self._runner.failed.connect(self._fail)
        self._runner.ended.connect(self._end)
        self._tasks = TaskQueue(self)
        self._tasks.failed.connect(lambda error, _: self.failed.emit(error))
        self._follow: Callable[[], object] | None = None
        self._summary: BatchSummary | None = None

    @property
    def is_busy(self) -> bool:
        """True while the batch runs."""
        return self._runner.is_busy

    # --- photos -----------------------------------------------------------------------------------------------------

    def add(self, paths: list[Path]) -> None:
        """Add files and folders, which are looked through in the background."""
        self.inputs += [path for path in paths if path not in self.inputs]
        named, folder = tuple(self.inputs), self.folder
        self._tasks.add(QueuedTask("listing", _list(named, folder), self._take_photos))

    @Slot(object)
    def _take_photos(self, photos: list[BatchPhoto]) -> None:
        known = set(self.queue.list_names())
        new = [photo for photo in photos if photo.relative not in known]
        self.queue.add(new)
        self.listed.emit(new)

    def take_over(self, other: BatchWork) -> None:
        """Go on with the photos of another batch, which does not run."""
        self.queue, self.inputs, self.folder = other.queue, other.inputs, other.folder
        self._settings, self._summary = other._settings, other._summary

    def remove(self, names: list[str]) -> None:
        """Take photos out of the batch; their results stay."""
        self.queue.remove(names)
        if not len(self.queue):
            self.inputs, self.folder = [], None

    # --- run --------------------------------------------------------------------------------------------------------

    def start(self, settings: BatchSettings, folder: Path, on_change: OnChange = None) -> None:
        """Restore all photos that wait into a folder."""
        if self.is_busy or not len(self.queue):
            return
        self.folder, self._settings, self._summary, self.queue.is_paused = folder, settings, None, False
        overrides = {name: override for name in self.queue.list_names() if (override := self.queue.find(name).override)}
        plan = Plan(tuple(self.inputs), folder, settings, overrides)
        keep_unfinished(folder)
        self._runner.run(_run(plan, self.queue, on_change, self.changed.emit, self.make_pool))
        self.busy_changed.emit(True)

    def start_again(self) -> None:
        """Go on with the settings of the last start."""
        if self._settings and self.folder:
            self.start(self._settings, self.folder)

    def set_paused(self, *, paused: bool) -> None:
        """Start no more photos, or go on; those that run come to their end."""
        self.queue.is_paused = paused

    def stop(self) -> None:
        """End the run at once; what is done stays done."""
        self._runner.cancel()

    def restore_again(self, names: list[str], override: Override | None = None) -> list[str]:
        """Let photos that are done or failed be restored again, with settings of their own where some are given."""
        for name in names:
            if override is not None:
                self.queue.find(name).override = override
        again = self.queue.retry(names)
        if again and not self.is_busy:
            self.start_again()
        return again

    @Slot(object)
    def _succeed(self, summary: BatchSummary) -> None:
        if not self.queue.count("waiting"):
            forget_unfinished()
        self._summary = summary

    @Slot(object)
    def _fail(self, error: Exception) -> None:
        if isinstance(error, SettingsChangedError):
            self.settings_changed.emit()
        else:
            self.failed.emit(error)

    @Slot()
    def _end(self) -> None:
        for name in self.queue.list_in("running"):  # they were dropped when the run was stopped
            self.queue.put_back(name)
        self.busy_changed.emit(False)
        self.ended.emit(self._summary)
        if self._follow:
            follow, self._follow = self._follow, None
            follow()

    # --- review -----------------------------------------------------------------------------------------------------

    def review(self, name: str, *, accepts: bool) -> None:
        """Accept the result of a photo, or remove it."""
        if self.folder and not self.is_busy:
            task = _review(self.folder, name, accepts=accepts)
            self._tasks.add(QueuedTask("review", task, lambda record: self.reviewed.emit(name, record)))

    # --- an earlier batch -------------------------------------------------------------------------------------------

    def look_for_unfinished(self) -> None:
        """Look for a batch that an earlier start of the program has not finished; not once one runs here."""
        folder = find_unfinished()
        if folder and not self.is_busy:
            self._tasks.add(QueuedTask("unfinished", _read(folder), self._offer_unfinished))

    @Slot(object)
    def _offer_unfinished(self, found: tuple[Plan, dict[str, Record]] | None) -> None:
        if self.is_busy:
            return  # what is kept now is the batch that has begun meanwhile
        if found is None:
            forget_unfinished()
        else:
            self.unfinished_found.emit(*found)

    def take_plan(self, plan: Plan) -> None:
        """Go on with an earlier batch."""
        self.inputs, self.folder = list(plan.inputs), plan.folder

        def begin(photos: list[BatchPhoto]) -> None:
            self._take_photos(photos)
            for name, override in plan.overrides.items():
                if name in set(self.queue.list_names()):
                    self.queue.find(name).override = override
            self.start(plan.settings, plan.folder)

        self._tasks.add(QueuedTask("listing", _list(plan.inputs, plan.folder), begin))

    # --- end --------------------------------------------------------------------------------------------------------

    def shut_down(self, follow: Callable[[], object]) -> None:
        """End the run, and call `follow` when it has ended; returns at once."""
        self._follow = follow
        self.stop()

    def finish(self) -> None:
        """End all work and wait for it: for the end of the program."""
        self._follow = None
        self._tasks.finish()
        self._runner.finish()


def _list(named: tuple[Path, ...], folder: Path | None) -> Task[list[BatchPhoto]]:
    from deblur_app.engine.batch import inputs, plan

    yield Progress(0.0, tr("Listing photos"))
    skipped = plan.list_skipped(named, folder) if folder else []
    return inputs.list_photos(named, skipped=skipped)


def _read(folder: Path) -> Task[tuple[Plan, dict[str, Record]] | None]:
    from deblur_app.engine.batch.plan import read_plan

    yield Progress(0.0, tr("Looking for an unfinished batch"))
    return read_plan(folder)


def _review(folder: Path, name: str, *, accepts: bool) -> Task[Record]:
    from deblur_app.engine.batch import outputs
    from deblur_app.engine.batch.journal import name_journal, open_journal

    yield Progress(0.0, tr("Saving the decision"))
    with open_journal(name_journal(folder)) as journal:
        if accepts:
            outputs.accept_result(journal, name)
        else:
            outputs.remove_result(journal, name)
        return journal.records[name]


def make_processes(slots: int) -> Pool:
    """Return a pool of so many processes, which share the processors of this machine."""
    from deblur_app.engine.batch import resources
    from deblur_app.engine.batch.process_pool import ProcessPool

    return ProcessPool(slots, resources.count_threads(slots))


def _run(
    plan: Plan,
    queue: PhotoQueue,
    on_change: OnChange,
    tell: Callable[[BatchEvent], None],
    make_pool: Callable[[int], Pool],
) -> Task[BatchSummary]:
    """Run a batch with as many processes as this machine holds."""
    from deblur_app.engine.batch import resources
    from deblur_app.engine.batch.journal import name_journal, open_journal
    from deblur_app.engine.batch.plan import begin_journal
    from deblur_app.engine.batch.runner import BatchOptions, BatchRun
    from deblur_app.engine.batch.settings import needs_tensorflow

    yield Progress(0.0, tr("Starting"))
    with open_journal(name_journal(plan.folder)) as journal:
        begin_journal(journal, plan.settings, on_change, plan)
        is_neural = needs_tensorflow(plan.settings)
        slots = resources.count_jobs(None, len(queue), is_neural=is_neural)
        options = BatchOptions(
            estimate_bytes=lambda photo: resources.estimate_bytes(photo.path, is_neural=is_neural),
            budget=resources.find_budget(),
        )
        return (yield from BatchRun(queue, plan.settings, journal, make_pool(slots), tell, options).run())
