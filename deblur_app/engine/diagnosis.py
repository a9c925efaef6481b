"""Estimation of a photograph's blur by a trained network: type and values, with a confidence."""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import beliefs, kinds
from deblur_app.blur.kinds import Blur
from deblur_app.blur.spectrum_features import CROP, SHAPE, WINDOW, features
from deblur_app.core.picture import resize_pixels
from deblur_app.core.resources import resource
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.engine import devices
from deblur_app.restoration.psf_estimation.regions import most_informative

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from deblur_app.blur.beliefs import BlurPosterior, Row
    from deblur_app.blur.spectrum_features import Features
    from deblur_app.core.picture import Pixels

LEAST_SIDE = WINDOW
"""Side in pixels of the smallest picture that can be looked at."""

_MOST_CROPS = 3
"""Crops along each axis of a photograph."""

_REDUCED = (2, 3, 4, 6, 8)
"""How many times smaller a photograph is made, while its blur is larger than the network knows."""

_HONEST = (2, 3, 4)
"""How many times smaller a photograph is made that may be explained better then."""

_LEAST_REDUCED = 256
"""Side in pixels below which no photograph is reduced."""

_LARGEST = {"motion": 22.0, "shake": 24.0, "defocus": 7.5, "turbulence": 4.0}
"""Sizes in pixels up to which the network is sure of its answer."""

_DOUBTFUL = 0.7
"""Probability of a type below which the reduced photograph is asked as well."""

_PATHS = ("motion", "shake")
_CONTESTED = 0.05
"""Probability of both a line and a curved path from which on the spectrum is asked."""

_NO_LINE, _SHOWN = 0.05, 0.3
"""Shares of the gain of a true line up to which there is none, and from which on there is one. Of 15 contested
pictures, lines had 0.49 and more, shakes less than 0, but for one of 0.62."""

_TEMPERATURE = 0.65
"""What logits are divided by, so that probabilities are as often right as they say; found on held-out photographs."""

_FARTHEST = 4.0
"""Multiples of the network's expected error that a fitted size may lie away from the network's, unless the zeros of the
spectrum show it; a spectrum can also be explained by no blur and an odd scene."""

_FITTED = 0.97
"""How often a fitted size is right to within 15 % if its type is."""

_SHARE_OF_FIT = {"motion": 1.0, "defocus": 1.0, "turbulence": 0.25}
"""How much the logarithm of a fitted size counts beside that of the network's. Lines and disks have zeros in their
spectrum, which the fit finds to a percent; a Gaussian has none, and its fit errs about twice as far as the network."""

_CAPPED = 0.25
"""Share of its confidence that a blur keeps whose size was cut off at the limit: it is not believed then."""

_AT_MOST = 0.55
"""Confidence at most in a blur that the photograph itself shows, but smaller copies show better: it was enlarged, or
its finest detail was smoothed, whose blur is not that of the photograph. Nobody is told “sure” then."""

_SURELY = 0.8
"""Confidence in a blur of the reduced photograph above which a full-sized one counts as processed by its camera."""


@dataclass(frozen=True, eq=False)
class Diagnosis:
    """The blur that the network estimates for a photograph.

    Attributes:
        type: One of `beliefs.TYPES`.
        blur: The blur with its values in pixels of the photograph; None for a sharp one and for a shake.
        probabilities: Probability of each type.
        confidence: Probability that the type is right, and the size to within 15 %.
        extent: Longest side in pixels of the box around the path, should it be a shake; rough.
        is_processed: Whether the blur explains the photograph better once that is reduced: the camera has smoothed and
            sharpened its fine detail.
    """

    type: str
    blur: Blur | None
    probabilities: dict[str, float]
    confidence: float
    extent: float
    is_processed: bool = False


@dataclass(frozen=True, eq=False)
class _Look:
    """The network's estimate for a photograph that is made `scale` times smaller."""

    belief: BlurPosterior
    light: Pixels
    scale: int = 1
    is_processed: bool = False


def is_available() -> bool:
    """Return whether the weights are there."""
    return _card().is_file()


