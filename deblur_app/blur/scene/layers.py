"""Things that move on their own before a scene: photographed cut-outs, or regions of the photograph itself."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur.kernel_arrays import rasterize_points
from deblur_app.blur.scene.camera_path import make_path
from deblur_app.core.colour import srgb_to_linear

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.scene.settings import SceneSettings
    from deblur_app.core.picture import Pixels

type Cutout = NDArray[np.float32]
"""RGBA, shape (height, width, 4), sRGB-encoded with straight alpha, in [0, 1]."""

_SIZE = (0.25, 0.8)
"""Height of a cut-out as a share of the frame's."""

_REGION_SIDE = 64
"""Long side in pixels at which a photograph is divided into regions."""

_REGIONS = 10
"""Regions of a photograph; one of them moves."""

_PLACE_WEIGHT = 60.0
"""Weight of the place beside the colour, in levels of Lab for the whole frame."""

_SOFT = 1.5
"""Standard deviation in pixels of the edge of a region."""


@dataclass(frozen=True, eq=False)
class Layer:
    """A thing that moves.

    Attributes:
        light: Linear light times alpha, with alpha as the last channel: float32 of shape (height, width, 4).
        x: Its path to the right in pixels, 0 in the middle of the exposure.
        y: Its path downwards.
    """

    light: NDArray[np.float32]
    x: NDArray[np.float64]
    y: NDArray[np.float64]

    @property
    def is_straight(self) -> bool:
        """Return whether the path is a straight line at an even speed."""
        steps = np.hypot(np.diff(self.x), np.diff(self.y))
        direct = math.hypot(self.x[-1] - self.x[0], self.y[-1] - self.y[0])
        return bool(np.ptp(steps) <= 1e-6 + 1e-3 * steps.max() and direct >= 0.999 * steps.sum())

    @property
    def kernel(self) -> Kernel:
        """The kernel of its path."""
        return rasterize_points(self.x, self.y)


def make_layers(light: Pixels, settings: SceneSettings, cutouts: Sequence[Cutout]) -> list[Layer]:
    """Return the things that move in a scene, the nearest last.

    Args:
        light: The photograph in linear light, of whose regions some move where there are no cut-outs.
        settings: Of the scene.
        cutouts: Pictures to draw from; half of the things are regions of the photograph in any case.
    """
    layers = []
    for number in range(settings.moving):
        random = np.random.default_rng((settings.seed, 13, number))
        x, y = _own_path(settings, random)
        is_cutout = len(cutouts) > 0 and random.random() < 0.5
        placed = (
            _place_cutout(cutouts[int(random.integers(len(cutouts)))], light.shape[:2], random)
            if is_cutout
            else _cut_region(light, random)
        )
        layers.append(Layer(placed, x, y))
    return layers


def _own_path(settings: SceneSettings, random: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return a path of its own; things move more straightly than hands."""
    extent = settings.moving_extent * random.uniform(0.4, 1.0)
    angle, seed = random.uniform(0.0, 180.0), int(random.integers(1_000_000))
    if random.random() < 0.7:
        along = np.linspace(-0.5, 0.5, 513) * extent
        return along * math.cos(math.radians(angle)), -along * math.sin(math.radians(angle))
    return make_path(settings, extent, angle, seed)


def _place_cutout(cutout: Cutout, shape: tuple[int, ...], random: np.random.Generator) -> NDArray[np.float32]:
    """Return a cut-out somewhere in the frame, mirrored or not, as premultiplied light."""
    height, width = shape[:2]
    scale = min(height * random.uniform(*_SIZE) / cutout.shape[0], width / cutout.shape[1])
    size = max(round(cutout.shape[1] * scale), 2), max(round(cutout.shape[0] * scale), 2)
    small = cv2.resize(cutout, size, interpolation=cv2.INTER_AREA).astype(np.float32, copy=False)
    if random.integers(2):
        small = small[:, ::-1]
    alpha = np.clip(small[..., 3:], 0.0, 1.0)
    placed = np.concatenate([srgb_to_linear(small[..., :3]) * alpha, alpha], axis=2)
    frame = np.zeros((height, width, 4), np.float32)
    center = (random.uniform(0.1, 0.9) * height, random.uniform(0.1, 0.9) * width)
    top, left = (round(middle - side / 2) for middle, side in zip(center, small.shape, strict=False))
    rows = slice(max(top, 0), min(top + size[1], height))
    columns = slice(max(left, 0), min(left + size[0], width))
    frame[rows, columns] = placed[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
    return frame


def _cut_region(light: Pixels, random: np.random.Generator) -> NDArray[np.float32]:
    """Return one region of the photograph, of similar colour and place, as premultiplied light with a soft edge.

    Regions are clusters of colour and place, as superpixels are (Achanta et al., "SLIC superpixels", 2012).
    """
    height, width = light.shape[:2]
    scale = _REGION_SIDE / max(height, width)
    size = max(round(width * scale), 4), max(round(height * scale), 4)
    small = np.sqrt(np.clip(cv2.resize(light, size, interpolation=cv2.INTER_AREA), 0.0, 1.0))
    lab = cv2.cvtColor(small.astype(np.float32), cv2.COLOR_RGB2LAB)
    rows, columns = np.mgrid[: size[1], : size[0]].astype(np.float32)
    points = np.dstack(
        [lab, rows[..., None] * (_PLACE_WEIGHT / size[1]), columns[..., None] * (_PLACE_WEIGHT / size[0])]
    )
    points = points.reshape(-1, 5).astype(np.float32)
    seeds = points[random.permutation(len(points))[:_REGIONS]]
    nearest = np.argmin(((points[:, None] - seeds[None]) ** 2).sum(axis=2), axis=1).astype(np.int32)
    stop = (cv2.TERM_CRITERIA_MAX_ITER, 4, 0.0)
    _, labels, _ = cv2.kmeans(points, _REGIONS, nearest[:, None], stop, 1, cv2.KMEANS_USE_INITIAL_LABELS)
    region = (labels.reshape(size[1], size[0]) == int(random.integers(_REGIONS))).astype(np.float32)
    mask = cv2.resize(region, (width, height), interpolation=cv2.INTER_CUBIC) > 0.5
    alpha = cv2.GaussianBlur(mask.astype(np.float32), (0, 0), _SOFT)[..., None]
    return np.concatenate([light * alpha, alpha], axis=2)
