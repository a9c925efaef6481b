"""Benchmark of the delay before the blur lab shows a change, with a photo of 12 megapixels open.

Measured in the real window, from a value that changes to the preview that was made for it, 30 times for each of four
strengths of every blur in turn. Figures, in milliseconds: `preview_ms` (median over all), `preview_p95_ms`, and
`preview_<blur>_ms` (median of one blur).
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtWidgets import QDoubleSpinBox

from benchmarks.measuring import Figure, quick, report
from benchmarks.window.harness import require, wait, window_with_photo

if TYPE_CHECKING:
    from deblur_app.gui.blur_lab.blur_lab import BlurLab

_STRENGTHS = (5.0, 9.0, 14.0, 20.0)


def main() -> None:
    """Open a photo, go to the lab, and change its values."""
    rounds = 3 if quick(__doc__) else 30
    window = window_with_photo()
    window.tools.show_lab()
    lab = require(window.tools.lab)
    while window.session.is_busy or lab.trials.is_busy:
        wait(0.1)
    times = {lab.blurs.itemData(index): measure(lab, index, rounds) for index in range(5)}
    window.close_when_idle()
    every = [value for values in times.values() for value in values]
    figures = {"preview_ms": statistics.median(every), "preview_p95_ms": float(np.percentile(every, 95))}
    figures |= {f"preview_{name}_ms": statistics.median(values) for name, values in times.items()}
    report("blur_lab", {name: Figure(value, "ms") for name, value in figures.items()})


def measure(lab: BlurLab, index: int, rounds: int) -> list[float]:
    """Measure the times from a change of a blur's first value to its preview, in milliseconds."""
    lab.blurs.setCurrentIndex(index)
    while lab.trials.is_busy:
        wait(0.05)
    box = lab.strength.findChildren(QDoubleSpinBox)[0]
    times = []
    for number in range(rounds * len(_STRENGTHS)):
        begin = time.perf_counter()
        box.setValue(_STRENGTHS[number % len(_STRENGTHS)])
        wait(10, lab.preview_updated)
        times.append((time.perf_counter() - begin) * 1000)
        wait(0.005)  # the worker's thread ends
    return times


if __name__ == "__main__":
    main()
