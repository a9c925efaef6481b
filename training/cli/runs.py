"""The commands of `deblur-train` about runs that are there: list, compare, export."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.amounts import describe_duration
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.terminal import BAD_INPUT, drive, print_error, print_line, say_table
from training.runs.events import number_text
from training.runs.run import Run, without_nan
from training.runs.run_list import runs_folder, runs_in

if TYPE_CHECKING:
    import argparse

    from training.reports.comparison import Compared
    from training.runs.run_list import RunSummary


def add_list_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `list` to its parser."""
    parser.set_defaults(command=_list)
    text = "a folder of runs; that of the window if left out"
    parser.add_argument("folder", type=Path, nargs="?", metavar="DIR", help=text)
    parser.add_argument("--json", action="store_true", help="print one JSON object for each run")


def add_compare_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `compare` to its parser."""
    parser.set_defaults(command=_compare)
    parser.add_argument("runs", type=Path, nargs="+", metavar="RUN")
    parser.add_argument("--png", type=Path, metavar="FILE", help="draw the curves side by side into a new file")
    parser.add_argument("--overwrite", action="store_true", help="replace the file of --png where there is one")
    parser.add_argument("--json", action="store_true", help="print one JSON object for each run")


def add_export_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of `export` to its parser."""
    parser.set_defaults(command=_export)
    parser.add_argument("run", type=Path, metavar="RUN|CARD", help="the folder of a run, or a model.json")
    parser.add_argument("--out", type=Path, metavar="FILE", help="NAME.deblur in the current folder if left out")
    parser.add_argument("--name", help="what to call the model")
    parser.add_argument("--overwrite", action="store_true", help="replace a file that exists already; never the model")


def _list(arguments: argparse.Namespace) -> int:
    folder: Path = arguments.folder or runs_folder()
    if arguments.folder and not folder.is_dir():
        raise DeblurError(f"{folder} is not a folder. Name one that holds runs.")
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


def _compare(arguments: argparse.Namespace) -> int:
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
        "Figures of the best epoch on the validation pairs; in brackets, of the blurred pictures themselves. Runs that "
        "are judged by other pairs do not compare."
    )


def _export(arguments: argparse.Namespace) -> int:
    from training.runs.bundle import export_bundle

    print_line(
        str(drive(export_bundle(arguments.run, arguments.out, name=arguments.name, may_replace=arguments.overwrite)))
    )
    return 0