def diagnose(light: Pixels) -> Task[Diagnosis]:
    """Estimate the blur of a photograph.

    Several crops are looked at, each where its part of the frame tells most. Where the blur is larger than the network
    knows, the photograph is reduced until it is not. Where it seems sharp but shows a blur once it is reduced, which
    no optics does, its camera has sharpened the finest detail, and the reduced one is believed. Sizes and angles are
    then fitted to the spectrum of the photograph, which is more exact than the network but must know where to look.

    Args:
        light: Float32 array of shape (height, width, channels), linear light, with sides of at least `LEAST_SIDE`.

    Raises:
        DeblurError: The weights are missing or broken.
    """
    from deblur_app.restoration.psf_estimation import (
        parametric,  # here, because it needs SciPy, which the window starts without
    )

    yield Progress(0.0, "Starting the engine")
    predict = _predictor()
    seen = yield from subtask(_look_at_scales(light, predict), 0.1, 0.4)
    belief, line = yield from subtask(_line_or_shake(seen), 0.4, 0.6)
    kind = belief.type
    extent = belief.extent * seen.scale
    told = Diagnosis(kind, None, belief.probabilities, belief.probabilities[kind], extent, seen.is_processed)
    if kind not in belief.blurs:
        return told
    rough = belief.blurs[kind]
    fitted = (
        line if line and kind == line.kind else (yield from subtask(parametric.refine(seen.light, rough), 0.6, 0.8))
    )
    is_fitted = _is_near(belief, fitted)
    if not is_fitted and _SHARE_OF_FIT[kind] == 1.0:
        judging = parametric.verdict(seen.light, fitted)
        is_fitted = (yield from subtask(judging, 0.8, 0.9)).share >= _SHOWN
    blur, trust = (_between(rough, fitted), _FITTED) if is_fitted else (rough, belief.size_confidence(kind))
    blur = _scale_blur(blur, seen.scale)
    is_processed = seen.is_processed or (yield from subtask(_is_processed(light, blur), 0.9, 1.0))
    sure = belief.probabilities[kind] * trust * (_CAPPED if _is_at_limit(blur) else 1.0)
    if is_processed and not seen.is_processed:
        sure = min(sure, _AT_MOST)
    return replace(told, blur=blur, confidence=sure, is_processed=is_processed)


