"""`deblur combine`: one photo of several of the same scene."""

from __future__ import annotations

import functools
import json
import time
from typing import TYPE_CHECKING

from deblur_app.cli.photos import Outputs, add_output, list_photos, note_about, photo_path
from deblur_app.cli.pipes import format_name, name_of
from deblur_app.core.files import file_names
from deblur_app.engine import combine
from deblur_app.engine.combine import COMBINATIONS
from deblur_app.terminal import drive, print_error, print_line

if TYPE_CHECKING:
    import argparse


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    texts = " ".join(f"{c.name}: {c.label[:1].lower()}{c.label[1:]}. {c.explanation}" for c in COMBINATIONS.values())
    parser.description = f"Makes one photo of several. The result stands beside the first as NAME_combined. {texts}"
    add = parser.add_argument
    add("photos", nargs="+", type=photo_path, metavar="PHOTO",
        help="two or more, a folder, or a pattern such as “b*.jpg”; the result lies where the first does")  # fmt: skip
    add("--as", dest="how", required=True, choices=list(COMBINATIONS), help="what the photos are")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Combine the photos of `options`, and return the exit code.

    Raises:
        DeblurError: A photo cannot be read, the photos do not belong together, or the result cannot be written.
    """
    photos, failures = list_photos(options.photos, file_names.COMBINED)
    for _, problem in failures:
        raise problem
    options.photos = photos[:1]  # one result, named after the first
    outputs = Outputs(options, photos[:1], file_names.COMBINED, photos[1:])
    begin = time.perf_counter()
    combined, output = drive(combine.combine_files(photos, options.how, functools.partial(outputs.target, photos[0])))
    seconds = time.perf_counter() - begin
    note = note_about(combined, output)
    if options.json:
        answer = {"inputs": [name_of(photo, options) for photo in photos], "output": name_of(output, options),
                  "as": options.how, "width": combined.width, "height": combined.height,
                  "seconds": round(seconds, 3), "note": note}  # fmt: skip
        print_line(json.dumps(answer))
    else:
        print_line(
            f"{len(photos)} photos → {format_name(output, options)}: {combined.size_text} pixels, {seconds:.1f} s"
        )
        if note:
            print_error(note)
    return 0
