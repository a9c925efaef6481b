"""The straight lines in which the bands of a frame end."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_LEAST_TOLERANCE, MOST_TOLERANCE = 6 / 255, 20 / 255
"""Difference that the colour of a frame may have: JPEG moves it by up to 6 levels, paper of a scanned print by 20."""

_LEAST_SHARE = 0.25
"""Share of the outermost line of a side that has the colour of the frame: of a turned scan it is half of it."""

_DEEPEST = 0.45
"""Share of the picture's height or width up to which a band at one side reaches."""

_MOST_PLACES = 320
"""Places along a side that are looked at."""

_SLOPES = np.array([sign * step / 400 for step in range(1, 41) for sign in (1, -1)])
"""Slopes of the lines of a turned scan, up to 5.7°."""

_CANDIDATES = 4
"""Lines that are looked at."""

_ROWS, _SOME = 32, 0.15
"""Rows that are looked at at once, and the share of their pixels that have the colour of the frame where it goes on."""

_RINGING = 0.3
"""Share of the step at the end of a frame by which JPEG moves the colour of the frame just before it."""

_LEAST_STEP, _GREAT_STEP = 12 / 255, 60 / 255
"""Steps that are seen, and those that need not grow any more to be complete."""

_EVEN = 0.5
"""Share of a band that is within the tolerance of its colour; beside its end, JPEG moves more of it."""

_AHEAD = 6
"""Rows behind the end of a frame that are looked at."""

_PURE, _WRITTEN_ON = 0.97, 0.75
"""Share of a band that has its colour, at least, beside the line and in all, where there may be a caption."""

_COMPLETE = 0.8
"""Share of a step seen 5 pixels behind its begin is complete after 2; of an edge with a blur of σ = 1.5 px
it is 0.45."""


@dataclass(frozen=True)
class Line:
    """The inner end of a band along one side: depth = offset + slope · place along the side, in pixels."""

    offset: float
    slope: float
    share: float
    length: int

    @property
    def deepest(self) -> float:
        """Its depth at one of the corners of the side, at most."""
        return max(self.offset, self.offset + self.slope * (self.length - 1))

    @property
    def depths(self) -> NDArray[np.float64]:
        """The depth of the band at each place along its side, in pixels."""
        return self.offset + self.slope * np.arange(self.length, dtype=np.float64)


def find_line(pixels: Pixels, colour: NDArray[np.float32], least: float) -> Line | None:
    """Find the line where a band of a colour along the top of a picture ends; None where there is none.

    Args:
        pixels: Float32 array of shape (height, width, 3), sRGB-encoded, in [0, 1].
        colour: The colour of the band, shape (3,).
        least: Share of the length of the line where the band must be seen to end.
    """
    tolerance = _tolerance(pixels[0], colour)
    return _end_of_band(pixels, colour, tolerance, least) if tolerance else None


def _tolerance(line: Pixels, colour: NDArray[np.float32]) -> float:
    """Return the tolerance of a frame's colour, from the outermost line of a side; 0 where that has no frame."""
    distance = np.abs(line - colour).max(axis=1)
    near = distance[distance < MOST_TOLERANCE]
    if len(near) < _LEAST_SHARE * len(distance):
        return 0.0
    return float(np.clip(2.0 * np.quantile(near, 0.9), _LEAST_TOLERANCE, MOST_TOLERANCE))


def _end_of_band(pixels: Pixels, colour: NDArray[np.float32], tolerance: float, least: float) -> Line | None:
    """Return the line where a band at the top ends; None where there is none."""
    width = pixels.shape[1]
    places = np.unique(np.linspace(0, width - 1, _MOST_PLACES).round().astype(np.int64))
    distance = _distances(pixels, places, colour, tolerance)
    step = distance[2 : 2 - _AHEAD]
    is_end = distance[:-_AHEAD] <= np.maximum(tolerance, _RINGING * step)
    is_end &= distance[1 : 1 - _AHEAD] > tolerance
    is_end &= step >= np.maximum(_LEAST_STEP, _COMPLETE * np.minimum(distance[_AHEAD - 1 : -1], _GREAT_STEP))
    down, along = np.nonzero(is_end)
    if len(down) < least * _LEAST_SHARE * len(places):
        return None
    ends = _Ends(distance, places, down, along, tolerance, least)
    return ends.best_line(np.zeros(1)) or ends.best_line(_SLOPES)


