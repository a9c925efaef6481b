"""Tiling of pictures of any size for a function whose every pixel depends on a neighbourhood only.

What lies further than a margin from the edge of a tile comes out of it as out of the whole picture, so tiles are cut
in the middle of their overlap and put side by side: nothing is blended, and nothing is held but the result.
"""

from __future__ import annotations

import math
import statistics
import time
from collections.abc import Callable, Generator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from itertools import pairwise, product
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

type Function = Callable[[Pixels], Pixels]
"""A function that is run over tiles: float32 (height, width, channels) → (height, width, 3)."""

type Shares = tuple[float, float, float, float]
"""A part of a picture: left, top, right, bottom as shares of its width and height, in [0, 1]."""

type Region = Shares | Callable[[], Shares | None]
"""The part that the user looks at, or a function that returns it; called in the thread that does the work."""

_MOST_PIECES = 256
"""Tiles along one axis at most."""
_SECONDS_BETWEEN_YIELDS = 0.25
"""Seconds between two progress reports while a tile is computed."""
_ROUNDING = 1e-6
"""Pixels by which shares of whole pixels may miss them."""
_FIRST_GUESS = 0.9
"""Share of a tile that is shown as done at most while it is computed."""


@dataclass(frozen=True)
class Span:
    """The place of a tile along one axis, in pixels of the picture.

    Attributes:
        start: First pixel that the function is given, a multiple of the granularity.
        inner_start: First pixel of its result that is kept.
        end: The one after the last that is kept.
    """

    start: int
    inner_start: int
    end: int


@dataclass(frozen=True)
class Plan:
    """The division of a picture into equal tiles, so that a function sees one shape.

    Attributes:
        height: Of each tile in pixels.
        width: Of each tile.
        rows: The tiles along the height.
        columns: The tiles along the width.
    """

    height: int
    width: int
    rows: tuple[Span, ...]
    columns: tuple[Span, ...]

    @property
    def computed_pixels(self) -> int:
        """Pixels that are computed in all, those that are thrown away included."""
        return len(self.rows) * len(self.columns) * self.height * self.width


@dataclass(frozen=True)
class PartDone(Progress):
    """Progress that brings a part of the result before the whole is there.

    Attributes:
        pixels: The part, shape (height, width, 3).
        region: Where it lies.
    """

    pixels: Pixels | None = None
    region: Shares = (0.0, 0.0, 1.0, 1.0)


