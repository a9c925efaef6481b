"""Benchmark of the choice, place by place, between a kernel and the network that needs none.

Scenes are made of sharp photographs: a camera that moves the whole frame alike, or stands still, and a thing that
moves before it by itself, a cut-out or a region of the photograph. Of each, the kernel that the program finds is
undone, the network that needs none is run, and both are blended by `engine/choice/regional_gain`. Figures, as gains in
dB above doing nothing in the mean over the scenes whose numbers are given: `kernel`, `blind`, `blend`, each `.frame`,
`.ground` and `.subject` (inside the thing). The truth is moved to where the ground of the kernel's result lies. With
`--fit` the combination is fitted to the scenes; the figures are then of fits that have not seen the scene (leave one
out).

    python benchmarks/regional_gain.py --sharp DIR --cutouts DIR --store DIR --scenes 0:16 [--fit FILE]
"""

from __future__ import annotations

import argparse
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

if __name__ == "__main__":
    import measuring  # noqa: F401 -- puts the project on the path

from benchmarks.measuring import Figure, report
from deblur_app.blur.psf import Origin, Psf
from deblur_app.blur.scene.layers import make_layers
from deblur_app.blur.scene.render import make_scene
from deblur_app.blur.scene.settings import SceneSettings
from deblur_app.blur.trust_map import TrustMap
from deblur_app.core import image_io
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.files import file_names
from deblur_app.core.picture import Picture, from_integer, resize_pixels, to_uint8
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.choice import regional_gain
from deblur_app.engine.choice.regional_gain import CELL, RegionalModel
from deblur_app.engine.estimation import diagnosis, shake
from deblur_app.engine.method import Request
from training.scenes.scene_photo import read_cutouts

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.scene.layers import Cutout
    from deblur_app.core.picture import Pixels

_SIDE, _MARGIN, _NOISE = 480, 20, 0.01
"""Longest side in pixels of the photographs, pixels cut off at each border, and noise in linear light."""

_SHAKES, _MOVEMENTS = (8.0, 16.0), (15.0, 30.0)
"""Extents in pixels of the camera's and of the subject's movement."""

_STILL, _ALONE = 4, 100
"""Of every so many scenes the camera stands still in one; from this number on nothing moves by itself."""

_RIDGE = 1e-3
"""Weight of small coefficients, relative to the mean of the diagonal."""

_BORDER = 24
"""Pixels at each border that no figure counts: three cells."""


@dataclass(frozen=True, eq=False)
class Restorations:
    """A scene and its results, each float32 of shape (height, width, 3).

    Attributes:
        photo: The photo.
        truth: The scene, where the ground of `restored` lies.
        restored: The result with the kernel.
        blind: The result of the network that needs none.
        alpha: Where the thing is, shape (height, width).
        side: Side of the kernel in pixels.
    """

    photo: Pixels
    truth: Pixels
    restored: Pixels
    blind: Pixels
    alpha: NDArray[np.float32]
    side: int


def make_photo(path: Path, number: int, cutouts: Sequence[Cutout]) -> tuple[Pixels, Pixels, NDArray[np.float32]]:
    """Return a photo, its truth and the place of what moves."""
    random = np.random.default_rng((number, 52))
    sharp = image_io.read(path).pixels
    scale = min(_SIDE / max(sharp.shape[:2]), 1.0)
    sharp = resize_pixels(sharp, round(sharp.shape[1] * scale), round(sharp.shape[0] * scale))
    extent = 0.0 if number % _STILL == _STILL - 1 else float(random.uniform(*_SHAKES))
    moving, seed = int(number < _ALONE), number * 7 + 1
    movement = float(random.uniform(*_MOVEMENTS))
    settings = SceneSettings(extent=extent, shift=1.0, moving=moving, moving_extent=movement, seed=seed)
    scene = run_to_end(make_scene(sharp, settings, cutouts))
    layers = make_layers(srgb_to_linear(sharp), settings, cutouts)
    alpha = layers[0].light[..., 3] if layers else np.zeros(sharp.shape[:2], np.float32)
    inside = (slice(_MARGIN, -_MARGIN),) * 2
    light = scene.light[inside] + random.normal(0.0, _NOISE, scene.light[inside].shape).astype(np.float32)
    photo = from_integer(to_uint8(linear_to_srgb(np.clip(light, 0.0, 1.0))))
    return photo, linear_to_srgb(np.clip(scene.truth[inside], 0.0, 1.0)), alpha[inside]


