"""Crops as the blur network sees them, with the true blur of each; only their spectra are kept."""

from __future__ import annotations

import multiprocessing
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import blur_posterior
from deblur_app.blur.scene.draw import SceneRanges
from deblur_app.blur.spectrum_features import WINDOW, features
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from training.scenes.scene_crops import make_photo_crops
from training.synthetic.crop_pair import make_pair
from training.synthetic.pair_stream import MEMORY
from training.synthetic.photo_store import Photos, load_photos
from training.synthetic.recipe import draw_pair, photo_of
from training.synthetic.scene_pair import make_scene, shares_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.blur.blur_posterior import Row
    from deblur_app.blur.spectrum_features import Features
    from training.synthetic.photo_store import Contents
    from training.synthetic.recipe import Recipe

_CHUNK = 16
"""Crops that a process makes for one order."""

_CROPS = 4
"""Crops of a realistic photo."""

_FRAME = (512, 640)
"""Height and width in pixels of a realistic photo before the camera resizes it, at most."""

_WHOLE_SHARE = 0.7
"""Share of the crops that keep their full side; the others are cut, because small photographs have few windows."""


@dataclass(frozen=True, eq=False)
class BlurCrops:
    """The crops that a blur network is trained on or judged by.

    Attributes:
        spectra: Features of each crop, shape (crops, 128, 64, planes).
        truths: What is true of each, shape (crops, `blur_posterior.TRUTHS`).
    """

    spectra: Features
    truths: Row

    def __len__(self) -> int:
        """Return the number of crops."""
        return len(self.truths)

    def take(self, indices: NDArray[np.intp]) -> BlurCrops:
        """Return the crops at `indices`, in that order."""
        return BlurCrops(self.spectra[indices], self.truths[indices])


def join_crops(parts: Sequence[BlurCrops]) -> BlurCrops:
    """Return all crops of `parts`, one part after the other."""
    return BlurCrops(np.concatenate([p.spectra for p in parts]), np.concatenate([p.truths for p in parts]))


def make_blur_crops(photos: Sequence[Path], recipe: Recipe, count: int, *, workers: int = 0) -> Task[BlurCrops]:
    """Make the first `count` crops of a recipe; equal photographs and recipes give equal crops.

    Args:
        photos: Files of sharp photographs.
        recipe: How crops are made; its batch size plays no part.
        count: How many.
        workers: Number of processes; 0 makes them here.

    Raises:
        DeblurError: There is no photograph, one cannot be read, or is smaller than a crop.
    """
    loaded = yield from load_photos(photos, recipe.side, MEMORY)
    parts: list[BlurCrops] = []
    try:
        for part in _parts(loaded, recipe, count, workers):
            parts.append(part)
            yield Progress(min(len(parts) * _CHUNK / count, 1.0), tr("Making blurred crops"))
    finally:
        loaded.close(forget=True)
    return join_crops(parts)


def make_blur_crop(
    photo: Callable[[int], NDArray[np.uint8]], count: int, recipe: Recipe, number: int
) -> tuple[Features, Row]:
    """Return the features of crop number `number`, and its true blur; for the arguments see `crop_pair.make_pair`."""
    draw = draw_pair(recipe, number)
    crop, _ = make_pair(photo, count, recipe, number)
    random = np.random.default_rng((recipe.seed, 6, number))
    if random.random() > _WHOLE_SHARE and recipe.side > WINDOW:
        side = int(random.integers(WINDOW, recipe.side))
        top, left = random.integers(recipe.side - side, size=2).tolist()
        crop = crop[top : top + side, left : left + side]
    light = srgb_to_linear(from_integer(np.ascontiguousarray(crop)))
    return features(light), blur_posterior.truth(draw.blur, turns=draw.turns, mirrored=draw.mirrored)


def _parts(photos: Photos, recipe: Recipe, count: int, workers: int) -> Iterator[BlurCrops]:
    """Yield all crops in order, a chunk at a time."""
    chunks = [range(start, min(start + _CHUNK, count)) for start in range(0, count, _CHUNK)]
    if not workers:
        for numbers in chunks:
            yield _make_crops(photos, recipe, numbers)
        return
    context = multiprocessing.get_context("spawn")  # a fork after TensorFlow has computed hangs
    with context.Pool(workers, _open, (photos.contents, recipe)) as pool:  # leaving it ends the processes
        yield from pool.imap(_chunk, chunks)


def _make_crops(photos: Photos, recipe: Recipe, numbers: range) -> BlurCrops:
    if recipe.is_scene:
        return _make_scene_crops(photos, recipe, numbers)
    spectra, truths = zip(*(make_blur_crop(photos, len(photos), recipe, number) for number in numbers), strict=True)
    return BlurCrops(np.stack(spectra), np.stack(truths))


def _make_scene_crops(photos: Photos, recipe: Recipe, numbers: range) -> BlurCrops:
    """Return crops of realistic photos at several sizes: `_CROPS` numbers in a row share a photo."""
    spectra, truths = [], []
    for of in range(numbers.start // _CROPS, (numbers.stop - 1) // _CROPS + 1):
        pixels = photos(photo_of(of, len(photos), recipe.seed))
        photo = make_scene(pixels, recipe, of, SceneRanges(shares=shares_of(recipe)), _FRAME)
        crops = make_photo_crops(photo)
        order = np.random.default_rng((recipe.seed, 10, of)).permutation(len(crops.truths))
        for number in numbers:
            if number // _CROPS == of:
                index = order[number % _CROPS % len(order)]
                spectra.append(crops.spectra[index])
                truths.append(crops.truths[index])
    return BlurCrops(np.stack(spectra), np.stack(truths))


_opened: tuple[Photos, Recipe]
"""The inputs of which a process makes crops."""


def _open(contents: Contents, recipe: Recipe) -> None:
    global _opened  # noqa: PLW0603 – the only way to hand a process something once
    cv2.setNumThreads(1)  # the processes share the cores
    _opened = Photos(contents), recipe


def _chunk(numbers: range) -> BlurCrops:
    return _make_crops(*_opened, numbers)
