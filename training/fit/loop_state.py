"""The numbers of a checkpoint that say where a training stands, besides the weights and the optimiser."""

from __future__ import annotations

import dataclasses
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.core.errors import DeblurError

if TYPE_CHECKING:
    from training.runs.array_file import Arrays

_PREFIX = "state/"

_OLD = "state"
"""The name of the one array that older versions stored: the numbers in the order of `LoopState`, the first of them
without `rollbacks`."""

_MOST = 1_000_000
"""Largest count that is believed."""

_DAMAGED = "The checkpoint is damaged: it does not say how far the training came."


@dataclass(frozen=True)
class LoopState:
    """The state of a training.

    Attributes:
        epoch: Whole epochs done.
        best_loss: Lowest validation loss so far.
        best_epoch: The epoch that reached it; 0 before the first.
        plateau_best: The loss that the plateau rule compares with.
        plateau_wait: Epochs since then.
        rollbacks: How many times it has gone back to a good epoch.
    """

    epoch: int = 0
    best_loss: float = math.inf
    best_epoch: int = 0
    plateau_best: float = math.inf
    plateau_wait: int = 0
    rollbacks: int = 0

    def as_arrays(self) -> Arrays:
        """Return the numbers by name, as a checkpoint stores them."""
        return {f"{_PREFIX}{name}": np.array(value, np.float64) for name, value in dataclasses.asdict(self).items()}


def read_state(checkpoint: Arrays) -> LoopState:
    """Return where a training stood, from a checkpoint of this version or an older one.

    Raises:
        DeblurError: The checkpoint does not say it.
    """
    names = [field.name for field in dataclasses.fields(LoopState)]
    if (old := checkpoint.get(_OLD)) is not None:
        if old.ndim != 1 or not len(names) - 1 <= len(old) <= len(names):
            raise DeblurError(_DAMAGED)
        arrays = {name: old[place] for place, name in enumerate(names[: len(old)])}
    else:
        arrays = {name: checkpoint[key] for name in names if (key := f"{_PREFIX}{name}") in checkpoint}
        if len(arrays) < len(names):
            raise DeblurError(_DAMAGED)
    numbers: dict[str, Any] = {name: _number(name, array) for name, array in arrays.items()}
    return LoopState(**numbers)


def _number(name: str, array: np.ndarray[Any, Any]) -> float:
    """Return a stored number: a loss, or a count as a whole number."""
    if np.ndim(array) != 0 or array.dtype.kind != "f" or math.isnan(array):
        raise DeblurError(_DAMAGED)
    if isinstance(getattr(LoopState, name), float):
        return float(array)
    if not 0 <= array <= _MOST:
        raise DeblurError(_DAMAGED)
    return int(array)
