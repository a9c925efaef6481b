"""Drawing of masks: a grid of weights for a whole photo, of which shapes change their own rectangle only."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.engine.masks.mask import Gradient, Stroke, decode_image
from deblur_app.engine.masks.subject import find_subject

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels
    from deblur_app.engine.masks.mask import Mask, Shape, Subject

    type Grid = NDArray[np.uint8]
    """Weights of a photo or of a part of it: 255 where the restoration is taken, 0 where the photo stays."""

_LONGEST = 2048
"""Cells of a grid along the longer side of a photo: 3 pixels a cell at 24 megapixels, less than a feather."""

_SHIFT = 4
"""Bits of a fraction of a cell in which points of strokes are given to OpenCV."""


@dataclass(frozen=True)
class Box:
    """A rectangle of a grid, in cells.

    Attributes:
        left: Its first column.
        top: Its first row.
        right: The column behind its last.
        bottom: The row behind its last.
    """

    left: int
    top: int
    right: int
    bottom: int

    @property
    def is_empty(self) -> bool:
        """True if there is no cell in it."""
        return self.right <= self.left or self.bottom <= self.top

    @property
    def slices(self) -> tuple[slice, slice]:
        """Its rows and columns."""
        return slice(self.top, self.bottom), slice(self.left, self.right)


def grid_size(width: int, height: int) -> tuple[int, int]:
    """Return columns and rows of the grid of a photo of this size; small photos have a cell for each pixel."""
    factor = min(_LONGEST / max(width, height), 1.0)
    return max(round(width * factor), 1), max(round(height * factor), 1)


def draw_mask(mask: Mask, pixels: Pixels, subjects: Mapping[Subject, Grid] | None = None) -> Grid:
    """Return the grid of a mask on a photo; that of a mask that is a picture has the size of the photo.

    Args:
        mask: The mask.
        pixels: The photo, float32 (height, width, 3).
        subjects: The grids of subjects that have been found already.

    Raises:
        DeblurError: The mask is a picture of another size than the photo.
    """
    height, width = pixels.shape[:2]
    if mask.image:
        grid = decode_image(mask, width, height)
    else:
        grid = begin_grid(mask.shapes[0] if mask.shapes else None, grid_size(width, height))
        for shape in mask.shapes:
            draw_shape(grid, shape, pixels, subjects)
    return np.subtract(255, grid, dtype=np.uint8) if mask.is_inverted else grid


def begin_grid(first: Shape | None, size: tuple[int, int]) -> Grid:
    """Return the grid before its first shape: empty, or full where the first one takes away.

    Args:
        first: The first shape; None for none.
        size: Columns and rows.
    """
    return np.full(size[::-1], 255 if first is not None and first.is_erasing else 0, np.uint8)


def draw_shape(grid: Grid, shape: Shape, pixels: Pixels, subjects: Mapping[Subject, Grid] | None = None) -> Box:
    """Draw one more shape into a grid, in place, and return the rectangle that it may have changed.

    Args:
        grid: The grid, not inverted.
        shape: The shape.
        pixels: The photo, in which subjects are looked for.
        subjects: The grids of subjects that have been found already.
    """
    if isinstance(shape, Stroke):
        return draw_stroke(grid, shape)
    box = Box(0, 0, grid.shape[1], grid.shape[0])
    if isinstance(shape, Gradient):
        cover = _cover_of_gradient(shape, box)
    else:
        known = (subjects or {}).get(shape)
        cover = find_subject(pixels, shape, (box.right, box.bottom)) if known is None else known
    _apply(grid, box, cover, is_erasing=shape.is_erasing)
    return box


def draw_stroke(grid: Grid, stroke: Stroke) -> Box:
    """Draw a stroke, or the last part of one that goes on; see `draw_shape`."""
    rows, columns = grid.shape
    radius = stroke.radius * max(rows, columns)
    reach = int(np.ceil(radius)) + 1
    places = stroke.points if len(stroke.points) > 1 else stroke.points * 2  # OpenCV draws no line of one point
    points = np.array(places, np.float64) * (columns, rows) - 0.5
    first = np.floor(points.min(axis=0)).astype(int) - reach
    last = np.ceil(points.max(axis=0)).astype(int) + reach + 1
    around = (max(first[0], -reach), max(first[1], -reach), min(last[0], columns + reach), min(last[1], rows + reach))
    if around[0] >= around[2] or around[1] >= around[3]:
        return Box(0, 0, 0, 0)
    inked = np.full((around[3] - around[1], around[2] - around[0]), 255, np.uint8)
    path = np.round((points - around[:2]) * (1 << _SHIFT)).astype(np.int32)
    cv2.polylines(inked, [path.reshape(-1, 1, 2)], isClosed=False, color=(0,), thickness=1, shift=_SHIFT)
    box = Box(max(around[0], 0), max(around[1], 0), min(around[2], columns), min(around[3], rows))
    if box.is_empty or inked.all():
        return Box(0, 0, 0, 0)
    distances = cv2.distanceTransform(inked, cv2.DIST_L2, cv2.DIST_MASK_PRECISE)
    inside = distances[box.top - around[1] : box.bottom - around[1], box.left - around[0] : box.right - around[0]]
    fade = max(radius * (1 - stroke.hardness), 1.0)
    _apply(grid, box, _fade((radius - inside) / fade), is_erasing=stroke.is_erasing)
    return box


def find_change(before: Mask | None, after: Mask | None, width: int, height: int) -> Box | None:
    """Return the pixels of a photo outside of which two masks are the same; None where they may differ anywhere.

    Masks that differ by the last strokes of one of them differ in what these cover.

    Args:
        before: A mask; None for the whole photo.
        after: Another.
        width: Of the photo.
        height: Of the photo.
    """
    if not (before and after) or before.image or after.image or before.is_inverted != after.is_inverted:
        return None
    count = min(len(before.shapes), len(after.shapes))
    strokes = [*before.shapes[count:], *after.shapes[count:]]
    if before.shapes[:count] != after.shapes[:count] or not strokes:
        return None
    boxes = [_bound_stroke(each, width, height) for each in strokes if isinstance(each, Stroke)]
    if len(boxes) < len(strokes):
        return None
    box = Box(min(b.left for b in boxes), min(b.top for b in boxes), max(b.right for b in boxes),
              max(b.bottom for b in boxes))  # fmt: skip
    inside = Box(max(box.left, 0), max(box.top, 0), min(box.right, width), min(box.bottom, height))
    return Box(0, 0, 1, 1) if inside.is_empty else inside


def _bound_stroke(stroke: Stroke, width: int, height: int) -> Box:
    """Return the pixels that a stroke covers, with those that are interpolated with its cells."""
    points = np.array(stroke.points) * (width, height)
    reach = stroke.radius * max(width, height) + 3 * max(width / grid_size(width, height)[0], 1)
    first, last = np.floor(points.min(axis=0) - reach), np.ceil(points.max(axis=0) + reach)
    return Box(int(first[0]), int(first[1]), int(last[0]), int(last[1]))


def _cover_of_gradient(gradient: Gradient, box: Box) -> Grid:
    size = np.array((box.right, box.bottom))
    start, end = (np.array(place) * size for place in (gradient.start, gradient.end))
    way = end - start
    length = max(float(way @ way), 1e-6)
    across = (np.arange(box.right, dtype=np.float32) + 0.5 - start[0]) * (way[0] / length)
    down = (np.arange(box.bottom, dtype=np.float32) + 0.5 - start[1]) * (way[1] / length)
    return _fade(1 - (down.astype(np.float32)[:, None] + across.astype(np.float32)))


def _fade(shares: NDArray[np.float32]) -> Grid:
    """Return weights for shares of 0 and less to 1 and more, without a visible edge where the fading begins."""
    clipped = np.clip(shares, 0, 1)
    return (255 * clipped * clipped * (3 - 2 * clipped) + 0.5).astype(np.uint8)


def _apply(grid: Grid, box: Box, cover: Grid, *, is_erasing: bool) -> None:
    part = grid[box.slices]
    if is_erasing:
        np.minimum(part, 255 - cover, out=part)
    else:
        np.maximum(part, cover, out=part)


def read_weights(grid: Grid, size: tuple[int, int], region: Box) -> NDArray[np.uint8]:
    """Return the weights of a part of a copy of the photo, interpolated where a cell is larger than a pixel.

    Args:
        grid: The grid of the mask.
        size: Width and height of the copy, in pixels.
        region: The part of the copy, in pixels.
    """
    rows, columns = grid.shape
    if size == (columns, rows):
        return grid[region.slices]
    across, down = columns / size[0], rows / size[1]
    places = np.array(
        [
            [across, 0, (region.left + 0.5) * across - 0.5],
            [0, down, (region.top + 0.5) * down - 0.5],
        ]
    )
    return np.asarray(
        cv2.warpAffine(
            grid,
            places,
            (region.right - region.left, region.bottom - region.top),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderMode=cv2.BORDER_REPLICATE,
        ),
        np.uint8,
    )
