"""`deblur evaluate`: methods and pictures of other programs, compared on a data set with sharp pictures."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli.photos import add_json, check_new_file
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.files.targets import ProtectedFiles
from deblur_app.engine.evaluation import candidates, layouts
from deblur_app.engine.evaluation.evaluation import WORSE, evaluate
from deblur_app.engine.evaluation.page import evaluation_page, label_of
from deblur_app.engine.evaluation.records import Failure, RecordStore, records_folder
from deblur_app.engine.method import Request
from deblur_app.terminal import BAD_INPUT, drive, print_error, print_line, say_table

if TYPE_CHECKING:
    import argparse

    from deblur_app.engine.evaluation.evaluation import Summary
    from deblur_app.engine.evaluation.records import Record


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Measures how well methods restore the photos of a data set whose sharp pictures are known: PSNR, SSIM, the "
        f"share of photos that come out worse than doing nothing by over {WORSE:g} dB, and seconds a photo. Figures "
        "are kept as they come: what was interrupted goes on where it was."
    )
    add = parser.add_argument
    add("folder", type=Path, metavar="DIR", help="the data set")
    add("--layout", choices=layouts.LAYOUTS, default=layouts.AUTO,
        help="its layout, which decides how figures are taken (default: recognised)")  # fmt: skip
    add("--method", action="append", default=[], metavar="NAME", dest="methods",
        help="a method (see “deblur methods”), an installed model, the folder of a training, or a .deblur file; may "
        f"be given several times (default: {Request().method})")  # fmt: skip
    add("--results", action="append", type=Path, default=[], metavar="DIR",
        help="pictures that another program made of the photos, named as these; may be given several "
        "times")  # fmt: skip
    add("--report", type=Path, metavar="FILE.html", help="write a page with figures and pictures side by side")
    add("--overwrite", action="store_true", help="replace a report that exists already")
    add("--fresh", action="store_true", help="measure everything anew")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Evaluate what `options` ask for, and return the exit code.

    Raises:
        DeblurError: The data set, a method or the report cannot be used.
    """
    cases = layouts.list_cases(options.folder, options.layout)
    if options.report:
        files = [path for case in cases for path in (case.photo, *case.truths)]
        check_new_file(options.report, ProtectedFiles(files), may_replace=options.overwrite)
    methods = options.methods or ([] if options.results else [Request().method])
    compared = [candidates.method(name) for name in methods]
    compared += [candidates.results(folder, cases) for folder in options.results]
    compared = candidates.with_unique_names(compared)
    store = RecordStore(records_folder(options.folder))
    if options.fresh:
        store.forget(cases, [candidates.nothing(), *compared])

    def tell(entry: Record | Failure) -> None:
        if isinstance(entry, Failure):
            print_error(f"{entry.case}: {entry.reason}")
        elif options.json:
            print_line(json.dumps(entry.as_json()))

    evaluation = drive(evaluate(cases, compared, store, tell))
    summaries = evaluation.summaries()
    if options.json:
        for summary in summaries:
            print_line(json.dumps({"layout": evaluation.layout, **_round_figures(summary)}))
    else:
        _print_summaries(summaries)
    if options.report:
        page = evaluation_page(evaluation, options.folder.resolve().name)
        write_atomic(options.report, page.encode())
    return BAD_INPUT if evaluation.failures else 0


def _round_figures(summary: Summary) -> dict[str, object]:
    return {name: round(value, 4) if isinstance(value, float) else value for name, value in asdict(summary).items()}


def _print_summaries(summaries: list[Summary]) -> None:
    from rich.table import Table

    has_ratio = any(summary.error_ratio is not None for summary in summaries)
    table = Table("", "Photos", "PSNR (dB)", "Gain (dB)", "SSIM", "Worse", "Seconds", *(["Error ratio"] * has_ratio))
    for each in summaries:
        ratio = [] if not has_ratio else ["–" if each.error_ratio is None else f"{each.error_ratio:.2f}"]
        table.add_row(label_of(each.candidate), f"{each.count}", f"{each.psnr:.2f}", f"{each.gain:+.2f}",
                      f"{each.ssim:.4f}", f"{each.worse_share:.0%}", f"{each.seconds:.1f}", *ratio)  # fmt: skip
    say_table(table)
