"""The command `deblur-train paper`: train the paper's autoencoder."""

from __future__ import annotations

import dataclasses
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.terminal import print_line
from training.cli.shared import add_pair_options, drive_training, read_pairs
from training.config.checks import limits_of
from training.config.config import PROTOCOL_EXPLAINED, TrainingConfig, read_config
from training.runs.run import Run

if TYPE_CHECKING:
    import argparse

_OPTIONS = ("epochs", "protocol", "batch_size", "seed", "precision", "device")
"""Settings that have an option of their own."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = "Protocols – " + "; ".join(PROTOCOL_EXPLAINED.values()) + "."
    add_pair_options(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="RUN", help="the new folder of the run")
    parser.add_argument("--config", type=Path, metavar="FILE", help="settings in TOML; the options below go before it")
    parser.add_argument("--epochs", type=int)
    parser.add_argument("--protocol", choices=limits_of(TrainingConfig, "protocol").choices)
    parser.add_argument("--batch-size", type=int)
    parser.add_argument("--seed", type=int, help="decides the split, the start weights and the order of the batches")
    parser.add_argument("--precision", choices=limits_of(TrainingConfig, "precision").choices)
    parser.add_argument("--device", help="auto, cpu, gpu:0, …")


def run(arguments: argparse.Namespace) -> int:
    """Train, and return the exit code."""
    from training.fit.trainer import train

    config = read_config(arguments.config) if arguments.config else TrainingConfig()
    changes = {name: getattr(arguments, name) for name in _OPTIONS if getattr(arguments, name) is not None}
    config = dataclasses.replace(config, **changes)
    pairs = read_pairs(arguments).pairs
    print_line(f"{len(pairs)} pairs; protocol {PROTOCOL_EXPLAINED[config.protocol]}")
    folder = Run(arguments.out)
    return drive_training(train(config, pairs, folder), folder)
