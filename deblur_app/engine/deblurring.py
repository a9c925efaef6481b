"""The way of a photo through preparation, estimation of its blur, a method and the check of what came out."""

from __future__ import annotations

import functools
import logging
import math
import time
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.errors import UnmeasurableBlurError
from deblur_app.core.task import Progress, Task, map_progress, subtask
from deblur_app.core.texts import tr
from deblur_app.engine import devices, output_check, psf_tasks
from deblur_app.engine.estimation import psf_estimate, search
from deblur_app.engine.estimation.psf_estimate import BlurEstimated
from deblur_app.engine.method import Context, MethodResult, PsfUse, Request
from deblur_app.engine.methods import registry
from deblur_app.engine.preparation import preparation

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from deblur_app.blur.psf import Psf
    from deblur_app.core.parameter import Values
    from deblur_app.core.picture import Picture, Pixels
    from deblur_app.engine.choice.expected_gain import RestorationChoice
    from deblur_app.engine.estimation.psf_estimate import PsfEstimate
    from deblur_app.engine.method import Method
    from deblur_app.engine.preparation.preparation import PreparedPhoto

log = logging.getLogger(__name__)

SMOOTHER, _SMOOTHEST = 3.0, 4.0
"""Steps of smoothing for what a camera has processed, found by looking at photographs, and the most there are."""


_ESTIMATE, _LEAST_SHARE, _MOST_SHARE = 1.5, 0.05, 0.6
"""Megapixels that are restored in about the time in which a blur is estimated, and the bounds of its share of the
time."""

_BLIND = "restorer-blind"
"""The method for a photo whose blur is not known."""


_BLIND_SHARE = "blind_share"
"""The parameter that mixes in what that method gives, in per cent."""


@dataclass(frozen=True, eq=False)
class Restored:
    """The result of a deblurring.

    Attributes:
        picture: The restored picture.
        request: How it was made, with every value filled in, and the PSF that was undone where there was one.
        device: Where it was computed, as people call it.
        note: Sentences for the user where something went otherwise than asked for, else "".
        seconds: Time the method took.
        estimate: The blur that was found, where none was given to a method that needs one.
        rejected: What the method gave where that failed its check; `picture` is then a gentler result or the photo
            itself, and `note` says so.
        path: The file that it was written to; None before that.
    """

    picture: Picture
    request: Request
    device: str
    note: str
    seconds: float
    estimate: PsfEstimate | None = None
    rejected: Picture | None = None
    path: Path | None = None

    @property
    def full_note(self) -> str:
        """The sentences about reading, restoring and writing the photo, each once."""
        about_reading = self.picture.note
        return self.note if about_reading in self.note else f"{about_reading} {self.note}".strip()


@dataclass(frozen=True, eq=False)
class _Attempt:
    """A way to restore a photo: a method with all its values, the PSF it undoes, if any, and whether it is blended."""

    method: Method
    values: Values
    psf: Psf | None
    is_blended: bool = False


