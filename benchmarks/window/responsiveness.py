"""Benchmark of the window's response: gaps of a 10 ms timer in the GUI thread while it trains and while it predicts.

Measured in the real window, after the engine has loaded, on the paper's network. While it trains, the curves have
20,000 batches, previews come, and the slider over the epochs is moved. Figures, in milliseconds: `gap_p99_training`,
`gap_worst_training`, `gap_p99_predicting`, `gap_worst_predicting`. `busy_…` is the processor's time that the GUI thread
itself used between two ticks, which tells the window's own work from that of a machine that has other things to do.
"""

from __future__ import annotations

import gc
import sys
import time
from pathlib import Path

import numpy as np
import skimage.data
from PySide6.QtCore import QEventLoop, QTimer

from benchmarks.measuring import Figure, quick, report
from benchmarks.window.harness import HOME, Gaps, wait
from deblur_app.app import Application
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from training.config.config import TrainingConfig
from training.data.pairs import find_pairs
from training.runs.run import Run

_POINTS = 20_000  # batches in the curves
_SCRUB = 100
"""Milliseconds between two moves of the slider, about as fast as a hand."""


def main() -> None:
    """Train, then predict, in the real window."""
    length = 12.0 if quick(__doc__) else 40.0
    folder = Path(HOME.name)
    make_pairs(folder / "pairs")
    photo = folder / "photo.jpg"
    coffee = from_integer(skimage.data.coffee())
    image_io.write(Picture(resize_pixels(coffee, 2000, 1333)), photo)
    application = Application(sys.argv[:1])
    window, gaps = application.window, Gaps()
    window.build()
    window.show()
    while window.status.engine.text() != "Ready":
        wait(0.1)
    gc.collect()
    training = measure_training(window, gaps, folder, length)
    predicting = measure_predicting(window, gaps, photo, length)
    window.close_when_idle()
    report(
        "responsiveness",
        {
            f"{name}_{work}": Figure(value, "ms")
            for work, values in (("training", training), ("predicting", predicting))
            for name, value in values.items()
        },
    )


def make_pairs(folder: Path) -> None:
    """Write 64 small pairs."""
    pixels = from_integer(skimage.data.coffee())
    for name in ("sharp", "blurred"):
        (folder / name).mkdir(parents=True)
        for number in range(64):
            image_io.write(Picture(resize_pixels(pixels, 128, 128)), folder / name / f"{number}.png")


def measure_training(window: object, gaps: Gaps, folder: Path, length: float) -> dict[str, float]:
    """Measure the gaps while the paper's network trains with the training panel in front."""
    panel = window.tools.show_training()  # type: ignore[attr-defined]
    panel.start(TrainingConfig(epochs=1000), find_pairs(folder / "pairs").pairs, Run(folder / "run"))
    wait(300, panel.preview_ready)  # reading and compiling are over after the first epoch
    page = panel.training_page
    page.plot.clear()
    page.plot.add_batches(np.linspace(0.0, 1.0, _POINTS), np.random.default_rng(0).random(_POINTS))
    wait(1)
    scrubbing = QTimer()
    scrubbing.timeout.connect(lambda: scrub(page.scrubber.slider))
    scrubbing.start(_SCRUB)
    gaps.start()
    wait(length)
    result = gaps.stop()
    scrubbing.stop()
    if panel.is_busy():
        done = QEventLoop()
        panel.shut_down(done.quit)
        done.exec()
    return result


def scrub(slider: object) -> None:
    """Move the slider over the epochs by one, and from the end back to the start."""
    here, last = slider.value(), slider.maximum()  # type: ignore[attr-defined]
    slider.setValue(0 if here >= last else here + 1)  # type: ignore[attr-defined]


def measure_predicting(window: object, gaps: Gaps, photo: Path, length: float) -> dict[str, float]:
    """Measure the gaps while a photograph is opened and restored in tiles, again and again."""
    window.tools.show_photo()  # type: ignore[attr-defined]
    session = window.session  # type: ignore[attr-defined]
    session.open(photo)
    wait(60, session.changed)
    gaps.start()
    end = time.monotonic() + length
    while time.monotonic() < end:
        if not session.is_busy:
            session.open(photo)
        wait(0.2)
    result = gaps.stop()
    session.cancel()
    while session.is_busy:
        wait(0.05)
    return result


if __name__ == "__main__":
    main()
