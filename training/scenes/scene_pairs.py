"""Files of realistic pairs: photos as a camera would have taken them, and the sharp pictures that belong to them."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.files import file_names
from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.picture import Picture, to_uint8
from deblur_app.core.task import Progress, Task
from training.scenes.pair_writer import PairWriter
from training.scenes.scene_photo import make_scene_photo, read_cutouts

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

LIST = "blurs.csv"
"""Name of the list of true blurs beside the folders of pictures."""


def make_scene_pairs(
    photos: Path,
    out: Path,
    *,
    count: int,
    cutouts: Path | None = None,
    seed: int = 42,
    pass_over: Callable[[Path, Exception], None] | None = None,
) -> Task[int]:
    """Make realistic photos of sharp ones, and write them with their truths and a list of their blurs.

    Args:
        photos: The folder of sharp photographs.
        out: The folder to write `blurred/`, `sharp/` and `blurs.csv` to, made if need be.
        count: How many; photographs serve again where there are fewer.
        cutouts: A folder of pictures with transparency that move in front of the photographs; None for none.
        seed: Equal seeds give equal pairs.
        pass_over: Told each photograph that cannot be done, with the reason; the others are done. None ends at it.

    Returns:
        The number of pairs written.

    Raises:
        DeblurError: There are no photographs, one cannot be read, or a file would be overwritten.
    """
    sources = file_names.pictures_in(photos)
    if not sources or count < 1:
        raise DeblurError(f"“{photos}” holds no photographs to make pairs of." if not sources else "Make one or more.")
    layers = read_cutouts(cutouts) if cutouts else []
    order = np.random.default_rng(seed).permutation(len(sources))
    paths = [sources[order[number % len(sources)]] for number in range(count)]
    names = [f"{number:04d}_{path.stem}" for number, path in enumerate(paths)]
    if (out / LIST).exists():
        raise DeblurError(f"“{out / LIST}” exists already and is never overwritten. Choose another folder.")
    writer = PairWriter(out, names, sources)
    rows: list[tuple[object, ...]] = []
    for number, path in enumerate(paths):
        yield Progress(number / count, f"Blurring {path.name}")
        try:
            photo = make_scene_photo(to_uint8(image_io.read(path).pixels), (seed, number), cutouts=layers)
        except Exception as error:  # of any kind: it costs one photograph, not the others
            if pass_over is None:
                raise
            pass_over(path, error)
            continue
        writer.write(number, Picture(photo.pixels), Picture(photo.truth))
        angle = "" if photo.blur.angle is None else round(photo.blur.angle, 2)
        rows.append((f"{names[number]}.png", photo.blur.type, round(photo.blur.size, 2), angle))
    write_atomic(out / LIST, _table(rows))
    return len(rows)


def _table(rows: list[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(("file", "type", "size_px", "angle_degrees"))
    writer.writerows(rows)
    return text.getvalue().encode()
