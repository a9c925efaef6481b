"""Scores of every row on one case, and what a row costs in time and memory."""

from __future__ import annotations

import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import cv2
import numpy as np
import psutil

from benchmarks.quality import levin
from benchmarks.quality.cases import LEVIN, Recipe, make
from benchmarks.quality.rows import UNSHARP, Setting, best_setting, quality, rows
from deblur_app.core.picture import to_uint8

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from benchmarks.quality.cases import Case
    from benchmarks.quality.rows import Row
    from deblur_app.core.picture import Pixels

SHOWN = 128
"""Side of the crops on the contact sheet, in pixels."""

_SAMPLING = 0.002  # seconds between two looks at the memory


@dataclass(frozen=True)
class Score:
    """The scores of one row on one case.

    Attributes:
        row: Name of the row.
        blur: Key of the blur.
        strength: How strong it was.
        psnr: In dB, without borders.
        ssim: The same, without unit.
        setting: What its parameters were.
        error_ratio: Error with the kernel that it found over that with the true one, as in `levin`; None where it
            finds none, or where the case has none of its own.
        seconds_per_megapixel: Time of the restoration, while other cases were worked on; None if it was not measured.
    """

    row: str
    blur: str
    strength: str
    psnr: float
    ssim: float
    setting: Setting
    error_ratio: float | None = None
    seconds_per_megapixel: float | None = None


@dataclass(frozen=True)
class Outcome:
    """All that came out of one case.

    Attributes:
        blur: Key of the blur.
        scores: One for each row.
        crops: Where the case is shown, 8-bit crops by name: “truth” and the rows.
    """

    blur: str
    scores: tuple[Score, ...]
    crops: dict[str, NDArray[np.uint8]] = field(default_factory=dict)


@dataclass(frozen=True)
class Cost:
    """The time and memory that a row takes for one blur.

    Attributes:
        row: Name of the row.
        blur: Key of the blur.
        seconds_per_megapixel: Time of one restoration with its setting known and its model loaded.
        peak_mb: Most memory of the process during the work, above what it had before the first.
    """

    row: str
    blur: str
    seconds_per_megapixel: float
    peak_mb: float


def score(recipe: Recipe, known: Mapping[str, Score], wanted: list[str] | None, unsharp: Setting) -> Outcome:
    """Make the case of `recipe` and let every row restore it.

    Args:
        recipe: The case.
        known: Scores by the name of the row that need not be measured again.
        wanted: Names of the rows, None for all.
        unsharp: The setting of the unsharp mask.
    """
    case = make(recipe)
    place = _busiest(case.truth)
    crops = {"truth": to_uint8(case.truth[place])}
    scores = []
    for row in rows(wanted):
        if row.name in known:
            scores.append(known[row.name])
            continue
        setting = unsharp if row.name == UNSHARP else best_setting(row, case)
        begin = time.perf_counter()
        pixels = row.restore(case, setting)
        seconds = (time.perf_counter() - begin) / (pixels.shape[0] * pixels.shape[1] / 1e6)
        crops[row.name] = to_uint8(pixels[place])
        figures = quality(case, pixels)
        ratio = _error_ratio(row, recipe, case)
        scores.append(
            Score(row.name, recipe.blur, recipe.strength, figures.psnr, figures.ssim, setting, ratio, seconds)
        )
    return Outcome(recipe.blur, tuple(scores), crops if recipe.is_shown else {})


def _error_ratio(row: Row, recipe: Recipe, case: Case) -> float | None:
    """Return the error ratio of the kernel that a row found for one of Levin's pairs; None where there is none."""
    if row.estimate_kernel is None or recipe.blur != LEVIN:
        return None
    return levin.error_ratio(levin.load(recipe.picture), row.estimate_kernel(case))


def cost(recipes: list[Recipe], name: str, settings: dict[str, Setting]) -> list[Cost]:
    """Measure the time and memory of one row, in a process of its own.

    Args:
        recipes: A case for each blur.
        name: The row.
        settings: Its setting for each blur.
    """
    (row,) = (row for row in rows([name]) if row.name == name)
    cases = {recipe.blur: make(recipe) for recipe in recipes}
    before = psutil.Process().memory_info().rss
    costs = []
    for blur, case in cases.items():
        with _peak_memory() as peak:
            row.restore(case, settings[blur])  # loads libraries and models
            begin = time.perf_counter()
            row.restore(case, settings[blur])
            seconds = time.perf_counter() - begin
        megapixels = case.truth.shape[0] * case.truth.shape[1] / 1e6
        costs.append(Cost(name, blur, seconds / megapixels, max(peak[0] - before, 0) / 2**20))
    return costs


@contextmanager
def _peak_memory() -> Iterator[list[int]]:
    """Yield a list of one element, kept up to date: the most resident bytes of this process while the block runs."""
    process, end = psutil.Process(), threading.Event()
    peak = [process.memory_info().rss]

    def watch() -> None:
        while not end.wait(_SAMPLING):
            peak[0] = max(peak[0], process.memory_info().rss)

    thread = threading.Thread(target=watch)
    thread.start()
    try:
        yield peak
    finally:
        end.set()
        thread.join()


def _busiest(truth: Pixels) -> tuple[slice, slice]:
    """Return the crop for the contact sheet: the square with the most contrast."""
    grey = cv2.cvtColor(truth, cv2.COLOR_RGB2GRAY)
    side = min(SHOWN, *grey.shape)
    edges = np.hypot(cv2.Sobel(grey, cv2.CV_32F, 1, 0), cv2.Sobel(grey, cv2.CV_32F, 0, 1))
    sums = cv2.boxFilter(np.minimum(edges, 1.0), -1, (side, side), anchor=(0, 0), borderType=cv2.BORDER_CONSTANT)
    valid = sums[: grey.shape[0] - side + 1, : grey.shape[1] - side + 1]
    top, left = np.unravel_index(int(np.argmax(valid)), valid.shape)
    return slice(int(top), int(top) + side), slice(int(left), int(left) + side)
