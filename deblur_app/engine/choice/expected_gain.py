"""The gain in dB that each way to restore a photo promises, and the choice by it.

What the diagnosis tells of a photo and what the photo says of each kernel are numbers; a few hundred regression trees,
fitted on scenes whose truth is known, turn them into the expected gain of each candidate. They are stored as plain
numbers (`deblur-train fit-expected-gain` makes them), and need no library.
"""

from __future__ import annotations

import functools
import io
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.formats.foreign_json import parse_json
from deblur_app.core.resources import resource
from deblur_app.core.texts import tr_later
from deblur_app.engine.choice.regression_trees import RegressionTrees, read_trees

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from numpy.typing import NDArray

FORMAT = 2
"""Version of the layout of the file."""

SEARCH_FEATURE = "search_confidence"
"""A feature that only kernels have which a search found."""

_NEARLY = 0.3
"""Decibels that a candidate may promise less than the best one and still be taken before it: a kernel before the blind
network, whose gains vary less. Chosen on the scenes learnt from, each judged by a fit without its photograph."""

_MIXED_BELOW, BLIND_SHARE = 3.0, 0.3
"""Gain in dB that undoing a kernel promises, below which it is mixed with what the blind network gives, and the share
of the network. The two err in different ways, so that their errors partly cancel. Chosen on 229 scenes learnt from,
each judged by a fit without its photograph: 0.9 % of them become worse, 2.6 % without it, and the mean gain is 0.04 dB
higher; with 4 and 5 dB it falls again."""

MIXED = "mixed"
"""Name of the gain of that mixture in the rows of scenes."""

_MISSING = -1000.0
"""Value of a feature that is not known: below all others, so that trees can tell it apart."""


@dataclass(frozen=True)
class Candidate:
    """A way to restore a photo.

    Attributes:
        name: Its name in the model.
        method: The method that does it; "" for the one that was asked for, with the kernel.
        note: A sentence for the user where it is not what was asked for.
    """

    name: str
    method: str = ""
    note: str = ""

    @property
    def has_kernel(self) -> bool:
        """True if it undoes a kernel."""
        return not self.method


KERNEL = "kernel"
"""Name of the candidate that undoes a kernel."""

CANDIDATES = (
    Candidate(KERNEL),
    Candidate(
        "blind",
        "restorer-blind",
        note=tr_later(
            "The blur could not be told for sure from this photo, so it is restored by a network that needs no PSF."
        ),
    ),
)
"""The ways that are compared; leaving the photo as it is gains 0 dB and is the last."""


@dataclass(frozen=True)
class RestorationChoice:
    """The way to restore a photo that was chosen by expected gain.

    Attributes:
        candidate: The way; None leaves the photo as it is.
        gain: What it promises, in dB; 0 for None.
    """

    candidate: Candidate | None
    gain: float

    @property
    def blind_share(self) -> float:
        """The share of what the blind network gives that is mixed in where a kernel is undone, in [0, 1]."""
        return find_blind_share(self.gain) if self.has_kernel else 0.0

    @property
    def has_kernel(self) -> bool:
        """True if a kernel is undone."""
        return self.candidate is not None and self.candidate.has_kernel


@dataclass(frozen=True, eq=False)
class GainModel:
    """The fitted trees.

    Attributes:
        features: Names of the features, in the order of the inputs.
        trees: By the name of the candidate.
        threshold: Gain in dB that a candidate must promise beyond leaving the photo as it is.
        risks: Trees that tell the probability of a worse photo, by the name of the candidate.
        cost_of_risk: Decibels that a certainly worse photo costs besides its loss.
    """

    features: tuple[str, ...]
    trees: Mapping[str, RegressionTrees]
    threshold: float
    risks: Mapping[str, RegressionTrees] = field(default_factory=dict)
    cost_of_risk: float = 0.0

    @property
    def knows_searches(self) -> bool:
        """True if it was fitted on kernels that a search found, too."""
        return SEARCH_FEATURE in self.features

    def expect(self, candidate: str, facts: Mapping[str, float]) -> float:
        """Return the gain that a candidate promises, in dB, given the features that are known."""
        return self.trees[candidate](order_features(self.features, facts))

    def weigh_risk(self, candidate: str, facts: Mapping[str, float]) -> float:
        """Return what the risk of a worse photo costs a candidate, in dB, given the features that are known."""
        if candidate not in self.risks:
            return 0.0
        return self.cost_of_risk * self.risks[candidate](order_features(self.features, facts))


def order_features(names: tuple[str, ...], facts: Mapping[str, float]) -> NDArray[np.float32]:
    """Return the features in the order of `names`; those that are not known or not finite are `_MISSING`."""
    values = [facts.get(name, math.nan) for name in names]
    return np.array([value if math.isfinite(value) else _MISSING for value in values], np.float32)


def choose_candidate(gains: Mapping[str, float], threshold: float) -> RestorationChoice:
    """Return the candidate that is chosen by `is_worth`; the photo as it is where none is.

    Args:
        gains: What each candidate that is possible promises, in dB.
        threshold: In dB.
    """
    most = max(gains.values(), default=0.0)
    worth = [way for way in CANDIDATES if way.name in gains and is_worth(gains[way.name], most, threshold)]
    return RestorationChoice(worth[0], gains[worth[0].name]) if worth else RestorationChoice(None, 0.0)


def is_worth(gain: float, most: float, threshold: float) -> bool:
    """Return whether a way promises enough, in dB, given what the best one promises: the first that does is taken."""
    return gain > threshold and gain >= most - _NEARLY


def find_blind_share(gain: float) -> float:
    """Return the share of the blind network in a restoration by a kernel that promises `gain`, in dB."""
    return BLIND_SHARE if gain < _MIXED_BELOW else 0.0


def is_available() -> bool:
    """Return whether the model is there."""
    return find_card().is_file()


def find_card() -> Path:
    """Return the card of the model that comes with the program."""
    return resource("weights", "expected-gain.json")


@functools.cache
def load_gain_model() -> GainModel:
    """Return the model that comes with the program."""
    return read_gain_model(find_card())


def read_gain_model(path: Path) -> GainModel:
    """Return the model of a card and the arrays beside it."""
    card = parse_json(path.read_bytes())
    with np.load(io.BytesIO(path.with_name(card["file"]).read_bytes()), allow_pickle=False) as arrays:
        trees = {name: read_trees(arrays, name) for name in card["candidates"]}
        risks = {name: read_trees(arrays, name_risk(name)) for name in card["candidates"]}
    return GainModel(tuple(card["features"]), trees, float(card["threshold"]), risks, float(card["cost_of_risk"]))


def name_risk(candidate: str) -> str:
    """Return the name under which the trees of the risk of a candidate are stored."""
    return f"{candidate}_risk"
