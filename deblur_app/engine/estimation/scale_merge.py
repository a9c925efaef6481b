"""One estimate for a photo from those that begin at several of its sizes.

A photo that was reduced or cropped afterwards is looked at in the same sizes as the photo itself, but for the finest
or the coarsest. So no single size decides: the mean does, which changes little where one size is added or left out.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.blur.blur_posterior import BlurPosterior
from deblur_app.blur.kinds import Blur
from deblur_app.engine.estimation.sizes import scale_blur, size_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

_BLURS = tuple(kind for kind in blur_posterior.TYPES if kind not in blur_posterior.SHARP)

_FINEST = 1.9
"""Reduction below which sizes tell whether there is a blur at all, together or the finest alone: a small one is gone
where a photo is halved."""

_SURELY = 0.8
"""Probability of a blur of the reduced photograph above which a full-sized one that looks sharp counts as processed by
its camera."""

_WEIGHTS: Mapping[str, float] = {"varies": 0.85, "motion": 0.7}
"""Weights of blurs among the blurs. Many scenes that vary hardly do, and one kernel does well for them. A shake of a
hand may be nearly straight; where the spectrum shows the zeros of a line, it is one in the end (`diagnosis`)."""

_LEAST = 1e-3
"""Probabilities below it count as it."""


def merge_scales(parts: Mapping[float, BlurPosterior], trusted: Sequence[float] = ()) -> BlurPosterior:
    """Return the common estimate, in pixels of the photo at its own size.

    Args:
        parts: The estimates by how many times smaller the photo was made, each in pixels of that; 1 is among them.
        trusted: Reductions at which a blur is believed that the photo itself does not show, if nearly certain: no
            optics does that, but denoising and sharpening hide a blur in the finest detail.
    """
    blurred = {scale: 1.0 - part.sharp_share for scale, part in parts.items()}
    fine = [scale for scale in parts if scale < _FINEST]
    share = max(_sigmoid(float(np.mean([_logit(blurred[scale]) for scale in fine]))), blurred[min(parts)])
    hidden = max((blurred[scale] for scale in trusted if scale >= _FINEST), default=0.0)
    if blur_posterior.is_sharp(1.0 - share) and hidden > _SURELY:
        share = hidden
    weights = np.array([max(blurred[scale], _LEAST) for scale in parts])
    weights /= weights.sum()
    probabilities = {kind: share * value for kind, value in _mean_of_blurs(parts, weights).items()}
    sharp = {
        kind: float(np.mean([parts[s].probabilities.get(kind, 0.0) for s in fine])) for kind in blur_posterior.SHARP
    }
    total = sum(sharp.values()) or 1.0
    probabilities |= {kind: (1.0 - share) * value / total for kind, value in sharp.items()}
    ordered = {kind: probabilities[kind] for kind in blur_posterior.TYPES}
    return _with_mean_sizes(BlurPosterior(ordered, {}, 0.0, {}), parts, weights)


def scale_posterior(posterior: BlurPosterior, scale: float) -> BlurPosterior:
    """Return an estimate with sizes `scale` times as large."""
    blurs = {kind: scale_blur(blur, scale) for kind, blur in posterior.blurs.items()}
    return replace(posterior, blurs=blurs, extent=posterior.extent * scale)


def _mean_of_blurs(parts: Mapping[float, BlurPosterior], weights: NDArray[np.float64]) -> dict[str, float]:
    """Return the probability of each type among the blurs: the geometric mean, weighed by `_WEIGHTS`."""
    shares = np.array([[part.probabilities.get(kind, 0.0) for kind in _BLURS] for part in parts.values()])
    shares /= np.maximum(shares.sum(axis=1, keepdims=True), _LEAST)
    mean = np.exp(weights @ np.log(np.maximum(shares, _LEAST)))
    mean *= [_WEIGHTS.get(kind, 1.0) for kind in _BLURS]
    return dict(zip(_BLURS, (mean / mean.sum()).tolist(), strict=True))


def _with_mean_sizes(
    posterior: BlurPosterior, parts: Mapping[float, BlurPosterior], weights: NDArray[np.float64]
) -> BlurPosterior:
    """Return an estimate with the mean sizes of all parts, and the mean direction of a line."""
    scales, all_parts = np.array(list(parts)), list(parts.values())

    def mean(values: Sequence[float]) -> float:
        return float(np.exp(weights @ np.log(np.array(values) * scales)))

    blurs = {
        kind: Blur(kind, {blur_posterior.SIZES[kind]: mean([size_of(part.blurs[kind]) for part in all_parts])})
        for kind in ("defocus", "turbulence")
    }
    double = np.radians([2.0 * float(part.blurs["motion"].values["angle"]) for part in all_parts])
    direction = np.array([weights @ np.cos(double), weights @ np.sin(double)])
    length = mean([size_of(part.blurs["motion"]) for part in all_parts])
    blurs["motion"] = Blur("motion", {"length": length, "angle": blur_posterior.angle(direction)})
    spreads = {kind: float(weights @ [part.spreads[kind] for part in all_parts]) for kind in all_parts[0].spreads}
    return replace(posterior, blurs=blurs, extent=mean([part.extent for part in all_parts]), spreads=spreads)


def _logit(share: float) -> float:
    bounded = min(max(share, _LEAST), 1.0 - _LEAST)
    return math.log(bounded / (1.0 - bounded))


def _sigmoid(value: float) -> float:
    return 1.0 / (1.0 + math.exp(-value))
