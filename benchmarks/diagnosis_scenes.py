"""Figures of the diagnosis on photos as cameras make them, and on photographs that are blurred in real life."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from benchmarks.diagnosis_variants import consistency, diagnose_pixels, size_of
from deblur_app.blur.blur_posterior import SHARP
from deblur_app.core import image_io
from deblur_app.core.picture import to_uint8
from deblur_app.engine.estimation import psf_estimate
from training.scenes.scene_photo import make_scene_photo

if TYPE_CHECKING:
    from pathlib import Path

    from deblur_app.engine.estimation.diagnosis import Diagnosis
    from training.scenes.scene_photo import ScenePhoto

_RATIO = 1.15
"""To the true size, up to which a size is right."""

_FRAME = (512, 640)
"""Height and width in pixels of the scenes at most, as in training."""

_VARIED = 3
"""Every third scene is also varied, because that takes ten times as long."""


def scene_figures(pictures: list[Path], count: int, seed: int) -> dict[str, float]:
    """Return the figures on `count` photos of scenes of sharp pictures that took no part in training."""
    photos = [
        make_scene_photo(to_uint8(image_io.read(pictures[n % len(pictures)]).pixels), (seed, 77, n), frame=_FRAME)
        for n in range(count)
    ]
    told = [(photo, diagnose_pixels(photo.pixels)) for photo in photos]
    sharp = [answer.is_sharp for photo, answer in told if photo.blur.type in SHARP]
    blurred = [answer.is_sharp for photo, answer in told if photo.blur.type not in SHARP]
    sure = [is_right(photo, answer) for photo, answer in told if psf_estimate.is_sure(answer.confidence)]
    return {
        "scene_type": _mean([_type_is_right(photo, answer) for photo, answer in told]),
        "scene_blur_missed": _mean(blurred),
        "scene_sharp_kept": _mean(sharp),
        "scene_sure_right": _mean(sure),
        "scene_sure_share": len(sure) / max(len(told), 1),
        "consistency": consistency(photo.pixels for photo in photos[::_VARIED])[0],
    }


def real_figures(paths: list[Path]) -> dict[str, float]:
    """Return the figures on photographs that are all blurred, in a way that nobody knows exactly."""
    photos = [image_io.read(path).pixels for path in paths]
    return {
        "real_blur_missed": _mean([diagnose_pixels(pixels).is_sharp for pixels in photos]),
        "real_consistency": consistency(photos)[0],
    }


def is_right(photo: ScenePhoto, answer: Diagnosis) -> bool:
    """Return whether type and size are right, as far as the type has a size that is told."""
    size = size_of(answer)
    if not _type_is_right(photo, answer) or photo.blur.type in {*SHARP, "shake", "varies"} or size is None:
        return _type_is_right(photo, answer)
    return abs(math.log(size / photo.blur.size)) <= math.log(_RATIO)


def _type_is_right(photo: ScenePhoto, answer: Diagnosis) -> bool:
    return answer.type == photo.blur.type or (answer.is_sharp and photo.blur.type in SHARP)


def _mean(right: list[bool]) -> float:
    return sum(right) / len(right) if right else math.nan
