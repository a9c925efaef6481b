"""The tone curve of a photo: values as screens want them, or proportional to light, told by its blur.

Blur adds up light. Where values are proportional to light and are decoded all the same, no kernel explains the edges:
they become soft at one side and hard at the other. So the kernel is looked for both ways, and what explains the photo
better is believed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.picture import reduce_pixels
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

_PATCH, _LEAST_PATCH, _SIZE = 320, 160, 17
"""Sides in pixels of the part that is looked at once the photo is reduced, at most and at least, and of the square that
the kernel is looked for in."""


_SCALES, _LEFT = (4, 2, 1), 5.0
"""Factors by which the photo may be reduced, and pixels of its blur that are left then at least. The finest scale does
not tell a blur, and a square for a large one takes long; a mild one is not seen any more once the photo is reduced."""

_DARK, _NOT_BRIGHT = 0.28, 0.6
"""Mean of the values, and value that 95 % of them are below, up to which they may be proportional to light: of 32 sharp
photographs made for screens none is so dark, of 24 blurred ones six, of 12 with values proportional to light all."""

_EXPLAINED = 0.35
"""Misfit up to which a kernel explains a part: seven shakes of a real camera with values proportional to light had 0.05
to 0.31, and five of six dark photos made for screens 0.45 and more, whichever way they were read."""

_MORE, _LESS = 0.75, 0.02
"""Factor by which values that are proportional to light must explain spectrum and photo better, both together, and how
much less the advantage over the mirror image may be. The seven shakes had 1.1 and more. Of nine made blurs of darkened
photos, read as what they were not, none had more than 0.5; of nine with values proportional to light six are told."""


def is_linear(pixels: Pixels, extent: float) -> Task[bool]:
    """Return whether the values of a blurred photo are proportional to light.

    Only dark photos are asked, as values without a tone curve are; all others are taken as made for screens.

    Args:
        pixels: Float32 array of shape (height, width, 3), in [0, 1], as in the file.
        extent: How long the blur is, roughly, in pixels.
    """
    scale = _find_scale(min(pixels.shape[:2]), extent)
    if scale is None or not may_be_linear(pixels):
        return False
    part = pixels[most_informative(pixels, min(_PATCH * scale, *pixels.shape[:2]))]
    try:
        as_light = yield from subtask(_explain(part, scale), 0.0, 0.5)
        if as_light.gain <= 0.0 or as_light.misfit > _EXPLAINED:
            return False
        decoded = yield from subtask(_explain(srgb_to_linear(part), scale), 0.5, 1.0)
    except UnmeasurableBlurError:
        return False
    is_better = as_light.gain * decoded.misfit > _MORE * max(decoded.gain, 0.0) * as_light.misfit
    return is_better and as_light.advantage > decoded.advantage - _LESS


def may_be_linear(pixels: Pixels) -> bool:
    """Return whether a photo is as dark as one whose values are proportional to light."""
    some = pixels[::4, ::4]
    return float(some.mean()) < _DARK and float(np.quantile(some, 0.95)) < _NOT_BRIGHT


def _find_scale(side: int, extent: float) -> int | None:
    """Return how many times smaller a photo is made to be asked; None where it is too small."""
    possible = [scale for scale in _SCALES if side // scale >= _LEAST_PATCH]
    return next((scale for scale in possible if extent / scale >= _LEFT), min(possible, default=None))


@dataclass(frozen=True)
class _Explanation:
    """The fit of the best kernel to a part: its spectrum, what is left, and its advantage over its mirror image."""

    gain: float
    misfit: float
    advantage: float


def _explain(light: Pixels, scale: int) -> Task[_Explanation]:
    """Return how well the best kernel explains a part, made `scale` times smaller."""
    light = reduce_pixels(light, scale)
    plane, is_known = blind.brightness_plane(light)
    kernel = yield from subtask(coarse_to_fine.estimate_kernel(plane, is_known, _SIZE), 0.0, 0.8)
    spectrum = power_spectrum(light)
    evidence = measure_spectral_evidence(spectrum, observable_response(kernel, spectrum))
    proof = yield from subtask(mirror_test.compare_with_mirror(plane, is_known, kernel, reduced=scale), 0.8, 1.0)
    return _Explanation(evidence.gain, proof.misfit, proof.advantage)
