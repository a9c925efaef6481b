"""Batches of pairs that are made of sharp photographs during the training."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.scene.draw import SHARES
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from training.batches.crop_source import CropSource
from training.data import dataset
from training.data.dataset import PairArrays
from training.synthetic.crop_pair import make_crop_pairs, perturb_noise_level
from training.synthetic.pair_stream import SyntheticPairs, open_synthetic_pairs
from training.synthetic.photo_store import Photos, load_photos
from training.synthetic.recipe import FOUR_BLURS, NO_BLUR, Recipe, draw_pair

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from training.batches.batch_source import Batch
    from training.batches.part import Part
    from training.config.config import TrainingConfig


@dataclass(frozen=True, eq=False)
class SyntheticSource(CropSource):
    """A source of pairs that processes make from photographs while the network trains."""

    pairs: SyntheticPairs

    def epoch(self, number: int) -> Iterator[Batch]:
        """Yield the batches that follow those of the epoch before."""
        if self.pairs.next != (number - 1) * self.steps_per_epoch:
            raise RuntimeError(f"epoch {number} does not follow batch {self.pairs.next}")
        for _ in range(self.steps_per_epoch):
            first = self.pairs.next * self.config.batch_size + self.pairs.rows.start
            blurred, sharp = next(self.pairs)
            yield blurred, sharp, noise_levels(self.pairs.recipe, first, blurred, sharp)

    def rewind(self, epochs_done: int) -> None:
        """Go on with the batches of another epoch."""
        self.pairs.restart(epochs_done * self.steps_per_epoch)

    def close(self) -> None:
        """End the processes and free the photographs."""
        self.pairs.close()


def photos_in(config: TrainingConfig) -> list[Path]:
    """Return the photographs in the folders that `config` names.

    Raises:
        DeblurError: It names none, one cannot be read, or there are fewer than two photographs.
    """
    if not config.data.photos:
        raise DeblurError(tr("Name a folder of sharp photographs: photos = [“…”] under [data], or --photos DIR."))
    paths = [path for folder in config.data.photos for path in file_names.pictures_in(Path(folder).expanduser())]
    if len(paths) < 2:
        raise DeblurError(
            tr("Training needs at least two photographs in {names}.", names=", ".join(config.data.photos))
        )
    return paths


def divide_photos(photos: list[Path], config: TrainingConfig) -> tuple[list[Path], list[Path]]:
    """Return the photographs to train on and the photographs to judge by, split by their names."""
    training, held_out = dataset.split([path.name for path in photos], config.validation_share, config.seed)
    return [photos[index] for index in training], [photos[index] for index in held_out]


def recipe_of(config: TrainingConfig) -> Recipe:
    """Return the recipe by which the pairs of a training are made.

    Raises:
        DeblurError: A kind of blur is unknown or a range is not possible.
    """
    data = config.data
    return Recipe(
        side=config.network.side,
        batch_size=config.batch_size,
        seed=config.seed,
        blurs=data.blurs or FOUR_BLURS,
        noise=data.noise,
        jpeg=data.jpeg,
        jpeg_share=data.jpeg_share,
        sharp_share=data.sharp_share,
        photons=data.photons,
        photons_share=data.photons_share,
        noiseless_share=data.noiseless_share,
        scale=data.scale,
        is_deconvolved=data.deconvolved,
        exact_share=data.exact_share,
        kernel_error=data.kernel_error,
        is_scene=data.source == "scenes",
        cutouts=data.cutouts,
    )


def noise_levels(
    recipe: Recipe, first: int, blurred: NDArray[np.uint8], sharp: NDArray[np.uint8]
) -> NDArray[np.float32]:
    """Return the noise levels of crops from number `first` on, each with a small error as estimates have.

    What a camera has left of the noise of a scene is measured, as it is in a photo.
    """
    if recipe.is_scene:
        from deblur_app.restoration.denoising.noise_level import noise_level_of_photo

        return np.array([noise_level_of_photo(from_integer(crop)) for crop in blurred], np.float32)
    return np.array([perturb_noise_level(recipe, first + index, crop) for index, crop in enumerate(sharp)], np.float32)


def validation_pairs(config: TrainingConfig, photos: list[Path]) -> Task[tuple[PairArrays, PairArrays | None]]:
    """Make equally many pairs of each blur from held-out photographs, and crops that are sharp and without noise.

    They are made like those of the training, under another seed, and their noise levels are exact.

    Raises:
        DeblurError: A photograph cannot be read or is too small.
    """
    recipe = replace(recipe_of(config), seed=config.seed + 1, sharp_share=0.0, noiseless_share=0.0)
    loaded = yield from load_photos(photos, config.network.side, 0)
    parts = []
    recipes = recipe_of_each_kind(recipe)
    for number, (kind, each) in enumerate(recipes.items()):
        yield Progress(number / len(recipes), tr("Making validation pairs: {kind}", kind=kind))
        parts.append(_make_pairs_of_kind(config, each, kind, loaded))
    unblurred = None
    if config.data.sharp_share:
        plain = replace(recipe, sharp_share=1.0, noiseless_share=1.0, jpeg_share=0.0, is_scene=False)
        unblurred = _make_pairs_of_kind(config, plain, NO_BLUR, loaded)
    loaded.close()
    return dataset.join_arrays(parts), unblurred


def recipe_of_each_kind(recipe: Recipe) -> dict[str, Recipe]:
    """Return a recipe of each kind of blur, or of scene, that a recipe makes."""
    if recipe.is_scene:
        return {kind: replace(recipe, scene_kinds=(kind,)) for kind in recipe.scene_kinds or SHARES}
    return {kind: replace(recipe, blurs={kind: ranges}) for kind, ranges in recipe.blurs.items()}


def _make_pairs_of_kind(config: TrainingConfig, recipe: Recipe, kind: str, photos: Photos) -> PairArrays:
    """Make the pairs of one kind for the validation."""
    numbers = range(config.data.validation_crops)
    pairs_made = make_crop_pairs(photos, len(photos), recipe, numbers)
    blurred, sharp = (np.stack(crops) for crops in zip(*pairs_made, strict=True))
    if recipe.is_scene:
        levels = noise_levels(recipe, 0, blurred, sharp).tolist()
    else:
        levels = [draw_pair(recipe, number).noise_level(crop) for number, crop in zip(numbers, sharp, strict=True)]
    kinds = [kind] * len(numbers)
    names = [f"{kind} {number}" for kind, number in zip(kinds, numbers, strict=True)]
    return PairArrays(blurred, sharp, names, names, (np.array(levels, np.float32),), kinds)


def open_synthetic_source(
    config: TrainingConfig, photos: list[Path], epochs_done: int, part: Part
) -> Task[SyntheticSource]:
    """Make the pairs to judge by, and start making those to learn from.

    Args:
        config: The settings.
        photos: Sharp photographs.
        epochs_done: How many epochs a training has behind it.
        part: The part of each batch that is wanted.

    Raises:
        DeblurError: A photograph cannot be read, or there are too few.
    """
    training, held_out = divide_photos(photos, config)
    validation, unblurred = yield from subtask(validation_pairs(config, held_out), 0.0, 0.3)
    opening = open_synthetic_pairs(
        training,
        recipe_of(config),
        workers=config.data.workers,
        start=epochs_done * config.data.steps_per_epoch,
        rows=part.rows(config.batch_size),
    )
    pairs = yield from subtask(opening, 0.3, 1.0)
    return SyntheticSource(config, validation, unblurred, pairs)
