"""The network that tells the type and size of a blur: its weights, and its estimate for the crops of a photo."""

from __future__ import annotations

import functools
import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.blur.spectrum_features import CROP, SHAPE, WINDOW, features
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress, Task
from deblur_app.engine import devices
from deblur_app.restoration.psf_estimation.regions import most_informative

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.blur.blur_posterior import BlurPosterior, Row
    from deblur_app.blur.spectrum_features import Features
    from deblur_app.core.picture import Pixels

LEAST_SIDE = WINDOW
"""Side in pixels of the smallest picture that can be looked at."""

_MOST_CROPS = 3
"""Crops along each axis of a photograph."""

_TEMPERATURE = 0.65
"""What logits are divided by, so that probabilities are as often right as they say; found on held-out photographs."""


def is_available() -> bool:
    """Return whether the weights are there."""
    return find_card().is_file()


def find_card() -> Path:
    """Return the card of the network that comes with the program."""
    return resource("weights", "psf-estimator.json")


@functools.cache
def load_predictor() -> Callable[[Features], Row]:
    """Return the network as a function; on the processor, which is done before a graphics card has started."""
    devices.load_engine()
    import tensorflow as tf

    from deblur_app.networks import weights

    device = devices.processor().tf_name
    with tf.device(device):
        model, _ = weights.load(find_card())
    signature = tf.TensorSpec((None, *SHAPE), tf.float32)

    @tf.function(input_signature=[signature], autograph=False)  # type: ignore[untyped-decorator]
    def function(spectra: tf.Tensor) -> tf.Tensor:
        return model(spectra, training=False)

    def predict(spectra: Features) -> Row:
        with tf.device(device):
            return np.asarray(function(tf.constant(spectra.astype(np.float32))))

    return predict


def estimate_posterior(light: Pixels, predict: Callable[[Features], Row]) -> Task[BlurPosterior]:
    """Return the common estimate from the crops of a photograph.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, with sides of at least `LEAST_SIDE`.
        predict: The network: spectra of shape (crops, *`SHAPE`) to one row of numbers for each.
    """
    crops = find_crops(light)
    seen = []
    for number, crop in enumerate(crops):
        yield Progress(number / (len(crops) + 1), "Looking at the blur")
        seen.append(features(light[crop]))
    yield Progress(len(crops) / (len(crops) + 1), "Looking at the blur")
    return blur_posterior.read_posterior(predict(np.stack(seen)), temperature=_TEMPERATURE)


def find_crops(light: Pixels) -> list[tuple[slice, slice]]:
    """Return one crop for each part of the frame, the most informative of that part."""
    rows, columns = (_parts(length) for length in light.shape[:2])
    crops = []
    for row in rows:
        for column in columns:
            down, right = most_informative(light[row, column], CROP)
            top, left = row.start + down.start, column.start + right.start
            crops.append((slice(top, row.start + down.stop), slice(left, column.start + right.stop)))
    return crops


def _parts(length: int) -> list[slice]:
    """Return parts along an axis, as long as a crop or longer; they overlap in small photographs."""
    if length <= CROP:
        return [slice(0, length)]
    count = min(math.ceil(length / CROP), _MOST_CROPS)
    side = max(CROP, -(-length // count))
    return [slice(start, start + side) for start in np.linspace(0, length - side, count).round().astype(int).tolist()]
