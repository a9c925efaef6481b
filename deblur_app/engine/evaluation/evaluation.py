"""The evaluation of candidates on a data set, photo by photo, and the means of its figures."""

from __future__ import annotations

import math
import statistics
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.log_file import log_traceback
from deblur_app.core.picture import to_uint8
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.engine.evaluation import cases as case_files
from deblur_app.engine.evaluation.candidates import DO_NOTHING, nothing
from deblur_app.engine.evaluation.layouts import LEVIN
from deblur_app.engine.evaluation.protocols import score
from deblur_app.engine.evaluation.records import Failure, Record, RecordStore, encode_crop
from deblur_app.restoration.psf_estimation.regions import most_informative

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from deblur_app.core.picture import Pixels
    from deblur_app.engine.evaluation.candidates import Candidate
    from deblur_app.engine.evaluation.cases import Case, LoadedCase

TRUTH = "truth"
"""The name of the sharp picture among the crops."""

WORSE = 0.1
"""PSNR in dB that a result must lie below doing nothing to count as worse."""

_SHOWN = 12
"""Photos of which the contact sheet shows a part, at most."""

_CROP = 192
"""Side in pixels of a crop."""

_JPEG_QUALITY = 90
"""JPEG quality, 1 … 100, of the crops: they lie in the report page itself and make most of its size."""


@dataclass(frozen=True)
class Summary:
    """The figures of one candidate over the photos that it restored.

    Attributes:
        candidate: Its name.
        count: How many photos there were.
        psnr: Mean PSNR in dB.
        gain: Mean PSNR above doing nothing with the same photos, in dB.
        ssim: Mean SSIM.
        worse_share: Share of photos more than `WORSE` dB below doing nothing.
        seconds: Mean time for a photo.
        error_ratio: Median error ratio; None where the data set has no kernels.
    """

    candidate: str
    count: int
    psnr: float
    gain: float
    ssim: float
    worse_share: float
    seconds: float
    error_ratio: float | None = None


@dataclass(frozen=True)
class Evaluation:
    """The outcome of an evaluation.

    Attributes:
        layout: The layout of the data set.
        records: The figures of each photo and candidate, in the order of the data set.
        failures: What could not be done.
        truths: Crops of the sharp pictures as JPEG in base64, by the name of the photo.
    """

    layout: str
    records: tuple[Record, ...]
    failures: tuple[Failure, ...]
    truths: dict[str, str]

    def summaries(self) -> list[Summary]:
        """Return the figures of each candidate, doing nothing first."""
        base = {record.case: record.psnr for record in self.records if record.candidate == DO_NOTHING}
        names = dict.fromkeys(record.candidate for record in self.records)
        return [_summarise([record for record in self.records if record.candidate == name], base) for name in names]


def evaluate(
    cases: Sequence[Case],
    candidates: Sequence[Candidate],
    store: RecordStore,
    tell: Callable[[Record | Failure], None] = lambda _: None,
    *,
    crop: int = 0,
) -> Task[Evaluation]:
    """Restore each photo of a data set by each candidate, and compare the results with the sharp pictures.

    Args:
        cases: The photos, of one layout.
        candidates: What to compare; doing nothing is always the first.
        store: Where figures of an earlier evaluation are taken from, and new ones are kept.
        tell: Is given each record and each failure as it comes.
        crop: Side in pixels of the middle of each photo that is taken; 0 for all of it. Use a store for each.

    Raises:
        DeblurError: A record cannot be kept. What goes wrong with one photo costs that photo only.
    """
    every = [nothing(), *(candidate for candidate in candidates if candidate.name != DO_NOTHING)]
    cases_shown = _spread_cases(cases)
    records: list[Record] = []
    failures: list[Failure] = []
    truths: dict[str, str] = {}
    for number, case in enumerate(cases):
        start, end = number / len(cases), (number + 1) / len(cases)
        outcome = yield from subtask(
            _evaluate_case(case, every, store, is_shown=case in cases_shown, crop=crop), start, end
        )
        for entry in outcome.entries:
            tell(entry)
            if isinstance(entry, Record):
                records.append(entry)
            else:
                failures.append(entry)
        if outcome.truth:
            truths[case.name] = outcome.truth
    return Evaluation(cases[0].layout if cases else "", tuple(records), tuple(failures), truths)


