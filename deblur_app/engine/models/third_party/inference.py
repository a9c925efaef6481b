"""A photo of any size through a network that was added: in a process of its own, square by square, blended."""

from __future__ import annotations

import logging
import math
import time
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.amounts import describe_bytes
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.core.tiling.blended_tiling import axis_weights
from deblur_app.core.tiling.local_tiling import PartDone, current_region
from deblur_app.engine.method import MethodResult
from deblur_app.engine.models.third_party import serving, store
from deblur_app.engine.models.third_party.isolated import EndedError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from deblur_app.core.tiling.local_tiling import Region
    from deblur_app.engine.devices import Device
    from deblur_app.engine.models.third_party.isolated import Isolated
    from deblur_app.engine.models.third_party.known import PackagedNetwork

log = logging.getLogger(__name__)

SMALLEST = 128
"""Side in pixels of the smallest tiles: below, the network sees too little of a scene."""

_OVERLAP = 64
"""Pixels that neighbouring tiles share."""
_MOST_SHOWN = 0.95
"""Share of a tile that is shown as done at most while it is computed."""


type _Place = tuple[slice, slice]
"""Rows and columns."""


class _NoMemoryError(Exception):
    """A tile of this size does not fit."""


@dataclass(frozen=True)
class _Tile:
    """A rectangle of the framed photo, in pixels, with the numbers of its place along both axes."""

    top: int
    left: int
    row: int
    column: int


@dataclass(frozen=True, eq=False)
class _Cut:
    """The division of a framed photo into tiles.

    Attributes:
        height: Of a tile.
        width: Of a tile.
        tiles: In the order in which they are computed.
        rows: For each row of tiles, the weights of its pixels from top to bottom.
        columns: The same from left to right.
    """

    height: int
    width: int
    tiles: list[_Tile]
    rows: list[NDArray[np.float32]]
    columns: list[NDArray[np.float32]]


