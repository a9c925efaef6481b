"""Benchmark of the diagnosis of a photograph's blur: its type, and its size to within 15 %.

Each sharp picture under every blur of the quality table, and under none, at noise of 0, 0.5, 1 and 1.5 %; sizes are
drawn between those that the quality table calls medium and strong, angles at random.

Figures, with the search over spectra without a network as the peer: `type_accuracy`; `length_within_15`,
`angle_within_5`, `radius_within_15` and `sigma_within_15`, each over the pictures of its blur, where another type is
wrong whatever its size. `sure_right`: of the answers called sure, the share whose type and size are right;
`sure_share`: how many are called sure; `sharp_kept`: sharp pictures that are left alone. The peer has no word for a
shake: its answer counts as one where it is not sure of any other, which is when the program without a network looks
for a shake.

On photos as cameras make them (`training.scenes`, of the same pictures): `scene_type`, the share whose type is right;
`scene_blur_missed`, blurred ones called sharp; `scene_sharp_kept`; `scene_sure_right`. `consistency`: of variants
of these photos (reduced, noisier, compressed, turned, mirrored, cropped), the share told like the photo itself. With
`--real DIR`, `real_blur_missed` and `real_consistency` of photographs that are blurred in real life.
"""

from __future__ import annotations

import argparse
import math
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import cv2
import numpy as np

if __name__ == "__main__":
    import measuring  # noqa: F401 -- puts the project on the path

from benchmarks import diagnosis_scenes
from benchmarks.measuring import Figure, report
from benchmarks.quality import cases as quality_cases
from deblur_app.blur.blur_posterior import SHARP, SIZES
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core import image_io
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.task import run_to_end
from deblur_app.engine.estimation import diagnosis, psf_estimate
from deblur_app.restoration.psf_estimation import parametric

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from deblur_app.core.picture import Pixels

NOISES = (0.0, 0.005, 0.01, 0.015)
_RATIO = 1.15  # to the true size, up to which a size is right
_DEGREES = 5.0  # from the true angle, up to which an angle is right
_MARGIN = 24  # least width in pixels of the border that is cut off: degrading mirrors the picture there


@dataclass(frozen=True, eq=False)
class Case:
    """A degraded picture and its blur; None where it is sharp."""

    light: Pixels
    blur: Blur | None


@dataclass(frozen=True)
class Answer:
    """The diagnosis of a case.

    Attributes:
        type: One of `blur_posterior.TYPES`.
        blur: Its values, where it has some.
        is_sure: Whether a user is told that it is sure.
    """

    type: str
    blur: Blur | None
    is_sure: bool


