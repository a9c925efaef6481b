"""Sizes of simple blurs: scaled, compared with what the network tells, and put together with it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from deblur_app.blur import blur_posterior, kinds
from deblur_app.blur.kinds import Blur

if TYPE_CHECKING:
    from deblur_app.blur.blur_posterior import BlurPosterior

_FARTHEST = 4.0
"""Multiples of the network's expected error that a fitted size may lie away from the network's, unless the zeros of the
spectrum show it; a spectrum can also be explained by no blur and an odd scene."""

SHARE_OF_FIT = {"motion": 1.0, "defocus": 1.0, "turbulence": 0.25}
"""Weight of the logarithm of a fitted size beside that of the network's. Lines and disks have zeros in their
spectrum, which the fit finds to a percent; a Gaussian has none, and its fit errs about twice as far as the network."""


def size_of(blur: Blur) -> float:
    """Return the size of a blur in pixels: its length, radius or σ."""
    return float(blur.values[blur_posterior.SIZES[blur.kind]])


def scale_blur(blur: Blur, scale: float) -> Blur:
    """Return a blur whose size is `scale` times as large, within the limits of its kind; other values stay."""
    name = blur_posterior.SIZES[blur.kind]
    limits = next(p for p in kinds.find(blur.kind).parameters if p.name == name)
    size = min(max(float(blur.values[name]) * scale, limits.minimum), limits.maximum)
    return Blur(blur.kind, {**blur.values, name: size})


def is_at_limit(blur: Blur) -> bool:
    """Return whether a size is at the largest that the program can make, so that the true one may be larger."""
    name = blur_posterior.SIZES[blur.kind]
    limits = next(p for p in kinds.find(blur.kind).parameters if p.name == name)
    return float(blur.values[name]) >= limits.maximum


def is_near(posterior: BlurPosterior, fitted: Blur) -> bool:
    """Return whether a fitted blur is of about the size that the network sees."""
    kind = fitted.kind
    return abs(math.log(size_of(fitted) / size_of(posterior.blurs[kind]))) < _FARTHEST * posterior.spreads[kind]


def combine_sizes(rough: Blur, fitted: Blur) -> Blur:
    """Return the fitted blur, its size between what the network sees and what the fit finds."""
    share = SHARE_OF_FIT[fitted.kind]
    size = size_of(rough) ** (1.0 - share) * size_of(fitted) ** share
    return Blur(fitted.kind, {**fitted.values, blur_posterior.SIZES[fitted.kind]: size})