def restore(
    pixels: Pixels, device: Device, *, packaged: PackagedNetwork, tile: int, region: Region | None = None
) -> Task[Pixels | MethodResult]:
    """Restore a photo; where its memory does not suffice for the tiles that were asked for, with smaller ones.

    A photo that fits into one tile is restored as a whole, framed as its authors do: mirrored, in the middle, up to
    multiples of the network's step. Of a larger one the tile in the middle of `region` comes first.

    Args:
        pixels: Float32 array of shape (height, width, 3).
        device: Where to compute.
        packaged: The network.
        tile: Longest side of a tile in pixels; rounded down to the network's step.
        region: What the user looks at; None for no matter where.

    Raises:
        DeblurError: The network was not added, is broken, or not even the smallest tile fits.
    """
    store.card(packaged.name)  # whether it was added, before anything else
    largest_side = max(tile // packaged.step * packaged.step, SMALLEST)
    side = _affordable(largest_side, packaged)
    framed, (top, left) = frame(pixels, packaged.step)
    place = slice(top, top + pixels.shape[0]), slice(left, left + pixels.shape[1])
    while True:
        try:
            restored = yield from _restore_tile(framed, place, device, packaged, _plan_tiles(framed, side, region))
            break
        except _NoMemoryError:
            log.warning("%s has too little memory for tiles of %d pixels", packaged.name, side)
        side = max(side // 2 // packaged.step * packaged.step, SMALLEST) if side > SMALLEST else 0
        if not side:
            raise DeblurError(
                tr(
                    "{label} needs about {bytes} of free memory. Close other programs, or choose another method.",
                    label=packaged.label,
                    bytes=describe_bytes(packaged.base_bytes),
                )
            )
    result = restored[place]
    if side < min(largest_side, max(framed.shape[:2])):
        return MethodResult(
            result,
            tr("There was only enough memory for tiles of {side} pixels; larger ones give better results.", side=side),
        )
    return result


def frame(pixels: Pixels, step: int) -> tuple[Pixels, tuple[int, int]]:
    """Return the photo, mirrored up to multiples of `step`, and its place in that: top and left.

    As MAXIM's own evaluation does: by one pixel to even sides, then by equal amounts on both sides.
    """
    even = [(0, side % 2) for side in pixels.shape[:2]]
    halves = [-(side + side % 2) % step // 2 for side in pixels.shape[:2]]
    framed = np.pad(pixels, (*even, (0, 0)), mode="reflect") if any(any(pair) for pair in even) else pixels
    if any(halves):
        framed = np.pad(framed, (*((half, half) for half in halves), (0, 0)), mode="reflect")
    return framed, (halves[0], halves[1])


def _affordable(side: int, packaged: PackagedNetwork) -> int:
    """Return the longest side up to `side` whose memory is free now."""
    import psutil

    free = psutil.virtual_memory().available - packaged.base_bytes
    most = math.isqrt(max(int(free * 0.8), 0) // packaged.pixel_bytes) // packaged.step * packaged.step
    return max(min(side, most), SMALLEST)


def _plan_tiles(framed: Pixels, side: int, region: Region | None) -> _Cut:
    """Return equal tiles over a framed photo, the one nearest to the middle of `region` first."""
    height, width = framed.shape[:2]
    tall, wide = min(side, height), min(side, width)
    tops, rows = axis_weights(height, tall, min(_OVERLAP, tall // 4))
    lefts, columns = axis_weights(width, wide, min(_OVERLAP, wide // 4))
    left, top, right, bottom = current_region(region) or (0.0, 0.0, 1.0, 1.0)
    middle = ((top + bottom) / 2 * height - tall / 2, (left + right) / 2 * width - wide / 2)
    tiles = [_Tile(tops[i], lefts[j], i, j) for i, j in product(range(len(tops)), range(len(lefts)))]
    tiles.sort(key=lambda tile: math.hypot(tile.top - middle[0], tile.left - middle[1]))
    return _Cut(tall, wide, tiles, rows, columns)


@dataclass
class _Forecast:
    """The progress of the work and the time it will still take.

    Attributes:
        label: What people call the network.
        count: Tiles in all.
        pace: Seconds for a tile, as measured last; None where none was yet.
        done: Tiles that are there.
    """

    label: str
    count: int
    pace: float | None
    done: int = 0

    def progress(self, seconds: float | None) -> Progress:
        """Return the progress when the network has worked at a tile for `seconds`; None while it loads."""
        share = min((seconds or 0.0) / self.pace, _MOST_SHOWN) if self.pace else 0.0
        stage = (
            tr("Loading {label}", label=self.label)
            if seconds is None
            else tr("{label}: tile {done} of {count}", label=self.label, done=self.done + 1, count=self.count)
        )
        seconds_left = None if self.pace is None else (self.count - self.done - share) * self.pace
        return Progress((self.done + share) / self.count, stage, seconds_left)


def _restore_tile(framed: Pixels, photo: _Place, device: Device, packaged: PackagedNetwork, cut: _Cut) -> Task[Pixels]:
    area = cut.height * cut.width
    known_pace = store.pace(packaged.name, device.name)
    forecast = _Forecast(packaged.label, len(cut.tiles), known_pace * area if known_pace else None)
    result = np.zeros_like(framed)
    key = (packaged.name, store.card(packaged.name).sha256, device.tf_name)
    network = serving.take(key)
    try:
        for tile in cut.tiles:
            place = slice(tile.top, tile.top + cut.height), slice(tile.left, tile.left + cut.width)
            restored = yield from _tile(network, framed[place], forecast)
            result[place] += restored * cut.rows[tile.row][:, None, None] * cut.columns[tile.column][None, :, None]
            if forecast.done == 1 < forecast.count:
                yield _first(restored, tile, photo, forecast)
    except EndedError as error:
        network.close()
        raise _NoMemoryError from error
    except BaseException:  # a cancel too: the process would go on computing
        network.close()
        raise
    serving.keep(network, key)
    if forecast.pace:
        store.remember_pace(packaged.name, device.name, forecast.pace / area)
    return result


def _tile(network: Isolated, pixels: Pixels, forecast: _Forecast) -> Task[Pixels]:
    """Return one tile, restored; measure the pace."""
    network.send(np.ascontiguousarray(pixels))
    begin: float | None = None
    while True:
        yield forecast.progress(None if begin is None else time.perf_counter() - begin)
        message = network.receive()
        if message is None:
            continue
        if message[0] == serving.READY:
            begin = time.perf_counter()
        elif message[0] == serving.NO_MEMORY:
            raise _NoMemoryError
        else:
            forecast.pace = time.perf_counter() - (begin or 0.0)
            forecast.done += 1
            restored: Pixels = message[1]
            return restored


def _first(restored: Pixels, tile: _Tile, photo: _Place, forecast: _Forecast) -> PartDone:
    """Return the part of the photo that the first tile shows, to be looked at while the others are computed."""
    spans = []
    for start, length, side in zip((tile.top, tile.left), restored.shape[:2], photo, strict=True):
        first, last = max(start, side.start), min(start + length, side.stop)
        whole = side.stop - side.start
        spans.append((slice(first - start, last - start), (first - side.start) / whole, (last - side.start) / whole))
    (rows, top, bottom), (columns, left, right) = spans
    progress = forecast.progress(0.0)
    pixels = np.clip(restored[rows, columns], 0.0, 1.0)
    return PartDone(progress.fraction, progress.stage, progress.seconds_left, pixels, (left, top, right, bottom))
