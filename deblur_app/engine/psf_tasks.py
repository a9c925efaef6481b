"""Tasks with point spread functions: estimate one, take one from a star, check a result by one."""

from __future__ import annotations

import functools
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kinds, psf
from deblur_app.blur.kernel_values import MAX_SIDE
from deblur_app.blur.kinds import Blur
from deblur_app.core import levels
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.errors import DeblurError, UnmeasurableBlurError
from deblur_app.core.parameter import Choice
from deblur_app.core.picture import resize_pixels
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.engine import diagnosis
from deblur_app.engine.preparation import scene as scenes
from deblur_app.engine.psf_estimate import PsfEstimate, is_sure
from deblur_app.restoration.psf_estimation import point_source
from deblur_app.restoration.psf_estimation.tapering import pad_tapered

if TYPE_CHECKING:
    from deblur_app.blur.psf import Kernel
    from deblur_app.core.picture import Picture, Pixels
    from deblur_app.engine.method import Psf
    from deblur_app.restoration.deconvolution.gcv import GcvCurve
    from deblur_app.restoration.deconvolution.reblur_check import ReblurCheck
    from deblur_app.restoration.psf_estimation.parametric import Candidate

type Region = tuple[int, int, int, int]
"""A part of a picture in pixels: left, top, width, height."""

AUTO = "auto"
SHAKE = "shake"

KINDS = (
    Choice(AUTO, "find out"),
    Choice("motion", "moving object"),
    Choice("defocus", "out of focus"),
    Choice("turbulence", "air turbulence"),
    Choice(SHAKE, "camera shake"),
)
"""What kind of blur to look for."""

_LEAST_IN_GRID = 0.35
"""Confidence of a region whose kind of blur was given, at least: enough to be kept where its neighbours are sure."""

_LEAST_SIDE = 48
"""Side in pixels of the smallest picture whose blur is measured: in smaller ones every blur looks like a shake."""

_LEAST_OF_A_STRIP, _LEAST_AREA = 24, 64 * 96
"""Smaller side and number of pixels of the smallest line of text: along it there is enough to measure."""

_LEAST_CERTAIN = 128
"""Side in pixels below which the spectrum is asked as well whether there is a blur at all: of 33 sharp crops of 48 × 48
pixels from photographs the network calls 6 blurred in a simple way, all of which the spectrum contradicts, as it does
2 of 24 blurred ones."""

_DOUBTED = 0.25
"""Confidence that there is no blur where network and spectrum contradict each other: a user reads “unsure”."""

_LEAST_OF_A_REGION = 64
"""Side in pixels of the smallest region of a grid."""

_LEAST_SHAKEN = 64
"""Side in pixels of the smallest picture in which a curved path is looked for."""

_MEASURED_SIDE = diagnosis.LEAST_SIDE
"""Side in pixels that smaller pictures are filled up to, for spectra."""

_REDUCED = (1, 2, 3, 4)
"""How many times smaller a photo is made to look for a simple blur, down to the side below."""

_LEAST_REDUCED = 256
"""Side in pixels that a reduced photo has at least."""


def resolve_psf(wanted: Blur | Psf) -> Psf:
    """Return the kernel or kernels of what a user asks for.

    Raises:
        DeblurError: The blur or one of its values is unknown or out of range.
    """
    return wanted.kernel() if isinstance(wanted, Blur) else wanted


def check_fits(kernels: Psf, picture: Picture) -> None:
    """Refuse a point spread function that is larger than the picture it shall have blurred.

    Raises:
        DeblurError: It is.
    """
    if not isinstance(kernels, np.ndarray):
        return
    width, height = psf.describe(kernels).extent
    if width > picture.width or height > picture.height:
        raise DeblurError(
            f"The PSF is {width} × {height} pixels large and the picture only {picture.size_text}: a blur that is "
            "wider than the picture cannot be undone. Choose the PSF of this picture, or make it smaller."
        )


def estimate(picture: Picture, kind: str = AUTO, region: Region | None = None) -> Task[PsfEstimate]:
    """Estimate the blur of a photo from the photo alone.

    Args:
        picture: The photo.
        kind: One of `KINDS`. One that is given is taken for granted: its best fit is returned even where another
            kind or no blur explains the photo better, and its confidence tells how well it does among all.
        region: Where to look; None looks where the blur is seen best.

    Raises:
        UnmeasurableBlurError: The photo or the region is too small or too even.
        DeblurError: The kind is unknown.
    """
    if kind not in {choice.value for choice in KINDS}:
        raise DeblurError(f"There is no blur “{kind}” to look for. There are: {', '.join(c.value for c in KINDS)}.")
    around = None if region else scenes.find_scene(picture)
    if around:
        picture = scenes.cut_to_scene(picture, around)
    found = levels.find_levels(picture)
    part = _part(picture, region, _LEAST_SIDE) if region else _whole(picture)
    light = srgb_to_linear(found.stretch(part) if found else part)
    try:
        return (yield from _estimate(light, kind))
    except UnmeasurableBlurError as error:
        if region is None or not error.is_even:
            raise
        raise UnmeasurableBlurError(
            "The selection is too even to measure the blur. Select a part with detail.", is_even=True
        ) from error


