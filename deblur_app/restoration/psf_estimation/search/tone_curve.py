"""The tone curve of a photo: values as screens want them, or proportional to light, told by its blur.

Blur adds up light. Where values are proportional to light and are decoded all the same, no kernel explains the edges:
they become soft at one side and hard at the other. So the kernel is looked for both ways, and what explains the photo
better is believed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import Task, subtask
from deblur_app.restoration.psf_estimation.evidence import mirror_test
from deblur_app.restoration.psf_estimation.evidence.power_spectrum import power_spectrum
from deblur_app.restoration.psf_estimation.evidence.spectral_evidence import (
    measure_spectral_evidence,
    observable_response,
)
from deblur_app.restoration.psf_estimation.regions import most_informative
from deblur_app.restoration.psf_estimation.search import blind, coarse_to_fine

if TYPE_CHECKING:
    from deblur_app.core.picture import Pixels

_PATCH, _SIZE = 320, 35
"""Sides in pixels of the part that is looked at once the photo is reduced, and of the square that the kernel is looked
for in."""

_ROUNDS = 12  # of the search at each scale: no edges make the kernel finer

_REDUCED = 2
"""Factor by which the photo is reduced: the finest scale does not tell its blur, and takes four times as long."""

_DARK, _NOT_BRIGHT = 0.28, 0.6
"""Mean of the values, and value that 95 % of them are below, up to which they may be proportional to light: of 32 sharp
photographs made for screens none is so dark, of 24 blurred ones six, of 12 with values proportional to light all."""

_TELLING = 0.1
"""Advantage over the mirror image that the kernel must have for anything to be told."""

_MORE, _LESS = 1.1, 0.05
"""Factor by which the spectrum must be explained better by values that are proportional to light, and how much less the
advantage may be."""


def is_linear(pixels: Pixels) -> Task[bool]:
    """Return whether the values of a blurred photo are proportional to light.

    Only dark photos are asked, as values without a tone curve are; all others are taken as made for screens.

    Args:
        pixels: Float32 array of shape (height, width, 3), in [0, 1], as in the file.
    """
    side = _PATCH * _REDUCED
    if min(pixels.shape[:2]) < side or not _may_be_linear(pixels):
        return False
    part = pixels[most_informative(pixels, side)]
    try:
        gain, advantage = yield from subtask(_explain(part), 0.0, 0.5)
        if advantage < _TELLING:
            return False
        decoded_gain, decoded_advantage = yield from subtask(_explain(srgb_to_linear(part)), 0.5, 1.0)
    except UnmeasurableBlurError:
        return False
    return gain > _MORE * max(decoded_gain, 0.0) and advantage > decoded_advantage - _LESS


def _may_be_linear(pixels: Pixels) -> bool:
    some = pixels[::4, ::4]
    return float(some.mean()) < _DARK and float(np.quantile(some, 0.95)) < _NOT_BRIGHT


def _explain(light: Pixels) -> Task[tuple[float, float]]:
    """Return how well the best kernel explains the spectrum of a part, and its advantage over its mirror image."""
    light = resize_pixels(light, _PATCH, _PATCH)
    plane, is_known = blind.brightness_plane(light)
    kernel = yield from subtask(coarse_to_fine.estimate_kernel(plane, is_known, _SIZE, rounds=_ROUNDS), 0.0, 0.8)
    spectrum = power_spectrum(light)
    evidence = measure_spectral_evidence(spectrum, observable_response(kernel, spectrum))
    proof = yield from subtask(mirror_test.compare_with_mirror(plane, is_known, kernel, reduced=_REDUCED), 0.8, 1.0)
    return evidence.gain, proof.advantage
