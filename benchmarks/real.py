"""Benchmark of restorations on photos that were blurred in real life, where a sharp picture is known.

Each folder inside `--data` that has a layout of `deblur evaluate` is a set, such as Köhler's or pairs of GoPro. Figures
for each: `<set>.<method>.gain`, the mean PSNR above doing nothing in dB; `.worse_share`, the share of photos more than
0.1 dB below doing nothing; `.regret`, how much more the best of all methods and doing nothing would have gained for
each photo, the mean in dB; `.seconds`, the mean time for a photo. `--crop` takes the middle of each photo alone, to
keep the time short. With `--sharp`, the set `scenes` is made of the photos in that folder, which must have trained
nothing: scenes as `blur/scene` draws them, taken by the cameras of `blur/camera`. Figures are kept in `--store` as they
come, so that a run that was interrupted goes on.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if __name__ == "__main__":
    import measuring  # noqa: F401 -- puts the project on the path

from benchmarks.measuring import Figure, report
from benchmarks.quality import cases as quality_cases
from deblur_app.blur.camera import resize_truth, take_photo
from deblur_app.blur.scene.draw import draw_camera, draw_scene
from deblur_app.blur.scene.render import make_scene
from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine.evaluation import candidates, layouts
from deblur_app.engine.evaluation.candidates import DO_NOTHING
from deblur_app.engine.evaluation.evaluation import evaluate
from deblur_app.engine.evaluation.records import Failure, RecordStore
from deblur_app.terminal import drive

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from deblur_app.engine.evaluation.candidates import Candidate
    from deblur_app.engine.evaluation.cases import Case
    from deblur_app.engine.evaluation.records import Record

_QUICK = 2
"""Photos of each set with `--quick`."""

_QUICK_CROP = 256
"""Side in pixels of the middle of each photo that is taken with `--quick`."""

_SCENE = 640
"""Longest side in pixels of the photo that a scene is made of."""

_SCENES = "scenes"
"""Name of the set of made scenes. Its truth is registered to each result: it is the middle of the exposure, a kernel's
middle that of its light. For the path of a shake these differ, by up to a few pixels, which no photo tells; compared
pixel by pixel, two right kernels of shakes lost 2.6 dB and gained 0.2, where registered they gain 3.6 and 12.1."""

_SEED = 2032
"""Seed at which the random numbers of scenes begin; trainings have others."""


def main() -> None:
    """Evaluate the methods on every set, and print the figures on the last line."""
    options = _options()
    methods = [candidates.method(name) for name in options.methods or ["restorer"]]
    crop = options.crop or (_QUICK_CROP if options.quick else 0)
    figures: dict[str, Figure] = {}
    for name, folder in _sets(options):
        cases = layouts.list_cases(folder)
        if name == _SCENES:
            cases = [replace(case, layout=layouts.LAI) for case in cases]
        most = _QUICK if options.quick else options.most or len(cases)
        cases = cases[:: max(len(cases) // most, 1)][:most]
        store = RecordStore(options.store / f"{name}-{crop}")
        figures |= _figures(name, cases, methods, store, crop)
    report("real", figures)


def write_scenes(photos: Sequence[Path], count: int, folder: Path) -> None:
    """Write scenes of photos as pairs; equal numbers give equal scenes, and scenes that exist are kept.

    Args:
        photos: Sharp ones.
        count: How many scenes.
        folder: Where to.
    """
    for name in ("blurred", "sharp"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    for number in range(count):
        random = np.random.default_rng((_SEED, number))
        path = folder / "blurred" / f"{number:03}.png"
        if path.exists():
            continue
        sharp = quality_cases.centre(image_io.read(photos[number % len(photos)]).pixels, _SCENE)
        kind, settings = draw_scene(random, sharp.shape)
        camera, highlights = draw_camera(random, sharp.shape, kind)
        scene = run_to_end(make_scene(sharp, replace(settings, highlights=highlights)))
        image_io.write(Picture(resize_truth(scene.truth, camera)), folder / "sharp" / path.name)
        image_io.write(Picture(take_photo(scene.light, camera)), path)


def _sets(options: argparse.Namespace) -> Iterator[tuple[str, Path]]:
    """Give the name and the folder of each set."""
    folders = sorted(path for path in options.data.iterdir() if path.is_dir()) if options.data else []
    for folder in folders:
        try:
            layouts.list_cases(folder)
        except DeblurError:  # sharp pictures alone, kernels, photos without truth
            continue
        if not options.sets or folder.name in options.sets:
            yield folder.name, folder
    if options.sharp:
        count = _QUICK if options.quick else options.scenes
        write_scenes(quality_cases.pictures_in(options.sharp), count, options.store / "pairs")
        yield _SCENES, options.store / "pairs"


def _figures(
    name: str, cases: list[Case], methods: list[Candidate], store: RecordStore, crop: int
) -> dict[str, Figure]:
    """Evaluate the methods on one set and return its figures."""
    evaluation = drive(evaluate(cases, methods, store, _tell, crop=crop))
    figures = {}
    regrets = measure_regrets(evaluation.records)
    for summary in evaluation.summaries():
        if summary.candidate != DO_NOTHING:
            key = f"{name}.{summary.candidate}"
            figures[f"{key}.gain"] = Figure(summary.gain, "dB")
            figures[f"{key}.worse_share"] = Figure(summary.worse_share, "share of the photos")
            figures[f"{key}.regret"] = Figure(regrets[summary.candidate], "dB")
            figures[f"{key}.seconds"] = Figure(summary.seconds, "s")
            if summary.error_ratio is not None:
                figures[f"{key}.error_ratio"] = Figure(summary.error_ratio, "median")
    return figures


def measure_regrets(records: Sequence[Record]) -> dict[str, float]:
    """Return by how many dB each method is behind the best one of each photo, doing nothing among them, on average."""
    best: dict[str, float] = {}
    for record in records:
        best[record.case] = max(record.psnr, best.get(record.case, record.psnr))
    behind: dict[str, list[float]] = {}
    for record in records:
        behind.setdefault(record.candidate, []).append(best[record.case] - record.psnr)
    return {name: statistics.fmean(values) for name, values in behind.items()}


def _tell(told: Record | Failure) -> None:
    if isinstance(told, Failure):
        print(f"{told.case} {told.candidate}: {told.reason}", flush=True)
    else:
        print(f"{told.case} {told.candidate}: {told.psnr:.2f} dB, {told.seconds:.0f} s", flush=True)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, help="a folder of data sets")
    parser.add_argument("--sharp", type=Path, help="a folder of sharp photos that scenes are made of")
    parser.add_argument("--scenes", type=int, default=300, help="how many scenes (default: %(default)s)")
    parser.add_argument("--set", action="append", default=[], dest="sets", help="only this one; may be repeated")
    parser.add_argument("--method", action="append", default=[], dest="methods", help="as in deblur evaluate")
    parser.add_argument("--most", type=int, default=0, help="photos of each set, spread over it (default: all)")
    parser.add_argument("--crop", type=int, default=0, help="side in pixels of the middle that is taken (default: all)")
    parser.add_argument("--store", type=Path, help="where figures are kept (default: a new folder)")
    parser.add_argument("--quick", action="store_true", help="the middle of two photos of each set: ends within 60 s")
    options = parser.parse_args()
    options.store = options.store or Path(tempfile.mkdtemp(prefix="deblur-real-"))
    return options


if __name__ == "__main__":
    main()
