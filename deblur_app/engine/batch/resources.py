"""The processors and the memory of this machine, shared among the processes of a batch."""

from __future__ import annotations

import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

from PIL import Image

from deblur_app.core.files.plain_file import open_plain
from deblur_app.core.program.memory import find_free_memory
from deblur_app.restoration.numerics.threads import THREADS

if TYPE_CHECKING:
    from pathlib import Path

_NEURAL_PROCESS = 1_000_000_000
_PLAIN_PROCESS = 200_000_000
"""Bytes of a process that restores a small photo, with TensorFlow and its models and without. Measured with a photo of
0.26 megapixels: 0.85 GB by the default method, 0.18 GB by Wiener deconvolution."""

_BYTES_PER_PIXEL = 150
"""Bytes that restoring takes at its peak for each further pixel. Measured with a photo of 2.9 megapixels: 99 by the
default method, 93 by Wiener deconvolution; half as many again are reckoned for what was not measured."""

_SHARE = 0.8
"""Share of the free memory that a batch takes at most."""

_PIXELS_PER_BYTE = 5.0
"""Pixels that a byte of a compressed photo stands for, where its header does not say: JPEGs of cameras have 2 to 4."""


def count_jobs(wanted: int | None, photos: int, *, is_neural: bool) -> int:
    """Return how many photos are restored at the same time.

    One for each processor: a photo alone does not keep two busy all the time, and two processes with a thread each do.
    Fewer where the memory does not hold so many processes.

    Args:
        wanted: What the user asks for; None leaves it to the machine.
        photos: How many there are.
        is_neural: Whether TensorFlow is needed.
    """
    if wanted is not None:
        return max(min(wanted, photos), 1)
    each = estimate_photo_bytes(1_000_000, is_neural=is_neural)
    return max(min(THREADS, photos, int(find_budget() / each)), 1)


def count_threads(jobs: int) -> int:
    """Return the threads of each of so many processes."""
    return max(THREADS // jobs, 1)


def find_budget() -> int:
    """Return the bytes that a batch may take."""
    return int(_SHARE * find_free_memory())


def estimate_bytes(path: Path, *, is_neural: bool) -> int:
    """Return the bytes that a process takes at its peak while it restores a photo."""
    return estimate_photo_bytes(estimate_pixels(path), is_neural=is_neural)


def estimate_photo_bytes(pixels: float, *, is_neural: bool) -> int:
    """Return the bytes that a process takes at its peak while it restores a photo of so many pixels."""
    return (_NEURAL_PROCESS if is_neural else _PLAIN_PROCESS) + int(_BYTES_PER_PIXEL * pixels)


def estimate_pixels(path: Path) -> float:
    """Return the pixels of a photo by its header, or by the size of its file; 0 where it cannot be read."""
    size = 0
    with suppress(Exception), warnings.catch_warnings():  # broken files make Pillow raise anything; reading will tell
        warnings.simplefilter("ignore")
        size = path.stat().st_size
        with open_plain(path) as file, Image.open(file, formats=("JPEG", "PNG", "TIFF", "WEBP", "BMP")) as image:
            return float(image.width * image.height)
    return _PIXELS_PER_BYTE * size
