"""Sums of regression trees as plain arrays: fitted by a library in training, evaluated with NumPy alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

_LEAF = -1
"""Index of the feature of a node that asks for none."""


@dataclass(frozen=True, eq=False)
class RegressionTrees:
    """Regression trees whose leaves add up, as in the mean of randomised trees.

    Geurts et al., "Extremely randomized trees", 2006.

    All arrays have the shape (trees, nodes); node 0 is the root, and shorter trees are filled up.

    Attributes:
        feature: Index of the feature that a node asks for; -1 for a leaf.
        threshold: The left branch is taken up to this value.
        left: Index of the node that follows on the left.
        right: Index of the node that follows on the right.
        value: What a leaf adds.
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float64]
    left: NDArray[np.int16]
    right: NDArray[np.int16]
    value: NDArray[np.float32]

    def __call__(self, inputs: NDArray[np.float32]) -> float:
        """Return the sum for one row of features, shape (features,)."""
        trees = np.arange(len(self.feature))
        node = np.zeros(len(trees), np.intp)
        for _ in range(self.feature.shape[1]):
            feature = self.feature[trees, node]
            is_leaf = feature == _LEAF
            if is_leaf.all():
                break
            goes_left = inputs[np.maximum(feature, 0)] <= self.threshold[trees, node]
            follows = np.where(goes_left, self.left[trees, node], self.right[trees, node])
            node = np.where(is_leaf, node, follows)
        return float(self.value[trees, node].sum(dtype=np.float64))

    def as_arrays(self, prefix: str) -> dict[str, NDArray[np.generic]]:
        """Return the arrays by name, to be stored."""
        names = ("feature", "threshold", "left", "right", "value")
        return {f"{prefix}.{name}": getattr(self, name) for name in names}


def read_trees(arrays: Mapping[str, NDArray[np.generic]], prefix: str) -> RegressionTrees:
    """Return the trees that `RegressionTrees.as_arrays` stored under a prefix."""
    feature, threshold, left, right, value = (
        arrays[f"{prefix}.{name}"] for name in ("feature", "threshold", "left", "right", "value")
    )
    return RegressionTrees(
        feature.astype(np.int16),
        threshold.astype(np.float64),
        left.astype(np.int16),
        right.astype(np.int16),
        value.astype(np.float32),
    )
