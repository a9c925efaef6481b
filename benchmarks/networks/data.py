"""Benchmark of the time that a training waits for its data: pairs made from photographs by processes of their own.

Figures: `wait_share`, the share of its time that a trainer which takes 40 crops of 128 × 128 a second waits for
batches; `crops_per_second`, how many could be taken at most. The peer decodes, crops and blurs at every step in the
process that trains. The trainer's own work is stood in for by a pause, as on a GPU.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measuring import Figure, in_turn, quick, report
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer, resize_pixels, to_uint8
from deblur_app.core.task import run_to_end
from training.synthetic.crop_pair import make_pair
from training.synthetic.pair_stream import open_synthetic_pairs
from training.synthetic.recipe import Recipe

if TYPE_CHECKING:
    from collections.abc import Callable

_CROPS_PER_SECOND = 40  # speed of the trainer that the pause stands for
_PHOTOS = ("astronaut", "coffee", "chelsea", "rocket")
_SIZE = (2000, 1333)
_RECIPE = Recipe()
_STEP = _RECIPE.batch_size / _CROPS_PER_SECOND


def main() -> None:
    """Measure the share of waiting in turn, then the greatest speed."""
    steps, times = (8, 2) if quick(__doc__) else (40, 3)
    with tempfile.TemporaryDirectory() as folder:
        photos = write_photos(Path(folder))
        with run_to_end(open_synthetic_pairs(photos, _RECIPE, workers=1)) as pairs:
            next(pairs)  # starting the process is not counted
            number = 0

            def decode() -> None:
                nonlocal number
                for _ in range(_RECIPE.batch_size):
                    make_pair(lambda index: to_uint8(image_io.read(photos[index]).pixels), len(photos), _RECIPE, number)
                    number += 1

            take = lambda: next(pairs)  # noqa: E731
            ours, peer = in_turn(lambda: wait_share(take, steps), lambda: wait_share(decode, steps // 4), times)

            def drain() -> float:
                for _ in range(8):  # those that are ready are not counted
                    next(pairs)
                return speed(take, steps)

            fastest, peer_fastest = in_turn(drain, lambda: speed(decode, steps // 4), times)
    report(
        "data",
        {
            "wait_share": Figure(ours, "share of the time", peer),
            "crops_per_second": Figure(fastest, "crops/s", peer_fastest),
        },
    )


def write_photos(folder: Path) -> list[Path]:
    """Return photographs of 2.7 megapixels, as a camera stores them."""
    import skimage.data

    paths = [folder / f"{name}.jpg" for name in _PHOTOS]
    for name, path in zip(_PHOTOS, paths, strict=True):
        pixels = resize_pixels(from_integer(np.asarray(getattr(skimage.data, name)())), *_SIZE)
        image_io.write(Picture(pixels), path)
    return paths


def wait_share(take: Callable[[], object], steps: int) -> float:
    """Measure the share of time that a trainer waits for `take`; its step takes as long as 40 crops a second allow."""
    waited, begin = 0.0, time.perf_counter()
    for _ in range(steps):
        before = time.perf_counter()
        take()
        waited += time.perf_counter() - before
        time.sleep(_STEP)
    return waited / (time.perf_counter() - begin)


def speed(take: Callable[[], object], steps: int) -> float:
    """Measure the crops per second without a pause."""
    begin = time.perf_counter()
    for _ in range(steps):
        take()
    return steps * _RECIPE.batch_size / (time.perf_counter() - begin)


if __name__ == "__main__":
    main()
