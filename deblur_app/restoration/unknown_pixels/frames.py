"""Frames that were put around a photo after it was taken: letterboxes, print borders, slide mounts, scanner beds.

A frame is a band of one colour along a side of the picture that ends in a straight line. No blurred scene ends so: its
edges are as soft as its blur, so the step at the end of a frame must be complete within two pixels. What lies between a
side and the innermost such line is frame, whatever is written on it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.restoration.numerics.borders import bounding_box
from deblur_app.restoration.unknown_pixels.frame_lines import MOST_TOLERANCE, Line, find_line

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

type Mask = NDArray[np.bool_]
"""Truth values, shape (height, width)."""

_CORNER = 3
"""Side in pixels of the corners whose colour may be that of a frame."""

_EDGE, _HIDDEN_EDGE, _WELL_SEEN = 0.3, 0.08, 0.7
"""Share of a line's length where the frame ends there, at least; where other sides have a frame already; and where this
line alone must tell of a frame. Elsewhere the scene has the colour of the frame."""

_LEAST_ALONE = 8
"""Depth in pixels of a band that is the only one."""

_MOST_FRAMES = 3
"""Frames within each other: a mat with a dark line around the photo is two."""

_LEAST_INSIDE = 0.1
"""Share of the picture that is inside a frame at least."""


def find_frame(pixels: Pixels) -> Mask | None:
    """Return where a picture is a frame and not a photo; None where it has no frame.

    Args:
        pixels: Float32 array of shape (height, width, 3), sRGB-encoded, in [0, 1].
    """
    height, width = pixels.shape[:2]
    top = left = 0
    frame: Mask | None = None
    for _ in range(_MOST_FRAMES):
        part = _frame_of_one_colour(pixels[top : top + height, left : left + width])
        if part is None or (~part).sum() < _LEAST_INSIDE * pixels.shape[0] * pixels.shape[1]:
            break
        if frame is None:
            frame = part
        else:
            frame[top : top + height, left : left + width] |= part
        rows, columns = bounding_box(~part)
        top, left = top + rows.start, left + columns.start
        height, width = rows.stop - rows.start, columns.stop - columns.start
    return frame


def _frame_of_one_colour(pixels: Pixels) -> Mask | None:
    if min(pixels.shape[:2]) < 4 * _CORNER:
        return None
    for colour, corners in _corner_colours(pixels):
        sides = [side for side in range(4) if {side, (side + 1) % 4} & corners]
        lines = _lines(pixels, colour, sides, _EDGE)
        if not _is_frame(lines):
            continue
        if len(lines) > 1:  # what is surely framed may be so at a side where the scene has the frame's colour
            lines = _lines(pixels, colour, [side for side in sides if side not in lines], _HIDDEN_EDGE) | lines
        mask = _outside(lines, (pixels.shape[0], pixels.shape[1]))
        return _with_round_corners(pixels, mask, colour)
    return None


def _lines(pixels: Pixels, colour: NDArray[np.float32], sides: list[int], least: float) -> dict[int, Line]:
    """Return the ends of the bands of a colour at some sides; counter-clockwise turns bring each to the top."""
    lines = {}
    for side in sides:
        line = find_line(np.rot90(pixels, side), colour, least)
        if line:
            lines[side] = line
    return lines


def _corner_colours(pixels: Pixels) -> Iterator[tuple[NDArray[np.float32], set[int]]]:
    """Yield the colours of the corners, the most frequent first, each with the corners that have it.

    Corner n is the top left one after n counter-clockwise turns: top left, top right, bottom right, bottom left.
    """
    colours: list[tuple[NDArray[np.float32], set[int]]] = []
    for corner in range(4):
        patch = np.rot90(pixels, corner)[:_CORNER, :_CORNER].reshape(-1, 3)
        colour = np.median(patch, axis=0)
        same = next((corners for other, corners in colours if np.abs(other - colour).max() < MOST_TOLERANCE), None)
        if same is None:
            colours.append((colour, {corner}))
        else:
            same.add(corner)
    yield from sorted(colours, key=lambda entry: -len(entry[1]))


def _is_frame(lines: dict[int, Line]) -> bool:
    """Return whether bands at these sides are a frame: two of them, or a deep one that is well seen."""
    if len(lines) >= 2:
        deepest = max(line.deepest for line in lines.values())
        return deepest >= 2.0 and max(line.share for line in lines.values()) >= _WELL_SEEN
    return any(
        line.share >= _WELL_SEEN and line.slope == 0.0 and line.offset >= _LEAST_ALONE for line in lines.values()
    )


def _outside(lines: dict[int, Line], shape: tuple[int, int]) -> Mask:
    """Return a mask of the pixels between each side and its line."""
    mask = np.zeros(shape, np.bool_)
    for side, line in lines.items():
        rotated = np.rot90(mask, side)
        depths = line.depths
        deepest = min(max(int(np.ceil(depths.max())), 0), len(rotated))
        rotated[:deepest] |= np.arange(deepest)[:, None] < depths
    return mask


def _with_round_corners(pixels: Pixels, mask: Mask, colour: NDArray[np.float32]) -> Mask:
    """Return a frame with what has its colour in the corners of the photo."""
    rows, columns = bounding_box(~mask)
    side = int(0.15 * min(rows.stop - rows.start, columns.stop - columns.start))
    for down in (slice(rows.start, rows.start + side), slice(rows.stop - side, rows.stop)):
        for across in (slice(columns.start, columns.start + side), slice(columns.stop - side, columns.stop)):
            same = (np.abs(pixels[down, across] - colour).max(axis=2) < MOST_TOLERANCE) | mask[down, across]
            _, labels = cv2.connectedComponents(same.astype(np.uint8), connectivity=4)
            corner = labels[
                0 if down.start == rows.start else -1,
                0 if across.start == columns.start else -1,
            ]
            if corner:
                mask[down, across] |= labels == corner
    return mask
