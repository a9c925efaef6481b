"""The page of an evaluation: one HTML file with tables of figures and parts of the pictures side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app.core.formats.html_page import render_page
from deblur_app.engine.evaluation.candidates import DO_NOTHING
from deblur_app.engine.evaluation.evaluation import TRUTH, WORSE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from deblur_app.engine.evaluation.evaluation import Evaluation, Summary
    from deblur_app.engine.evaluation.records import Record

_TEMPLATE = Path(__file__).parent / "templates" / "evaluation.html.j2"

_PROTOCOLS = {
    "pairs": "Figures are taken pixel by pixel, without 16 pixels at each border.",
    "gopro": "Figures are taken pixel by pixel, without 16 pixels at each border.",
    "kohler": "The sharp picture is laid on each result by a shift first; 40 pixels at each border do not count.",
    "lai": "The sharp picture is laid on each result by a shift first; 40 pixels at each border do not count.",
    "levin": "Each result is shifted by quarters of a pixel to fit the sharp picture best; figures are taken in linear "
    "light. The error ratio compares with a deconvolution by the true kernel: up to 3 the two look alike.",
}
"""Explanations, for readers, of the way figures are taken for each layout."""


@dataclass(frozen=True)
class _Figure:
    """The PSNR in dB of a photo as text, and whether the candidate made the photo worse."""

    psnr: str = "–"
    is_worse: bool = False


def evaluation_page(evaluation: Evaluation, title: str) -> str:
    """Return the page as HTML that needs no other file.

    Args:
        evaluation: What was measured.
        title: The name of the data set.
    """
    summaries = evaluation.summaries()
    names = [summary.candidate for summary in summaries]
    columns = [names[0], TRUTH, *names[1:]] if names else []
    return render_page(
        _TEMPLATE,
        title=title,
        protocol=_PROTOCOLS.get(evaluation.layout, ""),
        summary_heads=_summary_heads(summaries),
        summaries=[_summary_row(summary) for summary in sorted(summaries, key=lambda summary: -summary.psnr)],
        crop_heads=[label_of(column) for column in columns],
        crops=_select_crops(evaluation, columns),
        candidates=[label_of(name) for name in names],
        photos=_photo_rows(evaluation, names),
        failures=evaluation.failures,
    )


def label_of(name: str) -> str:
    """Return the name of a candidate for people."""
    return {DO_NOTHING: "do nothing", TRUTH: "sharp picture"}.get(name, name)


def _summary_heads(summaries: Sequence[Summary]) -> list[str]:
    has_ratio = any(summary.error_ratio is not None for summary in summaries)
    heads = ["photos", "PSNR, dB", "gain, dB", "SSIM", f"worse by over {WORSE:g} dB", "seconds a photo"]
    return [*heads, "median error ratio"] if has_ratio else heads


def _summary_row(summary: Summary) -> tuple[str, list[str]]:
    cells = [
        f"{summary.count}",
        f"{summary.psnr:.2f}",
        f"{summary.gain:+.2f}",
        f"{summary.ssim:.4f}",
        f"{summary.worse_share:.0%}",
        f"{summary.seconds:.1f}",
    ]
    if summary.error_ratio is not None:
        cells.append(f"{summary.error_ratio:.2f}")
    return label_of(summary.candidate), cells


def _select_crops(evaluation: Evaluation, columns: Sequence[str]) -> list[tuple[str, list[str]]]:
    """Return the same part of some photos as every candidate restored it; "" where there is none."""
    crops = {(record.case, record.candidate): record.crop for record in evaluation.records}
    crops |= {(case, TRUTH): crop for case, crop in evaluation.truths.items()}
    return [(case, [crops.get((case, column), "") for column in columns]) for case in evaluation.truths]


def _photo_rows(evaluation: Evaluation, names: Sequence[str]) -> list[tuple[str, list[_Figure]]]:
    figures: dict[str, dict[str, Record]] = {}
    for record in evaluation.records:
        figures.setdefault(record.case, {})[record.candidate] = record
    return [(case, [_figure(records, name) for name in names]) for case, records in figures.items()]


def _figure(records: dict[str, Record], name: str) -> _Figure:
    if name not in records:
        return _Figure()
    base = records.get(DO_NOTHING)
    is_worse = base is not None and records[name].psnr < base.psnr - WORSE
    return _Figure(f"{records[name].psnr:.2f}", is_worse)
