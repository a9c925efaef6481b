"""The options that name a PSF or a grid of regions."""

from __future__ import annotations

import argparse
from pathlib import Path

from deblur_app.blur import kinds
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kinds import BLURS
from deblur_app.blur.psf import Psf
from deblur_app.terminal import print_error

HELP = "the PSF: a file (picture, .npy or .npz), or a blur such as motion:length=14,angle=32"


def parse_psf(text: str) -> Psf:
    """Return the PSF that an option names; changes made to one from a file are told on stderr.

    Raises:
        DeblurError: The file cannot be read, or the text is no blur.
    """
    kind, colon, settings = text.partition(":")
    if kind in BLURS and not Path(text).exists():
        return Psf.of_model(kinds.parse(kind, settings if colon else ""))
    read = kernel_files.read_psf(Path(text))
    if read.note:
        print_error(read.note)
    return read.psf


def parse_grid_size(text: str) -> tuple[int, ...]:
    """Return the columns and rows of a grid that an option names, such as “4x3”."""
    sides = parse_numbers(text, "x", 2, "COLUMNSxROWS, such as 4x3")
    if not all(1 <= side <= 32 for side in sides):
        raise argparse.ArgumentTypeError(f"a grid has 1 to 32 regions a side, not {text}")
    return sides


def parse_numbers(text: str, between: str, count: int, form: str) -> tuple[int, ...]:
    """Return the whole numbers of an option.

    Args:
        text: What was typed.
        between: What stands between two numbers.
        count: How many there must be.
        form: What was expected, for the complaint.
    """
    numbers = text.lower().split(between)
    if len(numbers) != count or not all(number.strip().isdecimal() for number in numbers):
        raise argparse.ArgumentTypeError(f"“{text}” is not of the form {form}")
    return tuple(int(number) for number in numbers)
