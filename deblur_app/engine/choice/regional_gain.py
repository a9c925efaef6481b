"""The choice, place by place, between a kernel and the network that needs none.

Both results are there; which of them is nearer to the scene shows in how they differ: a kernel that is wrong at a
place, because something moved there by itself, leaves more contrast and rings there than a right one. A linear
combination of such features tells the weight of the kernel at each place. It has learnt from scenes whose truth is
known to bring the blend as near to it as possible (`benchmarks/regional_gain.py` makes it), so that it also tempers a
kernel that is wrong all over.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur.trust_map import MOST_CELLS, TrustMap
from deblur_app.core.formats.foreign_json import parse_json
from deblur_app.core.picture import mean_of_channels
from deblur_app.core.resources import resource

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

    type Plane = NDArray[np.float32]

CELL = 8
"""Side of a cell in pixels of the reduced photo."""

_SPREADS = (1.25, 3.0)
"""Standard deviations in cells over which features are averaged."""

_SIDE = 21
"""Side in pixels of the kernels that the features are of: photos with larger ones are reduced."""

_MOST_PIXELS = 4_000_000
"""Pixels that are looked at, at most: a larger photo is reduced."""

_FINE = 1.5
"""Standard deviation in pixels that parts fine detail from the rest."""

_LEAST = {"difference": 1e-5, "gradient": 1e-3, "power": 1e-5, "detail": 1e-3, "overshoot": 1e-4}
"""Values that count as next to none, of encoded values in [0, 1]."""


@dataclass(frozen=True, eq=False)
class RegionalModel:
    """The combination of features.

    Attributes:
        mean: Of each feature, which is taken off.
        deviation: Of each feature, by which it is divided.
        coefficients: What each feature then adds to the weight.
        offset: The weight where all features are usual.
    """

    mean: Plane
    deviation: Plane
    coefficients: Plane
    offset: float

    def weigh(self, features: Plane) -> Plane:
        """Return the weight of the kernel in each cell, in [0, 1], for features of shape (rows, columns, features)."""
        weights = (features - self.mean) / self.deviation @ self.coefficients + self.offset
        return np.clip(weights, 0.0, 1.0).astype(np.float32)


def find_trust_of_results(photo: Pixels, restored: Pixels, blind: Pixels, side: int) -> TrustMap:
    """Return how far a kernel's result is taken at each place of a photo.

    Args:
        photo: The photo, sRGB-encoded, shape (height, width, 3).
        restored: Its result with the kernel, likewise.
        blind: Its result by the network that needs none.
        side: Side of the kernel in pixels.
    """
    height, width = photo.shape[:2]
    cells = load_regional_model().weigh(measure_features(photo, restored, blind, side))
    factor = min(MOST_CELLS / max(cells.shape), 1.0)
    if factor < 1.0:
        size = max(round(cells.shape[1] * factor), 1), max(round(cells.shape[0] * factor), 1)
        cells = np.asarray(cv2.resize(cells, size, interpolation=cv2.INTER_AREA), np.float32)
    return TrustMap(cells, (0.0, 0.0, float(width), float(height)))


def measure_features(photo: Pixels, restored: Pixels, blind: Pixels, side: int) -> Plane:
    """Return the features of each cell, shape (rows, columns, features); arguments as of `find_trust_of_results`."""
    factor = find_reduction(photo.shape, side)
    planes = [_reduce_plane(mean_of_channels(pixels), factor) for pixels in (photo, restored, blind)]
    reach = max(math.ceil(side / factor) // 2, 1) * 2 + 1
    return _combine(_measure_fine(planes, reach))


def find_reduction(shape: tuple[int, ...], side: int) -> float:
    """Return how many times smaller a photo of a shape is made for its features."""
    return max(1.0, side / _SIDE, math.sqrt(shape[0] * shape[1] / _MOST_PIXELS))


def count_cells(shape: tuple[int, ...], factor: float) -> tuple[int, int]:
    """Return rows and columns of the cells of a photo that is made so many times smaller."""
    rows, columns = (max(round(length / factor / CELL), 1) for length in shape[:2])
    return rows, columns


def _reduce_plane(plane: Plane, factor: float) -> Plane:
    if factor == 1.0:
        return plane
    size = max(round(plane.shape[1] / factor), 1), max(round(plane.shape[0] / factor), 1)
    return np.asarray(cv2.resize(plane, size, interpolation=cv2.INTER_AREA), np.float32)


def _measure_fine(planes: list[Plane], reach: int) -> dict[str, Plane]:
    """Return the mean of each measure in each cell."""
    photo, restored, blind = planes
    cells = count_cells(photo.shape, 1.0)

    def mean(values: Plane) -> Plane:
        return np.asarray(cv2.resize(values, cells[::-1], interpolation=cv2.INTER_AREA), np.float32)

    smooth = cv2.GaussianBlur(photo, (0, 0), 0.8)
    square = np.ones((reach, reach), np.uint8)
    most, least = cv2.dilate(smooth, square), cv2.erode(smooth, square)
    measures = {"difference": mean(np.square(restored - blind))}
    for name, plane in (("photo", photo), ("restored", restored), ("blind", blind)):
        slope = np.hypot(*(cv2.Sobel(plane, cv2.CV_32F, dx, dy, scale=1 / 8) for dx, dy in ((1, 0), (0, 1))))
        measures[f"gradient_{name}"], measures[f"power_{name}"] = mean(slope), mean(np.square(slope))
        measures[f"detail_{name}"] = mean(np.abs(plane - cv2.GaussianBlur(plane, (0, 0), _FINE)))
    beyond = np.maximum(restored - most, 0.0) + np.maximum(least - restored, 0.0)
    measures["overshoot_restored"] = mean(beyond)
    return measures


def _combine(measures: dict[str, Plane]) -> Plane:
    """Return the features: ratios as logarithms, of near and of wide surroundings."""
    near, wide = (
        {name: np.asarray(cv2.GaussianBlur(values, (0, 0), by), np.float32) for name, values in measures.items()}
        for by in _SPREADS
    )

    def log(of: dict[str, Plane], name: str) -> Plane:
        return np.log10(of[name] + np.float32(_LEAST[name.partition("_")[0]]))

    def sparsity(name: str) -> Plane:
        return 2.0 * log(near, f"gradient_{name}") - log(near, f"power_{name}")

    features = [
        log(near, "detail_restored") - log(near, "detail_blind"),
        log(near, "power_blind") - log(near, "power_photo"),
        sparsity("restored"),
        sparsity("blind"),
        log(wide, "difference") - log(wide, "power_photo"),
        log(wide, "gradient_photo"),
        log(wide, "overshoot_restored") - log(wide, "gradient_restored"),
    ]
    return np.stack(features, axis=2).astype(np.float32)


@functools.cache
def load_regional_model() -> RegionalModel:
    """Return the combination that comes with the program."""
    return read_regional_model(resource("weights", "regional-gain.json"))


def read_regional_model(path: Path) -> RegionalModel:
    """Return the combination of a file."""
    values = parse_json(path.read_bytes())
    mean, deviation, coefficients = (
        np.array(values[name], np.float32) for name in ("mean", "deviation", "coefficients")
    )
    return RegionalModel(mean, deviation, coefficients, float(values["offset"]))