def restore(photo: Pixels, truth: Pixels, alpha: NDArray[np.float32]) -> Restorations:
    """Return the results of a photo; for errors see `search_shake`."""
    light, picture = srgb_to_linear(photo), Picture(photo)
    diagnosed = run_to_end(diagnosis.diagnose(light))
    found = run_to_end(shake.search_shake(light, diagnosed.extent)).found
    psf = Psf(found.kernel, Origin.ESTIMATED, reduction=found.scale)
    restored, blind = (
        run_to_end(tasks.deblur(picture, request)).picture.pixels
        for request in (Request("restorer-psf", psf=psf), Request("restorer-blind"))
    )
    return Restorations(photo, align(truth, restored, alpha), restored, blind, alpha, psf.side)


def align(truth: Pixels, restored: Pixels, alpha: NDArray[np.float32]) -> Pixels:
    """Return the truth, moved to the ground of a result in steps of a quarter of a pixel."""
    inside = (slice(_BORDER, -_BORDER, 2),) * 2
    is_ground = alpha[inside] < 0.5

    def move(by: tuple[float, float]) -> Pixels:
        matrix = np.array([[1.0, 0.0, by[0]], [0.0, 1.0, by[1]]])
        moved = cv2.warpAffine(truth, matrix, truth.shape[1::-1], borderMode=cv2.BORDER_REFLECT)
        return np.asarray(moved, np.float32)

    best = (0.0, 0.0)
    for step, reach in ((1.0, 8), (0.25, 3)):
        offsets = np.arange(-reach, reach + 1) * step
        places = [(best[0] + x, best[1] + y) for x in offsets.tolist() for y in offsets.tolist()]
        best = min(places, key=lambda by: float(np.mean(np.square(move(by) - restored)[inside][is_ground])))
    return move(best)


def fit(scenes: Sequence[Restorations], weighed: Sequence[int]) -> RegionalModel:
    """Return the combination whose blends of some scenes have the least errors, relative to those of doing nothing."""
    samples = [_sample(scenes[number]) for number in weighed]
    features = np.concatenate([sample[0] for sample in samples])
    mean, deviation = features.mean(axis=0), features.std(axis=0) + 1e-6
    count = features.shape[1] + 1
    products, targets = np.zeros((count, count)), np.zeros(count)
    for values, wanted, energy in samples:
        table = np.concatenate([np.ones((len(values), 1)), (values - mean) / deviation], axis=1)
        products += table.T @ (table * energy[:, None])
        targets += table.T @ wanted
    ridge = np.eye(count) * _RIDGE * np.trace(products) / count
    ridge[0, 0] = 0.0
    solved = np.linalg.solve(products + ridge, targets).astype(np.float32)
    return RegionalModel(mean.astype(np.float32), deviation.astype(np.float32), solved[1:], float(solved[0]))


def _sample(scene: Restorations) -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """Return features, and what they must tell: the sums of the best weight times the energy, and of the energy."""
    features = regional_gain.measure_features(scene.photo, scene.restored, scene.blind, scene.side)
    cells = features.shape[:2]
    change, wanted = scene.restored - scene.blind, scene.truth - scene.blind
    base = float(np.mean(np.square(scene.truth - scene.photo)))
    sums = [
        cv2.resize(values.sum(axis=2), cells[::-1], interpolation=cv2.INTER_AREA) / base
        for values in (change * wanted, np.square(change))
    ]
    rim = _BORDER // CELL
    inside = (slice(rim, -rim),) * 2
    flat = [np.asarray(values[inside], np.float64).reshape(-1) for values in sums]
    kept = features[inside].reshape(-1, features.shape[2]).astype(np.float64)
    return kept, flat[0] / len(kept), flat[1] / len(kept)