def _look_at_scales(light: Pixels, predict: Callable[[Features], Row]) -> Task[_Look]:
    """Return the estimate at the size of the photograph that shows the blur best."""
    found = _Look((yield from subtask(_belief(light, predict), 0.0, 0.5)), light)
    for number, scale in enumerate(_REDUCED):
        height, width = (length // scale for length in light.shape[:2])
        is_sharp = found.belief.type == "none"
        if min(height, width) < _LEAST_REDUCED or not (is_sharp or _is_open(found.belief)):
            break
        start, end = (0.5 + 0.5 * step / len(_REDUCED) for step in (number, number + 1))
        smaller = resize_pixels(light, width, height)
        seen = yield from subtask(_belief(smaller, predict), start, end)
        if seen.type == "none":  # a blur that is too large for the network, or no blur: nothing new
            continue
        if is_sharp and seen.probabilities[seen.type] > _SURELY:
            found = _Look(seen, smaller, scale, is_processed=True)
        elif not is_sharp and (seen.type == found.belief.type or seen.confidence > found.belief.confidence):
            found = _Look(seen, smaller, scale, found.is_processed)
    return found


def _line_or_shake(seen: _Look) -> Task[tuple[BlurPosterior, Blur | None]]:
    """Return the estimate after the spectrum has decided between a line and a curved path, and the best line.

    A shake that is nearly straight looks like a line from afar, but has no line's zeros. The spectrum is asked where
    both are probable, and where a line was seen that cannot be found near there. Else no line is fitted.
    """
    from deblur_app.restoration.psf_estimation import parametric

    probabilities = seen.belief.probabilities
    is_contested = min(probabilities[kind] for kind in _PATHS) >= _CONTESTED
    if seen.belief.type not in _PATHS or not (is_contested or seen.belief.type == "motion"):
        return seen.belief, None
    line = yield from subtask(parametric.refine(seen.light, seen.belief.blurs["motion"]), 0.0, 0.8)
    if not is_contested and _is_near(seen.belief, line):
        return seen.belief, line
    share = (yield from subtask(parametric.verdict(seen.light, line), 0.8, 1.0)).share
    if _NO_LINE < share < _SHOWN or (not is_contested and share >= _SHOWN):
        return seen.belief, line
    winner, loser = _PATHS if share >= _SHOWN else _PATHS[::-1]
    return replace(
        seen.belief, probabilities={**probabilities, winner: probabilities[winner] + probabilities[loser], loser: 0.0}
    ), line


def _is_near(belief: BlurPosterior, fitted: Blur) -> bool:
    """Return whether a fitted blur is of about the size that the network sees."""
    kind = fitted.kind
    return abs(math.log(_size(fitted) / _size(belief.blurs[kind]))) < _FARTHEST * belief.spreads[kind]


def _is_open(belief: BlurPosterior) -> bool:
    """Return whether the blur may be larger than the network knows."""
    kind = belief.type
    if belief.probabilities[kind] < _DOUBTFUL:
        return True
    if kind == "shake":
        return belief.extent > _LARGEST[kind]
    return kind in _LARGEST and _size(belief.blurs[kind]) > _LARGEST[kind]


def _size(blur: Blur) -> float:
    return float(blur.values[beliefs.SIZES[blur.kind]])


def _between(rough: Blur, fitted: Blur) -> Blur:
    """Return the fitted blur, its size between what the network sees and what the fit finds."""
    share = _SHARE_OF_FIT[fitted.kind]
    size = _size(rough) ** (1.0 - share) * _size(fitted) ** share
    return Blur(fitted.kind, {**fitted.values, beliefs.SIZES[fitted.kind]: size})


def _is_processed(light: Pixels, blur: Blur) -> Task[bool]:
    """Return whether a blur explains the reduced photograph better: its finest detail was processed."""
    from deblur_app.restoration.psf_estimation import parametric

    whole = yield from subtask(parametric.gain(light, blur), 0.0, 0.5)
    for number, scale in enumerate(_HONEST):
        height, width = (length // scale for length in light.shape[:2])
        if min(height, width) < _LEAST_REDUCED:
            break
        start, end = (0.5 + 0.5 * step / len(_HONEST) for step in (number, number + 1))
        smaller = resize_pixels(light, width, height)
        gain = yield from subtask(parametric.gain(smaller, _scale_blur(blur, 1 / scale)), start, end)
        if gain > max(whole, 0.0):
            return True
    return False


def _scale_blur(blur: Blur, scale: float) -> Blur:
    """Return the blur of a reduced photograph in pixels of the photograph itself."""
    name = beliefs.SIZES[blur.kind]
    limits = next(p for p in kinds.find(blur.kind).parameters if p.name == name)
    size = min(max(float(blur.values[name]) * scale, limits.minimum), limits.maximum)
    return Blur(blur.kind, {**blur.values, name: size})


def _is_at_limit(blur: Blur) -> bool:
    """Return whether a size is at the largest that the program can make, so that the true one may be larger."""
    name = beliefs.SIZES[blur.kind]
    limits = next(p for p in kinds.find(blur.kind).parameters if p.name == name)
    return float(blur.values[name]) >= limits.maximum


def _belief(light: Pixels, predict: Callable[[Features], Row]) -> Task[BlurPosterior]:
    """Return the common estimate from the crops of a photograph."""
    crops = _crops(light)
    seen = []
    for number, crop in enumerate(crops):
        yield Progress(number / (len(crops) + 1), "Looking at the blur")
        seen.append(features(light[crop]))
    yield Progress(len(crops) / (len(crops) + 1), "Looking at the blur")
    return beliefs.belief(predict(np.stack(seen)), temperature=_TEMPERATURE)


def _crops(light: Pixels) -> list[tuple[slice, slice]]:
    """Return one crop for each part of the frame, the most informative of that part."""
    rows, columns = (_parts(length) for length in light.shape[:2])
    crops = []
    for row in rows:
        for column in columns:
            down, right = most_informative(light[row, column], CROP)
            top, left = row.start + down.start, column.start + right.start
            crops.append((slice(top, row.start + down.stop), slice(left, column.start + right.stop)))
    return crops


def _parts(length: int) -> list[slice]:
    """Return parts along an axis, as long as a crop or longer; they overlap in small photographs."""
    if length <= CROP:
        return [slice(0, length)]
    count = min(math.ceil(length / CROP), _MOST_CROPS)
    side = max(CROP, -(-length // count))
    return [slice(start, start + side) for start in np.linspace(0, length - side, count).round().astype(int).tolist()]


def _card() -> Path:
    return resource("weights", "psf-estimator.json")


@functools.cache
def _predictor() -> Callable[[Features], Row]:
    """Return the network as a function; on the processor, which is done before a graphics card has started."""
    devices.load_engine()
    import tensorflow as tf

    from deblur_app.networks import weights

    device = devices.processor().tf_name
    with tf.device(device):
        model, _ = weights.load(_card())
    signature = tf.TensorSpec((None, *SHAPE), tf.float32)

    @tf.function(input_signature=[signature], autograph=False)  # type: ignore[untyped-decorator]
    def function(spectra: tf.Tensor) -> tf.Tensor:
        return model(spectra, training=False)

    def predict(spectra: Features) -> Row:
        with tf.device(device):
            return np.asarray(function(tf.constant(spectra.astype(np.float32))))

    return predict
