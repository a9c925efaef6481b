"""The command `deblur-train compare`: several runs side by side."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.amounts import describe_duration
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.terminal import BAD_INPUT, print_error, print_line, say_table
from training.runs.run import Run, without_nan

if TYPE_CHECKING:
    import argparse

    from training.reports.comparison import Compared


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN")
    parser.add_argument("--png", type=Path, metavar="FILE", help="draw the curves side by side into a new file")
    parser.add_argument("--overwrite", action="store_true", help="replace the file of --png where there is one")
    parser.add_argument("--json", action="store_true", help="print one JSON object for each run")


def run(arguments: argparse.Namespace) -> int:
    """Print the comparison, and return the exit code."""
    from training.reports.comparison import compare, comparison_png, measures_of

    if arguments.png and arguments.png.exists() and not arguments.overwrite:
        raise DeblurError(f"“{arguments.png}” exists already. Choose another name, or add --overwrite to replace it.")
    runs = compare([Run(folder) for folder in arguments.runs], print_error)
    if not runs:
        return BAD_INPUT
    if arguments.json:
        names = [measure.name for measure in measures_of(runs)]
        for run in runs:
            best, nothing = (without_nan({n: f.get(n) for n in ["epoch", *names]}) for f in (run.best, run.do_nothing))
            print_line(json.dumps({"name": run.name, "architecture": run.architecture, "epochs": len(run.epochs),
                            "seconds": run.seconds, "best": best, "do_nothing": nothing}))  # fmt: skip
    else:
        _print_table(runs)
    if arguments.png:
        write_atomic(arguments.png, comparison_png(runs))
        if not arguments.json:
            print_line(f"Curves: {arguments.png}")
    return 0 if len(runs) == len(arguments.runs) else BAD_INPUT


def _print_table(runs: list[Compared]) -> None:
    from rich.table import Table

    from training.reports.comparison import measures_of

    measures = measures_of(runs)
    table = Table("run", "network", "epochs", "time", "best", *(measure.label for measure in measures))
    for run in runs:
        figures = [f"{m.text(run.best)} ({m.text(run.do_nothing)})" for m in measures]
        table.add_row(run.name, run.architecture, str(len(run.epochs)), describe_duration(run.seconds),
                      str(run.best["epoch"]), *figures)  # fmt: skip
    say_table(table)
    print_line(
        "Figures of the best epoch on the validation pairs; in brackets, of the blurred pictures themselves. Runs "
        "with other validation pairs cannot be compared."
    )
