"""`deblur self-test`: the samples by every bundled method on every device."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deblur_app.cli.photos import add_json
from deblur_app.core.errors import DeblurError
from deblur_app.engine.self_test import report, self_test
from deblur_app.terminal import drive, print_line

if TYPE_CHECKING:
    import argparse

    from deblur_app.core.task import Progress
    from deblur_app.engine.method import Method

_FAILED = 1
"""The exit code where a run failed."""


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Restores the bundled samples by every bundled method on every device, and says how long it took and what was "
        "gained. It takes minutes. The exit code is 1 where something failed."
    )
    parser.add_argument(
        "--method", action="append", metavar="NAME", help="test this method only; may be given several times"
    )
    parser.add_argument("--sample", action="append", choices=self_test.SAMPLES, help="use this sample only")
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Run the test, tell each run, and return the exit code: 1 where one failed.

    Raises:
        DeblurError: A method is none of those that are tested.
    """

    def tell(progress: Progress) -> None:
        if isinstance(progress, self_test.SampleDone) and progress.run and options.json:
            print_line(json.dumps(report.as_json(progress.run)))

    task = self_test.run_self_test(_choose_methods(options.method), options.sample or self_test.SAMPLES)
    runs = drive(task, watch=tell)
    if not options.json:
        print_line(report.write_report(runs))
    return _FAILED if any(one.problem for one in runs) else 0


def _choose_methods(names: list[str] | None) -> list[Method] | None:
    methods = {method.name: method for method in self_test.list_methods()}
    for name in names or []:
        if name not in methods:
            raise DeblurError(f"“{name}” is not tested. The methods that are: {', '.join(methods)}.")
    return [methods[name] for name in names] if names else None
