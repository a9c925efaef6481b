"""`deblur batch`: many photos, by several processes, with a journal."""

from __future__ import annotations

import json
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli.batch import batch_options
from deblur_app.cli.batch.batch_report import BatchReport
from deblur_app.cli.photos import photo_path
from deblur_app.core.amounts import describe_bytes
from deblur_app.engine.batch import inputs, outputs, resources
from deblur_app.engine.batch.journal import list_results, name_journal, open_journal, read_journal
from deblur_app.engine.batch.photo_queue import PhotoQueue
from deblur_app.engine.batch.process_pool import ProcessPool
from deblur_app.engine.batch.runner import BatchOptions, BatchRun
from deblur_app.engine.batch.settings import find_fingerprint
from deblur_app.engine.methods import registry
from deblur_app.terminal import BAD_INPUT, drive, one_line, print_line

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterator

    from deblur_app.engine.batch.inputs import BatchPhoto
    from deblur_app.engine.batch.pool import Pool
    from deblur_app.engine.batch.settings import BatchSettings


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Deblurs many photos into a folder, several at a time. A journal in that folder keeps what is done: the same "
        "command goes on after whatever ended it, and does new and changed photos only."
    )
    add = parser.add_argument
    add("inputs", nargs="+", type=photo_path, metavar="IN",
        help="a photo; a folder: all photos in it and in the folders below, which are kept; or a pattern such as "
        "“*.jpg”")  # fmt: skip
    add("-o", "--output", dest="folder", required=True, metavar="OUT", help="the folder for the results")
    batch_options.add_common(parser)
    add("--resume", action="store_true", help="go on with an earlier run; this is done without the option, too")
    add("--shard", type=batch_options.parse_shard, metavar="I/N",
        help="do the part I of N only, chosen by the names of the photos, so that N machines share a batch without "
        "knowing of each other")  # fmt: skip
    add("--dry-run", action="store_true", help="say what would be done, and do nothing")


def run(options: argparse.Namespace) -> int:
    """Run a batch, and return the exit code: 2 where a photo failed.

    Raises:
        DeblurError: The settings are wrong, there are no photos, or the folder cannot be written to.
    """
    settings = batch_options.choose_batch_settings(options)
    folder = batch_options.choose_folder(options.folder)
    photos = inputs.list_photos(
        options.inputs, settings.output.suffix, skipped=_list_skipped(options.inputs, folder), shard=options.shard
    )
    if options.dry_run:
        return _describe(photos, settings, options)
    is_neural = registry.find(settings.request.method).is_neural
    jobs = resources.count_jobs(options.jobs, len(photos), is_neural=is_neural)
    with open_journal(name_journal(folder, options.shard)) as journal:
        batch_options.begin_journal(journal, settings, options.changed)
        queue = PhotoQueue(photos)
        report = BatchReport(queue, folder, as_json=options.json)
        run_options = BatchOptions(
            options.retry_failed,
            lambda photo: resources.estimate_bytes(photo.path, is_neural=is_neural),
            resources.find_budget(),
        )
        batch = BatchRun(queue, settings, journal, _make_pool(jobs), report.tell, run_options)
        with summary_in_the_end(report, folder):
            drive(batch.run())
    return BAD_INPUT if queue.count("failed") else 0


def _make_pool(jobs: int) -> Pool:
    return ProcessPool(jobs, resources.count_threads(jobs))


@contextmanager
def summary_in_the_end(report: BatchReport, folder: Path) -> Iterator[None]:
    """Print the summary of a batch, also of one that was cancelled."""
    begin = time.monotonic()
    try:
        yield
    finally:
        report.summarise(time.monotonic() - begin, folder)


def _list_skipped(arguments: list[Path], folder: Path) -> list[Path]:
    """Return what is no photo of the batch: the folder of its results; if it is one of the photos too, its results."""
    real = folder.resolve()
    if any(path.resolve() == real for path in arguments):
        return list_results(folder)
    return [folder]


def _describe(photos: list[BatchPhoto], settings: BatchSettings, options: argparse.Namespace) -> int:
    """Print what would be done."""
    folder = Path(options.folder)
    _, records = read_journal(name_journal(folder, options.shard))
    fingerprint = find_fingerprint(settings)
    count = 0
    for photo in photos:
        record = records.get(photo.relative)
        state = "done before" if outputs.is_up_to_date(folder, photo, record, fingerprint) else "to do"
        if record and record.event == "failed" and record.settings == fingerprint and not options.retry_failed:
            state = "failed before"
        count += state == "to do"
        if options.json:
            print_line(json.dumps({"photo": photo.relative, "input": str(photo.path), "state": state}))
        else:
            print_line(one_line(f"{photo.relative}: {state}"))
    if not options.json:
        is_neural = registry.find(settings.request.method).is_neural
        jobs = resources.count_jobs(options.jobs, len(photos), is_neural=is_neural)
        memory = describe_bytes(max(resources.estimate_bytes(photo.path, is_neural=is_neural) for photo in photos))
        print_line(f"{count} of {len(photos)} photos to do, {jobs} at a time, each in {memory} of memory at most.")
    return 0
