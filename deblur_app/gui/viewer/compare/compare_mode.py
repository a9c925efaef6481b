"""The ways in which a photo, its result and a ground truth are compared."""

from __future__ import annotations

from enum import Enum
from typing import NamedTuple

from deblur_app.core.texts import tr, tr_later


class _Mode(NamedTuple):
    label: str
    key: str
    tip: str


class CompareMode(Enum):
    """A way to look at a photo and its result, with its label, its key and one sentence.

    FIGURE_2 is that of the paper: input, ground truth and predicted picture side by side, with figures.
    """

    RESULT = _Mode(tr_later("Result"), "1", tr_later("The result alone; hold Space or \\ for the original"))
    SPLIT = _Mode(
        tr_later("Split"),
        "2",
        tr_later("Original and result in one picture, with a divider to drag; again: across or down"),
    )
    SIDE_BY_SIDE = _Mode(
        tr_later("Side by side"), "3", tr_later("Original and result beside each other, at the same place")
    )
    DIFFERENCE = _Mode(tr_later("Difference"), "4", tr_later("The difference between original and result, amplified"))
    FIGURE_2 = _Mode(
        tr_later("Figure 2"), "6", tr_later("Input, ground truth and predicted, with figures, as in the paper")
    )

    @property
    def label(self) -> str:
        """The name for the user."""
        return tr(self.value.label)

    @property
    def key(self) -> str:
        """The key that chooses it."""
        return self.value.key

    @property
    def tip(self) -> str:
        """The sight in one sentence."""
        return tr(self.value.tip)
