"""The command `deblur-train evaluate`: the figures of a model on pairs, beside doing nothing."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.terminal import drive, print_line
from training.cli.shared import add_pair_options, figures_line, read_pairs

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.add_argument("model", type=Path, metavar="RUN|CARD", help="the folder of a run, or a model.json")
    add_pair_options(parser)
    parser.add_argument("--device", default="auto")
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace) -> int:
    """Evaluate the model, print the figures, and return the exit code."""
    from training.evaluation.evaluate import evaluate

    result = drive(evaluate(arguments.model, read_pairs(arguments).pairs, device=arguments.device))
    if arguments.json:
        figures = {"model": result.model.as_json(), "do_nothing": result.do_nothing.as_json()}
        print_line(json.dumps({"pairs": result.pairs, **figures}))
        return 0
    print_line(f"{result.pairs} pairs")
    for label, each in (("model", result.model), ("do nothing", result.do_nothing)):
        print_line(figures_line(label, each.loss, each.accuracy, each.psnr, each.ssim))
    return 0
