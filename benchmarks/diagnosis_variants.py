"""Variants of a photo whose blur must be told alike: reduced, noisy, compressed, turned, mirrored, cropped."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur.blur_posterior import SHARP, SIZES
from deblur_app.blur.camera import CameraSettings, take_photo
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import run_to_end
from deblur_app.engine.estimation import diagnosis

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from deblur_app.core.picture import Pixels
    from deblur_app.engine.estimation.diagnosis import Diagnosis

_RATIO = 1.3
"""To the size that is expected, up to which a variant's size counts as the same."""

_LEAST = {"motion": 2.0, "shake": 2.5, "defocus": 1.0, "turbulence": 0.8, "varies": 3.0}
"""Sizes in pixels below which the blur of a reduced photo need not be seen."""


@dataclass(frozen=True, eq=False)
class Variant:
    """A photo that shows the same blur.

    Attributes:
        name: What was done.
        pixels: The photo.
        scale: What sizes are multiplied with.
    """

    name: str
    pixels: Pixels
    scale: float = 1.0


def variants(pixels: Pixels) -> Iterator[Variant]:
    """Yield the variants of a photo, float32 of shape (height, width, 3), sRGB-encoded."""
    height, width = pixels.shape[:2]
    for scale in (0.7, 0.5):
        smaller = resize_pixels(pixels, round(width * scale), round(height * scale))
        yield Variant(f"{scale:.0%}", smaller, scale)
    for noise in (0.005, 0.01):
        grain = np.random.default_rng(0).standard_normal(pixels.shape, np.float32)
        yield Variant(f"noise {noise:.1%}", np.clip(pixels + np.float32(noise) * grain, 0.0, 1.0))
    for quality in (95, 80):
        yield Variant(f"JPEG {quality}", take_photo(srgb_to_linear(pixels), CameraSettings(jpeg=quality)))
    yield Variant("turned", np.ascontiguousarray(np.rot90(pixels)))
    yield Variant("mirrored", np.ascontiguousarray(pixels[:, ::-1]))
    rows, columns = (slice(length // 8, length - length // 8) for length in (height, width))
    yield Variant("cropped", np.ascontiguousarray(pixels[rows, columns]))


def diagnose_pixels(pixels: Pixels) -> Diagnosis:
    """Return the diagnosis of a photo."""
    return run_to_end(diagnosis.diagnose(srgb_to_linear(pixels)))


def size_of(answer: Diagnosis) -> float | None:
    """Return the size that is told, in pixels; None where there is none."""
    if answer.blur is not None:
        return float(answer.blur.values[SIZES[answer.type]])
    return answer.extent if answer.type == "shake" else None


def is_consistent(first: Diagnosis, other: Diagnosis, scale: float) -> bool:
    """Return whether a variant is told the same type, with a size that scales."""
    if first.type in SHARP or other.type in SHARP:
        size = size_of(first)
        vanishes = size is not None and size * scale < _LEAST[first.type]
        return (first.type in SHARP) == (other.type in SHARP) or vanishes
    own, others = size_of(first), size_of(other)
    if first.type != other.type or own is None or others is None:
        return first.type == other.type
    return abs(math.log(others / (own * scale))) <= math.log(_RATIO)


def consistency(photos: Iterable[Pixels]) -> tuple[float, dict[str, float]]:
    """Return the share of variants that are told like their photo, of all and of each kind of variant."""
    cv2.setNumThreads(1)
    told: dict[str, list[bool]] = {}
    for pixels in photos:
        first = diagnose_pixels(pixels)
        for variant in variants(pixels):
            answer = diagnose_pixels(variant.pixels)
            told.setdefault(variant.name, []).append(is_consistent(first, answer, variant.scale))
    each = {name: sum(right) / len(right) for name, right in told.items()}
    return sum(each.values()) / max(len(each), 1), each