def main() -> None:
    """Ask the network about all cases and the peer about some of them; print the figures on the last line."""
    options = _options()
    cv2.setNumThreads(1)
    pictures = quality_cases.pictures_in(options.sharp) if options.sharp else quality_cases.photographs()
    pictures = pictures[:: max(len(pictures) // 2, 1)][:2] if options.quick else pictures
    every = 8 if options.quick else options.peer_every
    told: list[tuple[Blur | None, Answer, Answer | None]] = []
    for number, case in enumerate(cases(pictures, options.seed)):
        peer = by_search(case.light) if every and number % every == 0 else None
        told.append((case.blur, by_network(case.light), peer))
        if number % 50 == 49:
            print(f"{number + 1} cases", flush=True)
    ours = figures([(true, answer) for true, answer, _ in told])
    peers = figures([(true, peer) for true, _, peer in told if peer])
    found = {name: Figure(value, "share", peers.get(name) or None) for name, value in ours.items()}
    more = diagnosis_scenes.scene_figures(pictures, 3 if options.quick else options.scenes, options.seed)
    if options.real:
        more |= diagnosis_scenes.real_figures(quality_cases.pictures_in(options.real)[: 1 if options.quick else None])
    report("diagnosis", found | {name: Figure(value, "share") for name, value in more.items()})


def cases(pictures: list[Path], seed: int) -> Iterator[Case]:
    """Yield every picture under every blur at every noise."""
    for path in pictures:
        sharp = image_io.read(path).pixels
        for kind in ("none", *SIZES):
            for noise in NOISES:
                name = f"{path.name} {kind} {noise}"
                random = np.random.default_rng((seed, zlib.crc32(name.encode())))
                yield _case(sharp, kind, noise, random)


def _case(sharp: Pixels, kind: str, noise: float, random: np.random.Generator) -> Case:
    blur = None
    if kind != "none":
        size, (_, medium, strong) = quality_cases.BLURS[kind]
        values: dict[str, float | int] = {size: math.exp(random.uniform(math.log(medium), math.log(strong)))}
        if kind == "motion":
            values["angle"] = random.uniform(-90.0, 90.0)
        if kind == "shake":
            values["seed"] = int(random.integers(1_000_000))
        blur = Blur(kind, values)
    margin = max(_MARGIN, len(blur.kernel()) // 2) if blur else 0
    settings = Degradation(blur, noise=noise, seed=int(random.integers(2**31)))
    pixels = run_to_end(degrade(sharp, settings))  # beyond the borders it is mirrored, so they are cut off
    inside = slice(margin, -margin or None)
    return Case(srgb_to_linear(pixels[inside, inside]), blur)


def by_network(light: Pixels) -> Answer:
    """Return the diagnosis of the program."""
    found = run_to_end(diagnosis.diagnose(light))
    return Answer(found.type, found.blur, psf_estimate.is_sure(found.confidence))


def by_search(light: Pixels) -> Answer:
    """Return the diagnosis of the search over spectra."""
    best = run_to_end(parametric.estimate(light))[0]
    if not psf_estimate.is_sure(best.confidence):
        return Answer("shake", None, is_sure=False)
    return Answer(best.blur.kind if best.blur else "none", best.blur, is_sure=True)


def figures(told: list[tuple[Blur | None, Answer]]) -> dict[str, float]:
    """Return the shares of right answers."""

    def share(right: Callable[[Blur | None, Answer], bool], kind: str = "") -> float:
        among = [(true, answer) for true, answer in told if not kind or _type(true) == kind]
        return sum(right(true, answer) for true, answer in among) / max(len(among), 1)

    sure = [(true, answer) for true, answer in told if answer.is_sure]
    return {
        "type_accuracy": share(_type_is_right),
        **{f"{SIZES[kind]}_within_15": share(_size_is_right, kind) for kind in ("motion", "defocus", "turbulence")},
        "angle_within_5": share(_angle_is_right, "motion"),
        "sharp_kept": share(_type_is_right, "none"),
        "shake_seen": share(_type_is_right, "shake"),
        "sure_right": sum(_is_right(true, answer) for true, answer in sure) / max(len(sure), 1),
        "sure_share": len(sure) / len(told) if told else 0.0,
    }


def _type(blur: Blur | None) -> str:
    return blur.kind if blur else "none"


def _type_is_right(true: Blur | None, answer: Answer) -> bool:
    return answer.type == _type(true) or (true is None and answer.type in SHARP)


def _is_right(true: Blur | None, answer: Answer) -> bool:
    if true is None or true.kind == "shake":
        return _type_is_right(true, answer)
    return _size_is_right(true, answer)


def _size_is_right(true: Blur | None, answer: Answer) -> bool:
    if true is None or answer.blur is None or answer.type != true.kind:
        return False
    name = SIZES[true.kind]
    return abs(math.log(float(answer.blur.values[name]) / float(true.values[name]))) <= math.log(_RATIO)


def _angle_is_right(true: Blur | None, answer: Answer) -> bool:
    if true is None or answer.blur is None or answer.type != true.kind:
        return False
    turn = abs(float(answer.blur.values["angle"]) - float(true.values["angle"])) % 180.0
    return min(turn, 180.0 - turn) <= _DEGREES


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sharp", type=Path, metavar="DIR", help="sharp pictures; scikit-image's photographs if none")
    parser.add_argument("--peer-every", type=int, default=1, metavar="N", help="ask the peer every Nth case; 0 never")
    parser.add_argument("--seed", type=int, default=0, help="equal seeds give equal cases")
    parser.add_argument("--scenes", type=int, default=60, metavar="N", help="photos as cameras make them")
    parser.add_argument("--real", type=Path, metavar="DIR", help="photographs that are blurred, none of them sharp")
    parser.add_argument("--quick", action="store_true", help="two pictures, the peer rarely: ends within 50 s")
    return parser.parse_args()


if __name__ == "__main__":
    main()
