"""The base of sources of crops of one size: settings, held-out crops, and their evaluator."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from training.evaluation.evaluators import PictureEvaluator

if TYPE_CHECKING:
    from training.batches.batch_source import Batch
    from training.config.config import TrainingConfig
    from training.data.dataset import PairArrays


@dataclass(frozen=True, eq=False)
class CropSource:
    """A source of crops of one size, with others to judge by.

    Attributes:
        config: The settings.
        validation: Pairs of held-out photographs.
        unblurred: Sharp crops that should come back unchanged; None where the training is given none.
    """

    config: TrainingConfig
    validation: PairArrays
    unblurred: PairArrays | None

    @cached_property
    def evaluator(self) -> PictureEvaluator:
        """The evaluator, by held-out pairs and by sharp crops that should come back unchanged."""
        return PictureEvaluator(self.validation, self.unblurred)

    @property
    def training_count(self) -> int:
        """The number of pairs in an epoch."""
        return self.steps_per_epoch * self.config.batch_size

    @property
    def steps_per_epoch(self) -> int:
        """The number of batches in an epoch, as the settings say."""
        return self.config.data.steps_per_epoch

    def sample(self) -> Batch:
        """Return some of the held-out pairs, so that no batch is used up."""
        part = self.validation.take(np.arange(min(self.config.batch_size, len(self.validation))))
        return part.blurred, part.sharp, *part.extra_inputs
