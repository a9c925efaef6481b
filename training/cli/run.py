"""The command `deblur-train run`: train what a configuration describes."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from training.cli.shared import add_folder_options, add_pair_options, drive_training, name_folders, read_pairs
from training.config.config import read_config
from training.runs.run import Run

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("config", type=Path, metavar="CONFIG")
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="the new folder of the run")
    parser.add_argument("--start", metavar="WEIGHTS", help="the run, card or model whose weights it starts from")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--steps-per-epoch", type=int, metavar="N", help="batches of synthetic pairs in an epoch")
    parser.add_argument("--minutes", type=float, help="time it may take; epochs that do not fit are left out")
    add_folder_options(parser)
    add_pair_options(parser)


def run(arguments: argparse.Namespace) -> int:
    """Train, and return the exit code."""
    from training.fit.trainer import train

    config = name_folders(read_config(arguments.config), arguments)
    if arguments.start is not None:
        config = dataclasses.replace(config, network=dataclasses.replace(config.network, start=arguments.start))
    if arguments.steps_per_epoch is not None:
        data = dataclasses.replace(config.data, steps_per_epoch=arguments.steps_per_epoch)
        config = dataclasses.replace(config, data=data)
    if arguments.epochs is not None:
        config = dataclasses.replace(config, epochs=arguments.epochs)
    if arguments.minutes is not None:
        config = dataclasses.replace(config, learning=dataclasses.replace(config.learning, minutes=arguments.minutes))
    pairs = [] if config.data.is_synthetic else read_pairs(arguments).pairs
    folder = Run(arguments.out)
    return drive_training(train(config, pairs, folder), folder)
