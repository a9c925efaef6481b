"""Blurred and sharp crops from a sharp photograph: what is drawn by chance, and from which ranges."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kinds
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.task import run_to_end

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from numpy.typing import NDArray

type Range = tuple[float, float]

FOUR_BLURS: Mapping[str, Mapping[str, Range]] = {
    "motion": {"length": (3.0, 25.0), "angle": (0.0, 180.0)},
    "shake": {"extent": (5.0, 25.0), "roughness": (0.0, 0.8), "exposure": (0.5, 1.5), "seed": (0, 999_999)},
    "defocus": {"radius": (0.8, 6.0)},
    "turbulence": {"sigma": (0.6, 3.0)},
}
"""From hardly seen to strong, in pixels of the crop."""

_POOL, _REPEATS = 16, 16
"""So many photographs are drawn from at a time, and so many crops taken of each, so that a photograph that has to be
decoded again because memory is short serves for many crops."""


@dataclass(frozen=True)
class Recipe:
    """How pairs are made.

    Attributes:
        side: Side of the square crops in pixels.
        batch_size: Pairs in a batch.
        seed: Equal seeds give equal pairs in equal order.
        blurs: For each kind of blur, the ranges of its parameters; those left out keep their defaults. The kinds
            are drawn with equal chance.
        noise: Range of the sensor's read noise, see `Degradation`.
        jpeg: Range of the JPEG quality.
        jpeg_share: Share of the blurred crops that go through JPEG.
    """

    side: int = 128
    batch_size: int = 16
    seed: int = 42
    blurs: Mapping[str, Mapping[str, Range]] = field(default_factory=lambda: FOUR_BLURS)
    noise: Range = (0.0, 0.02)
    jpeg: Range = (70, 98)
    jpeg_share: float = 0.3

    def __post_init__(self) -> None:
        if self.side < 8 or self.batch_size < 1 or not self.blurs:
            raise DeblurError("Crops need 8 pixels a side or more, a batch one pair or more, and one blur or more.")
        for name, ranges in self.blurs.items():
            kind = kinds.find(name)
            for index in (0, 1):  # both ends of each range are checked as values are
                kind.checked({key: value[index] for key, value in ranges.items()})


def make_pair(
    photo: Callable[[int], NDArray[np.uint8]], count: int, recipe: Recipe, number: int
) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """Pair number `number` of the endless row of pairs; it depends on the recipe, the photographs and its number alone.

    Only a patch is blurred: the crop and a margin as wide as the blur reaches.

    Args:
        photo: Gives a photograph by its index, as uint8 of shape (height, width, 3).
        count: How many photographs there are.
        recipe: How pairs are made.
        number: From 0.

    Returns:
        The blurred and the sharp crop, uint8 of shape (side, side, 3).
    """
    pixels = photo(photo_of(number, count, recipe.seed))
    random = np.random.default_rng((recipe.seed, 1, number))
    top, left = (int(random.integers(extent - recipe.side + 1)) for extent in pixels.shape[:2])
    blur = _draw_blur(recipe, random)
    kernel = blur.kernel()
    varies = kinds.find(blur.kind).varying is not None
    margin = len(kernel) if varies else len(kernel) // 2  # towards the corners, a varying blur reaches farther
    above, before = min(margin, top), min(margin, left)
    patch = pixels[top - above : top + recipe.side + margin, left - before : left + recipe.side + margin]
    settings = Degradation(
        blur if varies else kernel,
        noise=random.uniform(*recipe.noise),
        jpeg=round(random.uniform(*recipe.jpeg)) if random.random() < recipe.jpeg_share else None,
        seed=int(random.integers(2**31)),
    )
    blurred = to_uint8(run_to_end(degrade(from_integer(patch), settings)))
    inside = slice(above, above + recipe.side), slice(before, before + recipe.side)
    turns, mirrored = int(random.integers(4)), bool(random.integers(2))
    first, second = (np.rot90(crop[inside], turns) for crop in (blurred, patch))
    return (first[:, ::-1], second[:, ::-1]) if mirrored else (first, second)


def photo_of(number: int, count: int, seed: int) -> int:
    """Which photograph pair number `number` is taken from; over time each one serves equally often."""
    pool = min(_POOL, count)
    block, place = divmod(number, pool * _REPEATS)
    within = int(np.random.default_rng((seed, 2, block)).permutation(pool * _REPEATS)[place]) % pool
    epoch, index = divmod(block * pool + within, count)
    return int(np.random.default_rng((seed, 3, epoch)).permutation(count)[index])


def _draw_blur(recipe: Recipe, random: np.random.Generator) -> Blur:
    name = sorted(recipe.blurs)[int(random.integers(len(recipe.blurs)))]
    whole = {parameter.name for parameter in kinds.find(name).parameters if isinstance(parameter.default, int)}
    values = {
        key: int(random.integers(int(low), int(high) + 1)) if key in whole else random.uniform(low, high)
        for key, (low, high) in recipe.blurs[name].items()
    }
    return Blur(name, values)
