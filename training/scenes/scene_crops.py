"""Crops of realistic photos as the blur network sees them, at several scales, with the true blur of each."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.blur.scene.description import NONE
from deblur_app.blur.spectrum_features import features
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import reduce_pixels
from deblur_app.engine.estimation.blur_network import LEAST_SIDE, find_crops, find_tiles
from deblur_app.engine.estimation.combination import SCALES

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.blur_posterior import Row
    from deblur_app.blur.scene.description import BlurDescription
    from deblur_app.blur.spectrum_features import Features
    from training.scenes.scene_photo import ScenePhoto

TILES = 0
"""Value in place of the scale for small crops, at the size of the photo itself."""

_ENLARGED = 1.3
"""Scale of a sharp photo from which on it counts as enlarged."""


@dataclass(frozen=True, eq=False)
class PhotoCrops:
    """The crops of one photo.

    Attributes:
        spectra: Features of each crop.
        truths: What is true of each, sizes in pixels of the reduced photo.
        scales: How many times smaller the photo was made for each; 0 for the small crops.
        photo_truth: What is true of the photo.
    """

    spectra: Features
    truths: Row
    scales: NDArray[np.int8]
    photo_truth: Row


def make_photo_crops(photo: ScenePhoto) -> PhotoCrops:
    """Return what the blur network sees of a photo."""
    light = srgb_to_linear(photo.pixels)
    spectra, truths, scales = [], [], []
    for scale in (*SCALES, TILES):
        reduction = scale or 1
        if min(light.shape[:2]) // reduction < LEAST_SIDE:
            continue
        smaller = reduce_pixels(light, reduction)
        for crop in find_tiles(smaller) if scale == TILES else find_crops(smaller):
            spectra.append(features(smaller[crop]))
            shares = tuple(
                (part.start / length, part.stop / length) for part, length in zip(crop, smaller.shape[:2], strict=True)
            )
            truths.append(true_numbers(_part(photo.blur, shares), reduction))
            scales.append(scale)
    return PhotoCrops(np.stack(spectra), np.stack(truths), np.array(scales, np.int8), true_numbers(photo.blur, 1))


def true_numbers(blur: BlurDescription, reduction: int) -> Row:
    """Return the truth of a crop as `blur_posterior` has it, in pixels of the photo made `reduction` times smaller."""
    blur = replace(blur, scale=blur.scale / reduction)
    numbers = np.zeros(blur_posterior.TRUTHS, np.float32)
    kind = blur.type
    if kind == NONE and blur.scale >= _ENLARGED:
        kind = "enlarged"
    numbers[blur_posterior.TRUE_TYPE] = blur_posterior.TYPES.index(kind)
    if kind not in blur_posterior.SHARP:
        numbers[blur_posterior.TRUE_SIZE] = math.log(max(blur.size, 0.1))
    if blur.angle is not None:
        double = 2.0 * math.radians(blur.angle)
        numbers[blur_posterior.TRUE_DIRECTION] = math.cos(double), math.sin(double)
    return numbers


def _part(blur: BlurDescription, shares: tuple[tuple[float, float], ...]) -> BlurDescription:
    """Return the blur of a part of the frame: of the places of the grid whose middles lie in it."""
    inside = []
    for count, (start, end) in zip(blur.grid, shares, strict=True):
        middles = (np.arange(count) + 0.5) / count
        usable = np.flatnonzero((middles >= start) & (middles <= end))
        inside.append(usable if len(usable) else np.array([np.argmin(np.abs(middles - (start + end) / 2))]))
    rows, columns = inside
    places = [blur.places[row * blur.grid[1] + column] for row in rows for column in columns]
    return replace(blur, places=places, grid=(len(rows), len(columns)))