def deblur(picture: Picture, request: Request) -> Task[Restored]:
    """Restore `picture` the way `request` asks.

    Raises:
        DeblurError: The method or a value is unknown, or the method cannot work on this picture.
    """
    method = registry.find(request.method)
    values = method.complete_values(request.values)
    yield Progress(0.0, tr("Loading TensorFlow"))
    device, note = devices.choose(request.device) if method.is_neural else (devices.processor(), "")
    begin = time.perf_counter()
    prepared = (yield from subtask(preparation.prepare(picture, is_whole=_needs_frame(request)), 0.0, 0.02)).with_note(
        picture.note
    )
    prepared = prepared.with_note(note)
    estimated = _share_of_estimate(prepared.picture)
    try:
        estimate = yield from subtask(_estimate(prepared, request, method, values), 0.02, estimated)
        if estimate and not request.regions:
            known = estimate.moved(*prepared.corner)
            yield BlurEstimated(estimated, tr("Deblurring"), None, known)
        attempt, note = _attempt(request, method, values, estimate)
    except UnmeasurableBlurError as error:
        estimate = None
        attempt, note = _attempt_without_psf(method, values, error)
    prepared = prepared.with_note(note)
    if estimate and estimate.is_linear:
        prepared = preparation.with_linear_values(prepared)
    if attempt.psf is not None and estimate is None:
        psf_tasks.check_fits(attempt.psf, picture)
    start = estimated if estimate else 0.02
    if attempt.psf is not None:
        prepared = yield from subtask(preparation.prepare_for_psf(prepared, attempt.psf), start, start + 0.02)
    start += 0.02
    outcome = yield from subtask(_run_until_plausible(prepared, attempt, request, device), start, 0.98)
    for note in outcome.notes:
        prepared = prepared.with_note(note)
    pixels = yield from subtask(preparation.finish(prepared, outcome.pixels), 0.98, 0.99)
    rejected = None
    if outcome.rejected is not None:
        rejected = picture.with_pixels((yield from subtask(preparation.finish(prepared, outcome.rejected), 0.99, 1.0)))
    seconds = time.perf_counter() - begin
    psf = outcome.attempt.psf.moved(*prepared.corner) if outcome.attempt.psf else None
    if estimate:
        trust = outcome.attempt.psf.trust if outcome.attempt.psf else None
        estimate = (replace(estimate, trust=trust) if trust else estimate).moved(*prepared.corner)
    done = Request(outcome.attempt.method.name, outcome.attempt.values, device.name, psf)
    notes = " ".join(prepared.notes)
    return Restored(picture.with_pixels(pixels), done, device.label, notes, seconds, estimate, rejected)


def _share_of_estimate(picture: Picture) -> float:
    """Return the share of the time that is over once the blur is known: the larger the photo, the less."""
    megapixels = picture.width * picture.height / 1e6
    return min(max(_ESTIMATE / (_ESTIMATE + megapixels), _LEAST_SHARE), _MOST_SHARE)


@dataclass(frozen=True, eq=False)
class _Outcome:
    """The pixels, the attempt that gave them, sentences for the user, and what was rejected before."""

    pixels: Pixels
    attempt: _Attempt
    notes: tuple[str, ...] = ()
    rejected: Pixels | None = None


def _run_until_plausible(
    prepared: PreparedPhoto, first: _Attempt, request: Request, device: devices.Device
) -> Task[_Outcome]:
    """Run an attempt; where its result cannot be right, a gentler one, and at last leave the photo as it is."""
    photo = prepared.picture.pixels
    rejected: Pixels | None = None
    defect = ""
    attempts = [(first, ""), *_list_gentler_attempts(first)]
    for number, (attempt, words) in enumerate(attempts):
        start, end = 1.0 - 0.2**number, 1.0 - 0.2 ** (number + 1)
        task = preparation.of_photo(prepared, _run(prepared, attempt, request, device))
        result = yield from subtask(task, start, end)
        pixels, note = (result.pixels, result.note) if isinstance(result, MethodResult) else (result, "")
        known = result.psf if isinstance(result, MethodResult) else None
        tried = replace(attempt, psf=known) if known else attempt
        clipped = _clip_pixels(pixels)
        wrong = _defect(photo, clipped, tried, request)
        if clipped is not None and not wrong:
            notes_so_far = (
                (tr("The result has {defect}, so it was not used. {words}", defect=defect, words=words),)
                if defect
                else ()
            )
            return _Outcome(clipped, tried, (*notes_so_far, note), rejected)
        log.warning("%s gave %s", attempt.method.label, wrong)
        defect = defect or wrong
        rejected = clipped if rejected is None else rejected
    notes_so_far = (tr("The result has {defect}, so it was not used. The photo is left unchanged.", defect=defect),)
    return _Outcome(photo, first, notes_so_far, rejected)


