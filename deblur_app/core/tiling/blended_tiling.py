"""Tiling of a whole photograph for a function that only takes small squares: the results are blended."""

from __future__ import annotations

from itertools import batched, product
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_LEAST_WEIGHT = 1e-6
"""Weight before normalising, above 0, of pixels that only one tile has although it is not trusted there."""


def tile_origins(length: int, tile: int, overlap: int) -> list[int]:
    """Return where tiles begin on an axis: evenly spread over [0, length), neighbours sharing ≥ `overlap` pixels.

    Args:
        length: Pixels along the axis, at least `tile`.
        tile: Side of a tile in pixels.
        overlap: Fewest pixels that two neighbours share, in [0, tile).
    """
    if not 0 <= overlap < tile <= length:
        raise ValueError(f"needs 0 <= overlap < tile <= length, received {overlap=}, {tile=}, {length=}")
    count = 1 + -(-(length - tile) // (tile - overlap))
    return [round(index * (length - tile) / max(count - 1, 1)) for index in range(count)]


def map_tiles(
    pixels: Pixels, function: Callable[[Pixels], Pixels], *, tile: int, overlap: int, batch: int
) -> Task[Pixels]:
    """Run `function` over overlapping square tiles and blend the results without seams.

    Every call gets the same shape, so that a compiled function is compiled once: the last batch is filled up with
    zeros. Pictures smaller than a tile are mirrored up to its size and cut back.

    Args:
        pixels: Float32 array of shape (height, width, 3).
        function: Takes and returns float32 arrays of shape (batch, tile, tile, 3).
        tile: Side of a tile in pixels.
        overlap: Fewest pixels that neighbouring tiles share, in [0, tile).
        batch: Tiles in one call.

    Returns:
        An array of the shape of `pixels`; each pixel is the mean of the tiles that saw it, weighted by how far
        from their edges it lies.
    """
    height, width = pixels.shape[:2]
    fill = (max(tile - height, 0), max(tile - width, 0))
    source = np.pad(pixels, ((0, fill[0]), (0, fill[1]), (0, 0)), mode="symmetric") if any(fill) else pixels
    rows, row_weights = axis_weights(source.shape[0], tile, overlap)
    columns, column_weights = axis_weights(source.shape[1], tile, overlap)
    blended = np.zeros_like(source)
    places = list(product(range(len(rows)), range(len(columns))))
    squares = np.zeros((batch, tile, tile, 3), np.float32)
    done = 0
    for group in batched(places, batch):
        yield Progress(done / len(places), tr("Deblurring"))
        for square, (i, j) in zip(squares, group, strict=False):
            square[:] = source[rows[i] : rows[i] + tile, columns[j] : columns[j] + tile]
        results = function(squares)
        for result, (i, j) in zip(results, group, strict=False):
            weight = row_weights[i][:, None, None] * column_weights[j][None, :, None]
            blended[rows[i] : rows[i] + tile, columns[j] : columns[j] + tile] += result * weight
        done += len(group)
    return blended[:height, :width]


def axis_weights(
    length: int, tile: int, overlap: int, *, distrusted: float = 0.0
) -> tuple[list[int], list[NDArray[np.float32]]]:
    """Return origins along an axis and the weights of each tile's pixels; at every position these sum to 1.

    The blending weights of the plane are products of those of its two axes, so no weight map is ever held.

    Args:
        length: Pixels along the axis, at least `tile`.
        tile: Side of a tile in pixels.
        overlap: Fewest pixels that two neighbours share, in [0, tile).
        distrusted: Pixels at the edge of a tile that count nothing where another tile knows better, below half of
            `overlap`.
    """
    origins = tile_origins(length, tile, overlap)
    ramp = np.minimum(np.arange(tile) + 0.5, tile - 0.5 - np.arange(tile))
    window = np.clip((ramp - distrusted) / max(overlap - 2.0 * distrusted, 1), _LEAST_WEIGHT, 1.0)
    total = np.zeros(length)
    for origin in origins:
        total[origin : origin + tile] += window
    return origins, [(window / total[origin : origin + tile]).astype(np.float32) for origin in origins]
