"""Benchmark of the delay before the PSF tab shows a change, with a photo of 12 megapixels open in a 1920 × 1080 window.

Measured in the real window, from a slider of the kernel that moves to the first preview made for it. Figures, in
milliseconds, medians: `preview_<method>_ms` for each method that undoes a PSF, and `refined_<method>_ms` for the
preview that follows when the slider rests, with the user's own settings.
"""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QDoubleSpinBox

from benchmarks.measuring import Figure, quick, report
from benchmarks.window.harness import require, wait, window_with_photo
from deblur_app.blur.kinds import Blur

if TYPE_CHECKING:
    from deblur_app.gui.psf.tool import PsfTool

_LENGTHS = (14.0, 17.0, 20.0, 23.0)
_PATIENCE = 30.0  # seconds to wait for a preview at most


def main() -> None:
    """Open a photo, go to the tab, and move the slider under each method."""
    rounds = 4 if quick(__doc__) else 24
    window = window_with_photo((1920, 1080))
    window.tools.show_psf()
    wait(1.0)
    tool = require(window.tools.psf)
    tool.panel.source.choose_blur(Blur("motion", {"length": 14.0, "angle": 32.0}))
    methods = tool.panel.restoring.methods
    figures: dict[str, float] = {}
    for index in range(methods.count()):
        methods.setCurrentIndex(index)
        drafts, refined = measure(tool, rounds)
        name = str(methods.itemData(index)).replace("-", "_")
        figures |= {f"preview_{name}_ms": drafts, f"refined_{name}_ms": refined}
    window.close_when_idle()
    report("psf_preview", {name: Figure(value, "ms") for name, value in figures.items()})


def measure(tool: PsfTool, rounds: int) -> tuple[float, float]:
    """Measure the medians of the time to the first preview and to the last one, in milliseconds."""
    while tool.previews.is_busy or tool.panel.looks.is_busy:
        wait(0.05)
    box = next(box for box in tool.panel.findChildren(QDoubleSpinBox) if box.accessibleName() == "Length")
    drafts, refined = [], []
    for number in range(rounds):
        begin = time.perf_counter()
        box.setValue(_LENGTHS[number % len(_LENGTHS)] + 0.5)
        wait(_PATIENCE, tool.previewed)
        drafts.append((time.perf_counter() - begin) * 1000)
        if tool.previews.is_busy:
            wait(_PATIENCE, tool.previews.idle)
        refined.append((time.perf_counter() - begin) * 1000)
    return statistics.median(drafts), statistics.median(refined)


if __name__ == "__main__":
    main()
