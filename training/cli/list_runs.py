"""The command `deblur-train list`: the runs in a folder."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.amounts import describe_duration
from deblur_app.core.errors import DeblurError
from deblur_app.terminal import print_line
from training.runs.events import number_text
from training.runs.run_list import runs_folder, runs_in

if TYPE_CHECKING:
    import argparse

    from training.runs.run_list import RunSummary


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    text = "a folder of runs; that of the window if left out"
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR", help=text)
    parser.add_argument("--json", action="store_true", help="print one JSON object for each run")


def run(arguments: argparse.Namespace) -> int:
    """Print the runs, and return the exit code."""
    folder: Path = arguments.folder or runs_folder()
    if arguments.folder and not folder.is_dir():
        raise DeblurError(f"“{folder}” is not a folder. Name one that holds runs.")
    runs = runs_in(folder)
    if not runs and not arguments.json:
        print_line(f"There are no runs in {folder}.")
    for run in runs:
        print_line(json.dumps(run.as_json()) if arguments.json else _line(run))
    return 0


def _line(run: RunSummary) -> str:
    """Return one or two lines about a run."""
    if run.state == "broken":
        return f"{run.folder}: broken. {run.problem}"
    head = f"{run.folder}: {run.architecture}, {run.state}, {run.epochs} of {run.planned} epochs"
    if not run.best:
        return head
    best = run.best
    gain = "" if run.gain is None else f", PSNR {best['val_psnr']:.2f} dB ({run.gain:+.2f} over doing nothing)"
    right = f", type right {number_text(best['val_accuracy'], '.1%')}" if best.get("shares") else ""
    figures = f"best epoch {best['epoch']}: loss {best['val_loss']:.4f}{gain}{right}"
    return f"{head}, {describe_duration(run.seconds)}\n  {figures}"
