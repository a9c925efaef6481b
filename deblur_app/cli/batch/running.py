"""The run of a batch from the command line: its processes, its memory, its summary."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import TYPE_CHECKING

from deblur_app.engine.batch import resources
from deblur_app.engine.batch.process_pool import ProcessPool
from deblur_app.engine.batch.runner import BatchRun
from deblur_app.engine.batch.settings import needs_tensorflow
from deblur_app.terminal import drive

if TYPE_CHECKING:
    from deblur_app.cli.batch.batch_report import BatchReport
    from deblur_app.engine.batch.journal import Journal
    from deblur_app.engine.batch.photo_queue import PhotoQueue
    from deblur_app.engine.batch.pool import Pool
    from deblur_app.engine.batch.runner import BatchOptions
    from deblur_app.engine.batch.settings import BatchSettings

_MANY = 1_000_000
"""Photos that a folder is expected to get while it is watched."""

_USUAL_PIXELS = 12_000_000
"""Pixels of a photo, by which machines of a cluster are chosen that have the memory for one."""


def run_batch(
    queue: PhotoQueue,
    settings: BatchSettings,
    journal: Journal,
    *,
    report: BatchReport,
    jobs: int | None,
    batch_options: BatchOptions,
    cluster: str | None = None,
) -> None:
    """Restore the photos of a queue under a progress bar, and print a summary in the end, however it ends.

    Args:
        queue: The photos.
        settings: How they are restored.
        journal: What is done.
        report: Prints the news.
        jobs: Photos at the same time; None leaves it to the machine.
        batch_options: How it is run; the memory of this machine is added to them.
        cluster: The address of a Ray cluster; None for the processes of this machine.

    Raises:
        DeblurError: The journal cannot be written.
    """
    is_neural = needs_tensorflow(settings)
    if cluster:
        from deblur_app.engine.batch.ray_pool import RayPool

        pool: Pool = RayPool(cluster, jobs, memory=resources.estimate_photo_bytes(_USUAL_PIXELS, is_neural=is_neural))
        bounded = batch_options
    else:
        photos = _MANY if batch_options.find_new else len(queue)
        slots = resources.count_jobs(jobs, photos, is_neural=is_neural)
        pool = ProcessPool(slots, resources.count_threads(slots))
        bounded = replace(
            batch_options,
            estimate_bytes=lambda photo: resources.estimate_bytes(photo.path, is_neural=is_neural),
            budget=resources.find_budget(),
        )
    begin = time.monotonic()
    try:
        drive(BatchRun(queue, settings, journal, pool, report.tell, bounded).run())
    finally:
        report.summarise(time.monotonic() - begin, journal.folder)
