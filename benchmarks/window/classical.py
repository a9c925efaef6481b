"""The classical methods on a photo of 12 megapixels in the real window: how long, how deaf, how soon cancelled.

Each method is begun and cancelled, then run to its end (with `--quick` only the first of them). Figures for each:
`<method>_s`, `<method>_cancel_s`, from the wish to the rest, `<method>_silence_s`, the longest time without a word of
progress, and `<method>_gap_ms`, the longest time in which the window heard nothing.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import numpy as np
from PySide6.QtCore import Qt, QTimer

from benchmarks.measuring import Figure, quick, report
from benchmarks.window.harness import wait, window_with_photo
from deblur_app.blur import models
from deblur_app.blur.psf import Psf
from deblur_app.engine.method import PsfUse, Request
from deblur_app.engine.methods import registry

if TYPE_CHECKING:
    from deblur_app.gui.session.session import Session

_METHODS = ("wiener", "tikhonov", "sparse", "richardson-lucy", "denoise", "blind")
_TICK = 10  # milliseconds between two ticks of the timer that measures gaps
_STEPS = 5
"""Words of progress after which a run is cancelled."""


def main() -> None:
    """Open a photo, then try one method after the other."""
    methods = _METHODS[:1] if quick(__doc__) else _METHODS
    window = window_with_photo()
    figures: dict[str, Figure] = {}
    for name in methods:
        measured = measure(window.session, name)
        print(", ".join(f"{key} {figure.ours:.2f} {figure.unit}" for key, figure in measured.items()), flush=True)
        figures |= measured
    window.close_when_idle()
    report("classical_in_window", figures)


def measure(session: Session, name: str) -> dict[str, Figure]:
    """Measure the figures of one method."""
    session.request = Request(name)
    session.psf = Psf(models.motion(15.0, 30.0)) if registry.find(name).psf is PsfUse.GIVEN else None
    heard: list[float] = []
    ticks: list[float] = []
    session.progressed.connect(lambda _: heard.append(time.perf_counter()))
    timer = QTimer()
    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: ticks.append(time.perf_counter()))
    timer.start(_TICK)
    session.deblur()
    while session.is_busy and len(heard) < _STEPS:
        wait(0.05)
    begin = time.perf_counter()
    session.cancel()
    cancelled = _rest(session) - begin
    if session.result is not None and session.result.restored.request.method == name:
        raise SystemExit(f"{name} was cancelled, and has a result nevertheless.")
    heard.clear()
    begin = time.perf_counter()
    session.deblur()
    end = _rest(session)
    timer.stop()
    if session.result is None:
        raise SystemExit(f"{name} gave no result.")
    key = name.replace("-", "_")
    return {
        f"{key}_s": Figure(end - begin, "s"),
        f"{key}_cancel_s": Figure(cancelled, "s"),
        f"{key}_silence_s": Figure(float(np.diff([begin, *heard, end]).max()), "s"),
        f"{key}_gap_ms": Figure(float(np.diff(ticks).max()) * 1000, "ms"),
    }


def _rest(session: Session) -> float:
    while session.is_busy:
        wait(0.02)
    return time.perf_counter()


if __name__ == "__main__":
    main()