def _defect(photo: Pixels, restored: Pixels | None, attempt: _Attempt, request: Request) -> str:
    """Return what is wrong with a result, in a few words; "" where nothing is."""
    if restored is None:
        return tr("values that are no numbers")
    is_judged = request.is_checked and attempt.method.is_faithful and restored.shape == photo.shape
    if not is_judged or restored is photo:
        return ""
    psf = attempt.psf
    if psf is None or psf.uniform is None or psf.reduction == 1:
        kernel = psf.uniform if psf and not psf.trust else None
        return output_check.find_defect(photo, restored, kernel)
    from deblur_app.restoration.psf_estimation.kernel_fit import scale_kernel

    # Enlarged, the kernel is wider than the blur, and would not give the photo again.
    kernel = scale_kernel(psf.uniform, 1.0 / psf.reduction)
    return output_check.find_defect(photo, restored, kernel, reduction=psf.reduction)


def _list_gentler_attempts(attempt: _Attempt) -> list[tuple[_Attempt, str]]:
    """Return what to try one after the other where a result cannot be right, each with a sentence for the user."""
    method, values = attempt.method, attempt.values
    gentler: list[tuple[_Attempt, str]] = []
    if attempt.psf is not None and float(values.get("smoothing", _SMOOTHEST)) < _SMOOTHEST:
        smoother = {**values, "smoothing": min(float(values["smoothing"]) + SMOOTHER, _SMOOTHEST)}
        gentler.append((replace(attempt, values=smoother), tr("It is restored with more smoothing instead.")))
    blind = registry.find(_BLIND)
    if method.name != _BLIND and blind.is_offered() and attempt.psf is not None:
        other = _Attempt(blind, _select_shared_values(values, blind), None)
        gentler.append((other, tr("It is restored by a network that needs no PSF instead.")))
    return gentler


def _attempt(request: Request, method: Method, values: Values, estimate: PsfEstimate | None) -> tuple[_Attempt, str]:
    """Return what is to be run once the blur is known, and a sentence where that is not what was asked for."""
    wanted = estimate.psf if estimate else request.psf
    if estimate and estimate.choice and method.fallback and not estimate.choice.has_kernel:
        return _attempt_without_kernel(method, values, estimate.choice, has_blur=estimate.psf is not None)
    is_believed = estimate is None or estimate.choice is not None or psf_estimate.is_believed(estimate.confidence)
    if estimate and estimate.psf is not None and method.fallback and not is_believed:
        other = registry.find(method.fallback)
        return _Attempt(other, _select_shared_values(values, other), None), tr(
            "The blur of this photo could not be estimated reliably, so it is restored by a network that needs no PSF."
        )
    psf = None if method.psf is PsfUse.NONE else wanted
    notes = []
    is_blended = bool(estimate and estimate.may_vary and method.fallback)  # place by place, which is better
    share = _find_blind_share(estimate) if estimate and not is_blended and _BLIND_SHARE in values else 0
    if share:
        share = max(int(values[_BLIND_SHARE]), share)
        values = {**values, _BLIND_SHARE: share}
        notes.append(tr("The blur is not certain, so {share} % of a result without PSF is mixed in.", share=share))
    if estimate and estimate.is_processed and "smoothing" in values:
        values = {**values, "smoothing": min(float(values["smoothing"]) + SMOOTHER, _SMOOTHEST)}
        notes.append(tr("The camera has smoothed and sharpened this photo, so the result is smoother than usual."))
    return _Attempt(method, values, psf, is_blended), " ".join(notes)


def _find_blind_share(estimate: PsfEstimate) -> int:
    """Return the share of the blind network in per cent.

    It is 0 where the estimate is sure, and where a photo is restored reduced: the network knows no such blur.
    """
    if estimate.choice is None or estimate.reduction > 1 or psf_estimate.is_sure(estimate.confidence):
        return 0
    return round(100 * estimate.choice.blind_share)


