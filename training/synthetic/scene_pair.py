"""Pairs of crops of realistic photos, several of each photo, because a scene is much dearer than a crop of it."""

from __future__ import annotations

import functools
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.scene.draw import SHARES, SceneRanges
from deblur_app.core.picture import to_uint8
from training.scenes.scene_photo import make_scene_photo, read_cutouts
from training.synthetic.recipe import photo_of

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.scene.layers import Cutout
    from training.scenes.scene_photo import ScenePhoto
    from training.synthetic.recipe import Recipe

CROPS = 4
"""Crops of one photo."""

_LARGEST = 0.12
"""Extent of a blur at most, as a share of the frame's short side: the frame is little larger than a crop."""


def crop_scenes(
    photo: Callable[[int], NDArray[np.uint8]], count: int, recipe: Recipe, numbers: Sequence[int]
) -> list[tuple[NDArray[np.uint8], NDArray[np.uint8]]]:
    """Return pairs of crops by their numbers; `CROPS` numbers in a row share a photo, however they are asked for.

    Args:
        photo: Gives a photograph by its index, as uint8 of shape (height, width, 3).
        count: How many photographs there are.
        recipe: How pairs are made.
        numbers: Of the pairs.

    Returns:
        Blurred and sharp crops, uint8 of shape (side, side, 3).
    """
    scenes: dict[int, ScenePhoto] = {}
    pairs = []
    for number in numbers:
        of = number // CROPS
        if of not in scenes:
            pixels = photo(photo_of(of, count, recipe.seed))
            ranges = SceneRanges(largest_share=_LARGEST, least_side=recipe.side, shares=shares_of(recipe))
            scenes = {of: make_scene(pixels, recipe, of, ranges, (5 * recipe.side // 2,) * 2)}
        pairs.append(_crop(scenes[of], recipe, number))
    return pairs


def make_scene(
    pixels: NDArray[np.uint8], recipe: Recipe, number: int, ranges: SceneRanges, frame: tuple[int, int]
) -> ScenePhoto:
    """Make realistic photo number `number` of a recipe, of a part of a photograph of the size of `frame`."""
    cutouts = _read_cutouts(recipe.cutouts) if recipe.cutouts else ()
    return make_scene_photo(pixels, (recipe.seed, 8, number), cutouts=cutouts, ranges=ranges, frame=frame)


def shares_of(recipe: Recipe) -> dict[str, float] | None:
    """Return how often each kind of scene of a recipe is drawn; None for all kinds."""
    return {kind: SHARES[kind] for kind in recipe.scene_kinds} if recipe.scene_kinds else None


@functools.cache
def _read_cutouts(folder: str) -> list[Cutout]:
    return read_cutouts(Path(folder).expanduser())


def _crop(photo: ScenePhoto, recipe: Recipe, number: int) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    random = np.random.default_rng((recipe.seed, 9, number))
    top, left = (int(random.integers(max(length - recipe.side, 0) + 1)) for length in photo.pixels.shape[:2])
    inside = slice(top, top + recipe.side), slice(left, left + recipe.side)
    return to_uint8(photo.pixels[inside]), to_uint8(photo.truth[inside])
