"""The protocol of what a training takes its batches from."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterator

    from training.evaluation.evaluators import Evaluator

type Batch = tuple[NDArray[Any], ...]
"""Blurred and sharp crops, uint8 of shape (batch, side, side, 3); of synthetic pairs, the noise level of each as
float32, and before the channels of a blurred crop those of its deconvolution, where the settings ask for that."""


class BatchSource(Protocol):
    """A source of batches for a training."""

    @property
    def steps_per_epoch(self) -> int:
        """The number of batches in an epoch."""

    @property
    def training_count(self) -> int:
        """The number of pairs in an epoch."""

    @property
    def evaluator(self) -> Evaluator:
        """The evaluator, by held-out pictures or crops."""

    def epoch(self, number: int) -> Iterator[Batch]:
        """Yield the batches of epoch `number`, from 1, always the same; epochs are asked for in order."""

    def rewind(self, epochs_done: int) -> None:
        """Make the epoch after `epochs_done` ones the next: a training goes back, or leaves an epoch unfinished."""

    def sample(self) -> Batch:
        """Return a batch to try a network on."""

    def close(self) -> None:
        """Free what it holds."""
