"""The command `deblur-train`: train, resume, report, evaluate, make pairs and check them."""

from __future__ import annotations

import sys

from deblur_app.command_parser import Command, CommandParser
from deblur_app.terminal import run_main
from training.cli import (
    compare,
    evaluate,
    export,
    fit_diagnosis,
    fit_expected_gain,
    launch,
    list_runs,
    paper,
    report,
    resume,
    run,
)
from training.cli.pairs import check, make_crops, make_pairs

_PATIENCE = 15.0
"""Seconds that a training may take to stop after Ctrl+C: a batch, and what it writes of the run."""


COMMANDS = {
    "paper": Command("train the paper's autoencoder", paper.add_options, paper.run),
    "run": Command("train what a configuration in TOML describes, such as the restorer", run.add_options, run.run),
    "resume": Command("go on with a run after its last whole epoch", resume.add_options, resume.run),
    "launch": Command("train by several processes, here or on several machines", launch.add_options, launch.run),
    "report": Command("write the report of a run, finished or not, as an HTML page", report.add_options, report.run),
    "make-pairs": Command(
        "make pairs of sharp photographs or video frames and store them", make_pairs.add_options, make_pairs.run
    ),
    "make-crops": Command("make the crops that a training learns from", make_crops.add_options, make_crops.run),
    "fit-diagnosis": Command(
        "fit how the diagnosis of a photo combines its crops", fit_diagnosis.add_options, fit_diagnosis.run
    ),
    "fit-expected-gain": Command(
        "fit which way of restoring a photo promises how much gain",
        fit_expected_gain.add_options,
        fit_expected_gain.run,
    ),
    "list": Command("list the runs in a folder, with state and best figures", list_runs.add_options, list_runs.run),
    "compare": Command("figures and curves of several runs side by side", compare.add_options, compare.run),
    "export": Command("write the model of a run as one file, .deblur", export.add_options, export.run),
    "check": Command("find what is wrong with pairs, and align them", check.add_options, check.run),
    "evaluate": Command("figures of a model on pairs, beside doing nothing", evaluate.add_options, evaluate.run),
}
"""The choices, by name."""


def main(argv: list[str] | None = None) -> int:
    """Run the command line and return its exit code: 0, 2 for what the user can mend, 130 after Ctrl-C.

    Args:
        argv: The arguments; None takes those of the process.
    """
    return run_main(lambda: _run(argv), patience=_PATIENCE)


def _run(argv: list[str] | None) -> int:
    options = make_parser().parse_args(argv)
    return COMMANDS[options.command].run(options)


def make_parser() -> CommandParser:
    """Return the parser of all commands."""
    parser = CommandParser(prog="deblur-train", description="Train Deblur's networks on pairs of pictures.")
    parser.add_commands(COMMANDS)
    return parser


if __name__ == "__main__":
    sys.exit(main())