@dataclass(frozen=True)
class _CaseOutcome:
    """The records and failures of one photo, and the crop of its sharp picture."""

    entries: tuple[Record | Failure, ...]
    truth: str = ""


def _evaluate_case(
    case: Case, candidates: Sequence[Candidate], store: RecordStore, *, is_shown: bool, crop: int
) -> Task[_CaseOutcome]:
    """Restore and compare one photo by all candidates; pictures are only read where something is new, or shown."""
    yield Progress(0.0, f"Reading {case.name}")
    try:
        stored = {candidate.name: store.load(case, candidate) for candidate in candidates}
        is_known = all(record and (record.crop or not is_shown) for record in stored.values())
        if is_known and not is_shown:
            return _CaseOutcome(tuple(record for record in stored.values() if record))
        loaded = yield from subtask(case_files.load(case), 0.0, 0.05)
        loaded = case_files.crop_middle(loaded, crop) if crop else loaded
    except Exception as error:  # noqa: BLE001 – `_reason` logs it
        return _CaseOutcome((Failure(case.name, "", _reason(error, case.name)),))
    place = most_informative(srgb_to_linear(loaded.photo.pixels), _CROP) if is_shown else None
    entries: list[Record | Failure] = []
    for number, candidate in enumerate(candidates):
        start, end = (0.05 + 0.95 * step / len(candidates) for step in (number, number + 1))
        record = stored[candidate.name]
        if record is None or (place and not record.crop):
            try:
                record = yield from subtask(_restore(case, loaded, candidate, place), start, end)
            except Exception as error:  # noqa: BLE001 – `_reason` logs it
                entries.append(Failure(case.name, candidate.name, _reason(error, case.name)))
                continue
            store.save(case, candidate, record)
        entries.append(record)
    return _CaseOutcome(tuple(entries), _encode(loaded.truths[0], place, case) if place else "")


def _restore(case: Case, loaded: LoadedCase, candidate: Candidate, place: tuple[slice, slice] | None) -> Task[Record]:
    """Return the record of one photo restored by one candidate."""
    begin = time.perf_counter()
    picture = yield from subtask(candidate.restore(case, loaded.photo), 0.0, 0.9)
    seconds = time.perf_counter() - begin
    figures = yield from subtask(score(loaded, case.layout, picture.pixels), 0.9, 1.0)
    ssim = figures.ssim if math.isfinite(figures.ssim) else 0.0
    psnr = min(figures.psnr, 99.0)  # equal pictures have an infinite one, which no mean survives
    crop = _encode(picture.pixels, place) if place else ""
    return Record(case.name, candidate.name, psnr, ssim, seconds, figures.error_ratio, crop)


def _encode(pixels: Pixels, place: tuple[slice, slice], case: Case | None = None) -> str:
    """Return a part of a picture as a JPEG in base64; of a sharp picture of linear values, as it looks on a screen."""
    part = pixels[place]
    if case is not None and case.layout == LEVIN:
        part = linear_to_srgb(part)
    image = cv2.cvtColor(to_uint8(part), cv2.COLOR_RGB2BGR)
    _, jpeg = cv2.imencode(".jpg", image, (cv2.IMWRITE_JPEG_QUALITY, _JPEG_QUALITY))
    return encode_crop(jpeg.tobytes())


def _summarise(records: Sequence[Record], base: dict[str, float]) -> Summary:
    gains = [record.psnr - base[record.case] for record in records if record.case in base]
    ratios = [record.error_ratio for record in records if record.error_ratio is not None]
    return Summary(
        records[0].candidate,
        len(records),
        statistics.fmean(record.psnr for record in records),
        statistics.fmean(gains) if gains else 0.0,
        statistics.fmean(record.ssim for record in records),
        sum(gain < -WORSE for gain in gains) / max(len(gains), 1),
        statistics.fmean(record.seconds for record in records),
        statistics.median(ratios) if ratios else None,
    )


def _spread_cases(cases: Sequence[Case]) -> set[Case]:
    """Return some of the cases, spread over all of them."""
    count = min(_SHOWN, len(cases))
    return {cases[number * len(cases) // count] for number in range(count)}


def _reason(error: Exception, name: str) -> str:
    if isinstance(error, DeblurError):
        return str(error)
    log_traceback(f"Unexpected error with {name}", error)
    return f"Unexpected error ({type(error).__name__}); the log has the details."
