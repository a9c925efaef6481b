"""One estimate for a photo from what the blur network tells of its crops, at several sizes of the photo.

A small network of dense layers, of plain numbers: no TensorFlow is needed to use it. It has learnt from realistic
photos how far crops may differ before a blur varies over the frame, and which size of a photo to believe where they
contradict each other: the finest detail of a camera's file was often smoothed and sharpened.
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.blur.blur_posterior import BlurPosterior
from deblur_app.blur.kinds import Blur
from deblur_app.core.resources import resource

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.blur_posterior import Row

SCALES = (1, 2, 4)
"""Factors by which a photo is reduced for each look at it, relative to the first. A last look is at small crops from
all over the frame, at the first size."""

_SIZES = len(blur_posterior.SIZES)
_TYPES = len(blur_posterior.TYPES)
OUTPUTS = _TYPES + 2 * _SIZES
"""Numbers that the combining network gives: logits, corrections of logarithms of sizes, logarithms of spreads."""

_LEAST_LOG = -8.0
"""Logarithms of probabilities are cut off below this."""

_SIDE = 512.0
"""Short side in pixels that counts as usual."""


@dataclass(frozen=True, eq=False)
class Combiner:
    """The weights of the combining network.

    Attributes:
        layers: Matrix and offsets of each layer, the first with the inputs brought to mean 0 and variance 1.
        temperature: What its logits are divided by.
    """

    layers: Sequence[tuple[NDArray[np.float32], NDArray[np.float32]]]
    temperature: float = 1.0

    def __call__(self, inputs: NDArray[np.float32]) -> NDArray[np.float32]:
        """Return `OUTPUTS` numbers for inputs of `summarize_looks`."""
        values = inputs
        for number, (matrix, offsets) in enumerate(self.layers):
            values = values @ matrix + offsets
            if number < len(self.layers) - 1:
                values = np.maximum(values, 0.0)
        return values


@functools.cache
def load_combiner() -> Combiner:
    """Return the combining network that comes with the program."""
    with np.load(resource("weights", "psf-estimator-combiner.npz"), allow_pickle=False) as arrays:
        count = sum(name.startswith("matrix_") for name in arrays.files)
        layers = [
            (arrays[f"matrix_{number}"].astype(np.float32), arrays[f"offsets_{number}"].astype(np.float32))
            for number in range(count)
        ]
        return Combiner(layers, float(arrays["temperature"]))


def summarize_looks(looks: Sequence[Row | None], side: int) -> NDArray[np.float32]:
    """Return what the combining network is given.

    Args:
        looks: For each of `SCALES` and then for the small crops, the numbers of all crops, one row for each; None where
            the photo is too small.
        side: Short side of the photo at the first scale, in pixels.
    """
    parts = [_summarize(rows, scale) for rows, scale in zip(looks, (*SCALES, 1), strict=True)]
    return np.concatenate([*parts, [math.log(side / _SIDE)]]).astype(np.float32)


def _summarize(rows: Row | None, scale: int) -> NDArray[np.float64]:
    """Return means and differences over the crops of one size."""
    if rows is None:
        return np.zeros(2 + 4 * _TYPES + 3 * _SIZES)
    logits = rows[:, blur_posterior.LOGITS].astype(np.float64)
    logits -= logits.max(axis=1, keepdims=True)
    logs = np.maximum(logits - np.log(np.exp(logits).sum(axis=1, keepdims=True)), _LEAST_LOG)
    shares = np.exp(logs)
    log_sizes, log_spreads, weights = _sizes(rows)
    mean = (log_sizes * weights).sum(axis=0)
    apart = np.sqrt(((log_sizes - mean) ** 2 * weights).sum(axis=0))
    turn = np.hypot(*(rows[:, blur_posterior.DIRECTION] * weights[:, :1]).sum(axis=0))
    return np.concatenate(
        [
            [1.0, turn],
            logs.mean(axis=0),
            shares.mean(axis=0),
            shares.std(axis=0),
            shares.max(axis=0),
            mean + math.log(scale),
            apart,
            log_spreads.mean(axis=0),
        ]
    )


def _sizes(rows: Row) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return logarithms of sizes and of their spreads, and the weight of each crop, each of shape (crops, sizes)."""
    log_spreads = np.clip(
        rows[:, blur_posterior.LOG_SPREADS][:, :_SIZES].astype(np.float64), *blur_posterior.SPREAD_LIMITS
    )
    weights = np.exp(-2.0 * log_spreads)
    return rows[:, blur_posterior.LOG_SIZES].astype(np.float64), log_spreads, weights / weights.sum(axis=0)


def first_sizes(looks: Sequence[Row | None]) -> NDArray[np.float64]:
    """Return logarithms of sizes in pixels at the first scale, of the looks that expect the least errors."""
    best, least = np.zeros(_SIZES), np.full(_SIZES, np.inf)
    for rows, scale in zip(looks[: len(SCALES)], SCALES, strict=True):
        if rows is None:
            continue
        log_sizes, log_spreads, weights = _sizes(rows)
        spread = log_spreads.mean(axis=0)
        size = (log_sizes * weights).sum(axis=0) + math.log(scale)
        best, least = np.where(spread < least, size, best), np.minimum(spread, least)
    return best


def combine_looks(looks: Sequence[Row | None], side: int, combiner: Combiner) -> BlurPosterior:
    """Return the common estimate for a photo, sizes in pixels at the first scale.

    Args:
        looks: As `summarize_looks` has them.
        side: Short side of the photo in pixels.
        combiner: The combining network.
    """
    numbers = combiner(summarize_looks(looks, side)).astype(np.float64)
    logits = numbers[:_TYPES] / combiner.temperature
    shares = np.exp(logits - logits.max())
    shares /= shares.sum()
    log_sizes = first_sizes(looks) + numbers[_TYPES : _TYPES + _SIZES]
    spreads = np.exp(np.clip(numbers[_TYPES + _SIZES :], *blur_posterior.SPREAD_LIMITS))
    sizes = dict(zip(blur_posterior.SIZES, np.exp(log_sizes).tolist(), strict=True))
    blurs = {kind: Blur(kind, {blur_posterior.SIZES[kind]: sizes[kind]}) for kind in ("defocus", "turbulence")}
    blurs["motion"] = Blur("motion", {"length": sizes["motion"], "angle": blur_posterior.angle(_direction(looks))})
    expected = dict(zip(blur_posterior.SIZES, spreads.tolist(), strict=True))
    return BlurPosterior(dict(zip(blur_posterior.TYPES, shares.tolist(), strict=True)), blurs, sizes["shake"], expected)


def _direction(looks: Sequence[Row | None]) -> NDArray[np.float64]:
    """Return the direction of motion that all crops tell, those most that expect the least error."""
    rows = np.concatenate([look for look in looks[: len(SCALES)] if look is not None])
    spreads = np.clip(rows[:, blur_posterior.LOG_SPREADS][:, _SIZES].astype(np.float64), *blur_posterior.SPREAD_LIMITS)
    direction: NDArray[np.float64] = (rows[:, blur_posterior.DIRECTION] * np.exp(-2.0 * spreads)[:, None]).sum(axis=0)
    return direction
