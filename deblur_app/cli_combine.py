"""`deblur combine`: one photo of several of the same scene."""

from __future__ import annotations

import json
import time
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.cli_photos import add_output, target
from deblur_app.core import files
from deblur_app.engine import combine
from deblur_app.engine.combine import COMBINATIONS
from deblur_app.terminal import drive, say

if TYPE_CHECKING:
    import argparse

    from deblur_app.core.picture import Picture


def add_options(parser: argparse.ArgumentParser) -> None:
    """Add the options of the command to its parser."""
    told = " ".join(f"{c.name}: {c.label[:1].lower()}{c.label[1:]}. {c.explanation}" for c in COMBINATIONS.values())
    parser.description = f"Makes one photo of several. The result stands beside the first as NAME_combined. {told}"
    add = parser.add_argument
    add("photos", nargs="+", type=Path, metavar="PHOTO", help="two or more; the result lies where the first does")
    add("--as", dest="how", required=True, choices=list(COMBINATIONS), help="what the photos are")
    add_output(parser)


def run(options: argparse.Namespace) -> int:
    """Combine the photos of `options`, and return the exit code.

    Raises:
        DeblurError: A photo cannot be read, the photos do not belong together, or the result cannot be written.
    """
    photos: list[Path] = options.photos
    options.photos = photos[:1]  # one result, named after the first
    place = target(options, files.COMBINED)
    places: list[Path] = []

    def remembered(picture: Picture) -> Path:
        places.append(place(photos[0], picture))
        return places[0]

    begin = time.perf_counter()
    combined = drive(combine.combine_files(photos, options.how, remembered))
    seconds = time.perf_counter() - begin
    if options.json:
        answer = {"inputs": [str(photo) for photo in photos], "output": str(places[0]), "as": options.how,
                  "width": combined.width, "height": combined.height, "seconds": round(seconds, 3)}  # fmt: skip
        say(json.dumps(answer))
    else:
        say(f"{len(photos)} photos → {places[0]}: {combined.size_text} pixels, {seconds:.1f} s")
    return 0