def estimate_grid(picture: Picture, rows: int, columns: int, kind: str = SHAKE) -> Task[PsfEstimate]:
    """Estimate the blur of each region of a photo, for blur that varies over the frame.

    Args:
        picture: The photo.
        rows: How many regions from top to bottom, at least 1.
        columns: How many from left to right, at least 1.
        kind: One of `KINDS`.

    Raises:
        DeblurError: The photo is too small for so many regions.
    """
    from deblur_app.restoration.deconvolution import spatially_varying

    if min(picture.height // rows, picture.width // columns) < _LEAST_OF_A_REGION:
        raise DeblurError(
            f"The photo of {picture.size_text} pixels is too small for {columns} × {rows} regions: each needs "
            f"{_LEAST_OF_A_REGION} pixels a side. Choose fewer regions."
        )
    light = srgb_to_linear(picture.pixels)
    kernels = yield from spatially_varying.estimate_grid(
        light, rows, columns, functools.partial(_kernel_of_part, kind=kind)
    )
    return PsfEstimate(kernels, None, float(np.mean(kernels.confidence)))


def from_point(picture: Picture, region: Region) -> Task[PsfEstimate]:
    """Return the picture of a point of light as the PSF: a star, or the streak that a far lamp has drawn.

    Args:
        picture: The photo.
        region: Around the point, with a little of the dark around it.

    Raises:
        DeblurError: There is no point of light in the region, or it is too large.
    """
    yield Progress(0.0, "Reading the point of light")
    part = _part(picture, region, 3)
    if max(part.shape[:2]) > MAX_SIDE:
        raise DeblurError(f"The selection is larger than {MAX_SIDE} pixels. Select the star or lamp alone.")
    kernel, touches_rim = point_source.read_kernel(srgb_to_linear(part))
    return PsfEstimate(kernel, None, 0.3 if touches_rim else 0.9)


def reblur_check(photo: Picture, result: Picture, wanted: Blur | Psf) -> Task[ReblurCheck]:
    """Blur a result with the PSF and compare it with the photo: where they differ, the result was invented.

    Raises:
        DeblurError: The two differ in size.
    """
    from deblur_app.restoration.deconvolution import reblur_check as reblur

    if (photo.width, photo.height) != (result.width, result.height):
        raise DeblurError(
            f"The result is {result.size_text} pixels and the photo {photo.size_text}: only a result of the photo's "
            "size can be checked."
        )
    yield Progress(0.0, "Blurring the result")
    kernels, seen, again = resolve_psf(wanted), photo.pixels, result.pixels
    around = scenes.find_scene(photo) if isinstance(kernels, np.ndarray) else None
    if around:  # a frame was never blurred
        seen, again = seen[around.box], again[around.box]
    return (yield from reblur.check(srgb_to_linear(seen), srgb_to_linear(again), kernels))


def gcv(picture: Picture, wanted: Blur | Kernel, order: int = 1) -> Task[GcvCurve]:
    """Return the score of each regularisation by generalised cross-validation, to draw it.

    Args:
        picture: The photo.
        wanted: The PSF.
        order: 1 for Wiener deconvolution, 2 for Tikhonov regularisation; see `quadratic`.
    """
    from deblur_app.restoration.deconvolution.gcv import gcv_curve

    yield Progress(0.0, "Cross-validating")
    kernel = wanted.kernel() if isinstance(wanted, Blur) else wanted
    return gcv_curve(srgb_to_linear(picture.pixels), kernel, order=order)


def _estimate(light: Pixels, kind: str) -> Task[PsfEstimate]:
    """Return the best fit of one kind of blur, or the kind that explains the photo best."""
    if kind == SHAKE:
        return (yield from _shaken(light))
    padded = pad_tapered(light, _MEASURED_SIDE)
    if kind == AUTO and diagnosis.is_available():
        return (yield from _estimate_by_network(light, padded))
    end = 0.4 if kind == AUTO else 1.0
    candidates, scale = yield from subtask(_simple(padded), 0.0, end)
    if kind != AUTO:
        return _as_estimate(next(found for found in candidates if found.blur and found.blur.kind == kind), scale)
    best = _as_estimate(candidates[0], scale)
    if is_sure(best.confidence):
        return best
    shaken = yield from subtask(_shaken(light), end, 1.0)
    return max(best, shaken, key=lambda found: found.confidence)


def _estimate_by_network(light: Pixels, padded: Pixels) -> Task[PsfEstimate]:
    """Return the network's estimate; where that is a shake, also estimate its kernel."""
    seen = yield from subtask(diagnosis.diagnose(padded), 0.0, 0.3)
    if seen.type == SHAKE:
        _check_measurable(light, _LEAST_SHAKEN)
        shaken = yield from subtask(_shaken(light, seen.extent), 0.3, 1.0)
        return replace(shaken, confidence=seen.confidence * shaken.confidence, is_processed=seen.is_processed)
    is_small = min(light.shape[:2]) < _LEAST_CERTAIN
    if seen.blur and is_small and (yield from subtask(_measure_gain(padded, seen.blur), 0.3, 1.0)) <= 0.0:
        return PsfEstimate(None, None, _DOUBTED)
    kernel = seen.blur.kernel() if seen.blur else None
    return PsfEstimate(kernel, seen.blur, seen.confidence, seen.is_processed)


def _measure_gain(light: Pixels, blur: Blur) -> Task[float]:
    """Return how much better a blur explains the spectrum of a photo than none does."""
    from deblur_app.restoration.psf_estimation import parametric

    return (yield from parametric.gain(light, blur))


def _simple(light: Pixels) -> Task[tuple[tuple[Candidate, ...], int]]:
    """Return the simple blurs, best first, and how many times smaller the photo is that shows them best.

    Cameras take out noise and sharpen, which hides a long blur in the finest detail; where a photo is reduced, its
    detail is honest again. The size whose best blur explains the most is believed.
    """
    from deblur_app.restoration.psf_estimation import parametric

    best: tuple[Candidate, ...] = ()
    chosen = 1
    for number, scale in enumerate(_REDUCED):
        height, width = (length // scale for length in light.shape[:2])
        if best and min(height, width) < _LEAST_REDUCED:
            break
        start, end = number / len(_REDUCED), (number + 1) / len(_REDUCED)
        found = yield from subtask(parametric.estimate(resize_pixels(light, width, height)), start, end)
        if not best or _gain(found) > max(_gain(best), 0.0):
            best, chosen = tuple(_scale_candidate(candidate, scale) for candidate in found), scale
    return best, chosen


def _gain(candidates: tuple[Candidate, ...]) -> float:
    """Return how much better the best blur explains a photo than none does."""
    return max(candidate.score for candidate in candidates if candidate.blur)


def _scale_candidate(candidate: Candidate, scale: int) -> Candidate:
    """Return a candidate for a reduced photo as one for the photo itself."""
    if candidate.blur is None or scale == 1:
        return candidate
    kind = kinds.find(candidate.blur.kind)
    lengths = {p.name: p for p in kind.parameters if p.unit == "px"}
    values = {
        name: min(float(value) * scale, lengths[name].maximum) if name in lengths else value
        for name, value in candidate.blur.values.items()
    }
    return replace(candidate, blur=Blur(candidate.blur.kind, values))


def _shaken(light: Pixels, extent: float | None = None) -> Task[PsfEstimate]:
    from deblur_app.restoration.psf_estimation import blind

    found = yield from blind.estimate(light, extent=extent)
    return PsfEstimate(found.kernel, None, found.confidence)


def _as_estimate(candidate: Candidate, scale: int) -> PsfEstimate:
    if candidate.blur is None:
        return PsfEstimate(None, None, candidate.confidence)
    return PsfEstimate(candidate.blur.kernel(), candidate.blur, candidate.confidence, scale > 1)


def _kernel_of_part(light: Pixels, *, kind: str) -> Task[tuple[Kernel, float]]:
    found = yield from _estimate(light, kind)
    if found.psf is None:
        return np.ones((1, 1), np.float32), found.confidence
    if not isinstance(found.psf, np.ndarray):
        raise TypeError("a region has one kernel")
    # Where no blur would explain a region better, the fit is short and harmless; a neighbour's long one would not be.
    return found.psf, max(found.confidence, _LEAST_IN_GRID) if kind not in (AUTO, SHAKE) else found.confidence


def _whole(picture: Picture) -> Pixels:
    """Return the pixels of a picture that is large enough, or a long strip."""
    is_strip = picture.width * picture.height >= _LEAST_AREA
    _check_measurable(picture.pixels, _LEAST_OF_A_STRIP if is_strip else _LEAST_SIDE)
    return picture.pixels


def _check_measurable(pixels: Pixels, least: int) -> None:
    """Refuse a picture that is too small."""
    height, width = pixels.shape[:2]
    if min(height, width) < least:
        raise UnmeasurableBlurError(
            f"A photo of {width} × {height} pixels is too small to measure its blur: it needs {least} pixels a side."
        )


def _part(picture: Picture, region: Region, least: int) -> Pixels:
    """Return the pixels of a region, cut to the picture."""
    left, top, width, height = region
    rows, columns = slice(max(top, 0), max(top + height, 0)), slice(max(left, 0), max(left + width, 0))
    part = picture.pixels[rows, columns]
    if min(part.shape[:2]) < least:
        raise UnmeasurableBlurError(
            f"The selection is too small: it needs {least} pixels a side. Select a larger part."
        )
    return part
