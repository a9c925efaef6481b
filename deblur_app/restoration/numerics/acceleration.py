"""Iterations that learn from their last steps: fewer of them reach the same result."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable

    from deblur_app.core.picture import Pixels

_SMALLEST = 1e-20
"""Square of a step below which there was none."""


def agreement(step: Pixels, last: Pixels, *, most: float) -> float:
    """Return how far the next step may begin ahead, in steps: as far as the last two agree.

    After Biggs and Andrews, "Acceleration of iterative image restoration algorithms" (1997): their scalar product over
    the square of the earlier one.

    Args:
        step: The change by this step.
        last: That by the one before, same shape.
        most: Bound of the result, up to 1.

    Returns:
        A number in [0, most].
    """
    square = float(np.vdot(last, last))
    return min(max(float(np.vdot(step, last)) / max(square, _SMALLEST), 0.0), most)


def minimize_non_negative(
    gradient: Callable[[Pixels], Pixels], start: Pixels, *, pace: float, steps: int, settled: float = 0.0
) -> Pixels:
    """Return the array of numbers ≥ 0 where a convex function is smallest, by accelerated projected gradients.

    FISTA (Beck and Teboulle, "A fast iterative shrinkage-thresholding algorithm", 2009), begun anew where a step went
    too far (O'Donoghue and Candès, "Adaptive restart for accelerated gradient schemes", 2015).

    Args:
        gradient: Takes a point, float32, and returns the gradient there, same shape.
        start: Where to begin.
        pace: Length of a step along the gradient: one over the largest curvature.
        steps: Number of steps, at most.
        settled: Share of the sum of the array that a step changes, below which it is the last one.
    """
    current, ahead, momentum = start, start, 1.0
    for _ in range(steps):
        after = np.maximum(ahead - np.float32(pace) * gradient(ahead), np.float32(0.0))
        if float(((ahead - after) * (after - current)).sum()) > 0.0:
            momentum, ahead = 1.0, after
        else:
            faster = (1.0 + math.sqrt(1.0 + 4.0 * momentum**2)) / 2.0
            ahead = after + np.float32((momentum - 1.0) / faster) * (after - current)
            momentum = faster
        change, current = float(np.abs(after - current).sum()), after
        if change < settled * float(current.sum()):
            break
    return current