def _attempt_without_kernel(
    method: Method, values: Values, choice: RestorationChoice, *, has_blur: bool
) -> tuple[_Attempt, str]:
    """Return the attempt of a choice that undoes no kernel, and a sentence where a blur was told."""
    if choice.candidate is None:
        note = tr("Nothing that can be undone here promises a better photo. It is left as it is.")
        return _Attempt(method, values, None), note if has_blur else ""
    other = registry.find(choice.candidate.method)
    return _Attempt(other, _select_shared_values(values, other), None), tr(choice.candidate.note)


def _attempt_without_psf(method: Method, values: Values, error: UnmeasurableBlurError) -> tuple[_Attempt, str]:
    """Return what is to be run where the photo does not tell its blur, and a sentence that says so."""
    other = registry.find(_BLIND)
    if error.is_even or not other.is_offered():
        return _Attempt(method, values, None), tr("{error} It is left unchanged.", error=error)
    return _Attempt(other, _select_shared_values(values, other), None), tr(
        "{error} It is restored by a network that needs no PSF.", error=error
    )


def _select_shared_values(values: Values, method: Method) -> Values:
    """Return those of `values` that are of another method too, with the defaults of its others."""
    return method.complete_values(
        {name: value for name, value in values.items() if name in method.names and name != "model"}
    )


def _needs_frame(request: Request) -> bool:
    """Return whether places in the whole frame matter, so that nothing of it may be cut off."""
    return request.regions is not None or (request.psf is not None and request.psf.grid is not None)


def _run(
    prepared: preparation.PreparedPhoto, attempt: _Attempt, request: Request, device: devices.Device
) -> Task[Pixels | MethodResult]:
    """Run one attempt; a photo without blur comes back as it is."""
    method, picture = attempt.method, prepared.picture
    if method.psf is not PsfUse.NONE and attempt.psf is None:
        return picture.pixels
    context = Context(
        picture.pixels,
        device,
        attempt.psf,
        preparation.region_of_picture(prepared, request.region),
        # What a copy was made of has the frame that the copy has lost: the copy then chooses for itself.
        request.reduced if method.is_scalable and not prepared.scene else None,
        functools.partial(_find_jpeg_table, prepared.original),
        attempt.is_blended,
    )
    return (yield from method.run(context, **attempt.values))


def _find_jpeg_table(picture: Picture) -> NDArray[np.uint16] | None:
    """Return the quantisation table of the photo's file, or of the JPEG that it once was."""
    from deblur_app.restoration.deconvolution import quantisation

    return quantisation.find_table(picture.pixels) if picture.jpeg_table is None else picture.jpeg_table


def _clip_pixels(pixels: Pixels) -> Pixels | None:
    """Return `pixels` in [0, 1], copied only if that changes them (large photos fill memory); None if not finite."""
    lowest, highest = float(pixels.min()), float(pixels.max())
    if not math.isfinite(lowest + highest):
        return None
    return pixels if lowest >= 0.0 and highest <= 1.0 else np.clip(pixels, 0.0, 1.0)


def _estimate(prepared: PreparedPhoto, request: Request, method: Method, values: Values) -> Task[PsfEstimate | None]:
    """Return the blur that the method is to undo, with places in what it is given, where it is not given itself."""
    if method.psf is PsfUse.NONE or (method.psf is PsfUse.GIVEN and request.psf is not None):
        return None
    if request.estimate is not None and not request.regions:
        left, top = prepared.corner
        return request.estimate.moved(-left, -top)
    kind = str(values["blur"]) if method.psf is PsfUse.ESTIMATED else search.AUTO
    if request.regions:
        columns, rows = request.regions
        return (yield from psf_tasks.estimate_grid(prepared.picture, rows, columns, kind))
    stage = tr("Estimating the blur")
    task = psf_tasks.estimate(prepared.picture, kind)
    return (yield from map_progress(task, lambda progress: replace(progress, stage=stage)))
