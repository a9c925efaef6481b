"""Crops that are made before a training and kept in files: scenes, plain blurs and means of video frames."""

from __future__ import annotations

import multiprocessing
import os
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from training.runs.array_file import read_arrays, write_arrays
from training.scenes.frame_crops import load_frames
from training.synthetic.crop_pair import make_pair, perturb_noise_level
from training.synthetic.pair_stream import MEMORY
from training.synthetic.photo_store import Photos, load_photos
from training.synthetic.scene_pair import CROPS, crop_scenes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from training.scenes.frame_crops import FrameCrops
    from training.synthetic.photo_store import Contents
    from training.synthetic.recipe import Recipe

CHUNK = 256
"""Pairs in a file, of all kinds."""

_TRAINING_FRAMES = 0.8
"""Share of the frames of a video that are learnt from; the last ones are held out."""

_NICE = 10
"""By how much the processes that make crops give way to others."""

type Crops = tuple[NDArray[np.uint8], NDArray[np.uint8], NDArray[np.float32]]
"""Blurred and sharp crops of shape (pairs, side, side, 3), and the noise level of each."""


@dataclass(frozen=True)
class Mixture:
    """The kinds of crops that are mixed.

    Attributes:
        recipe: How the crops with one blur are made; its seed, side and cutouts hold for the others, too.
        scene_share: Share of scenes.
        frame_share: Share of means of video frames.
        frames: Consecutive frames; none where there is no video.
        curve: The inverse curve of their camera; None for sRGB's.
        frame_scale: Size that they are reduced to.
    """

    recipe: Recipe
    scene_share: float
    frame_share: float = 0.0
    frames: tuple[Path, ...] = ()
    curve: Path | None = None
    frame_scale: float = 1.0

    def __post_init__(self) -> None:
        if self.scene_share + self.frame_share > 1.0:
            raise DeblurError(tr("The shares of scenes and of video frames must not exceed 1 together."))
        if self.frame_share and not self.frames:
            raise DeblurError(tr("Name the folder of video frames that a share of the crops is made of."))

    @property
    def scenes(self) -> Recipe:
        """The recipe of the scenes."""
        return replace(self.recipe, is_scene=True)


def divide_frames(folder: Path) -> tuple[tuple[Path, ...], tuple[Path, ...]]:
    """Return the frames of a video to learn from, and those that are held out.

    Raises:
        DeblurError: The folder holds no pictures.
    """
    paths = file_names.pictures_in(folder)
    if not paths:
        raise DeblurError(tr("“{folder}” holds no video frames (pictures, one for each frame).", folder=folder))
    count = round(_TRAINING_FRAMES * len(paths))
    return tuple(paths[:count]), tuple(paths[count:])


def write_crops(photos: Sequence[Path], mixture: Mixture, folder: Path, count: int, *, workers: int = 1) -> Task[int]:
    """Make crops and write them in files of `CHUNK` pairs; files that exist are kept, so that it can be resumed.

    Args:
        photos: Sharp photographs.
        mixture: How the crops are made.
        folder: The folder to write to, made if need be.
        count: Pairs; the last file is filled.
        workers: Processes.

    Returns:
        The number of files in the folder.

    Raises:
        DeblurError: A photograph cannot be read, or the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeblurError(
            tr("The folder “{folder}” cannot be made: {reason}.", folder=folder, reason=error.strerror)
        ) from error
    loaded = yield from load_photos(photos, mixture.recipe.side, MEMORY)
    chunks = [number for number in range(-(-count // CHUNK)) if not _path(folder, number).exists()]
    context = multiprocessing.get_context("spawn")  # a fork after TensorFlow has computed hangs
    try:
        with context.Pool(workers, _open, (loaded.contents, mixture, folder)) as pool:
            for done, _ in enumerate(pool.imap_unordered(_write_chunk, chunks), 1):
                yield Progress(done / len(chunks), tr("Making crops"))
    finally:
        loaded.close(forget=True)
    return len(find_chunks(folder))


def find_chunks(folder: Path) -> list[Path]:
    """Return the files of crops in a folder."""
    return sorted(folder.glob("crops-*.npz"))


def read_chunk(path: Path) -> Crops:
    """Return the crops in a file.

    Raises:
        DeblurError: It is missing, broken or not of crops.
    """
    arrays = read_arrays(path)
    try:
        blurred, sharp, noise = (arrays[name] for name in ("blurred", "sharp", "noise"))
    except KeyError as error:
        raise DeblurError(tr("“{path}” holds no crops. Make them again.", path=path)) from error
    return blurred, sharp, noise


def make_crops(photos: Photos, mixture: Mixture, frames: FrameCrops | None, numbers: range) -> Crops:
    """Make the crops of some numbers; equal arguments give equal crops."""
    pairs = list(_make_pairs(photos, mixture, frames, numbers))
    blurred, sharp, noise = zip(*pairs, strict=True)
    return np.stack(blurred), np.stack(sharp), np.array(noise, np.float32)


def _make_pairs(
    photos: Photos, mixture: Mixture, frames: FrameCrops | None, numbers: range
) -> Iterator[tuple[NDArray[np.uint8], NDArray[np.uint8], float]]:
    from deblur_app.restoration.denoising.noise_level import noise_level_of_photo

    recipe, scenes = mixture.recipe, mixture.scenes
    for first in range(numbers.start, numbers.stop, CROPS):
        group = range(first, min(first + CROPS, numbers.stop))
        chance = np.random.default_rng((recipe.seed, 11, first)).random()
        if mixture.scene_share <= chance < mixture.scene_share + mixture.frame_share and frames is not None:
            made = [frames.pair(recipe.side, np.random.default_rng((recipe.seed, 12, number))) for number in group]
        elif chance < mixture.scene_share:
            made = crop_scenes(photos, len(photos), scenes, group)
        else:
            for number in group:
                blurred, sharp = make_pair(photos, len(photos), recipe, number)
                yield blurred, sharp, perturb_noise_level(recipe, number, sharp)
            continue
        for blurred, sharp in made:
            yield blurred, sharp, noise_level_of_photo(from_integer(blurred))


_opened: tuple[Photos, Mixture, FrameCrops | None, Path]
"""The inputs of which a process makes crops."""


def _open(contents: Contents, mixture: Mixture, folder: Path) -> None:
    global _opened  # noqa: PLW0603 – the only way to hand a process something once
    cv2.setNumThreads(1)  # the processes share the cores
    if hasattr(os, "nice"):
        os.nice(_NICE)
    frames = None
    if mixture.frame_share:
        frames = load_frames(mixture.frames, mixture.curve, mixture.frame_scale)
    _opened = Photos(contents), mixture, frames, folder


def _write_chunk(number: int) -> None:
    photos, mixture, frames, folder = _opened
    crops = make_crops(photos, mixture, frames, range(number * CHUNK, (number + 1) * CHUNK))
    write_arrays(_path(folder, number), dict(zip(("blurred", "sharp", "noise"), crops, strict=True)))


def _path(folder: Path, number: int) -> Path:
    return folder / f"crops-{number:06}.npz"
