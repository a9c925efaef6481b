"""The ways in which a photo, its result and a ground truth are compared."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple


class _Mode(NamedTuple):
    label: str
    key: str
    tip: str


class CompareMode(Enum):
    """A way to look at a photo and its result, with its label, its key and one sentence.

    FIGURE_2 is that of the paper: input, ground truth and predicted picture side by side, with figures.
    """

    RESULT = _Mode("Result", "1", "The result alone; hold Space or \\ for the original")
    SPLIT = _Mode("Split", "2", "Original and result in one picture, with a divider to drag; again: across or down")
    SIDE_BY_SIDE = _Mode("Side by side", "3", "Original and result beside each other, at the same place")
    DIFFERENCE = _Mode("Difference", "4", "The difference between original and result, amplified")
    FIGURE_2 = _Mode("Figure 2", "6", "Input, ground truth and predicted, with figures, as in the paper")

    @property
    def label(self) -> str:
        """The name for the user."""
        return self.value.label

    @property
    def key(self) -> str:
        """The key that chooses it."""
        return self.value.key

    @property
    def tip(self) -> str:
        """The sight in one sentence."""
        return self.value.tip
