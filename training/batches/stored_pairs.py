"""Batches of pairs of files, which are held in memory."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from training.batches.part import WHOLE
from training.data import dataset
from training.evaluation.evaluators import PictureEvaluator

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    from numpy.typing import NDArray

    from training.batches.batch_source import Batch
    from training.batches.part import Part
    from training.config.config import TrainingConfig
    from training.data.dataset import PairArrays


@dataclass(frozen=True, eq=False)
class StoredPairs:
    """A source of pairs in memory, in another order in each epoch."""

    config: TrainingConfig
    training: PairArrays
    validation: PairArrays
    unblurred: PairArrays | None = None
    part: Part = WHOLE

    @cached_property
    def evaluator(self) -> PictureEvaluator:
        """The evaluator, by the validation pairs."""
        return PictureEvaluator(self.validation, self.unblurred)

    @property
    def training_count(self) -> int:
        """The number of pairs in an epoch: all of them."""
        return len(self.training)

    @property
    def steps_per_epoch(self) -> int:
        """The number of batches in an epoch, of which the last may be smaller."""
        return -(-len(self.training) // self.config.batch_size)

    def epoch(self, number: int) -> Iterator[Batch]:
        """Yield all pairs once."""
        for indices in dataset.batches(len(self.training), self.config.batch_size, self.config.seed, number):
            yield self._batch(indices[self.part.rows(len(indices))])

    def rewind(self, epochs_done: int) -> None:
        """Do nothing: any epoch can be asked for."""

    def sample(self) -> Batch:
        """Return the first batch."""
        return self._batch(dataset.batches(len(self.training), self.config.batch_size, self.config.seed, 1)[0])

    def close(self) -> None:
        """Do nothing: there is nothing to free."""

    def _batch(self, indices: NDArray[np.intp]) -> Batch:
        part = self.training.take(indices)
        return part.blurred, part.sharp, *part.extra_inputs


def make_source_of_pairs(config: TrainingConfig, arrays: PairArrays, part: Part = WHOLE) -> StoredPairs:
    """Return the source of a training on pairs of files, from pairs that are read already."""
    return StoredPairs(config, *divide(arrays, config), part=part)


def divide(arrays: PairArrays, config: TrainingConfig) -> tuple[PairArrays, PairArrays]:
    """Return training and validation pairs by the protocol of `config`; with “paper” they are the same."""
    if config.protocol == "paper":
        return arrays, arrays
    training, held_out = dataset.split(arrays.scenes, config.validation_share, config.seed)
    return arrays.take(training), arrays.take(held_out)
