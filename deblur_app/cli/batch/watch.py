"""`deblur watch`: photos are restored as they come into a folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli.batch import batch_options, running
from deblur_app.cli.batch.batch_report import BatchReport
from deblur_app.core.errors import DeblurError
from deblur_app.engine.batch.journal import name_journal, open_journal
from deblur_app.engine.batch.photo_queue import PhotoQueue
from deblur_app.engine.batch.plan import list_skipped
from deblur_app.engine.batch.runner import BatchOptions
from deblur_app.engine.batch.watch import FolderWatch
from deblur_app.signals import Terminated
from deblur_app.terminal import BAD_INPUT, print_error

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Deblurs photos as they come into a folder, until Ctrl+C. A photo is left until it is completely written. "
        "Those that are there already are done first; the journal in OUT knows which are done."
    )
    parser.add_argument("watched", type=Path, metavar="IN", help="the folder for photos, with the folders below it")
    parser.add_argument("folder", metavar="OUT", help="the folder for the results")
    batch_options.add_common(parser)


def run(options: argparse.Namespace) -> int:
    """Watch a folder until Ctrl+C, and return the exit code: 2 where a photo failed.

    Raises:
        DeblurError: The settings are wrong, or one of the folders is missing or cannot be written to.
    """
    settings = batch_options.choose_batch_settings(options)
    folder = batch_options.choose_folder(options.folder)
    if not options.watched.is_dir():
        raise DeblurError(f"There is no folder “{options.watched}”. Make it first, or name another one.")
    watch = FolderWatch(options.watched, list_skipped([options.watched], folder), tell=print_error)
    with open_journal(name_journal(folder)) as journal:
        batch_options.begin_journal(journal, settings, options.changed)
        queue = PhotoQueue()
        report = BatchReport(queue, folder, as_json=options.json)
        if not options.json:
            print_error(f"Watching “{options.watched}”. Press Ctrl+C to end.")
        watching = BatchOptions(options.retry_failed, find_new=watch.find_new)
        try:
            running.run_batch(queue, settings, journal, report=report, jobs=options.jobs, batch_options=watching)
        except Terminated:
            raise
        except KeyboardInterrupt:  # the way to end it
            pass
    return BAD_INPUT if queue.count("failed") else 0
