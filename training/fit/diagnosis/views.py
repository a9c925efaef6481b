"""Views of a photo as the combining network may have to do with: cropped, reduced, or too small for some looks."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.blur import blur_posterior

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np

    from deblur_app.blur.blur_posterior import Row

type Looks = Sequence[Row | None]
"""What is told of the crops at each of `combination.SCALES`, and of the small crops; None where there is no look."""

_WHOLE, _OTHER = 1.5, 0.6
"""Weights of the whole photo and of each other view."""

_LEAST_SIZES: Mapping[str, float] = {"motion": 2.4, "shake": 3.0, "defocus": 1.2, "turbulence": 1.0, "varies": 3.6}
"""Sizes in pixels below which a blur may not be seen in a reduced photo."""


@dataclass(frozen=True)
class View:
    """A part of what is told of a photo.

    Attributes:
        looks: What is left.
        side: Short side in pixels that the photo might have.
        reduction: How many times smaller the photo is at the first of these sizes.
        weight: How much it counts.
    """

    looks: Looks
    side: int
    reduction: int = 1
    weight: float = _OTHER


def list_views(looks: Looks, side: int, random: np.random.Generator) -> list[View]:
    """Return the whole photo, a part of it with fewer crops, and what is left of it where some sizes are missing."""
    whole, half, quarter, tiles = looks

    def shrink(least: float) -> int:
        return max(round(side * random.uniform(least, 1.0)), 1)

    fewer = [_draw_crops(look, random) for look in looks]
    if random.random() < 0.4:
        fewer[2] = None
    views = [View(looks, side, weight=_WHOLE), View(fewer, shrink(0.7))]
    if half is not None:
        views += [View([half, quarter, None, None], side // 2, 2), View([whole, half, None, None], shrink(0.6))]
    views.append(View([whole, None, None, tiles if random.random() < 0.5 else None], shrink(0.5)))
    if quarter is not None:
        views.append(View([quarter, None, None, None], side // 4, 4))
    return views


def _draw_crops(look: Row | None, random: np.random.Generator) -> Row | None:
    """Return at least half of the crops of a look."""
    if look is None or len(look) < 2:
        return look
    count = int(random.integers(max(1, len(look) // 2), len(look) + 1))
    return look[random.permutation(len(look))[:count]]


def reduce_truth(truth: Row, reduction: int) -> Row:
    """Return what is true of a photo that was made smaller."""
    reduced = truth.copy()
    if reduced[blur_posterior.TRUE_SIZE]:
        reduced[blur_posterior.TRUE_SIZE] -= math.log(reduction)
    return reduced


def shows_blur(truth: Row) -> bool:
    """Return whether a blur is large enough to be seen; a photo without one shows that, too."""
    kind = blur_posterior.TYPES[int(truth[blur_posterior.TRUE_TYPE])]
    return kind not in _LEAST_SIZES or math.exp(float(truth[blur_posterior.TRUE_SIZE])) >= _LEAST_SIZES[kind]
