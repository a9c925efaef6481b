"""The network that names blurs as something to train: it learns from spectra of crops that are made beforehand."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import blur_posterior, spectrum_features
from deblur_app.core.texts import tr_later
from training.batches import spectra
from training.batches.synthetic_pairs import recipe_of
from training.synthetic import blur_crops
from training.trainables.trainable import ForecastRules, Trainable

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.task import Task
    from training.batches.batch_source import Batch, BatchSource
    from training.config.config import TrainingConfig
    from training.learning.objectives import Objective
    from training.trainables.trainable import Inputs


def _objective(_config: TrainingConfig) -> Objective:
    from training.learning.objectives import blur_objective

    return blur_objective()


def _open_batches(inputs: Inputs) -> Task[BatchSource]:
    return (yield from spectra.open_blur_source(inputs.config, inputs.run, inputs.run.photos(), inputs.part))


def _example_batch(config: TrainingConfig, random: np.random.Generator) -> Batch:
    examples = random.standard_normal((config.batch_size, *spectrum_features.SHAPE)).astype(np.float16)
    return examples, np.zeros((config.batch_size, blur_posterior.TRUTHS), np.float32)


def _make_examples(config: TrainingConfig, photo: NDArray[np.uint8], count: int) -> None:
    recipe = recipe_of(config)
    for number in range(count):
        blur_crops.make_blur_crop(lambda _: photo, 1, recipe, number)


PSF_ESTIMATOR = Trainable(
    name="psf-estimator",
    architecture="psf-estimator",
    label=tr_later("Recognition of blurs"),
    explanation=tr_later(
        "It estimates from the spectrum of a photo which blur it has, how large and in which direction."
    ),
    good_for=tr_later("Finding the blur of photos; it does not restore them by itself."),
    numbers=499_522,
    file="psf_estimator.toml",
    card="psf-estimator.json",
    objective=_objective,
    open_batches=_open_batches,
    forecast=ForecastRules(
        _example_batch,
        _make_examples,
        kept_crops=lambda config: config.data.crops,
        crop_bytes=2 * math.prod(spectrum_features.SHAPE),
    ),
    access_key="l",
)
