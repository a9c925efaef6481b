"""Estimates of a photograph's blur: how probable each type is, its size, and how wrong the size may be.

The numbers that a network gives for a crop are read here, and those of several crops are put together, without the
network: in arrays with one row for each crop.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from deblur_app.blur.kinds import Blur

if TYPE_CHECKING:
    from collections.abc import Sequence

type Row = NDArray[np.float32]
"""The numbers of one crop, or of several with the crops along the first axis."""

TYPES = ("none", "motion", "shake", "defocus", "turbulence", "varies", "enlarged")
"""The types of photographs: without blur, with one of `blur.kinds.BLURS`, with one that differs over the frame, or
only enlarged, which no deconvolution undoes."""

SHARP = ("none", "enlarged")
"""Types with no blur to undo."""

SIZES = {"motion": "length", "shake": "extent", "defocus": "radius", "turbulence": "sigma"}
"""The parameter of each type that is a size in pixels, in the order of `TYPES`."""

SIZED = slice(1, 5)
"""Indices of the types that have a size among `TYPES`."""

LOGITS = slice(0, 7)
"""Slice of the types in the numbers of a crop: before the softmax."""

LOG_SIZES = slice(7, 11)
"""Logarithms of the sizes in pixels, in the order of `SIZES`."""

DIRECTION = slice(11, 13)
"""Cosine and sine of twice the angle of motion, which half a turn does not change."""

LOG_SPREADS = slice(13, 18)
"""Logarithms of the mean absolute errors to expect: of the four logarithms of sizes, then of the direction."""

NUMBERS = 18
"""Count of the numbers for a crop."""

TRUE_TYPE, TRUE_SIZE, TRUE_DIRECTION = 0, 1, slice(2, 4)
"""Places at which the truth of a crop holds the index of its type, the logarithm of its size, and its direction."""

TRUTHS = 4
"""Count of the numbers that hold the truth of a crop."""

SPREAD_LIMITS = (-6.0, 2.0)
"""Of logarithms of spreads: no crop is as certain, none as little."""

_SHARP = 0.4
"""Probability of no blur from which on a photo counts as sharp. Of 130 sharp photographs 3 had less than 0.5, 2 less
than 0.4; 25 photos blurred in real life had up to 0.31."""

_TOLERANCE = 1.15
"""Ratio of sizes up to which a size is called right."""


@dataclass(frozen=True, eq=False)
class BlurPosterior:
    """An estimate of a blur: the probability of each type, the sizes and their expected errors.

    Attributes:
        probabilities: Probability of each of `TYPES`; they sum to 1.
        blurs: The blur for each type that is a line, a disk or a Gaussian, with its values.
        extent: Size in pixels of the box around the path, should it be a shake.
        spreads: For each of these types and for shake, the mean absolute error to expect of the logarithm of its size,
            if the type is right.
    """

    probabilities: dict[str, float]
    blurs: dict[str, Blur]
    extent: float
    spreads: dict[str, float]

    @property
    def sharp_share(self) -> float:
        """Probability that there is no blur to undo."""
        return sum(self.probabilities.get(kind, 0.0) for kind in SHARP)

    @property
    def type(self) -> str:
        """The most probable of `TYPES` without a blur or, where some blur is probable enough, of the others.

        Several blurs that are each less probable than none are together more probable: a large shake of a camera had
        0.31 for none, and 0.65 for a shake and a blur that varies.
        """
        kinds = [kind for kind in self.probabilities if (kind in SHARP) == is_sharp(self.sharp_share)]
        return max(kinds, key=self.probabilities.__getitem__)

    @property
    def confidence(self) -> float:
        """Probability that both the most probable type and its size are right."""
        return self.probabilities[self.type] * self.size_confidence(self.type)

    def size_confidence(self, kind: str) -> float:
        """Probability that the size of a type is right to within 15 %, if the type is; 1 where there is no size."""
        if kind not in self.spreads:
            return 1.0
        return 1.0 - math.exp(-math.log(_TOLERANCE) / self.spreads[kind])  # the errors are taken as Laplace's


def is_sharp(share: float) -> bool:
    """Return whether a photo counts as sharp, given the probability that it has no blur."""
    return share >= _SHARP


def read_posterior(rows: Row, *, temperature: float = 1.0) -> BlurPosterior:
    """Return the common estimate from the crops of one photograph.

    The logarithms of the probabilities are averaged, and the sizes with weights that fall with the square of their
    spread: crops of one photograph err together, so that more of them narrow the spread no further.

    Args:
        rows: Numbers of shape (crops, `NUMBERS`), at least one crop.
        temperature: What logits are divided by, so that probabilities are as often right as they say.
    """
    logits = rows[:, LOGITS].mean(axis=0, dtype=np.float64) / temperature
    probabilities = np.exp(logits - logits.max())
    probabilities /= probabilities.sum()
    spreads = np.exp(np.clip(rows[:, LOG_SPREADS].astype(np.float64), *SPREAD_LIMITS))
    weights = spreads**-2.0
    weights /= weights.sum(axis=0)
    log_sizes = (rows[:, LOG_SIZES] * weights[:, :4]).sum(axis=0)
    direction = (rows[:, DIRECTION] * weights[:, 4:]).sum(axis=0)
    spread = (spreads * weights).sum(axis=0)
    sizes = dict(zip(SIZES, np.exp(log_sizes).tolist(), strict=True))
    blurs = {kind: Blur(kind, {SIZES[kind]: size}) for kind, size in sizes.items() if kind not in ("shake", "motion")}
    blurs["motion"] = Blur("motion", {"length": sizes["motion"], "angle": angle(direction)})
    expected = dict(zip(SIZES, spread[:4].tolist(), strict=True))
    return BlurPosterior(dict(zip(TYPES, probabilities.tolist(), strict=True)), blurs, sizes["shake"], expected)


def angle(direction: Sequence[float] | NDArray[np.floating[Any]]) -> float:
    """Return the angle of motion in degrees, above -90 and at most 90, of the cosine and sine of its double."""
    half = math.degrees(math.atan2(float(direction[1]), float(direction[0]))) / 2
    return half if half > -90.0 else 90.0


def truth(blur: Blur | None, *, turns: int = 0, mirrored: bool = False) -> Row:
    """Return the true numbers of a crop, of shape (`TRUTHS`,).

    Args:
        blur: What it is blurred by; None for a sharp one.
        turns: Quarter turns counter-clockwise of the crop after it was blurred.
        mirrored: Whether it was then mirrored left to right.
    """
    numbers = np.zeros(TRUTHS, np.float32)
    if blur is None:
        return numbers
    numbers[TRUE_TYPE] = TYPES.index(blur.kind)
    numbers[TRUE_SIZE] = math.log(float(blur.values[SIZES[blur.kind]]))
    if blur.kind == "motion":
        double = 2.0 * math.radians(float(blur.values["angle"]) + 90.0 * turns) * (-1 if mirrored else 1)
        numbers[TRUE_DIRECTION] = math.cos(double), math.sin(double)
    return numbers
