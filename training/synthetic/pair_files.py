"""Pairs made from sharp photographs with the blurs of the paper's section 2, in the layout of its data set."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import models
from deblur_app.blur.degrade import blur
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.files.targets import ProtectedFiles
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr
from training.data.pairs import SHARP

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deblur_app.blur.kernel_arrays import Kernel

RADIUS = (0.005, 0.020)
"""Range of the defocus radius as a share of the photograph's long side: 0.6 to 2.6 pixels at 128 × 128."""

LENGTH = (0.015, 0.060)
"""Range of the motion length as a share of the photograph's long side: 1.9 to 7.7 pixels at 128 × 128."""


def make_pairs(
    photos: Path,
    out: Path,
    *,
    count: int,
    skip: int = 0,
    seed: int = 42,
    pass_over: Callable[[Path, Exception], None] | None = None,
) -> Task[int]:
    """Blur photographs and write them with the sharp ones into `sharp/`, `defocused_blurred/`, `motion_blurred/`.

    Every other photograph is blurred by a defocus disk, the rest by linear motion, with a strength and angle drawn
    for each, and stored as JPEG as a camera would. One photograph makes one pair.

    Args:
        photos: The folder of sharp photographs.
        out: The folder to write to, made if need be.
        count: How many photographs to take, after shuffling by `seed`.
        skip: How many of the shuffled ones to leave out first, so that two calls can share none.
        seed: Equal seeds give equal pairs.
        pass_over: Told each photograph that cannot be done, with the reason; the others are done. None ends at it.

    Returns:
        The number of pairs written.

    Raises:
        DeblurError: There are too few photographs, one of them or a pair would be overwritten, or the folder cannot be
            written to.
    """
    pictures = file_names.pictures_in(photos)
    if count < 1 or skip < 0:
        raise DeblurError(
            tr(
                "At least one photograph must be taken, and none or more left out: {count}, {skip}.",
                count=count,
                skip=skip,
            )
        )
    if skip + 1 > len(pictures):
        raise DeblurError(
            tr(
                "“{photos}” holds {count} pictures: nothing is left after leaving out {skip}.",
                photos=photos,
                count=len(pictures),
                skip=skip,
            )
        )
    if out.resolve() == photos.resolve():
        raise DeblurError(tr("“{out}” holds the photographs themselves. Choose another folder for the pairs.", out=out))
    order = np.random.default_rng(seed).permutation(len(pictures))[skip : skip + count]
    folders = {kind: out / name for kind, name in (("S", SHARP), ("F", "defocused_blurred"), ("M", "motion_blurred"))}
    names = [f"{skip + number:04d}_made_" for number in range(len(order))]
    _check_new([folder / f"{name}{kind}.jpg" for kind, folder in folders.items() for name in names], pictures)
    try:
        for folder in folders.values():
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise DeblurError(tr("The folder “{out}” cannot be made: {reason}.", out=out, reason=error.strerror)) from error
    count_made = 0
    for number, (index, name) in enumerate(zip(order.tolist(), names, strict=True)):
        yield Progress(number / len(order), tr("Blurring {name}", name=pictures[index].name))
        kind = "F" if number % 2 else "M"
        paths = folders["S"] / f"{name}S.jpg", folders[kind] / f"{name}{kind}.jpg"
        try:
            _make_pair(pictures[index], paths, kind, np.random.default_rng((seed, skip + number)))
            count_made += 1
        except Exception as error:  # of any kind: it costs one photograph, not the others
            if pass_over is None:
                raise
            pass_over(pictures[index], error)
    return count_made


def _check_new(paths: Sequence[Path], photos: Sequence[Path]) -> None:
    """Refuse to overwrite photographs, and pairs that were made before."""
    protected = ProtectedFiles(photos)
    for path in paths:
        if path in protected:
            raise DeblurError(
                tr("“{path}” is one of the photographs and is never overwritten. Choose another folder.", path=path)
            )
        if path.exists():
            raise DeblurError(
                tr("“{path}” exists already. Choose another folder, or leave out more photographs.", path=path)
            )


def _make_pair(photo: Path, paths: tuple[Path, Path], kind: str, random: np.random.Generator) -> None:
    """Write a photograph without its metadata, sharp and blurred, to two files."""
    picture = image_io.read(photo)
    kernel = _kernel(kind, max(picture.width, picture.height), random)
    plain = replace(picture, alpha=None, exif=None)
    image_io.write(plain, paths[0])
    image_io.write(plain.with_pixels(blur(picture.pixels, kernel)), paths[1])


def _kernel(kind: str, long_side: int, random: np.random.Generator) -> Kernel:
    if kind == "F":
        return models.defocus(random.uniform(*RADIUS) * long_side)
    return models.motion(random.uniform(*LENGTH) * long_side, random.uniform(0.0, 180.0))
