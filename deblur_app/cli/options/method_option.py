"""The options that say how photos are restored, of all commands that restore some."""

from __future__ import annotations

import argparse
from pathlib import Path

from deblur_app.cli.options import psf_option
from deblur_app.engine import devices
from deblur_app.engine.blend import PROTECTED
from deblur_app.engine.method import Request


def add_method(parser: argparse.ArgumentParser) -> None:
    """Add method, settings, PSF and strength."""
    add = parser.add_argument
    add("--method", help=f"see “deblur methods” (default: {Request().method}, or that of the recipe)")
    add("--set", action="append", default=[], type=_setting, metavar="NAME=VALUE", dest="values",
        help="a setting of the method; may be given several times")  # fmt: skip
    add("--psf", metavar="PSF", help=f"{psf_option.HELP} (default: estimated, where it is needed)")
    add("--regions", type=psf_option.parse_grid_size, metavar="COLUMNSxROWS",
        help="estimate the blur of each region apart, for blur that varies over the frame")  # fmt: skip
    add("--unchecked", action="store_true",
        help="take each result as it is, even where its check says that it cannot be right")  # fmt: skip
    add("--strength", metavar="PERCENT", help="strength of the change in per cent, 0 to 200 (default: 100)")
    add("--protect", metavar="NAME[=PERCENT],…",
        help=f"what stays as it was: {', '.join(PROTECTED)}")  # fmt: skip
    add("--mask", type=Path, metavar="FILE",
        help="a picture as large as the photo: white is restored, black stays as it was")  # fmt: skip


def add_device(parser: argparse.ArgumentParser) -> None:
    """Add the option for the device."""
    parser.add_argument("--device", default=devices.AUTO, metavar="NAME",
        help="see “deblur devices” (default: %(default)s)")  # fmt: skip


def _setting(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not (name and equals):
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form NAME=VALUE")
    return name, value
