"""Comparison of runs: a table of figures, and their curves in one drawing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from training.reports.figures import LIGHT
from training.runs.events import number_text
from training.runs.run_list import architecture_label
from training.runs.run_log import read_run_log

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from training.reports.figures import Theme
    from training.runs.run import Run
    from training.runs.run_log import RunLog

log = logging.getLogger(__name__)

_SIZE = {"width": 420, "height": 280}
"""Size of each drawing in its own pixels, which `_SCALE` multiplies."""

_SCALE = 2
"""Pixels of the PNG for each of the drawing."""

_COLOURS = ("#3f74b5", "#c8641b", "#2e8b57", "#9a4fb0", "#b8860b", "#c03a5b", "#2f8f9d", "#6b6f76")
"""Colours of the runs, in their order."""


@dataclass(frozen=True)
class Measure:
    """A figure that runs are compared by.

    Attributes:
        name: Its name among the figures of an epoch.
        label: What people read.
        form: How it is written.
        is_logarithmic: Whether its axis is.
    """

    name: str
    label: str
    form: str
    is_logarithmic: bool = False

    def text(self, figures: dict[str, Any]) -> str:
        """Return its value as text; a dash where there is none."""
        return number_text(figures.get(self.name), self.form)


MEASURES = (
    Measure("val_loss", "validation loss", ".4f", is_logarithmic=True),
    Measure("val_psnr", "PSNR, dB", ".2f"),
    Measure("val_ssim", "SSIM", ".3f"),
    Measure("val_accuracy", "accuracy", ".1%"),
)


@dataclass(frozen=True)
class Compared:
    """A run in a comparison.

    Attributes:
        name: What it is called; different from all others.
        architecture: What is trained.
        epochs: The figures of each epoch.
        best: Those of the best one.
        do_nothing: Those of the blurred pictures themselves.
        seconds: Time that the epochs took.
    """

    name: str
    architecture: str
    epochs: list[dict[str, Any]]
    best: dict[str, Any]
    do_nothing: dict[str, Any]
    seconds: float


def compare(runs: Iterable[Run], tell: Callable[[str], None]) -> list[Compared]:
    """Return what the logs of `runs` tell, in their order.

    Args:
        runs: The runs. One that cannot be read, or has no epoch done yet, is left out.
        tell: Is given a sentence for each that is left out.
    """
    logs = []
    for run in runs:
        try:
            logs.append(read_run_log(run))
        except DeblurError as error:
            tell(str(error))
        except Exception as error:  # one run must not hide the others
            log.warning("The run in %s cannot be read", run.folder, exc_info=error)
            tell(f"“{run.folder}” cannot be compared: its files cannot be read ({type(error).__name__}).")
    names = _make_names_unique([each.name for each in logs])
    return [_compare_rows(name, each) for name, each in zip(names, logs, strict=True)]


def measures_of(runs: Sequence[Compared]) -> list[Measure]:
    """Return the figures that at least one of the runs has."""
    return [measure for measure in MEASURES if any(measure.text(run.best) != "–" for run in runs)]


def comparison_png(runs: Sequence[Compared], theme: Theme = LIGHT) -> bytes:
    """Draw the curves of all runs as a PNG: for each figure one drawing, with a colour for each run.

    The dashed lines are those of doing nothing, which differ where the runs are judged by different pairs.
    """
    import vl_convert

    return bytes(vl_convert.vegalite_to_png(_specification(runs, theme), scale=_SCALE))


def _compare_rows(name: str, run_log: RunLog) -> Compared:
    seconds = sum(float(epoch["seconds"]) for epoch in run_log.epochs)
    return Compared(name, architecture_label(run_log.config), run_log.epochs, run_log.best, run_log.do_nothing, seconds)


def _make_names_unique(names: list[str]) -> list[str]:
    """Return the names, with a number behind those that occur earlier in the list."""
    counts: dict[str, int] = {}
    result = []
    for name in names:
        counts[name] = counts.get(name, 0) + 1
        result.append(name if counts[name] == 1 else f"{name} ({counts[name]})")
    return result


def _specification(runs: Sequence[Compared], theme: Theme) -> dict[str, Any]:
    names = [run.name for run in runs]
    colour = {
        "field": "run",
        "type": "nominal",
        "title": None,
        "sort": names,
        "scale": {"domain": names, "range": [_COLOURS[index % len(_COLOURS)] for index in range(len(names))]},
    }
    axis = {"gridColor": theme.grid, "domainColor": theme.grid, "tickColor": theme.grid}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": theme.paper,
        "columns": 2,
        "concat": [_drawing(runs, measure, colour) for measure in measures_of(runs)],
        "config": {
            "axis": axis | {"labelColor": theme.ink, "titleColor": theme.ink, "titleFontWeight": "normal"},
            "legend": {"labelColor": theme.ink, "orient": "top", "symbolType": "stroke", "labelLimit": 300},
            "view": {"stroke": None},
        },
    }


def _drawing(runs: Sequence[Compared], measure: Measure, colour: dict[str, Any]) -> dict[str, Any]:
    rows = [
        {"run": run.name, "epoch": epoch["epoch"], "value": epoch[measure.name]}
        for run in runs
        for epoch in run.epochs
        if measure.text(epoch) != "–"
    ]
    levels = [
        {"run": run.name, "value": run.do_nothing[measure.name]} for run in runs if measure.text(run.do_nothing) != "–"
    ]
    scale = {"type": "log"} if measure.is_logarithmic else {"zero": False}
    number = {"format": ".0%" if measure.form.endswith("%") else "~g"}
    y = {"field": "value", "type": "quantitative", "scale": scale, "title": measure.label, "axis": number}
    x = {"field": "epoch", "type": "quantitative", "title": "epoch", "axis": {"tickMinStep": 1}}
    point = max(len(run.epochs) for run in runs) < 3
    line = {
        "data": {"values": rows},
        "mark": {"type": "line", "strokeWidth": 2, "point": point},
        "encoding": {"x": x, "y": y, "color": colour},
    }
    level = {
        "data": {"values": levels},
        "mark": {"type": "rule", "strokeDash": [5, 4], "opacity": 0.7},
        "encoding": {"y": y, "color": colour},
    }
    return {**_SIZE, "layer": [line, level]}