def plan(height: int, width: int, *, most: int, margin: int, granularity: int) -> Plan:
    """Return the plan that computes the fewest pixels with tiles of at most `most` pixels.

    A picture that fits is one tile; its sides are only rounded up to the granularity.

    Args:
        height: Of the picture in pixels.
        width: Of the picture in pixels.
        most: Pixels of a tile at most; at least four margins and one step of the granularity squared.
        margin: Pixels from the edge of a tile that are not to be trusted, unless the picture ends there.
        granularity: What sides of tiles, and the places where they begin, must be multiples of.
    """
    margin = -(-margin // granularity) * granularity
    if most < (4 * margin + granularity) ** 2:
        raise ValueError(f"needs most >= (4 * margin + granularity)**2, received {most=}, {margin=}, {granularity=}")
    sides = [(_side(height, n, margin, granularity), n) for n in _counts(height, margin)]
    others = [(_side(width, n, margin, granularity), n) for n in _counts(width, margin)]
    fitting = [(a * n * b * m, n * m, n, m) for (a, n), (b, m) in product(sides, others) if a * b <= most]
    _, _, rows, columns = min(fitting)
    return Plan(
        _side(height, rows, margin, granularity),
        _side(width, columns, margin, granularity),
        _spans(height, rows, margin, granularity),
        _spans(width, columns, margin, granularity),
    )


def map_local(
    pictures: Sequence[Pixels],
    function: Function,
    cut: Plan,
    *,
    region: Region | None = None,
    pace: float = 0.0,
    stopped: Event | None = None,
) -> Task[Pixels]:
    """Run `function` over the tiles of `cut`, those that show `region` first, and then those nearest to it.

    Beyond the right and the lower edge of the picture a tile is filled up with its mirror image. The function runs in
    a thread of its own, so that progress is told while it works; a cancel waits for the tile that is being computed,
    unless the function looks at `stopped`.

    Args:
        pictures: Arrays of shape (height, width, channels) with equal height and width; the function is given them
            one behind the other in the channels.
        function: See `Function`.
        cut: From `plan`, for their size.
        region: What the user looks at; a `PartDone` shows it as soon as it is there, and from then on each tile.
        pace: Seconds that a tile is believed to take; 0 where nothing is known. Tiles that are done count more.
        stopped: Set when the work is cancelled.

    Returns:
        An array of shape (height, width, 3).
    """
    stopped = stopped or Event()
    height, width = pictures[0].shape[:2]
    result = np.empty((height, width, 3), np.float32)
    waiting = list(product(cut.rows, cut.columns))
    count, has_shown = len(waiting), False
    seconds: list[float] = []

    def compute(tile: Pixels) -> Pixels:
        begin = time.perf_counter()
        restored = function(tile)
        seconds.append(time.perf_counter() - begin)
        return restored

    with ThreadPoolExecutor(1, "tile") as thread:
        for done in range(count):
            row, column = _take_nearest(waiting, current_region(region), height, width)
            tile_input = _read_tile(pictures, row.start, column.start, cut)
            future = thread.submit(compute, tile_input)
            pace = statistics.median(seconds[1:] or seconds) if done else pace  # the first one also sets things up
            try:
                yield from _wait_for_tile(future, done, count, pace)
            except GeneratorExit:
                stopped.set()
                raise
            inner = (
                slice(row.inner_start - row.start, row.end - row.start),
                slice(column.inner_start - column.start, column.end - column.start),
            )
            result[row.inner_start : row.end, column.inner_start : column.end] = future.result()[inner]
            seen = current_region(region) if waiting else None
            if has_shown and seen:
                yield _part(result, _place_of_tile(row, column, height, width), (done + 1) / count)
            elif seen and not any(_is_visible(tile, seen, height, width) for tile in waiting):
                has_shown = True
                yield _part(result, seen, (done + 1) / count)
    return result


def current_region(region: Region | None) -> Shares | None:
    """Return what the user looks at now."""
    return region() if callable(region) else region


def _take_nearest(
    waiting: list[tuple[Span, Span]], region: Shares | None, height: int, width: int
) -> tuple[Span, Span]:
    """Take out the waiting tile that is nearest to what the user looks at; of equally near ones the first."""
    tile = min(waiting, key=lambda tile: _distance(tile, region, height, width))
    waiting.remove(tile)
    return tile


def _counts(length: int, margin: int) -> range:
    """Return the possible numbers of tiles along one axis, few enough that tiles are more than margins."""
    return range(1, max(min(_MOST_PIECES, length // max(2 * margin, 1)), 1) + 1)


def _side(length: int, count: int, margin: int, granularity: int) -> int:
    return math.ceil((length + (count - 1) * 2 * margin) / count / granularity) * granularity


def _spans(length: int, count: int, margin: int, granularity: int) -> tuple[Span, ...]:
    side = _side(length, count, margin, granularity)
    last = max(-(-(length - side) // granularity) * granularity, 0)
    starts = [min(number * (side - 2 * margin), last) for number in range(count)]
    cuts = [(before + side + after) // 2 for before, after in pairwise(starts)]
    return tuple(Span(*span) for span in zip(starts, [0, *cuts], [*cuts, length], strict=True))


def _read_tile(pictures: Sequence[Pixels], top: int, left: int, cut: Plan) -> Pixels:
    """Return the input of a tile: float32, shape (height, width, channels of all pictures)."""
    height, width = pictures[0].shape[:2]
    parts = [picture[top : top + cut.height, left : left + cut.width] for picture in pictures]
    stack = parts[0] if len(parts) == 1 else np.concatenate(parts, axis=2)
    below, beside = max(top + cut.height - height, 0), max(left + cut.width - width, 0)
    if below or beside:
        stack = np.pad(stack, ((0, below), (0, beside), (0, 0)), mode="symmetric")
    return np.ascontiguousarray(stack, np.float32)


def _wait_for_tile(future: Future[Pixels], done: int, count: int, pace: float) -> Generator[Progress]:
    """Yield progress until a tile is there."""
    share = 0.0
    while True:
        seconds_left = pace * (count - done - share) if pace else None
        yield Progress((done + share) / count, tr("Deblurring"), seconds_left)
        if wait([future], _SECONDS_BETWEEN_YIELDS).done:
            return
        share = min(share + _SECONDS_BETWEEN_YIELDS / pace, _FIRST_GUESS) if pace else 0.0


def _part(result: Pixels, region: Shares, fraction: float) -> PartDone:
    height, width = result.shape[:2]
    left, right = math.floor(region[0] * width + _ROUNDING), math.ceil(region[2] * width - _ROUNDING)
    top, bottom = math.floor(region[1] * height + _ROUNDING), math.ceil(region[3] * height - _ROUNDING)
    place = (left / width, top / height, right / width, bottom / height)
    return PartDone(fraction, "Deblurring", None, result[top:bottom, left:right].copy(), place)


def _place_of_tile(row: Span, column: Span, height: int, width: int) -> Shares:
    return column.inner_start / width, row.inner_start / height, column.end / width, row.end / height


def _distance(tile: tuple[Span, Span], region: Shares | None, height: int, width: int) -> float:
    """Return how far a tile is from what the user looks at, in pixels and 1 more; 0 where it shows some of it."""
    if region is None or _is_visible(tile, region, height, width):
        return 0.0
    left, top, right, bottom = _place_of_tile(*tile, height, width)
    across = max(region[0] - right, left - region[2], 0.0)
    down = max(region[1] - bottom, top - region[3], 0.0)
    return math.hypot(across * width, down * height) + 1.0


def _is_visible(tile: tuple[Span, Span], region: Shares | None, height: int, width: int) -> bool:
    if region is None:
        return True
    left, top, right, bottom = region
    row, column = tile
    is_in_rows = row.end > top * height and row.inner_start < bottom * height
    return is_in_rows and column.end > left * width and column.inner_start < right * width
