"""Rollback of a run whose loss is no longer a number, to the last good epoch and with a lower learning rate."""

from __future__ import annotations

import math
from dataclasses import dataclass

MOST = 3
"""Number of times that a run goes back before it gives up."""

SLOWDOWN = 1 / 3
"""Factor of the learning rate each time."""


class BrokeDownError(Exception):
    """The error raised when the loss is no longer a number."""


@dataclass(frozen=True)
class Rollback:
    """A return of a run to its last good epoch.

    Attributes:
        epoch: The epoch in which it broke down.
        back_to: The last good epoch, from whose end it goes on; 0 for the start.
        learning_rate: The learning rate from there on; with a schedule by steps, the highest one.
        number: How many times it has gone back, with this one.
    """

    epoch: int
    back_to: int
    learning_rate: float
    number: int


def slowdown(rollbacks: int) -> float:
    """Return the factor of the learning rate after so many rollbacks."""
    return float(SLOWDOWN**rollbacks)


def check_finite(loss: float) -> None:
    """Refuse a loss that is no number.

    Raises:
        BrokeDownError: It is none.
    """
    if not math.isfinite(loss):
        raise BrokeDownError
