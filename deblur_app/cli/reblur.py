"""`deblur reblur`: a result checked by blurring it again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from deblur_app.cli.options import psf_option
from deblur_app.cli.photos import add_json, photo_path
from deblur_app.cli.pipes import format_name, name_of
from deblur_app.engine import psf_tasks, tasks
from deblur_app.terminal import drive, print_line

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    parser.description = (
        "Blurs a result with the PSF and compares it with the photo: where they differ, the result was invented."
    )
    add = parser.add_argument
    add("photo", type=photo_path, metavar="PHOTO")
    add("result", type=photo_path, metavar="RESULT")
    add("--psf", required=True, type=psf_option.parse_psf, metavar="PSF", help=psf_option.HELP)
    add_json(parser)


def run(options: argparse.Namespace) -> int:
    """Check a result by its PSF, tell the answer, and return the exit code.

    Raises:
        DeblurError: A file cannot be read, or photo and result differ in size.
    """
    photo, result = (drive(tasks.open_picture(path)) for path in (options.photo, options.result))
    check = drive(psf_tasks.reblur_check(photo, result, options.psf))
    if options.json:
        answer = {"photo": name_of(options.photo, options), "result": name_of(options.result, options),
                  "verdict": check.verdict, "rms": check.rms, "noise": check.noise, "ratio": check.ratio,
                  "disagreeing": check.disagreeing}  # fmt: skip
        print_line(json.dumps(answer))
    else:
        print_line(f"{format_name(options.result, options)}: {check.verdict}")
    return 0