def _distances(
    pixels: Pixels, places: NDArray[np.int64], colour: NDArray[np.float32], tolerance: float
) -> NDArray[np.float32]:
    """Return the distances of the columns at `places` from a colour, as far down as some of them have it."""
    deepest = min(int(len(pixels) * _DEEPEST) + _AHEAD, len(pixels))
    parts = []
    for start in range(0, deepest, _ROWS):
        part = pixels[start : min(start + _ROWS, deepest), places]
        parts.append(np.abs(part - colour).max(axis=2))
        if (parts[-1] < tolerance).mean() < _SOME:
            break
    return np.concatenate(parts)


@dataclass(frozen=True, eq=False)
class _Ends:
    """The pixels of a frame's colour with others below them, after a step sharper than any blur leaves.

    Attributes:
        distance: How far the top of the picture is off the colour, at some places along its width.
        places: These places, in pixels.
        down: Row of each end.
        along: Index of its place.
        tolerance: How far the frame is off its colour.
        least: Share of a line's length where there must be ends.
    """

    distance: NDArray[np.float32]
    places: NDArray[np.int64]
    down: NDArray[np.int64]
    along: NDArray[np.int64]
    tolerance: float
    least: float

    def best_line(self, slopes: NDArray[np.float64]) -> Line | None:
        """Return the line of one of these slopes on which the most ends lie, if it can be the end of a band."""
        offsets = np.rint(self.down - slopes[:, None] * self.places[self.along]).astype(np.int64)
        lowest = int(offsets.min()) - 2
        size = int(offsets.max()) - lowest + 1
        flat = offsets - lowest + size * np.arange(len(slopes))[:, None]
        counts = np.bincount(flat.ravel(), minlength=size * len(slopes))
        counts[2:] = counts[2:] + counts[1:-1] + counts[:-2]  # ends from two pixels above on count as well
        for index in np.argsort(counts)[: -1 - _CANDIDATES : -1].tolist():
            if counts[index] < self.least * _LEAST_SHARE * len(self.places):
                break
            line = self._line(index % size + lowest, float(slopes[index // size]))
            if line:
                return line
        return None

    def _line(self, last: int, slope: float) -> Line | None:
        """Return a line, if the band above it is one; `last` is the last row of the band at the left."""
        depths: NDArray[np.float64] = last + slope * self.places.astype(np.float64)
        inside = depths >= 0.0
        if inside.mean() < _LEAST_SHARE:
            return None
        is_on_line = np.abs(depths[self.along] - self.down - 0.75) < 1.5
        sharp = np.zeros(len(self.places), np.bool_)
        sharp[self.along[is_on_line]] = True
        share = float(sharp[inside].mean())
        behind = np.clip(np.rint(depths).astype(np.int64) + _AHEAD - 1, 0, len(self.distance) - 1)
        is_other = self.distance[behind, np.arange(len(self.places))] > 2.0 * self.tolerance
        if share < self.least or (inside & is_other & ~sharp).sum() > sharp.sum() / 3:
            return None
        step = self.distance[self.down[is_on_line] + 2, self.along[is_on_line]]
        if not self._is_band(depths, _RINGING * float(np.median(step))):
            return None
        length, offset = int(self.places[-1]) + 1, float(last)
        if slope:
            slope, offset = np.polyfit(self.places[self.along[is_on_line]], self.down[is_on_line], 1).tolist()
        return Line(offset + 1.0, slope, share, length)

    def _is_band(self, depths: NDArray[np.float64], ringing: float) -> bool:
        """Return whether the part above a line has the frame's colour, but for captions and JPEG artefacts."""
        rows = np.arange(len(self.distance))[:, None]
        band = rows <= depths
        close = band & (rows > depths - 5.0) & (rows <= depths - 1.0)
        first = band & (rows == 0)
        is_frame = self.distance < max(self.tolerance, ringing)
        parts = ((band, _WRITTEN_ON), (close, _PURE), (first, _PURE))
        if any(part.any() and is_frame[part].mean() < least for part, least in parts):
            return False
        return float((self.distance[band] < self.tolerance).mean()) > _EVEN
