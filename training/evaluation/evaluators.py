"""Evaluation of a network after each epoch: of pictures against sharp ones, or of named blurs against the true ones."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Protocol

import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.core import metrics
from deblur_app.core.picture import from_integer
from training.evaluation import evaluate

if TYPE_CHECKING:
    from collections.abc import Generator

    from deblur_app.blur.blur_posterior import Row
    from deblur_app.core.metrics import Quality
    from deblur_app.core.picture import Pixels
    from training.data.dataset import PairArrays
    from training.evaluation.evaluate import Figures, Predict
    from training.synthetic.blur_crops import BlurCrops

SHARES = ("length_within_15", "angle_within_5", "extent_within_15", "radius_within_15", "sigma_within_15")
"""Names of the shares of sizes and angles that are right to within 15 % and 5°."""

_SHOWN = 4
"""Pairs that are kept as pictures after each epoch."""

_WITHIN = math.log(1.15)
"""Largest difference of the logarithm of a size that counts as right: 15 %."""

_DEGREES = 5.0
"""Largest error of an angle that counts as right."""


@dataclass(frozen=True, eq=False)
class Preview:
    """One validation pair and what the network makes of it; float32 arrays of shape (side, side, 3).

    Attributes:
        blurred: What the network is given.
        sharp: The ground truth.
        predicted: What it makes of it.
        do_nothing: Figures of `blurred`.
        quality: Figures of `predicted`.
    """

    blurred: Pixels
    sharp: Pixels
    predicted: Pixels
    do_nothing: Quality
    quality: Quality


@dataclass(frozen=True, eq=False)
class EvaluationResult:
    """The figures of a network on the held-out pictures or crops.

    Attributes:
        loss: What decides which weights are kept: the lower, the better.
        accuracy: Share that is right: see `metrics.ACCURACY_EXPLAINED`, or of types of blur; NaN for grey pictures.
        psnr: Mean PSNR in dB; NaN where no pictures come out.
        ssim: Mean SSIM; NaN as well.
        gains: By how many dB the PSNR rises over doing nothing, for each kind of blur that is known.
        sharp_psnr: PSNR in dB at which sharp pictures come back; None where there are none to judge by.
        shares: Shares of what is right to within a bound, by name.
        previews: Some of the pairs, always the same ones; none where no pictures come out.
    """

    loss: float
    accuracy: float
    psnr: float = math.nan
    ssim: float = math.nan
    gains: dict[str, float] = field(default_factory=dict)
    sharp_psnr: float | None = None
    shares: dict[str, float] = field(default_factory=dict)
    previews: tuple[Preview, ...] = ()

    @property
    def preview(self) -> Preview | None:
        """The first of the previews."""
        return self.previews[0] if self.previews else None


class Evaluator(Protocol):
    """An evaluator of a network."""

    @property
    def count(self) -> int:
        """The number of pairs or crops that it judges by."""

    @property
    def do_nothing(self) -> EvaluationResult:
        """The figures of doing nothing, or for named blurs, of an answer that does not look at the crop."""

    def evaluate(self, predict: Predict, batch_size: int) -> Generator[None, None, EvaluationResult]:
        """Evaluate `predict`; yields between batches."""


@dataclass(frozen=True, eq=False)
class PictureEvaluator:
    """An evaluator of restored pictures.

    Attributes:
        pairs: Pairs to judge by.
        unblurred: Sharp pictures that should come back as they are; None for none.
    """

    pairs: PairArrays
    unblurred: PairArrays | None = None

    @property
    def count(self) -> int:
        """The number of pairs."""
        return len(self.pairs)

    @cached_property
    def do_nothing(self) -> EvaluationResult:
        """The figures of the blurred pictures themselves."""
        return _result_of(evaluate.mean(self._undone))

    def evaluate(self, predict: Predict, batch_size: int) -> Generator[None, None, EvaluationResult]:
        """Evaluate the pairs, then the sharp pictures."""
        each = yield from _figures(self.pairs, predict, batch_size)
        plain = (yield from _figures(self.unblurred, predict, batch_size)) if self.unblurred else []
        return _result_of(
            evaluate.mean(each),
            gains=evaluate.gains(self.pairs, each, self._undone),
            sharp_psnr=evaluate.mean(plain).psnr if plain else None,
            previews=self._previews(predict),
        )

    @cached_property
    def _undone(self) -> list[Figures]:
        return evaluate.each_undone(self.pairs)

    def _previews(self, predict: Predict) -> tuple[Preview, ...]:
        """Return some pairs, spread over all, with the kinds of blur in turn."""
        count = len(self.pairs)
        samples = self.pairs.take(np.linspace(0, count - 1, min(_SHOWN, count)).round().astype(np.intp))
        predicted = predict(samples.blurred, *samples.extra_inputs)
        return tuple(map(_preview, from_integer(samples.blurred_pictures), from_integer(samples.sharp), predicted))


@dataclass(frozen=True, eq=False)
class BlurEvaluator:
    """An evaluator of named blurs.

    Attributes:
        crops: Crops of held-out photographs.
    """

    crops: BlurCrops

    @property
    def count(self) -> int:
        """The number of crops."""
        return len(self.crops)

    @cached_property
    def do_nothing(self) -> EvaluationResult:
        """The figures of the best constant answer, which is given without looking at the crop."""
        return _name_figures(
            self.crops.truths, np.repeat(fit_constant_prediction(self.crops.truths), self.count, axis=0)
        )

    def evaluate(self, predict: Predict, batch_size: int) -> Generator[None, None, EvaluationResult]:
        """Evaluate all crops."""
        rows = []
        for start in range(0, self.count, batch_size):
            rows.append(predict(self.crops.spectra[start : start + batch_size]))
            yield
        return _name_figures(self.crops.truths, np.concatenate(rows))


def fit_constant_prediction(truths: Row) -> Row:
    """Return the numbers that fit all `truths` best, the same for all, of shape (1, `blur_posterior.NUMBERS`)."""
    row = np.zeros((1, blur_posterior.NUMBERS), np.float32)
    kinds = truths[:, blur_posterior.TRUE_TYPE].astype(int)
    row[0, blur_posterior.LOGITS] = np.log(np.bincount(kinds, minlength=len(blur_posterior.TYPES)) / len(kinds) + 1e-6)
    sizes, spreads = row[0, blur_posterior.LOG_SIZES], row[0, blur_posterior.LOG_SPREADS]
    for number in range(len(sizes)):
        own = truths[kinds == number + 1, blur_posterior.TRUE_SIZE]
        if len(own):
            sizes[number] = np.median(own)
            spreads[number] = math.log(float(np.abs(own - sizes[number]).mean()) + 1e-3)
    return row


def within(truths: Row, rows: Row) -> dict[str, float]:
    """Return shares of sizes and angles that are right to within 15 % and 5°, each over the crops of its true type."""
    kinds = truths[:, blur_posterior.TRUE_TYPE].astype(int)
    shares = {}
    for number, (kind, size) in enumerate(blur_posterior.SIZES.items()):
        own = kinds == number + 1
        off = np.abs(rows[own, blur_posterior.LOG_SIZES.start + number] - truths[own, blur_posterior.TRUE_SIZE])
        shares[f"{size}_within_15"] = _share(off < _WITHIN)
        if kind == "motion":
            direction, true = rows[own, blur_posterior.DIRECTION], truths[own, blur_posterior.TRUE_DIRECTION]
            cosine = (direction * true).sum(axis=1) / np.maximum(np.linalg.norm(direction, axis=1), 1e-6)
            shares["angle_within_5"] = _share(cosine > math.cos(math.radians(2 * _DEGREES)))
    return shares


def shares_label(name: str) -> str:
    """Return the name of a share in words, such as “length within 15 %”."""
    return name.replace("_", " ") + ("°" if name.endswith("_5") else " %")


def _share(right: np.ndarray[tuple[int, ...], np.dtype[np.bool_]]) -> float:
    return float(right.mean()) if len(right) else math.nan


def _preview(blurred: Pixels, sharp: Pixels, predicted: Pixels) -> Preview:
    do_nothing, quality = (metrics.measure(sharp, pixels) for pixels in (blurred, predicted))
    return Preview(blurred, sharp, predicted, do_nothing, quality)


def _figures(pairs: PairArrays, predict: Predict, batch_size: int) -> Generator[None, None, list[Figures]]:
    """Evaluate all pairs, a batch at a time; returns the figures of each pair."""
    figures: list[Figures] = []
    for batch_figures in evaluate.judge_batches(pairs, predict, batch_size):
        figures += batch_figures
        yield
    return figures


def _result_of(
    figures: Figures,
    *,
    gains: dict[str, float] | None = None,
    sharp_psnr: float | None = None,
    previews: tuple[Preview, ...] = (),
) -> EvaluationResult:
    return EvaluationResult(
        figures.loss,
        figures.accuracy,
        figures.psnr,
        figures.ssim,
        gains=gains or {},
        sharp_psnr=sharp_psnr,
        previews=previews,
    )


def _name_figures(truths: Row, rows: Row) -> EvaluationResult:
    from training.learning.objectives import blur_loss, type_accuracy

    loss, accuracy = (float(np.mean(function(truths, rows))) for function in (blur_loss, type_accuracy))
    return EvaluationResult(loss, accuracy, shares=within(truths, rows))
