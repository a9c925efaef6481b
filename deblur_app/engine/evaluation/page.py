"""The page of an evaluation: one HTML file with tables of figures and parts of the pictures side by side."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from deblur_app.engine.evaluation.candidates import DO_NOTHING
from deblur_app.engine.evaluation.evaluation import TRUTH, WORSE

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from deblur_app.engine.evaluation.evaluation import Evaluation, Summary
    from deblur_app.engine.evaluation.records import Record

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #24292f; --soft: #5b636d; --line: #dfe3e8; --bad: #b3261e; }
@media (prefers-color-scheme: dark) {
  :root { --paper: #16191d; --ink: #e2e6eb; --soft: #9aa4af; --line: #30363d; --bad: #ff897d; }
}
body { background: var(--paper); color: var(--ink); margin: 0 auto; max-width: 90rem; padding: 2.5rem 1.5rem 4rem;
       font: 16px/1.5 system-ui, -apple-system, "Segoe UI", "DejaVu Sans", sans-serif; }
h1 { font-size: 1.8rem; margin: 0 0 .3rem; } h2 { font-size: 1.15rem; margin: 2.5rem 0 .6rem; }
p { max-width: 50rem; } .soft { color: var(--soft); } .worse { color: var(--bad); }
.wide { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: .35rem .8rem; text-align: right; border-bottom: 1px solid var(--line); white-space: nowrap; }
th:first-child { text-align: left; } thead th { color: var(--soft); font-weight: 500; }
td.crop { padding: .2rem; } td.crop img { display: block; }
"""

_PROTOCOLS = {
    "pairs": "Figures are taken pixel by pixel, without 16 pixels at each border.",
    "gopro": "Figures are taken pixel by pixel, without 16 pixels at each border.",
    "kohler": "The sharp picture is laid on each result by a shift first; 40 pixels at each border do not count.",
    "lai": "The sharp picture is laid on each result by a shift first; 40 pixels at each border do not count.",
    "levin": "Each result is shifted by quarters of a pixel to fit the sharp picture best; figures are taken in linear "
    "light. The error ratio compares with a deconvolution by the true kernel: up to 3 the two look alike.",
}
"""Explanations, for readers, of the way figures are taken for each layout."""


def evaluation_page(evaluation: Evaluation, title: str) -> str:
    """Return the page as HTML that needs no other file.

    Args:
        evaluation: What was measured.
        title: The name of the data set.
    """
    name = escape(title)
    parts = [
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        f"<title>Evaluation: {name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>",
        f"<h1>Evaluation: {name}</h1>",
        f'<p class="soft">{escape(_PROTOCOLS.get(evaluation.layout, ""))}</p>',
        _summary_table(evaluation.summaries()),
        _contact_sheet(evaluation),
        _case_table(evaluation),
        _failures(evaluation),
        "</body>\n</html>\n",
    ]
    return "\n".join(parts)


def label_of(name: str) -> str:
    """Return the name of a candidate for people."""
    return {DO_NOTHING: "do nothing", TRUTH: "sharp picture"}.get(name, name)


def _summary_table(summaries: Sequence[Summary]) -> str:
    has_ratio = any(summary.error_ratio is not None for summary in summaries)
    heads = ["", "photos", "PSNR, dB", "gain, dB", "SSIM", f"worse by over {WORSE:g} dB", "seconds a photo"]
    ranked = sorted(summaries, key=lambda summary: -summary.psnr)
    return _table([*heads, *(["median error ratio"] if has_ratio else [])], (_summary_row(each) for each in ranked))


def _summary_row(summary: Summary) -> list[str]:
    cells = [
        escape(label_of(summary.candidate)),
        f"{summary.count}",
        f"{summary.psnr:.2f}",
        f"{summary.gain:+.2f}",
        f"{summary.ssim:.4f}",
        f"{summary.worse_share:.0%}",
        f"{summary.seconds:.1f}",
    ]
    return [*cells, f"{summary.error_ratio:.2f}"] if summary.error_ratio is not None else cells


def _contact_sheet(evaluation: Evaluation) -> str:
    """Return the same part of some photos as every candidate restored it."""
    names = [summary.candidate for summary in evaluation.summaries()]
    crops = {(record.case, record.candidate): record.crop for record in evaluation.records if record.crop}
    crops |= {(case, TRUTH): crop for case, crop in evaluation.truths.items()}
    columns = [names[0], TRUTH, *names[1:]] if names else []
    rows = [
        [escape(case), *(_image(crops.get((case, column), ""), f"{case}, {label_of(column)}") for column in columns)]
        for case in evaluation.truths
    ]
    heads = ["", *(escape(label_of(column)) for column in columns)]
    return f"<h2>Side by side</h2>\n{_table(heads, rows, cell='crop')}" if rows else ""


def _image(crop: str, text: str) -> str:
    return f'<img src="data:image/jpeg;base64,{crop}" alt="{escape(text, quote=True)}">' if crop else ""


def _case_table(evaluation: Evaluation) -> str:
    names = [summary.candidate for summary in evaluation.summaries()]
    figures: dict[str, dict[str, Record]] = {}
    for record in evaluation.records:
        figures.setdefault(record.case, {})[record.candidate] = record
    rows = [[escape(case), *(_psnr(done, name) for name in names)] for case, done in figures.items()]
    return f"<h2>PSNR of each photo, dB</h2>\n{_table(['', *(escape(label_of(name)) for name in names)], rows)}"


def _psnr(done: dict[str, Record], name: str) -> str:
    if name not in done:
        return "–"
    base = done.get(DO_NOTHING)
    is_worse = base is not None and done[name].psnr < base.psnr - WORSE
    text = f"{done[name].psnr:.2f}"
    return f'<span class="worse">{text}</span>' if is_worse else text


def _failures(evaluation: Evaluation) -> str:
    if not evaluation.failures:
        return ""
    lines = "".join(
        f"<li>{escape(failure.case)}{f', {escape(failure.candidate)}' if failure.candidate else ''}: "
        f"{escape(failure.reason)}</li>"
        for failure in evaluation.failures
    )
    return f"<h2>Not done</h2>\n<ul>{lines}</ul>"


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]], cell: str = "") -> str:
    """Return a table; heads and cells are HTML already."""
    opening = f'<td class="{cell}">' if cell else "<td>"
    head = "".join(f"<th>{text}</th>" for text in heads)
    body = "".join(
        f"<tr><th>{row[0]}</th>{''.join(f'{opening}{text}</td>' for text in row[1:])}</tr>\n" for row in rows
    )
    return f'<div class="wide"><table>\n<thead><tr>{head}</tr></thead>\n<tbody>{body}</tbody>\n</table></div>'
