"""Options of the commands on many photos, and what they mean."""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli.options import method_option, recipe_option, save_option
from deblur_app.cli.photos import FORMATS, add_json
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import name_patterns
from deblur_app.engine.batch import plan
from deblur_app.engine.batch.inputs import Shard
from deblur_app.engine.batch.plan import SettingsChangedError
from deblur_app.engine.batch.settings import BatchSettings, OutputOptions

if TYPE_CHECKING:
    from deblur_app.engine.batch.journal import Journal
    from deblur_app.engine.batch.plan import OnChange


def add_common(parser: argparse.ArgumentParser) -> None:
    """Add the options that both commands have."""
    add = parser.add_argument
    method_option.add_method(parser)
    recipe_option.add_recipe(parser)
    save_option.add_saving(parser)
    method_option.add_device(parser)
    add("--format", choices=FORMATS, help="format of the results (default: that of the photo, else PNG or 16-bit TIFF)")
    add("--leave-sharp", action="store_true", help="write nothing for photos in which no blur is found")
    add("--jobs", type=_parse_count, metavar="N",
        help="photos that are restored at the same time (default: as processors and memory allow)")  # fmt: skip
    add("--retry-failed", action="store_true", help="try photos again that failed in an earlier run")
    add("--changed", choices=("redo", "keep"),
        help="if the settings are other than those of the results that are there: restore those photos again, or keep "
        "them (default: stop and say so)")  # fmt: skip
    add_json(parser)


def parse_shard(text: str) -> Shard:
    """Return the part of a batch that an option names, such as “2/8”."""
    match = re.fullmatch(r"(\d{1,6})/(\d{1,6})", text)
    if not match or not 1 <= int(match[1]) <= int(match[2]):
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form I/N, such as 1/8 for the first of eight parts")
    return Shard(int(match[1]), int(match[2]))


def _parse_count(text: str) -> int:
    if not text.isdecimal() or not 1 <= int(text) <= 1024:
        raise argparse.ArgumentTypeError(f"the number of jobs is 1 to 1024, not “{text}”")
    return int(text)


def choose_batch_settings(options: argparse.Namespace) -> BatchSettings:
    """Return the settings that the options ask for.

    Raises:
        DeblurError: A setting or a pattern is wrong, or a file that they name cannot be read.
    """
    request, blend = recipe_option.choose_settings(options)
    if options.name is not None:
        name_patterns.check_pattern(options.name)
    output = OutputOptions(
        suffix=f".{options.format}" if options.format else None,
        pattern=options.name,
        has_recipe=not options.no_recipe,
        has_sidecar=options.sidecar,
        keeps_time=options.keep_time,
        leaves_sharp=options.leave_sharp,
        save=save_option.choose_saving(options),
    )
    return BatchSettings(request, blend, output)


def begin_journal(journal: Journal, settings: BatchSettings, on_change: OnChange) -> None:
    """Note the settings of this start in the journal.

    Raises:
        DeblurError: They are other than those of the results that are there, and nothing says what to do then.
    """
    try:
        plan.begin_journal(journal, settings, on_change)
    except SettingsChangedError as error:
        raise DeblurError(
            f"{error} Add --changed redo to restore all photos with these, --changed keep to keep what is done, or "
            "choose another folder."
        ) from error


def choose_folder(text: str) -> Path:
    """Return the folder that an option names.

    Raises:
        DeblurError: It is empty, or a file.
    """
    if not text:
        raise DeblurError("The name of the folder for the results is empty.")
    folder = Path(text)
    if folder.exists() and not folder.is_dir():
        raise DeblurError(f"“{folder}” is not a folder. Choose another name.")
    return folder
