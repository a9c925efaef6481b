"""Blind deconvolution: the kernel of a camera shake from one photograph."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import is_clipped
from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.picture import max_of_channels, mean_of_channels
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.restoration.psf_estimation import kernel_fit, regions
from deblur_app.restoration.psf_estimation.evidence import mirror_test
from deblur_app.restoration.psf_estimation.evidence.kernel_evidence import FAR_AHEAD, KernelEvidence
from deblur_app.restoration.psf_estimation.evidence.power_spectrum import power_spectrum
from deblur_app.restoration.psf_estimation.evidence.spectral_evidence import (
    measure_spectral_evidence,
    observable_response,
)
from deblur_app.restoration.psf_estimation.search import coarse_to_fine, salient_edges

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.psf_estimation.evidence.mirror_test import Consistency
    from deblur_app.restoration.psf_estimation.evidence.power_spectrum import PowerSpectrum

_LARGEST_PATCH, _LEAST_PATCH = 512, 32
"""Sides in pixels of the part of a photo that is searched: at most, for time; at least, to hold edges and a kernel."""
_SIZES = (17, 35, 51, 75)
"""Sides in pixels of the squares that a kernel is looked for in; odd, so that each has a middle."""
_SIDES = 6
"""Kernels that must fit into the patch side by side where their size is not given."""

_SLACK = 1.3  # multiples of the expected extent for which the square has room
_LONGEST = 3.2
"""Multiples of the expected extent that a path may have: the true ones of 128 shakes had up to 2.9, and paths that
followed the long edges of a house or a wall 3.6 and more."""

_SPREAD = 1.0 / 6.0
"""Standard deviation that the searched plane is scaled to: the variances of noise of the search are in this unit."""
_FLAT = 1e-3
"""Standard deviation, as a share of the brightest value, up to which a picture is even."""

_SEARCHED = 0.65
"""Share of the time of a candidate that is over when its path is known."""

_LOST = 0.25
"""Share of the advantage that the coarse kernel had, below which the refined one has lost the path: long edges of a
building made points of paths of 35 pixels."""

_HALF, _SIDES_REDUCED = 2, 5
"""Reduction beyond which only large shakes are looked for, whose extent is told at half of what it is and less, so that
none is too long; and kernels that must fit into the patch then: one of 31 pixels into a photo of 175."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """The blur of a photograph, as far as it can be told from the photograph alone.

    Attributes:
        kernel: The point spread function, centred to within half a pixel; its side is what it needs.
        confidence: How far to trust it, in [0, 1].
        region: Rows and columns that it was estimated from.
        size: Side of the square that the kernel was looked for in, in pixels; odd.
        scale: How many times smaller the photograph was made that shows it; 1 where the photograph itself does.
    """

    kernel: Kernel
    confidence: float
    region: tuple[slice, slice]
    size: int
    scale: int = 1


def estimate(
    light: Pixels,
    *,
    size: int | None = None,
    region: tuple[slice, slice] | None = None,
    start: Kernel | None = None,
    extent: float | None = None,
    reduced: int = 1,
    patch: int = _LARGEST_PATCH,
) -> Task[Estimate]:
    """Estimate the kernel of a camera shake that is the same all over a photograph.

    The most probable kernel is found from coarse to fine (`coarse_to_fine.found`), and the strongest edges make it
    finer (`salient_edges.refined`). That is done for squares of several sizes; the kernel is taken that explains the
    power spectrum best, which none was made to explain (`spectral_verdict.judged`). Pixels that clipped are left out,
    and nothing is assumed of what lies beyond the borders.

    Args:
        light: Float32 array of shape (height, width, channels), linear light.
        size: Side in pixels of the square that the kernel is looked for in; None tries one after the other, up to a
            sixth of the region, until one is certain.
        region: Rows and columns to look at; None takes the most informative ones. No more than 512 x 512 pixels of
            them are used.
        start: A kernel to begin with, such as that of another method; coarse scales are then left out.
        extent: How long the blur is, roughly, in pixels: which size is tried first, and what is too long to be
            trusted. None begins with the smallest.
        reduced: How many times smaller the photograph was made: that averages noise, but not what no kernel explains.
        patch: Side in pixels of the part that is looked at, at most.

    Raises:
        UnmeasurableBlurError: The region has too little contrast to measure its blur.
    """
    yield Progress(0.0, tr("Looking for edges"))
    place = _patch(light, region, patch)
    plane, is_known = brightness_plane(light[place])
    longest = _LONGEST * extent if extent and reduced <= _HALF else math.inf
    patch_data = _Patch(plane, is_known, power_spectrum(light[place]), longest, reduced)
    if size is None and start is not None:
        size = 2 * math.ceil(_SLACK * kernel_fit.reach(start)) + 5
    search = _best(patch_data, extent) if size is None else _candidate(patch_data, size // 2 * 2 + 1, start)
    best = yield from search
    return Estimate(best.kernel, best.evidence.confidence, place, best.evidence.size)


@dataclass(frozen=True, eq=False)
class _Patch:
    """The part of a photograph that is looked at.

    Attributes:
        plane: Its brightness, scaled to the same contrast for all photographs.
        is_known: Where nothing is clipped.
        spectrum: Its averaged power spectrum.
        longest: Side in pixels that the kernel may have at most.
        reduced: How many times smaller it was made.
    """

    plane: Pixels
    is_known: NDArray[np.bool_]
    spectrum: PowerSpectrum
    longest: float = math.inf
    reduced: int = 1


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A kernel, its side what it needs, and what speaks for it."""

    kernel: Kernel
    evidence: KernelEvidence


