"""Rows that expected gains are learnt from: what a scene tells, and what each way to restore it gained."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from deblur_app.blur.blur_posterior import SHARP
from deblur_app.blur.psf import Origin, Psf
from deblur_app.blur.scene.draw import SHARES, SceneRanges
from deblur_app.core import metrics
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import DeblurError, UnmeasurableBlurError
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine.choice.expected_gain import BLIND_SHARE, CANDIDATES, MIXED
from deblur_app.engine.deblurring import SMOOTHER, deblur
from deblur_app.engine.estimation import diagnosis, gain_choice, search, shake
from deblur_app.engine.estimation.shake import ShakeKernel
from deblur_app.engine.method import Request
from deblur_app.engine.methods.restorer_psf import KNOWN
from deblur_app.restoration.registration.translation import register_translation
from training.scenes.scene_photo import make_scene_photo
from training.synthetic.photo_store import decode

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence
    from pathlib import Path

    from deblur_app.blur.kinds import Blur
    from deblur_app.blur.scene.layers import Cutout
    from deblur_app.core.picture import Pixels
    from deblur_app.engine.choice.expected_gain import Candidate
    from deblur_app.engine.estimation.diagnosis import Diagnosis
    from training.scenes.scene_photo import ScenePhoto

_LARGE_SHARE = 0.22
"""Share of scenes so large that their photos are looked at reduced, too."""

_LARGE, _SMALL = (610, 640), (290, 360)
"""Height and width in pixels of large scenes; range of both sides of the others."""

_LEAST_LARGE, _LEAST_SMALL = 530, 250
"""Short sides in pixels that their cameras reduce photos to at most."""

_LEAST_SIDE = 288
"""Short side in pixels of photographs at least."""

_PART, _LARGE_PART, _RIM = 224, 288, 20
"""Sides in pixels of the middle of a photo that is restored, also for blurs above `_LARGE_BLUR`, and what is left out
at its borders: a gain needs no more, and a restoration takes most of the time."""

_LARGE_BLUR = 36.0
"""Size of the true blur in pixels from which on the larger part is restored."""

SIMPLE, SEARCHED = "simple", "search"
"""Where a kernel comes from: the line, disk or Gaussian that the network tells, or a search."""

_PERFECT = 50.0
"""PSNR in dB from which on nobody sees a difference."""

_UNBLURRED = 0.2
"""Share of scenes without blur: people open many sharp photos, which must stay as they are."""

_CLEAN: Mapping[str, float] = {"shake": 0.5, "motion": 0.2, "defocus": 0.15, "turbulence": 0.07, "none": 0.08}
_CLEAN_SHARE = 0.3
"""Kinds of scenes with the same blur all over, taken by plain cameras, and their share: made examples must not fall,
and few of the other scenes have kernels as right as those of real photos can be."""

_SEARCHED_ANYWAY = 0.2
"""Share of photos of which a line, disk or Gaussian is told whose kernel is searched as well, as the program does where
that blur promises nothing."""


@dataclass(frozen=True)
class KernelRow:
    """A kernel of a scene.

    Attributes:
        origin: `SIMPLE` or `SEARCHED`.
        facts: The features of the photo and of the kernel.
        gains: PSNR above the photo in dB, by the name of the candidate, and of `MIXED`; none where the kernel is larger
            than what is restored.
    """

    origin: str
    facts: dict[str, float]
    gains: dict[str, float]


@dataclass(frozen=True)
class SceneRow:
    """A scene.

    Attributes:
        number: Of the scene.
        photo: Name of the file that it was made of.
        type: Of the true blur.
        told: The type that the network tells.
        facts: The features of the photo.
        gains: PSNR above the photo in dB, by the name of the candidate, of those that need no kernel.
        kernels: Those that the program may undo.
    """

    number: int
    photo: str
    type: str
    told: str
    facts: dict[str, float]
    gains: dict[str, float]
    kernels: tuple[KernelRow, ...] = ()

    @property
    def leading_facts(self) -> dict[str, float]:
        """The features that the ways without a kernel go by: with those of the first kernel, unless none was told."""
        return self.kernels[0].facts if self.kernels and self.told not in SHARP else self.facts

    @property
    def best_gain(self) -> float:
        """The gain in dB of the best way to restore it, 0 at least."""
        return max(0.0, *self.gains.values(), *(gain for kernel in self.kernels for gain in kernel.gains.values()))


def read_rows(path: Path) -> list[SceneRow]:
    """Return the rows of a file; a last line that was cut off by a kill is left out."""
    if not path.is_file():
        return []
    lines = path.read_text(encoding="utf-8").splitlines()
    return [_read_row(json.loads(line)) for line in lines if line.endswith("}")]


def add_rows(
    path: Path,
    photos: Sequence[Path],
    *,
    count: int,
    seed: int,
    cutouts: Sequence[Cutout] = (),
    pass_over: Callable[[Path, DeblurError], None],
) -> Iterator[float]:
    """Make the rows of a file that it does not have yet, each appended as it is done.

    Args:
        path: The file, one JSON object a line.
        photos: Sharp photographs.
        count: Scenes in all.
        seed: Equal seeds give equal scenes.
        cutouts: Pictures that move in front of the photographs.
        pass_over: Told each photograph that cannot be used.

    Yields:
        The share of the scenes that is done.
    """
    known = {row.number for row in read_rows(path)}
    with path.open("a", encoding="utf-8") as file:
        for number in range(count):
            yield number / count
            if number in known:
                continue
            photo = photos[int(np.random.default_rng((seed, 9, number)).integers(len(photos)))]
            try:
                row = make_row(photo, number, seed, cutouts)
            except DeblurError as error:
                pass_over(photo, error)
                continue
            file.write(json.dumps(asdict(row)) + "\n")
            file.flush()


def make_row(path: Path, number: int, seed: int, cutouts: Sequence[Cutout] = ()) -> SceneRow:
    """Make a scene of a photograph, and restore it in every way.

    Raises:
        DeblurError: The photograph cannot be read or is too small.
    """
    random = np.random.default_rng((seed, 10, number))
    is_large = random.random() < _LARGE_SHARE
    frame = _LARGE if is_large else (int(random.integers(*_SMALL)), int(random.integers(*_SMALL)))
    least = _LEAST_LARGE if is_large else _LEAST_SMALL
    ranges = SceneRanges(shares={**SHARES, "none": _UNBLURRED}, least_side=least)
    if random.random() < _CLEAN_SHARE:
        ranges = SceneRanges(shares=_CLEAN, least_side=least, plain=1.0)
    scene = make_scene_photo(decode(path, _LEAST_SIDE), (seed, number), cutouts=cutouts, ranges=ranges, frame=frame)
    light = srgb_to_linear(scene.pixels)
    diagnosed = run_to_end(diagnosis.diagnose(light))
    facts = run_to_end(gain_choice.collect_facts(light, diagnosed, None))
    part = _Part(scene)
    gains = {way.name: part.measure(way) for way in CANDIDATES if not way.has_kernel}
    found = _list_kernels(light, diagnosed, is_searched=random.random() < _SEARCHED_ANYWAY)
    kernels = tuple(_make_kernel_row(light, diagnosed, blur, part) for blur in found)
    return SceneRow(number, path.name, scene.blur.type, diagnosed.type, facts, gains, kernels)


def _list_kernels(light: Pixels, diagnosed: Diagnosis, *, is_searched: bool) -> Iterator[Blur | ShakeKernel]:
    """Yield what the program may undo: the blur that the network tells, and a kernel where one is searched."""
    if diagnosed.blur:
        yield diagnosed.blur
    if diagnosed.is_sharp:
        is_searched = run_to_end(search.is_asked_for_shake(light, diagnosed))
    try:
        if is_searched or search.is_path(diagnosed):
            yield run_to_end(shake.search_shake(light, diagnosed.extent))
    except UnmeasurableBlurError:
        return


def _make_kernel_row(light: Pixels, diagnosed: Diagnosis, blur: Blur | ShakeKernel, part: _Part) -> KernelRow:
    facts = run_to_end(gain_choice.collect_facts(light, diagnosed, blur))
    if isinstance(blur, ShakeKernel):
        estimate = search.estimate_of_path(diagnosed, blur)
        psf = Psf(blur.found.kernel, Origin.ESTIMATED, reduction=blur.found.scale)
        return KernelRow(SEARCHED, facts, part.measure_kernels(psf, is_smooth=estimate.is_processed))
    psf = Psf.of_model(blur, Origin.ESTIMATED)
    return KernelRow(SIMPLE, facts, part.measure_kernels(psf, is_smooth=diagnosed.is_processed))


class _Part:
    """The middle of a scene, which is restored and compared with the truth."""

    def __init__(self, scene: ScenePhoto) -> None:
        side = _LARGE_PART if scene.blur.size > _LARGE_BLUR else _PART
        spans = [slice(max((n - side) // 2, 0), max((n - side) // 2, 0) + side) for n in scene.pixels.shape[:2]]
        self._photo = Picture(np.ascontiguousarray(scene.pixels[spans[0], spans[1]]))
        self._truth = np.ascontiguousarray(scene.truth[spans[0], spans[1]])
        self._base = self._compare(self._photo.pixels)

    def measure(
        self, way: Candidate, psf: Psf | None = None, *, is_smooth: bool = False, blind_share: float = 0.0
    ) -> float:
        """Return the gain of a candidate in dB, mixed with a share of what the blind network gives."""
        values: dict[str, float | int] = {"smoothing": SMOOTHER} if is_smooth else {}
        if blind_share:
            values["blind_share"] = round(100 * blind_share)
        request = Request(way.method or KNOWN.name, values, "cpu", psf=psf)
        return self._compare(run_to_end(deblur(self._photo, request)).picture.pixels) - self._base

    def measure_kernels(self, psf: Psf, *, is_smooth: bool) -> dict[str, float]:
        """Return the gains of the candidates that undo a kernel; of none where it is larger than the part."""
        if psf.side >= min(self._photo.pixels.shape[:2]):
            return {}
        undone = [way for way in CANDIDATES if way.has_kernel]
        gains = {way.name: self.measure(way, psf, is_smooth=is_smooth) for way in undone}
        if psf.reduction == 1:
            gains[MIXED] = self.measure(undone[0], psf, is_smooth=is_smooth, blind_share=BLIND_SHARE)
        return gains

    def _compare(self, pixels: Pixels) -> float:
        """Return the PSNR in dB, `_PERFECT` at most, of pixels that may lie beside the truth.

        The truth is the middle of the exposure, the middle of a kernel that of its light: of the path of a shake these
        are different places, which no photo tells.
        """
        truths = (self._truth, register_translation(self._truth, pixels))
        return float(min(max(metrics.psnr(_inside(truth), _inside(pixels)) for truth in truths), _PERFECT))


def _inside(pixels: Pixels) -> Pixels:
    return pixels[_RIM:-_RIM, _RIM:-_RIM]


def _read_row(content: dict[str, Any]) -> SceneRow:
    kernels = tuple(KernelRow(**{**kernel, "facts": _read_facts(kernel["facts"])}) for kernel in content["kernels"])
    return SceneRow(**{**content, "facts": _read_facts(content["facts"]), "kernels": kernels})


def _read_facts(facts: dict[str, float | None]) -> dict[str, float]:
    return {name: math.nan if value is None else float(value) for name, value in facts.items()}
