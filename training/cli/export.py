"""The command `deblur-train export`: the model of a run as one file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.terminal import drive, print_line

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("run", type=Path, metavar="RUN|CARD", help="the folder of a run, or a model.json")
    parser.add_argument("--out", type=Path, metavar="FILE", help="NAME.deblur in the current folder if left out")
    parser.add_argument("--name", help="what to call the model")
    parser.add_argument("--overwrite", action="store_true", help="replace a file that exists already; never the model")


def run(arguments: argparse.Namespace) -> int:
    """Write the file, print where it is, and return the exit code."""
    from training.runs.bundle import export_bundle

    print_line(
        str(drive(export_bundle(arguments.run, arguments.out, name=arguments.name, may_replace=arguments.overwrite)))
    )
    return 0