def _best(patch: _Patch, extent: float | None) -> Task[_Candidate]:
    """Find the best kernel of the sizes that are tried: until one is certain, or a further one is no better."""
    first, *others = _sizes(min(patch.plane.shape) // (_SIDES if patch.reduced <= _HALF else _SIDES_REDUCED), extent)
    best = yield from subtask(_candidate(patch, first), 0.0, 0.5)
    for number, size in enumerate(others):
        if best.evidence.is_final:
            break
        begin, end = 1.0 - 0.5 * 0.5**number, 1.0 - 0.5 * 0.5 ** (number + 1)
        other = yield from subtask(_candidate(patch, size), begin, end)
        if other.evidence.is_better(best.evidence):
            best = other
        elif best.evidence.is_sound:
            break
    return best


def _sizes(most: int, extent: float | None) -> list[int]:
    """Return the sizes to try, in order: from the smallest on, or from that with room for a blur of this extent."""
    sizes = [size for size in _SIZES if size <= most] or [max(most - (most % 2 == 0), 3)]
    if extent is None:
        return sizes
    fitting = next((size for size in sizes if size >= _SLACK * extent), sizes[-1])
    return sorted(sizes, key=lambda size: abs(math.log(size / fitting)))


def _candidate(patch: _Patch, size: int, start: Kernel | None = None) -> Task[_Candidate]:
    """Find the best kernel in a square of one size."""
    plane, is_known = patch.plane, patch.is_known
    searching = coarse_to_fine.estimate_kernel(plane, is_known, size, start)
    coarse = yield from subtask(searching, 0.0, _SEARCHED)
    refined = yield from subtask(salient_edges.refine_kernel(plane, is_known, coarse), _SEARCHED, 0.94)
    proof = yield from subtask(_compare_with_mirror(patch, refined), 0.94, 0.97)
    kernel = refined
    if proof.advantage < FAR_AHEAD:  # else the edges have not lost the path
        before = yield from subtask(_compare_with_mirror(patch, coarse), 0.97, 1.0)
        if before.advantage > FAR_AHEAD and proof.advantage < _LOST * before.advantage:
            kernel, proof = coarse, before
    spectral = measure_spectral_evidence(patch.spectrum, observable_response(kernel, patch.spectrum))
    reach = kernel_fit.reach(kernel)
    return _Candidate(kernel, KernelEvidence(spectral, proof, len(kernel), reach, size, patch.longest, patch.reduced))


def _compare_with_mirror(patch: _Patch, kernel: Kernel) -> Task[Consistency]:
    return mirror_test.compare_with_mirror(patch.plane, patch.is_known, kernel, reduced=patch.reduced)


def brightness_plane(patch: Pixels) -> tuple[Pixels, NDArray[np.bool_]]:
    """Return the mean of the channels, scaled to the same contrast for all photographs, and a mask of the unclipped."""
    plane = mean_of_channels(patch)
    unclipped = (~is_clipped(max_of_channels(patch))).astype(np.uint8)
    is_known = cv2.erode(unclipped, np.ones((3, 3), np.uint8)) > 0
    spread = float(plane[is_known].std()) if is_known.any() else 0.0
    if spread <= _FLAT * float(plane.max()):
        raise UnmeasurableBlurError(tr("The photo is too even to measure its blur."), is_even=True)
    return plane * np.float32(_SPREAD / spread), is_known


def _patch(light: Pixels, region: tuple[slice, slice] | None, side: int) -> tuple[slice, slice]:
    """Return the rows and columns of the part to look at, at most `side` high and wide."""
    spans = [range(*(s.indices(n))) for s, n in zip(region or (slice(None),) * 2, light.shape, strict=False)]
    if min(map(len, spans)) < _LEAST_PATCH:
        raise UnmeasurableBlurError(
            tr(
                "The blur can only be measured on {least_patch} × {least_patch} pixels or more.",
                least_patch=_LEAST_PATCH,
            )
        )
    part = light[spans[0].start : spans[0].stop, spans[1].start : spans[1].stop]
    if max(part.shape[:2]) <= side:
        rows, columns = slice(0, part.shape[0]), slice(0, part.shape[1])
    else:
        rows, columns = regions.most_informative(part, side)
    top, left = spans[0].start, spans[1].start
    return slice(top + rows.start, top + rows.stop), slice(left + columns.start, left + columns.stop)
