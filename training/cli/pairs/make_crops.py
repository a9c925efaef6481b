"""The command `deblur-train make-crops`: the crops that a training learns from, made before it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.terminal import drive, print_line
from training.cli.shared import add_folder_options, name_folders

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("config", type=Path, metavar="CONFIG", help="settings with the source mixed")
    add_folder_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Make the crops, and return the exit code."""
    from training.batches.mixed_crops import mixture_of
    from training.batches.synthetic_pairs import divide_photos, photos_in
    from training.config.config import read_config
    from training.synthetic.crop_store import CHUNK, write_crops

    config = name_folders(read_config(arguments.config), arguments)
    if config.data.source != "mixed" or not config.data.store:
        raise DeblurError(f"“{arguments.config}” must have the source “mixed”; name the folder to write to by --store.")
    training, _ = divide_photos(photos_in(config), config)
    store = Path(config.data.store).expanduser()
    made = write_crops(training, mixture_of(config), store, config.data.crops, workers=config.data.workers or 1)
    print_line(f"{drive(made) * CHUNK} crops in {store}")
    return 0
