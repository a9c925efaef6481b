"""Blind deconvolution: the kernel of a camera shake from one photograph."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import is_clipped
from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.restoration.psf_estimation import coarse_to_fine, kernel_fit, mirror_test, regions, salient_edges
from deblur_app.restoration.psf_estimation.power_spectrum import power_spectrum
from deblur_app.restoration.psf_estimation.spectral_evidence import measure_spectral_evidence, observable_response

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels
    from deblur_app.restoration.psf_estimation.mirror_test import Consistency
    from deblur_app.restoration.psf_estimation.power_spectrum import PowerSpectrum
    from deblur_app.restoration.psf_estimation.spectral_evidence import Verdict

_LARGEST_PATCH, _LEAST_PATCH = 512, 32
_SIZES = (17, 35, 51, 75)
_SIDES = 6
"""Kernels that must fit into the patch side by side where their size is not given."""

_RIM = 2  # pixels between a kernel and the edge of its square from which it has room enough
_SLACK = 1.3  # multiples of the expected extent for which the square has room
_LONGEST = 3.2
"""Multiples of the expected extent that a path may have: the true ones of 128 shakes had up to 2.9, and paths that
followed the long edges of a house or a wall 3.6 and more."""

_SPREAD = 1.0 / 6.0
_FLAT = 1e-3
"""Standard deviation, as a share of the brightest value, up to which a picture is even."""

_SEARCHED = 0.65
"""Share of the time of a candidate that is over when its path is known."""

_CONTRADICTED, _CONFIRMED = 0.35, 0.7
"""Shares of the gain that a true kernel brings to the spectrum: up to the first the spectrum says nothing for it, from
the second on nothing against it. The true kernels of Levin et al. (2009) have 0.28 and more in their photographs."""

_AHEAD, _FAR_AHEAD = 0.1, 0.3
"""Advantages over the mirror image from which on the spectrum counts less, and from which on it need not be asked: the
true kernels of Levin et al. have 0.28 and more in their photographs, wrong ones up to 0.05."""

_TELLING = 0.08
_SYMMETRIC = 0.9
"""The advantage that a kernel must have which is not its own mirror image, up to this correlation with it."""

_EXPLAINED, _UNEXPLAINED = 0.33, 0.41
"""Misfits up to which the photograph is explained, and from which on it is not; also where the blur is not the same all
over it."""

_CONTRASTY, _EXCUSED = 0.7, 0.2
"""The advantage from which on a photograph has such strong edges that a right kernel may leave more of it, and how much
more at the most, for an advantage that is greater by 1."""


@dataclass(frozen=True, eq=False)
class Estimate:
    """The blur of a photograph, as far as it can be told from the photograph alone.

    Attributes:
        kernel: The point spread function, centred to within half a pixel; its side is what it needs.
        confidence: How far to trust it, in [0, 1].
        region: Rows and columns that it was estimated from.
        size: Side of the square that the kernel was looked for in, in pixels; odd.
    """

    kernel: Kernel
    confidence: float
    region: tuple[slice, slice]
    size: int


def estimate(
    light: Pixels,
    *,
    size: int | None = None,
    region: tuple[slice, slice] | None = None,
    start: Kernel | None = None,
    extent: float | None = None,
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

    Raises:
        UnmeasurableBlurError: There is nothing in the region to see the blur by.
    """
    yield Progress(0.0, "Looking for edges")
    place = _patch(light, region)
    plane, known = _brightness(light[place])
    longest = _LONGEST * extent if extent else math.inf
    seen = _Patch(plane, known, power_spectrum(light[place]), longest)
    if size is None and start is not None:
        size = 2 * math.ceil(_SLACK * kernel_fit.reach(start)) + 5
    search = _best(seen, extent) if size is None else _candidate(seen, size // 2 * 2 + 1, start)
    best = yield from subtask(search, 0.0, 0.95)
    proof = yield from subtask(mirror_test.compare_with_mirror(plane, known, best.kernel), 0.95, 1.0)
    return Estimate(best.kernel, _confidence(best, proof), place, best.size)


@dataclass(frozen=True, eq=False)
class _Patch:
    """The part of a photograph that is looked at.

    Attributes:
        plane: Its brightness, scaled to the same contrast for all photographs.
        known: Where nothing is clipped.
        spectrum: Its averaged power spectrum.
        longest: Side in pixels that the kernel may have at most.
    """

    plane: Pixels
    known: NDArray[np.bool_]
    spectrum: PowerSpectrum
    longest: float = math.inf


@dataclass(frozen=True, eq=False)
class _Candidate:
    """A kernel that was looked for in a square of one size.

    Attributes:
        kernel: The kernel, its side what it needs.
        size: Side of the square in pixels.
        verdict: How well it explains the power spectrum.
        longest: Side in pixels that it may have at most.
    """

    kernel: Kernel
    size: int
    verdict: Verdict
    longest: float = math.inf

    @property
    def is_sound(self) -> bool:
        """True if the kernel fits in its square and is no longer than `longest`.

        A path that grows beyond while it is refined follows the long edges of the scene itself: they explain its
        spectrum well, and undoing them leaves nothing of it.
        """
        return len(self.kernel) <= min(self.size, self.longest)

    @property
    def is_final(self) -> bool:
        """True if no other size needs to be tried: it is also so far from the rim that more room would add nothing."""
        is_free = kernel_fit.reach(self.kernel) < self.size // 2 - _RIM
        return self.is_sound and is_free and self.verdict.share >= _CONFIRMED

    def is_better(self, other: _Candidate) -> bool:
        """Return whether to take it instead of that of another size."""
        return (self.is_sound, self.verdict.gain) > (other.is_sound, other.verdict.gain)


def _confidence(found: _Candidate, proof: Consistency) -> float:
    """Return the confidence in a kernel, in [0, 1], from its share of the power spectrum, its phases and its misfit."""
    if not found.is_sound:
        return 0.0
    powers = (found.verdict.share - _CONTRADICTED) / (_CONFIRMED - _CONTRADICTED)
    phases = (proof.advantage - _AHEAD) / (_FAR_AHEAD - _AHEAD)
    is_telling = proof.advantage / _TELLING if proof.symmetry < _SYMMETRIC else 1.0
    excused = _EXCUSED * min(max(proof.advantage - _CONTRASTY, 0.0), 1.0)
    is_explained = (_UNEXPLAINED + excused - proof.misfit) / (_UNEXPLAINED - _EXPLAINED)
    return float(np.clip(min(max(powers, phases), is_telling, is_explained), 0.0, 1.0))


def _best(seen: _Patch, extent: float | None) -> Task[_Candidate]:
    """Find the best kernel of the sizes that are tried: until one is certain, or a further one is no better."""
    first, *others = _sizes(min(seen.plane.shape) // _SIDES, extent)
    best = yield from subtask(_candidate(seen, first), 0.0, 0.5)
    for number, size in enumerate(others):
        if best.is_final:
            break
        begin, end = 1.0 - 0.5 * 0.5**number, 1.0 - 0.5 * 0.5 ** (number + 1)
        other = yield from subtask(_candidate(seen, size), begin, end)
        if other.is_better(best):
            best = other
        elif best.is_sound:
            break
    return best


def _sizes(most: int, extent: float | None) -> list[int]:
    """Return the sizes to try, in order: from the smallest on, or from that with room for a blur of this extent."""
    sizes = [size for size in _SIZES if size <= most] or [max(most - (most % 2 == 0), 3)]
    if extent is None:
        return sizes
    fitting = next((size for size in sizes if size >= _SLACK * extent), sizes[-1])
    return sorted(sizes, key=lambda size: abs(math.log(size / fitting)))


def _candidate(seen: _Patch, size: int, start: Kernel | None = None) -> Task[_Candidate]:
    """Find the best kernel in a square of one size."""
    plane, known = seen.plane, seen.known
    coarse = yield from subtask(coarse_to_fine.estimate_kernel(plane, known, size, start), 0.0, _SEARCHED)
    kernel = yield from subtask(salient_edges.refine_kernel(plane, known, coarse), _SEARCHED, 1.0)
    verdict = measure_spectral_evidence(seen.spectrum, observable_response(kernel, seen.spectrum))
    return _Candidate(kernel, size, verdict, seen.longest)


def _brightness(patch: Pixels) -> tuple[Pixels, NDArray[np.bool_]]:
    """Return the mean of the channels, scaled to the same contrast for all photographs, and a mask of the unclipped."""
    plane = patch.mean(axis=2, dtype=np.float32)
    unclipped = (~is_clipped(patch.max(axis=2))).astype(np.uint8)
    known = cv2.erode(unclipped, np.ones((3, 3), np.uint8)) > 0
    spread = float(plane[known].std()) if known.any() else 0.0
    if spread <= _FLAT * float(plane.max()):
        raise UnmeasurableBlurError("The photo is too even to measure its blur.", is_even=True)
    return plane * np.float32(_SPREAD / spread), known


def _patch(light: Pixels, region: tuple[slice, slice] | None) -> tuple[slice, slice]:
    """Return the rows and columns of the part to look at, at most `_LARGEST_PATCH` high and wide."""
    spans = [range(*(s.indices(n))) for s, n in zip(region or (slice(None),) * 2, light.shape, strict=False)]
    if min(map(len, spans)) < _LEAST_PATCH:
        raise UnmeasurableBlurError(f"The blur can only be measured on {_LEAST_PATCH} × {_LEAST_PATCH} pixels or more.")
    part = light[spans[0].start : spans[0].stop, spans[1].start : spans[1].stop]
    if max(part.shape[:2]) <= _LARGEST_PATCH:
        rows, columns = slice(0, part.shape[0]), slice(0, part.shape[1])
    else:
        rows, columns = regions.most_informative(part, _LARGEST_PATCH)
    top, left = spans[0].start, spans[1].start
    return slice(top + rows.start, top + rows.stop), slice(left + columns.start, left + columns.stop)
