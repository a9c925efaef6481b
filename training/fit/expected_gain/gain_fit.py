"""The fit of the trees that tell expected gains."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.blur.blur_posterior import SHARP
from deblur_app.core.errors import DeblurError
from deblur_app.engine.choice.expected_gain import CANDIDATES, order_features
from deblur_app.engine.choice.regression_trees import RegressionTrees

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from training.fit.expected_gain.scene_rows import SceneRow

_TREES: Mapping[str, Any] = {"n_estimators": 200, "min_samples_leaf": 5, "max_features": 0.4, "random_state": 0}
"""Settings of the trees of gains. On 107 scenes randomised trees chose better than boosted ones and
ridge regression."""

_RISK_TREES: Mapping[str, Any] = {**_TREES, "n_estimators": 100}
"""The same of the trees of risks."""

WORSE = 0.1
"""Decibels below the photo from which on a result is worse."""

_WORST, _BEST = -6.0, 10.0
"""Decibels at which gains are cut off: how bad a ruined photo is does not matter."""

_COST_OF_CHANGE = 0.2
"""Decibels that restoring a photo without blur costs besides: it must stay as it is."""


@dataclass(frozen=True)
class Example:
    """A candidate of one scene, with its gain.

    Attributes:
        photo: Name of the file that the scene was made of.
        facts: The features.
        gain: In dB.
    """

    photo: str
    facts: dict[str, float]
    gain: float


def list_examples(rows: Iterable[SceneRow], candidate: str) -> list[Example]:
    """Return the examples of a candidate: of each kernel, or of each scene for one that needs none."""
    examples = []
    for row in rows:
        pairs = [(row.leading_facts, row.gains), *((kernel.facts, kernel.gains) for kernel in row.kernels)]
        examples += [
            Example(row.photo, facts, target_of(row, gains[candidate])) for facts, gains in pairs if candidate in gains
        ]
    return examples


def target_of(row: SceneRow, gain: float) -> float:
    """Return the gain that is learnt, cut off; of a scene without blur none is one."""
    target = float(np.clip(gain, _WORST, _BEST))
    return min(target, 0.0) - _COST_OF_CHANGE if row.type in SHARP else target


@dataclass(frozen=True, eq=False)
class FittedTrees:
    """What is fitted to scenes.

    Attributes:
        features: Names of the features, in the order of the inputs.
        gains: Trees that tell the gain in dB, by the name of the candidate.
        risks: Trees that tell the probability of a loss of more than `WORSE`.
    """

    features: tuple[str, ...]
    gains: dict[str, RegressionTrees]
    risks: dict[str, RegressionTrees]


def fit_gains(rows: Sequence[SceneRow]) -> FittedTrees:
    """Fit the trees of each candidate.

    Raises:
        DeblurError: scikit-learn is missing, or a candidate has no examples.
    """
    examples = {way.name: list_examples(rows, way.name) for way in CANDIDATES}
    empty = [name for name, found in examples.items() if not found]
    if empty:
        raise DeblurError(f"No scene has the candidate {empty[0]}. Make more scenes.")
    names = tuple(dict.fromkeys(name for found in examples.values() for example in found for name in example.facts))
    regressor = _library().ExtraTreesRegressor
    trees, risks = {}, {}
    for name, found in examples.items():
        inputs = np.stack([order_features(names, example.facts) for example in found])
        gains = np.array([example.gain for example in found])
        trees[name] = convert_trees(regressor(**_TREES).fit(inputs, gains))
        risks[name] = convert_trees(regressor(**_RISK_TREES).fit(inputs, (gains < -WORSE).astype(np.float64)))
    return FittedTrees(names, trees, risks)


def convert_trees(fitted: Any) -> RegressionTrees:
    """Return the plain arrays of a fitted mean of trees."""
    trees = [estimator.tree_ for estimator in fitted.estimators_]
    nodes = max(tree.node_count for tree in trees)

    def fill(values: list[NDArray[Any]], rest: float, kind: type) -> NDArray[Any]:
        array = np.full((len(trees), nodes), rest, kind)
        for row, value in zip(array, values, strict=True):
            row[: len(value)] = value
        return array

    return RegressionTrees(
        fill([np.where(tree.feature < 0, -1, tree.feature) for tree in trees], -1, np.int16),
        fill([tree.threshold for tree in trees], 0.0, np.float64),
        fill([np.maximum(tree.children_left, 0) for tree in trees], 0, np.int16),
        fill([np.maximum(tree.children_right, 0) for tree in trees], 0, np.int16),
        fill([tree.value[:, 0, 0] / len(trees) for tree in trees], 0.0, np.float32),
    )


def _library() -> Any:
    """Return scikit-learn's ensembles, which only this fit needs.

    Raises:
        DeblurError: It is not installed.
    """
    try:
        from sklearn import ensemble  # type: ignore[import-not-found, unused-ignore]
    except ImportError as error:
        raise DeblurError("The fit needs scikit-learn. Install it with: pip install deblur[fit]") from error
    return ensemble
