"""Blurred and sharp crops from a sharp photograph: what is drawn by chance, and from which ranges."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kinds
from deblur_app.blur.degrade import Degradation
from deblur_app.blur.kinds import Blur
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray


type Range = tuple[float, float]

FOUR_BLURS: Mapping[str, Mapping[str, Range]] = {
    "motion": {"length": (3.0, 25.0), "angle": (0.0, 180.0)},
    "shake": {"extent": (5.0, 25.0), "roughness": (0.0, 0.8), "exposure": (0.5, 1.5), "seed": (0, 999_999)},
    "defocus": {"radius": (0.8, 6.0)},
    "turbulence": {"sigma": (0.6, 3.0)},
}
"""From hardly seen to strong, in pixels of the crop."""

NO_BLUR = "none"
"""The kind of a crop that stays sharp."""

_LIGHT = srgb_to_linear(from_integer(np.arange(256, dtype=np.uint8)))
"""Linear light of each level of a crop."""

_POOL, _REPEATS = 16, 16
"""So many photographs are drawn from at a time, and so many crops taken of each, so that a photograph that has to be
decoded again because memory is short serves for many crops."""


@dataclass(frozen=True)
class Recipe:
    """The settings by which pairs are made.

    Attributes:
        side: Side of the square crops in pixels.
        batch_size: Pairs in a batch.
        seed: Equal seeds give equal pairs in equal order.
        blurs: For each kind of blur, the ranges of its parameters; those left out keep their defaults. The kinds
            are drawn with equal chance.
        noise: Range of the sensor's read noise, see `Degradation`.
        jpeg: Range of the JPEG quality.
        jpeg_share: Share of the blurred crops that go through JPEG.
        sharp_share: Share of the crops that are not blurred, only noisy and compressed.
        photons: Range of the photons of the brightest light, drawn evenly by their logarithm, see `Degradation`.
        photons_share: Share of the crops that have photon noise.
        noiseless_share: Share of the crops that have neither read nor photon noise.
        scale: Range of the size that photographs are reduced to before a crop is taken, above 0 and at most 1. It
            makes soft photographs crisp, and shows more of a scene.
        is_deconvolved: Whether crops come with what deconvolution makes of them, see `make_pair`.
        exact_share: Share of the crops that are deconvolved with their true kernel.
        kernel_error: Range of the relative error of the kernels of the others.
        is_scene: Whether pairs are realistic photos, see `training.scenes`; then only side, batch size, seed,
            `scene_kinds` and `cutouts` count.
        scene_kinds: Kinds of scenes, keys of `blur.scene.draw.SHARES`; all, as often as there, where it is empty.
        cutouts: A folder of pictures with transparency that move in front of the photographs; "" for none.
    """

    side: int = 128
    batch_size: int = 16
    seed: int = 42
    blurs: Mapping[str, Mapping[str, Range]] = field(default_factory=lambda: FOUR_BLURS)
    noise: Range = (0.0, 0.02)
    jpeg: Range = (70, 98)
    jpeg_share: float = 0.3
    sharp_share: float = 0.0
    photons: Range = (2_000.0, 100_000.0)
    photons_share: float = 0.0
    noiseless_share: float = 0.0
    scale: Range = (1.0, 1.0)
    is_deconvolved: bool = False
    exact_share: float = 0.4
    kernel_error: Range = (0.0, 0.08)
    is_scene: bool = False
    scene_kinds: tuple[str, ...] = ()
    cutouts: str = ""

    @property
    def channels(self) -> int:
        """The number of channels of a blurred crop."""
        return 9 if self.is_deconvolved else 3

    def __post_init__(self) -> None:
        if self.side < 8 or self.batch_size < 1 or not self.blurs:
            raise DeblurError(tr("Crops need 8 pixels a side or more, a batch one pair or more, and one blur or more."))
        if not 0.05 <= self.scale[0] <= self.scale[1] <= 1:
            raise DeblurError(
                tr("Photographs can be reduced to between 0.05 and 1 of their size: {scale}.", scale=self.scale)
            )
        for end in (0, 1):
            Degradation(noise=self.noise[end], photons=self.photons[end], jpeg=round(self.jpeg[end]))
        for name, ranges in self.blurs.items():
            kind = kinds.find(name)
            for index in (0, 1):  # both ends of each range are checked as values are
                kind.complete_values({key: value[index] for key, value in ranges.items()})


@dataclass(frozen=True)
class Draw:
    """The random choices for one pair; they do not depend on the photograph.

    Attributes:
        blur: The blur; None for a crop that stays sharp.
        noise: Read noise, see `Degradation`.
        photons: Photons of the brightest light; None for none counted.
        jpeg: Quality of JPEG compression; None for none.
        seed: Seed of the noise.
        scale: Size that the photograph is reduced to.
        place: Where the crop lies, from 0 at the top left to 1 at the bottom right, downwards and to the right.
        turns: Quarter turns of the crop.
        mirrored: Whether the crop is mirrored.
    """

    blur: Blur | None
    noise: float
    photons: float | None
    jpeg: int | None
    seed: int
    scale: float
    place: tuple[float, float]
    turns: int
    mirrored: bool

    @property
    def kind(self) -> str:
        """The kind of the blur, “none” for a sharp crop."""
        return self.blur.kind if self.blur else NO_BLUR

    def noise_level(self, sharp: NDArray[np.uint8]) -> float:
        """Return the standard deviation of all noise in linear light, of both kinds together, averaged over the crop.

        Args:
            sharp: The sharp crop, uint8.
        """
        light = float(_LIGHT[sharp].mean()) if self.photons else 0.0
        return math.sqrt(self.noise**2 + light / (self.photons or 1.0))


def draw_pair(recipe: Recipe, number: int) -> Draw:
    """Draw the random choices for pair number `number`; they depend on the recipe and the number alone."""
    random = np.random.default_rng((recipe.seed, 1, number))
    blur = None if random.random() < recipe.sharp_share else _draw_blur(recipe, random)
    noiseless, photon_share, compressed, *place, scale, noise, photons, quality = random.random(9).tolist()
    noiseless = noiseless < recipe.noiseless_share
    return Draw(
        blur,
        noise=0.0 if noiseless else value_between(recipe.noise, noise),
        photons=_between_logarithms(recipe.photons, photons)
        if photon_share < recipe.photons_share and not noiseless
        else None,
        jpeg=round(value_between(recipe.jpeg, quality)) if compressed < recipe.jpeg_share else None,
        seed=int(random.integers(2**31)),
        scale=value_between(recipe.scale, scale),
        place=(place[0], place[1]),
        turns=int(random.integers(4)),
        mirrored=bool(random.integers(2)),
    )


def photo_of(number: int, count: int, seed: int) -> int:
    """Return the index of the photograph of pair number `number`; over time each one serves equally often."""
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


def value_between(limits: Range, share: float) -> float:
    """Return the value that lies in a range at a share of it, 0 for its start and 1 for its end."""
    return limits[0] + (limits[1] - limits[0]) * share


def _between_logarithms(limits: Range, share: float) -> float:
    return math.exp(value_between((math.log(limits[0]), math.log(limits[1])), share))
