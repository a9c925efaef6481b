"""Batches for the blur network: crops that are made once and used again and again, each time turned otherwise."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.blur.spectrum_features import rotate_features
from deblur_app.core.task import Task, subtask
from training.batches import synthetic_pairs
from training.batches.part import WHOLE
from training.evaluation.evaluators import BlurEvaluator
from training.synthetic import blur_crops
from training.synthetic.blur_crops import BlurCrops
from training.synthetic.spectrum_changes import vary_crops

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from deblur_app.blur.blur_posterior import Row
    from training.batches.batch_source import Batch
    from training.batches.part import Part
    from training.config.config import TrainingConfig
    from training.runs.run import Run

_KEPT = "crops"
"""Name of the crops among the arrays of a run: making them takes as long as learning from them."""


@dataclass(frozen=True, eq=False)
class BlurSource:
    """A source of crops in memory."""

    config: TrainingConfig
    training: BlurCrops
    held_out: BlurCrops
    part: Part = WHOLE

    @property
    def steps_per_epoch(self) -> int:
        """The number of batches in an epoch, as the settings say."""
        return self.config.data.steps_per_epoch

    @property
    def training_count(self) -> int:
        """The number of crops in an epoch."""
        return self.steps_per_epoch * self.config.batch_size

    @cached_property
    def evaluator(self) -> BlurEvaluator:
        """The evaluator, by crops of held-out photographs."""
        return BlurEvaluator(self.held_out)

    def epoch(self, number: int) -> Iterator[Batch]:
        """Yield batches of crops drawn by chance; each is turned by some quarter turns, and mirrored or not.

        Crops of scenes, of which there are few because they are dear, are also varied.
        """
        random = np.random.default_rng((self.config.seed, 7, number))
        for _ in range(self.steps_per_epoch):
            indices = random.permutation(len(self.training))[: self.config.batch_size]
            part, mirrored = self.training.take(indices[self.part.rows(len(indices))]), bool(random.integers(2))
            turns = int(random.integers(2))  # two more turn a spectrum into itself
            if self.config.data.source == "scenes":
                part = vary_crops(part, random)
            yield (
                rotate_features(part.spectra, turns, mirrored=mirrored),
                rotate_truths(part.truths, turns, mirrored=mirrored),
            )

    def rewind(self, epochs_done: int) -> None:
        """Do nothing: any epoch can be asked for."""

    def sample(self) -> Batch:
        """Return some of the crops."""
        part = self.training.take(np.arange(min(self.config.batch_size, len(self.training))))
        return part.spectra, part.truths

    def close(self) -> None:
        """Do nothing: there is nothing to free."""


def rotate_truths(truths: Row, turns: int, *, mirrored: bool) -> Row:
    """Return the truths of crops after quarter turns and mirroring, which only change directions."""
    direction = truths[:, blur_posterior.TRUE_DIRECTION] * np.float32(-1 if turns % 2 else 1)
    result = truths.copy()
    result[:, blur_posterior.TRUE_DIRECTION] = direction * np.array([1, -1 if mirrored else 1], np.float32)
    return result


def open_blur_source(config: TrainingConfig, run: Run, photos: list[Path], part: Part = WHOLE) -> Task[BlurSource]:
    """Make the crops that a training learns from and is judged by, or take those that the run has already.

    Raises:
        DeblurError: A photograph cannot be read or is too small, or the crops of the run are broken.
    """
    stored = run.load_arrays(_KEPT)
    if stored is None:
        training, held_out = synthetic_pairs.divide_photos(photos, config)
        validation = yield from subtask(_validation_crops(config, held_out), 0.0, 0.1)
        recipe = synthetic_pairs.recipe_of(config)
        crops_made = blur_crops.make_blur_crops(training, recipe, config.data.crops, workers=config.data.workers)
        learnt = yield from subtask(crops_made, 0.1, 1.0)
        stored = {"spectra": learnt.spectra, "truths": learnt.truths}
        stored |= {"held_out_spectra": validation.spectra, "held_out_truths": validation.truths}
        run.save_arrays(_KEPT, stored)
    learnt = BlurCrops(stored["spectra"], stored["truths"])
    return BlurSource(config, learnt, BlurCrops(stored["held_out_spectra"], stored["held_out_truths"]), part)


def _validation_crops(config: TrainingConfig, photos: list[Path]) -> Task[BlurCrops]:
    """Make equally many crops of each kind of blur, and sharp ones, of held-out photographs, with another seed."""
    recipe = replace(synthetic_pairs.recipe_of(config), seed=config.seed + 1, sharp_share=0.0)
    recipes = list(synthetic_pairs.recipe_of_each_kind(recipe).values())
    if not recipe.is_scene:
        recipes.append(replace(recipe, sharp_share=1.0))
    parts = []
    for number, each in enumerate(recipes):
        crops_made = blur_crops.make_blur_crops(photos, each, config.data.validation_crops)
        start, end = (at / len(recipes) for at in (number, number + 1))
        parts.append((yield from subtask(crops_made, start, end)))
    return blur_crops.join_crops(parts)
