"""The command `deblur-train report`: the report of a run as an HTML page."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.files.targets import ProtectedFiles
from deblur_app.terminal import drive, print_line
from training.runs.run import Run

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("run", type=Path, metavar="RUN")
    parser.add_argument("--out", type=Path, metavar="DIR", help="where to write it; RUN/report if left out")


def run(arguments: argparse.Namespace) -> int:
    """Write the report and print where it is; returns the exit code."""
    from training.reports.report import write_report

    folder = Run(arguments.run)
    if arguments.out:
        _check_report_folder(folder, arguments.out)
    print_line(str(drive(write_report(folder, arguments.out))))
    return 0


def _check_report_folder(run: Run, folder: Path) -> None:
    """Refuse a folder where a picture of the report would replace one that the run was trained on."""
    try:
        protected = ProtectedFiles(path for pair in run.pairs() for path in (pair.blurred, pair.sharp))
    except DeblurError:  # the list is gone, and so the report reads no picture
        return
    for path in folder.glob("figure-*"):
        if path in protected:
            raise DeblurError(f"“{path}” is a picture of the pairs and is never overwritten. Choose another folder.")
