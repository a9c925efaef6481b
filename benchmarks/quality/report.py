"""The scores as figures for programs and as a table for people."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.measuring import Figure
from benchmarks.quality.cases import BLURS, KERNELS, LEVIN, NOISE
from benchmarks.quality.rows import BORDER, DO_NOTHING, Row

if TYPE_CHECKING:
    from benchmarks.quality.scores import Cost, Outcome, Score

TITLES = {
    "motion": "Motion",
    "shake": "Shake",
    "defocus": "Defocus",
    "turbulence": "Turbulence",
    "shake-varying": "Shake, varying",
    KERNELS: "Own kernels",
    LEVIN: "Levin (real)",
}
_MISSING = "–"

_ORACLE = (
    "- **Oracle** rows are given the true kernel (where the blur varies, that of the middle of the frame) and, for "
    "each picture, the setting that is best on its middle by the truth: no user has either. They work on each channel "
    "in linear light, which scored higher than sRGB in trials, inside a mirrored frame that fades out."
)
_COST = (
    "- **Time** of one restoration of medium strength, its model loaded and its setting known. **Memory** is the "
    "highest resident memory above that at the start, libraries and models included. Both in a process that does "
    "nothing else, on a picture of the size above."
)
_TIME = "- **Time** of one restoration, its setting known: the median, while another process worked on other cases."


@dataclass(frozen=True)
class Results:
    """All that one run measured.

    Attributes:
        rows: The rows, in order.
        outcomes: One for each case.
        costs: One for each row and blur.
        unsharp: The setting of the unsharp mask, in words.
        pictures: How many sharp pictures there were.
        crop: Longest side that was taken of each; 0 for whole pictures.
        seed: Where the random numbers began.
        seconds: Time of the run.
    """

    rows: list[Row]
    outcomes: list[Outcome]
    costs: list[Cost]
    unsharp: str
    pictures: int
    crop: int
    seed: int
    seconds: float

    @property
    def blurs(self) -> list[str]:
        """Keys of the blurs, in order."""
        return list(dict.fromkeys(outcome.blur for outcome in self.outcomes))

    def scores(self, row: str, blur: str) -> list[Score]:
        """Return the scores of a row under a blur, case by case."""
        return [s for o in self.outcomes if o.blur == blur for s in o.scores if s.row == row]


def figures(results: Results) -> dict[str, Figure]:
    """Return every figure by its name, `<method>.<blur>.<what>`; what no case gave is left out."""
    named: dict[str, Figure] = {}
    costs = {(cost.row, cost.blur): cost for cost in results.costs}
    for row in (row.name for row in results.rows):
        for blur in results.blurs:
            scores, nothing = results.scores(row, blur), results.scores(DO_NOTHING, blur)
            gains = [(s.strength, s.psnr - n.psnr) for s, n in zip(scores, nothing, strict=True)]
            values = {
                "psnr": (_mean(s.psnr for s in scores), "dB"),
                "ssim": (_mean(s.ssim for s in scores), "1"),
                "gain": (_mean(gain for strength, gain in gains if strength != "strong"), "dB"),
                "gain_strong": (_mean(gain for strength, gain in gains if strength == "strong"), "dB"),
            }
            if ratios := [s.error_ratio for s in scores if s.error_ratio is not None]:
                values["error_ratio_median"] = (float(np.median(ratios)), "1")
                values |= {f"error_ratio_{most}": (sum(r <= most for r in ratios), "pairs") for most in (2, 3)}
            if cost := costs.get((row, blur)):
                values["seconds_per_megapixel"] = (cost.seconds_per_megapixel, "s/MP")
                values["peak_mb"] = (cost.peak_mb, "MB")
            named |= {f"{row}.{blur}.{k}": Figure(v, unit) for k, (v, unit) in values.items() if np.isfinite(v)}
    return named


def markdown(results: Results, command: str) -> str:
    """Return the table: what was done, gains over all blurs at a glance, then everything blur by blur."""
    named = _times(results) | figures(results)
    lines = ["# Quality", "", *_explain(results, command), "", "## Gain over doing nothing, in dB", ""]
    lines += ["Mild and medium blur (strong blur in brackets).", ""]
    lines += _table(["Method", *(TITLES[blur] for blur in results.blurs)])
    for row in results.rows:
        cells = []
        for blur in results.blurs:
            strong = _cell(named, row, blur, "gain_strong", "+.2f")
            cells.append(_cell(named, row, blur, "gain", "+.2f") + (f" ({strong})" if strong != _MISSING else ""))
        lines.append(_line([_label(row), *cells]))
    always = (
        ("PSNR dB", "psnr", ".2f"),
        ("SSIM", "ssim", ".3f"),
        ("Gain dB", "gain", "+.2f"),
        ("Gain, strong, dB", "gain_strong", "+.2f"),
        ("s/MP", "seconds_per_megapixel", ".2f"),
        ("Peak memory MB", "peak_mb", ".0f"),
    )
    ratio = (
        ("Error ratio, median", "error_ratio_median", ".2f"),
        ("≤ 2", "error_ratio_2", ".0f"),
        ("≤ 3", "error_ratio_3", ".0f"),
    )
    for blur in results.blurs:
        columns = (*always, *ratio) if blur == LEVIN else always
        lines += ["", f"## {TITLES[blur]}", ""]
        lines += _table(["Method", *(title for title, _, _ in columns), "Setting"])
        for row in results.rows:
            cells = [_cell(named, row, blur, key, form) for _, key, form in columns]
            lines.append(_line([_label(row), *cells, _settings(row, results.scores(row.name, blur))]))
    return "\n".join(lines) + "\n"


def _times(results: Results) -> dict[str, Figure]:
    """Return the times that were taken beside the scores: for people, as no two runs have the same."""
    named = {}
    for row in (row.name for row in results.rows):
        for blur in results.blurs:
            times = [s.seconds_per_megapixel for s in results.scores(row, blur) if s.seconds_per_megapixel is not None]
            if times:
                named[f"{row}.{blur}.seconds_per_megapixel"] = Figure(float(np.median(times)), "s/MP")
    return named


def _explain(results: Results, command: str) -> list[str]:
    sizes = "; ".join(f"{blur} {'/'.join(f'{s:g}' for s in sizes)} px" for blur, (_, sizes) in BLURS.items())
    made = sum(outcome.blur != LEVIN for outcome in results.outcomes)
    levin = len(results.outcomes) - made
    size = f"the middle {results.crop} × {results.crop} pixels (at most)" if results.crop else "full pictures"
    done = f"{made} degraded pictures from {results.pictures} sharp ones ({size}), seed {results.seed}"
    kinds = f"{sizes}. Made in linear light with {NOISE:.0%} noise, rounded to 8 bits"
    border = f"on RGB, without {BORDER} pixels at each border; means over the three strengths"
    lines = [
        f"{done}; the run took {results.seconds / 60:.1f} minutes. Again: `{command}`.",
        "",
        f"- **Blurs**, mild/medium/strong: {kinds}. The scene goes on beyond the borders of the picture.",
        f"- **PSNR and SSIM** {border}. **Gain** is PSNR over doing nothing, for mild and medium blur.",
        _ORACLE,
        f"- The **unsharp mask** has the one fixed setting that is best over a sample of all cases: {results.unsharp}.",
        _COST if results.costs else _TIME,
        "- **Perceptual figures**: none; no library that the program keeps has them without a download.",
    ]
    if levin:
        lines.append(
            f"- **Levin**: {levin} real pairs (Levin et al. 2009), grey, values as light; scored after the best shift "
            "in quarters of a pixel. **Error ratio**, of methods that find the kernel: squared error with it over that "
            "with the true one, by one deconvolution for all; and how many pairs stay within 2 and within 3."
        )
    return [*lines, "", "![Crops: input, truth and every method](quality.png)"]


def _settings(row: Row, scores: list[Score]) -> str:
    """Return the setting, or the two that were best most often."""
    if not row.names:
        return _MISSING
    most = Counter(s.setting for s in scores).most_common(2)
    if len(most) == 1:
        return setting_text(row, most[0][0])
    return "; ".join(f"{setting_text(row, setting)} ({count / len(scores):.0%})" for setting, count in most)


def setting_text(row: Row, setting: tuple[float, ...]) -> str:
    """Return a setting as people write it."""
    return ", ".join(f"{name} {value:g}" for name, value in zip(row.names, setting, strict=True))


def _label(row: Row) -> str:
    return f"{row.label}, oracle" if row.is_oracle else row.label


def _cell(named: dict[str, Figure], row: Row, blur: str, key: str, form: str) -> str:
    figure = named.get(f"{row.name}.{blur}.{key}")
    return format(figure.ours, form) if figure else _MISSING


def _table(titles: list[str]) -> list[str]:
    return [_line(titles), _line(["---", *("---:" for _ in titles[1:])])]


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(cells)} |"


def _mean(values: object) -> float:
    numbers = list(values)  # type: ignore[call-overload]
    return float(np.mean(numbers)) if numbers else float("nan")
