"""Pictures too large to transform at once: deconvolved in overlapping tiles, blended without seams."""

from __future__ import annotations

import math
from concurrent.futures import Future, wait
from dataclasses import dataclass
from itertools import product
from threading import Event
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress, Task, run_unless, subtask
from deblur_app.core.tiling.blended_tiling import axis_weights
from deblur_app.restoration.numerics import fourier
from deblur_app.restoration.numerics.threads import THREADS

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.numerics.fourier import Inside, Shape

MOST_PIXELS = 1_250_000
"""Pixels that are worked on at once: what processors keep near by, which is faster than a larger area at once."""

_OVERLAP = 4
"""Overlap of tiles in sides of the kernel."""

_LEAST_SIDES = 12
"""Sides of the kernel that a tile has at least, so that most of it is no overlap."""

_SECONDS_BETWEEN_YIELDS = 0.1  # while a tile is waited for


def process_tiles(
    light: Pixels, side: int, restore: Callable[[Inside], Task[Pixels]], *, most_pixels: int = MOST_PIXELS
) -> Task[Pixels]:
    """Run a deconvolution on the whole picture, or where that is large, on tiles of it.

    Tiles share four times the side of the kernel. What a tile made up beyond its own edges reaches about one side
    into it: that part counts nothing where another tile knows better.

    Args:
        light: Float32 array of shape (height, width, channels).
        side: Side of the kernel in pixels.
        restore: Takes rows and columns; a task that returns the restored pixels of that part.
        most_pixels: Largest area in pixels that is worked on at once; it is raised for very large kernels.

    Returns:
        An array of the shape of `light`.
    """
    places = _places(light, side, most_pixels)
    if len(places) == 1:
        return (yield from restore(places[0].inside))
    blended = np.zeros_like(light)
    for number, place in enumerate(places):
        result = yield from subtask(restore(place.inside), number / len(places), (number + 1) / len(places))
        blended[place.inside] += place.apply_weights(result)
    return blended


def process_tiles_in_threads(
    light: Pixels, side: int, restore: Callable[[Inside], Task[Pixels]], *, most_pixels: int = MOST_PIXELS
) -> Task[Pixels]:
    """Process tiles as `process_tiles` does, several at the same time, each on a thread that transforms on one core.

    Args:
        light: Float32 array of shape (height, width, channels).
        side: Side of the kernel in pixels.
        restore: Takes rows and columns; a task that returns the restored pixels of that part in an array of their own.
        most_pixels: Largest area in pixels of a tile; it is raised for very large kernels.

    Returns:
        An array of the shape of `light`.
    """
    places = _places(light, side, most_pixels)
    if len(places) == 1:
        return (yield from restore(places[0].inside))
    blended = np.zeros(light.shape, light.dtype)  # unlike `zeros_like`, this writes nothing before the tiles begin
    shares = [Progress(0.0)] * len(places)
    stopped = Event()

    def work(number: int, place: _Place) -> Pixels:
        result = run_unless(stopped, restore(place.inside), lambda progress: shares.__setitem__(number, progress))
        return place.apply_weights(result, overwrite=True)

    with fourier.side_by_side(min(THREADS, len(places))) as pool:
        results = [pool.submit(work, number, place) for number, place in enumerate(places)]
        try:
            for number, place in enumerate(places):
                while not wait([results[number]], _SECONDS_BETWEEN_YIELDS).done:
                    done = sum(share.fraction for share in shares) / len(places)
                    yield Progress(done, shares[number].stage)
                blended[place.inside] += results[number].result()
                shares[number] = Progress(1.0)
                results[number] = Future()  # lets go of the pixels
        finally:
            stopped.set()
            for result in results:
                result.cancel()
    return blended


def is_one_tile(light: Pixels, side: int) -> bool:
    """Return whether a picture is worked on as a whole."""
    return len(_places(light, side, MOST_PIXELS)) == 1


@dataclass(frozen=True, eq=False)
class _Place:
    """A tile.

    Attributes:
        inside: Its rows and columns.
        rows: The weight of each row.
        columns: The weight of each column.
    """

    inside: Inside
    rows: NDArray[np.float32]
    columns: NDArray[np.float32]

    def apply_weights(self, result: Pixels, *, overwrite: bool = False) -> Pixels:
        """Return the restored pixels of the tile times their weights; in the same array if it may be overwritten."""
        result = np.multiply(result, self.rows[:, None, None], out=result if overwrite else None)
        # One weight for each number in a row: three times as fast as one for each pixel.
        result *= np.repeat(self.columns, result.shape[2]).reshape(1, -1, result.shape[2])
        return result


def _places(light: Pixels, side: int, most_pixels: int) -> list[_Place]:
    height, width = light.shape[:2]
    most_pixels = max(most_pixels, (_LEAST_SIDES * side) ** 2)
    overlap = _OVERLAP * side if height * width > most_pixels else 0
    tile_height, tile_width = _tile_shape(height, width, overlap, most_pixels)
    rows, columns = _parts(height, tile_height, overlap), _parts(width, tile_width, overlap)
    return [_Place((row[0], column[0]), row[1], column[1]) for row, column in product(rows, columns)]


def _tile_shape(height: int, width: int, overlap: int, most_pixels: int) -> Shape:
    """Return the height and width of tiles: as few as the bound allows, cut across the longer side."""
    down, across = 1, 1
    while True:
        tile = (_share(height, down, overlap), _share(width, across, overlap))
        if tile[0] * tile[1] <= most_pixels:
            return tile
        if tile[0] >= tile[1]:
            down += 1
        else:
            across += 1


def _share(length: int, count: int, overlap: int) -> int:
    """Return the length of `count` tiles that cover `length` with `overlap`."""
    return min(math.ceil((length + (count - 1) * overlap) / count), length)


def _parts(length: int, tile: int, overlap: int) -> list[tuple[slice, NDArray[np.float32]]]:
    """Return the slices along one axis and the weights of their pixels, which sum to 1 at every position."""
    # Nothing in the outer quarter of the overlap, all from the third quarter on.
    origins, weights = axis_weights(length, tile, min(overlap, tile - 1), distrusted=min(overlap, tile - 1) / 4)
    return [(slice(origin, origin + tile), weight) for origin, weight in zip(origins, weights, strict=True)]
