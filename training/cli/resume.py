"""The command `deblur-train resume`: go on with a run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.terminal import print_line
from training.cli.shared import drive_training
from training.config.config import PROTOCOL_EXPLAINED
from training.runs.run import Run

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("run", type=Path, metavar="RUN")


def run(arguments: argparse.Namespace) -> int:
    """Train to the end, and return the exit code."""
    from training.fit.resumed_settings import compare_settings
    from training.fit.trainer import resume

    folder = Run(arguments.run)
    settings = compare_settings(folder)
    for sentence in settings.sentences:
        print_line(sentence)
    print_line(f"Protocol {PROTOCOL_EXPLAINED[settings.config.protocol]}")
    return drive_training(resume(folder), folder)
