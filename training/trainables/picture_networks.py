"""Common parts of networks that restore pictures: objective, batches and forecast."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.batches.mixed_crops import open_mixed_source
from training.batches.stored_pairs import make_source_of_pairs
from training.batches.synthetic_pairs import open_synthetic_source, recipe_of
from training.data import dataset
from training.synthetic.crop_pair import make_crop_pairs
from training.trainables.trainable import ForecastRules

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.core.task import Task
    from training.batches.batch_source import Batch, BatchSource
    from training.config.config import TrainingConfig
    from training.learning.objectives import Objective
    from training.trainables.trainable import Inputs


def objective(config: TrainingConfig) -> Objective:
    """Return the objective: a loss between the restored picture and the sharp one."""
    from training.learning.objectives import picture_objective

    return picture_objective(config.learning)


def open_batches(inputs: Inputs) -> Task[BatchSource]:
    """Open the source of pairs of files, of synthetic pairs, or of crops that were made before.

    Raises:
        DeblurError: A file cannot be read, or there are too few.
    """
    config, run = inputs.config, inputs.run
    if config.data.source == "mixed":
        return (yield from open_mixed_source(config, run, inputs.part))
    if config.data.is_synthetic:
        return (yield from open_synthetic_source(config, run.photos(), inputs.epochs_done, inputs.part))
    arrays = inputs.loaded
    if arrays is None:
        arrays = yield from dataset.load_pairs(run.pairs(), config.network.side)
    return make_source_of_pairs(config, arrays, inputs.part)


def example_batch(config: TrainingConfig, random: np.random.Generator) -> Batch:
    """Return a batch of noise: blurred and sharp pictures, and of synthetic pairs their noise levels."""
    side = config.network.side
    shape = (config.batch_size, side, side)
    blurred = random.integers(0, 256, (*shape, 3 * config.data.pictures), np.uint8)
    sharp = random.integers(0, 256, (*shape, 3), np.uint8)
    if not config.data.is_synthetic:
        return blurred, sharp
    return blurred, sharp, np.full(config.batch_size, 0.01, np.float32)


def make_examples(config: TrainingConfig, photo: NDArray[np.uint8], count: int) -> None:
    """Make pairs of a photograph, as a training does."""
    make_crop_pairs(lambda _: photo, 1, recipe_of(config), range(count))


FORECAST = ForecastRules(example_batch, make_examples)
"""The data that a forecast needs of them."""
