"""Learning rates: Keras's plateau rule, and a cosine to zero; both as plain numbers, so that a run can be resumed."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from training.config.config import TrainingConfig

_RECENT = 4
"""Epochs that tell how fast a machine is, which may have other work for a while."""


@dataclass
class Plateau:
    """Keras's ReduceLROnPlateau as plain numbers, so that a checkpoint can hold it.

    Attributes:
        best: Lowest validation loss so far.
        wait: Epochs since then.
    """

    best: float = math.inf
    wait: int = 0

    def next_rate(self, loss: float, rate: float, config: TrainingConfig) -> float:
        """Return the learning rate for the next epoch, given the validation loss of this one."""
        if loss < self.best - config.plateau_min_delta:
            self.best, self.wait = loss, 0
            return rate
        self.wait += 1
        if self.wait < config.plateau_patience or rate <= config.min_learning_rate:
            return rate
        self.wait = 0
        return max(rate * config.plateau_factor, config.min_learning_rate)


def cosine_rate(config: TrainingConfig, step: int, steps: int) -> float:
    """Return the learning rate of one step: a straight rise over the warm-up, then half a cosine down to zero.

    Loshchilov and Hutter, "SGDR: stochastic gradient descent with warm restarts", 2017, without the restarts.

    Args:
        config: The settings; `learning_rate` is the highest.
        step: Number of the step, from 1.
        steps: Steps of the whole run.
    """
    warmup = min(config.learning.warmup_steps, steps - 1)
    if step <= warmup:
        return config.learning_rate * step / warmup
    fraction = (step - warmup) / (steps - warmup)
    return config.learning_rate * 0.5 * (1.0 + math.cos(math.pi * min(fraction, 1.0)))


def plan_epochs(config: TrainingConfig, seconds: list[float]) -> int:
    """Return the number of epochs of the run: that of `config`, or as many as fit into the time it may take.

    Args:
        config: The settings.
        seconds: Time that each epoch took so far; the last ones tell how long the next ones will take.
    """
    if not config.learning.minutes or not seconds:
        return config.epochs
    seconds_left, recent = config.learning.minutes * 60 - sum(seconds), seconds[-_RECENT:]
    return min(config.epochs, len(seconds) + max(round(seconds_left * len(recent) / sum(recent)), 0))
