"""The network that tells the type and size of a blur: its weights, and its estimate for the crops of a photo."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.blur.spectrum_features import CROP, SHAPE, WINDOW, features, rotate_features
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from deblur_app.engine import devices
from deblur_app.restoration.psf_estimation.regions import most_informative_of_parts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deblur_app.blur.blur_posterior import Row
    from deblur_app.blur.spectrum_features import Features
    from deblur_app.core.picture import Pixels

_USUAL = "psf-estimator"
SMALL = "psf-estimator-small"
"""The networks for photos of any size, and for those too small to be looked at reduced: the latter has learnt from
clean blur only, and knows no blur that varies."""

type Crop = tuple[slice, slice]
"""Rows and columns."""

LEAST_SIDE = WINDOW
"""Side in pixels of the smallest picture that can be looked at."""

_MOST_CROPS = 3
"""Crops along each axis of a photograph."""

_WAYS = ((0, False), (1, False), (0, True), (1, True))
"""Quarter turns of crops, and whether they are mirrored after that; two turns make no other spectrum."""

_TILE, _MOST_TILES = 192, 4
"""Side in pixels of the small crops that are compared with each other, and how many there are along each axis."""


def is_available() -> bool:
    """Return whether the weights are there."""
    return find_card().is_file()


def find_card(name: str = _USUAL) -> Path:
    """Return the card of a network that comes with the program."""
    return resource("weights", f"{name}.json")


@functools.cache
def load_predictor(name: str = _USUAL) -> Callable[[Features], Row]:
    """Return the network as a function; on the processor, which is done before a graphics card has started."""
    devices.load_engine()
    import tensorflow as tf

    from deblur_app.networks import weights

    device = devices.processor().tf_name
    with tf.device(device):
        model, _ = weights.load(find_card(name))
    signature = tf.TensorSpec((None, *SHAPE), tf.float32)

    @tf.function(input_signature=[signature], autograph=False)  # type: ignore[untyped-decorator]
    def function(spectra: tf.Tensor) -> tf.Tensor:
        return model(spectra, training=False)

    def predict(spectra: Features) -> Row:
        with tf.device(device):
            return np.asarray(function(tf.constant(spectra.astype(np.float32))))

    return predict


def find_crops(light: Pixels, side: int = CROP, most: int = _MOST_CROPS) -> list[Crop]:
    """Return one crop for each part of the frame, the most informative of that part.

    Args:
        light: The photograph.
        side: Side of the crops in pixels; all of its height or width where it is smaller.
        most: Crops along each axis at most.
    """
    rows, columns = (_parts(length, side, most) for length in light.shape[:2])
    return most_informative_of_parts(light, [(row, column) for row in rows for column in columns], side)


def find_tiles(light: Pixels) -> list[Crop]:
    """Return small crops from all over the frame, which show whether the blur is the same everywhere."""
    return find_crops(light, _TILE, _MOST_TILES)


def look_at_crops(
    light: Pixels, predict: Callable[[Features], Row], find: Callable[[Pixels], Sequence[Crop]] = find_crops
) -> Task[Row]:
    """Return what the network tells of the crops of a photograph, one row for each.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, with sides of at least `LEAST_SIDE`.
        predict: The network: spectra of shape (crops, *`SHAPE`) to one row of numbers for each.
        find: Chooses the crops.
    """
    crops = find(light)
    spectra = []
    for number, crop in enumerate(crops):
        yield Progress(number / (len(crops) + 1), tr("Recognising the blur"))
        spectra.append(features(light[crop]))
    yield Progress(len(crops) / (len(crops) + 1), tr("Recognising the blur"))
    return predict(np.stack(spectra))


def predict_all_ways(spectra: Features, predict: Callable[[Features], Row]) -> Row:
    """Return the mean of what the network tells of crops as they are, turned by a quarter, mirrored, and both.

    Turned and mirrored photos are told alike then. Their spectra are turned and mirrored ones, at no cost.
    """
    total = np.zeros(1, np.float32)
    for turns, mirrored in _WAYS:
        rows = predict(rotate_features(spectra, turns, mirrored=mirrored)).copy()
        signs = (-1.0 if turns else 1.0, (-1.0 if turns else 1.0) * (-1.0 if mirrored else 1.0))
        rows[:, blur_posterior.DIRECTION] *= np.array(signs, np.float32)
        total = total + rows / np.float32(len(_WAYS))
    return total


def _parts(length: int, crop: int, most: int) -> list[slice]:
    """Return parts along an axis, as long as a crop or longer; they overlap in small photographs."""
    if length <= crop:
        return [slice(0, length)]
    count = min(math.ceil(length / crop), most)
    side = max(crop, -(-length // count))
    return [slice(start, start + side) for start in np.linspace(0, length - side, count).round().astype(int).tolist()]