def measure(scene: Restorations, model: RegionalModel) -> dict[str, float]:
    """Return the gains of a scene in dB; `subject` is left out where nothing moves."""
    cells = model.weigh(regional_gain.measure_features(scene.photo, scene.restored, scene.blind, scene.side))
    height, width = scene.photo.shape[:2]
    share = TrustMap(cells, (0.0, 0.0, width, height)).of_pixels(height, width)[..., None]
    results = {
        "kernel": scene.restored,
        "blind": scene.blind,
        "blend": scene.blind + share * (scene.restored - scene.blind),
    }
    inside = (slice(_BORDER, -_BORDER),) * 2
    subject = scene.alpha[inside] > 0.5
    places = {"frame": np.ones_like(subject), "ground": ~subject, "subject": subject}
    errors = {name: np.square(pixels - scene.truth)[inside].mean(axis=2) for name, pixels in results.items()}
    nothing = np.square(scene.photo - scene.truth)[inside].mean(axis=2)
    return {
        f"{name}.{place}": 10.0 * math.log10(float(nothing[where].mean()) / float(error[where].mean()))
        for name, error in errors.items()
        for place, where in places.items()
        if where.any()
    }


def load_scene(options: argparse.Namespace, number: int, photos: list[Path], cutouts: list[Cutout]) -> Restorations:
    """Return a scene with its results, from the store where it is there."""
    file = options.store / f"{number}.npz"
    if file.is_file():
        with np.load(file, allow_pickle=False) as arrays:
            names = ("photo", "truth", "restored", "blind", "alpha")
            photo, truth, restored, blind, alpha = (arrays[name].astype(np.float32) for name in names)
            return Restorations(photo, truth, restored, blind, alpha, int(arrays["side"]))
    scene = restore(*make_photo(photos[number * 37 % len(photos)], number, cutouts))
    options.store.mkdir(parents=True, exist_ok=True)
    half = {name: np.asarray(getattr(scene, name), np.float16) for name in vars(scene)}
    save: Callable[..., None] = np.savez_compressed
    save(file, **half)
    return scene


def write_model(model: RegionalModel, path: Path) -> None:
    """Write a combination as JSON."""
    parts = {name: getattr(model, name).tolist() for name in ("mean", "deviation", "coefficients")}
    rounded = {name: [round(value, 6) for value in values] for name, values in parts.items()}
    kind = {"name": "Regional gain", "architecture": "linear-combination"}
    text = json.dumps({**kind, **rounded, "offset": round(model.offset, 6)}, indent=1)
    path.write_text(text + "\n", encoding="utf-8")


def main() -> None:
    """Make scenes, measure them, and fit to them where that is asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sharp", type=Path, required=True, metavar="DIR", help="sharp photographs")
    parser.add_argument("--cutouts", type=Path, required=True, metavar="DIR", help="pictures with transparency")
    parser.add_argument("--store", type=Path, required=True, metavar="DIR", help="where scenes are kept")
    parser.add_argument("--scenes", default="0:16", metavar="FROM:TO", help="their numbers; from 100 on nothing moves")
    parser.add_argument("--fit", type=Path, metavar="FILE", help="fit to the scenes, and write the combination there")
    options = parser.parse_args()
    photos, cutouts = file_names.pictures_in(options.sharp), read_cutouts(options.cutouts)
    ranges = [tuple(map(int, part.split(":"))) for part in options.scenes.split(",")]
    numbers = [number for begin, end in ranges for number in range(begin, end)]
    scenes = [load_scene(options, number, photos, cutouts) for number in numbers]
    every = range(len(scenes))
    rows = []
    for number, scene in zip(numbers, scenes, strict=True):
        others = [each for each in every if scenes[each] is not scene]
        model = fit(scenes, others) if options.fit else regional_gain.load_regional_model()
        rows.append(measure(scene, model))
        print(number, {name: round(value, 2) for name, value in rows[-1].items()}, flush=True)
    if options.fit:
        write_model(fit(scenes, list(every)), options.fit)
    names = list(dict.fromkeys(name for row in rows for name in row))
    means = {name: float(np.mean([row[name] for row in rows if name in row])) for name in names}
    report("regional_gain", {name: Figure(value, "dB") for name, value in means.items()})


if __name__ == "__main__":
    main()
