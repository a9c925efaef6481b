"""Options about the files that results are written to."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from deblur_app.core.image_io.save_options import SUBSAMPLINGS, SaveOptions

if TYPE_CHECKING:
    from deblur_app.core.image_io.save_options import Subsampling

_ORIGINAL = "original"
"""The word for the quality of the photo's own JPEG."""


def add_saving(parser: argparse.ArgumentParser) -> None:
    """Add the options about quality, depth, size and name."""
    add = parser.add_argument
    add("--quality", type=_parse_quality, default=SaveOptions.quality, metavar="N",
        help=f"of JPEG, WebP and AVIF, 1 to 100, or “{_ORIGINAL}”: as the photo's own JPEG (default: 95)")  # fmt: skip
    add("--subsampling", choices=SUBSAMPLINGS, default=SUBSAMPLINGS[0],
        help="of the colours of a JPEG or AVIF (default: %(default)s)")  # fmt: skip
    add("--depth", type=int, choices=(8, 16), help="bits per channel of PNG and TIFF (default: as the photo)")
    add("--longest", type=_parse_side, metavar="PIXELS", help="reduce larger results to this longest side")
    add("--name", metavar="PATTERN", help="the names of results, of {name}, {date} (when the photo was taken) and "
        "{counter}, as in “{date}_{name}_sharp” or “trip-{counter:03}” (default: {name}_deblurred)")  # fmt: skip
    add("--keep-time", action="store_true", help="give each result the time of change of its photo")


def choose_saving(options: argparse.Namespace) -> SaveOptions:
    """Return what the options of the command line say about the file."""
    quality: int | None = None if options.quality == _ORIGINAL else options.quality
    subsampling: Subsampling = options.subsampling
    return SaveOptions(quality, subsampling, options.depth, options.longest)


def _parse_quality(text: str) -> int | str:
    if text == _ORIGINAL:
        return text
    if not text.isdecimal() or not 1 <= int(text) <= 100:
        raise argparse.ArgumentTypeError(f"the quality is a number from 1 to 100 or “{_ORIGINAL}”, not “{text}”")
    return int(text)


def _parse_side(text: str) -> int:
    if not text.isdecimal() or not 16 <= int(text) <= 100_000:
        raise argparse.ArgumentTypeError(f"the longest side has 16 to 100000 pixels, not “{text}”")
    return int(text)
