"""Expected gains of scenes whose photographs took no part in the fit, and the choices by them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.blur_posterior import SHARP
from deblur_app.engine.choice.expected_gain import KERNEL, MIXED, GainModel, find_blind_share, is_worth, order_features
from deblur_app.engine.estimation import gain_choice, gain_facts, psf_estimate
from training.fit.expected_gain.gain_fit import WORSE, FittedTrees, fit_gains, target_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from training.fit.expected_gain.scene_rows import SceneRow

_FOLDS = 5
"""Parts of the photographs, each of which is judged by a fit to the others."""

_THRESHOLDS = np.arange(0.0, 1.01, 0.05)
"""Thresholds in dB that are tried."""

_MOST_WORSE, _LEAST_KEPT = 0.01, 0.98
"""Share of blurred scenes that may become worse, and share of unblurred ones that must stay as they are."""

COST_OF_RISK = 2.0
"""Decibels that a certainly worse photo costs besides its loss. With 3 and 4 fewer scenes become worse, but a made
shake that nothing but the network's doubt speaks against is left as it is; a limit of 15 % of risk refused six of ten
right kernels in shakes of people (Köhler et al. 2012)."""

_COST_OF_FAULTS = 2.0
"""Decibels of mean gain that all scenes being worse, or all sharp ones changed, would cost: two percent cost 0.04 dB.
That a photo comes back no worse than it was is the first promise of the program."""

RIGHT = 1.0
"""Decibels behind the best candidate up to which a choice is right."""


@dataclass(frozen=True)
class Limits:
    """What a candidate must promise, in dB, and what its risk of a worse photo costs, as `GainModel` has them."""

    threshold: float
    cost_of_risk: float = 0.0


@dataclass(frozen=True)
class Option:
    """A way to restore a scene.

    Attributes:
        name: Of the candidate.
        expected: What the model expects, in dB.
        gains: What it and what may be mixed with it gain, in dB, by name.
        facts: The features that it was judged by.
        risk: Probability of a worse photo that the model expects.
    """

    name: str
    expected: float
    gains: Mapping[str, float]
    facts: dict[str, float]
    risk: float = 0.0

    def promise(self, limits: Limits) -> float:
        """Return what it promises, in dB."""
        return gain_choice.weigh_promise(self.name, self.expected - limits.cost_of_risk * self.risk, self.facts)

    def gain(self, limits: Limits) -> float:
        """Return what it gains, in dB, as it is restored: a kernel that promises little mixed with the blind network.

        Older rows do not know what that gains, and photos that are restored reduced are not mixed.
        """
        is_mixed = self.name == KERNEL and find_blind_share(self.promise(limits)) > 0.0
        return self.gains[MIXED] if is_mixed and MIXED in self.gains else self.gains[self.name]


@dataclass(frozen=True)
class ScenePrediction:
    """The expected gains of one scene, and the real ones.

    Attributes:
        row: The scene.
        options: The ways to restore it, in the order in which they are asked.
    """

    row: SceneRow
    options: tuple[Option, ...]

    def choice(self, limits: Limits) -> Option | None:
        """Return the option that is chosen; None leaves the photo as it is."""
        promises = [option.promise(limits) for option in self.options]
        most = max(promises, default=0.0)
        pairs = zip(self.options, promises, strict=True)
        return next((option for option, promise in pairs if is_worth(promise, most, limits.threshold)), None)

    def gain(self, limits: Limits) -> float:
        """Return the real gain of the choice in dB."""
        option = self.choice(limits)
        return option.gain(limits) if option else 0.0

    def counted_gain(self, limits: Limits) -> float:
        """Return the real gain of the choice in dB; on a scene without blur, which is to stay as it is, 0 at most."""
        gain = self.gain(limits)
        return min(gain, 0.0) if self.row.type in SHARP else gain

    def regret(self, limits: Limits) -> float:
        """Return by how many dB the best of all options would have been better."""
        return self.row.best_gain - self.gain(limits)

    def is_sure(self, limits: Limits) -> bool:
        """Return whether a user is told that it is sure: the network is, and the choice is what it tells."""
        option = self.choice(limits)
        is_agreed = option is None if self.row.told in SHARP else option is not None and option.name == KERNEL
        return is_agreed and psf_estimate.is_sure(
            gain_facts.find_confidence(option.facts if option else self.row.facts)
        )

    def is_right(self, limits: Limits) -> bool:
        """Return whether no other candidate is much better, and the photo no worse; without blur, whether it stays."""
        if self.row.type in SHARP:
            return not self.choice(limits)
        return self.gain(limits) >= -WORSE and self.regret(limits) <= RIGHT


def cross_validate(rows: Sequence[SceneRow], further: Sequence[SceneRow] = ()) -> list[ScenePrediction]:
    """Return the predictions for scenes, each by trees fitted on scenes of other photographs, and on further ones."""
    predictions = []
    for held in _parts([row.photo for row in rows], 0):
        left = {rows[index].photo for index in held}
        fitted = fit_gains([row for row in (*rows, *further) if row.photo not in left])
        predictions += [predict_scene(rows[index], fitted) for index in held]
    return predictions


def _parts(photos: Sequence[str], seed: int) -> list[list[int]]:
    """Return the indices of scenes in `_FOLDS` parts, those of one photograph in the same."""
    names = np.random.default_rng(seed).permutation(sorted(set(photos))).tolist()
    part = {name: number % _FOLDS for number, name in enumerate(names)}
    parts = [[index for index, photo in enumerate(photos) if part[photo] == fold] for fold in range(_FOLDS)]
    return [indices for indices in parts if indices]


def predict_scene(row: SceneRow, fitted: FittedTrees) -> ScenePrediction:
    """Return the expected gains of a scene: of each kernel one after the other, then of what needs none."""
    ways = [(kernel.facts, kernel.gains) for kernel in row.kernels] + [(row.leading_facts, row.gains)]
    options = []
    for facts, gains in ways:
        inputs = order_features(fitted.features, facts)
        options += [
            Option(name, fitted.gains[name](inputs), gains, facts, fitted.risks[name](inputs))
            for name in gains
            if name in fitted.gains
        ]
    return ScenePrediction(row, tuple(options))


def choose_limits(predictions: Sequence[ScenePrediction]) -> Limits:
    """Return the limits with the threshold that gains most, less what too many worse or changed sharp scenes cost."""

    def score(limits: Limits) -> float:
        figures = summarize(predictions, limits)
        faults = max(figures["worse_share"] - _MOST_WORSE, 0.0) + max(_LEAST_KEPT - figures["sharp_kept"], 0.0)
        gain = float(np.mean([prediction.counted_gain(limits) for prediction in predictions]))
        return gain - _COST_OF_FAULTS * faults

    return max((Limits(float(threshold), COST_OF_RISK) for threshold in _THRESHOLDS), key=score)


def summarize(predictions: Sequence[ScenePrediction], limits: Limits) -> dict[str, float]:
    """Return mean gain, regret, share that becomes worse, share of sharp scenes that stay, and the best mean gain."""
    gains = np.array([prediction.gain(limits) for prediction in predictions])
    regrets = np.array([prediction.regret(limits) for prediction in predictions])
    sharp = np.array([prediction.row.type in SHARP for prediction in predictions])
    left = np.array([not prediction.choice(limits) for prediction in predictions])
    return {
        "scenes": float(len(gains)),
        "gain": float(gains.mean()),
        "best_gain": float((gains + regrets).mean()),
        "regret": float(regrets.mean()),
        "worse_share": float((gains < -WORSE).mean()),
        "sharp_kept": float(left[sharp].mean()) if sharp.any() else 1.0,
    }


def fit_model(rows: Sequence[SceneRow], further: Sequence[SceneRow] = ()) -> GainModel:
    """Fit the model on scenes; its limits by fits that left out the photograph of each scene.

    Args:
        rows: The scenes.
        further: Others that trees are fitted on, but no limits: not restored in all ways, or by an older version.
    """
    limits = choose_limits(cross_validate(rows, further))
    fitted = fit_gains((*rows, *further))
    return GainModel(fitted.features, fitted.gains, limits.threshold, fitted.risks, limits.cost_of_risk)


def predict_scenes(rows: Sequence[SceneRow], model: GainModel) -> list[ScenePrediction]:
    """Return the predictions of a model for further scenes."""
    fitted = FittedTrees(model.features, dict(model.trees), dict(model.risks))
    return [predict_scene(row, fitted) for row in rows]


def bin_gains(predictions: Sequence[ScenePrediction], edges: Sequence[float]) -> list[tuple[float, float, int]]:
    """Return expected gains and real ones as `target_of` counts them: the means of each bin, and how many there are."""
    options = [(j.row, option) for j in predictions for option in j.options]
    pairs = np.array([(option.expected, target_of(row, option.gains[option.name])) for row, option in options])
    places = np.digitize(pairs[:, 0], edges)
    bins = [pairs[places == place] for place in sorted(set(places.tolist()))]
    return [(float(some[:, 0].mean()), float(some[:, 1].mean()), len(some)) for some in bins]
