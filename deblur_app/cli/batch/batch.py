"""`deblur batch`: many photos, by several processes, with a journal."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli.batch import batch_options, running
from deblur_app.cli.batch.batch_report import BatchReport
from deblur_app.cli.photos import photo_path
from deblur_app.core.amounts import describe_bytes
from deblur_app.engine.batch import inputs, outputs, resources
from deblur_app.engine.batch.journal import name_journal, open_journal, read_journal
from deblur_app.engine.batch.photo_queue import PhotoQueue
from deblur_app.engine.batch.plan import list_skipped
from deblur_app.engine.batch.runner import BatchOptions
from deblur_app.engine.batch.settings import find_fingerprint, needs_tensorflow
from deblur_app.terminal import BAD_INPUT, one_line, print_line

if TYPE_CHECKING:
    import argparse

    from deblur_app.engine.batch.inputs import BatchPhoto
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
    add("--ray", metavar="ADDRESS",
        help="let a Ray cluster restore the photos, which must lie at the same place on all its machines: HOST:PORT, "
        "auto, or local for this machine (needs the extra “ray”)")  # fmt: skip
    add("--dry-run", action="store_true", help="say what would be done, and do nothing")


def run(options: argparse.Namespace) -> int:
    """Run a batch, and return the exit code: 2 where a photo failed.

    Raises:
        DeblurError: The settings are wrong, there are no photos, or the folder cannot be written to.
    """
    settings = batch_options.choose_batch_settings(options)
    folder = batch_options.choose_folder(options.folder)
    skipped = list_skipped(options.inputs, folder)
    photos = inputs.list_photos(options.inputs, settings.output.suffix, skipped, options.shard)
    if options.dry_run:
        return _describe(photos, settings, options)
    with open_journal(name_journal(folder, options.shard)) as journal:
        batch_options.begin_journal(journal, settings, options.changed)
        queue = PhotoQueue(photos)
        report = BatchReport(queue, folder, as_json=options.json)
        batch = BatchOptions(options.retry_failed)
        running.run_batch(
            queue, settings, journal, report=report, jobs=options.jobs, batch_options=batch, cluster=options.ray
        )
    return BAD_INPUT if queue.count("failed") else 0


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
        is_neural = needs_tensorflow(settings)
        jobs = resources.count_jobs(options.jobs, len(photos), is_neural=is_neural)
        memory = describe_bytes(max(resources.estimate_bytes(photo.path, is_neural=is_neural) for photo in photos))
        print_line(f"{count} of {len(photos)} photos to do, {jobs} at a time, each in {memory} of memory at most.")
    return 0
