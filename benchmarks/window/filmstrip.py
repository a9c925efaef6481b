"""Benchmark of the filmstrip: 500 photos are dropped into the real window, and scrolled through.

Figures: `listed_ms`, from the drop until the strip lists all; `filmstrip_fps_median` and `filmstrip_fps_p5`, frames per
second while it is scrolled from end to end, first while thumbnails are still being made (`first_…`), then when all that
fit into memory are there; `gap_p99_filmstrip`, the 99th percentile of the gaps of a 10 ms timer in the GUI thread
meanwhile, and `busy_p99_filmstrip`, the same from the processor's time of that thread.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import skimage.data

from benchmarks.measuring import Figure, quick, report
from benchmarks.window import harness
from deblur_app.app import Application
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer, resize_pixels

if TYPE_CHECKING:
    from deblur_app.gui.filmstrip.filmstrip import Filmstrip

_PHOTOS = 500
_STEP = 40
"""Points that the strip moves for a frame, as by a quick turn of the wheel."""


def main() -> None:
    """Drop, scroll."""
    rounds = 1 if quick(__doc__) else 4
    folder = Path(harness.HOME.name, "photos")
    paths = make_photos(folder)
    application = Application(["deblur"])
    window = application.window
    window.resize(1920, 1080)
    window.build()
    window.show()
    while window.status.engine.text() != "Ready":
        harness.wait(0.05)
    begin = time.perf_counter()
    window.opener.open_paths(paths)
    while len(window.filmstrip.names) < _PHOTOS:
        harness.wait(0.01)
    listed = time.perf_counter() - begin
    while window.session.input is None:
        harness.wait(0.05)
    window.session.cancel()
    while window.session.is_busy:
        harness.wait(0.05)
    gaps = harness.Gaps()
    gaps.start()
    first = scroll(window.filmstrip, 1)
    while window.thumbnails.is_busy:
        harness.wait(0.05)
    later = scroll(window.filmstrip, rounds)
    measured = gaps.stop()
    window.close_when_idle()
    report(
        "filmstrip",
        {
            "listed_ms": Figure(1000 * listed, "ms"),
            "first_fps_p5": Figure(1 / float(np.percentile(first, 95)), "1/s"),
            "filmstrip_fps_median": Figure(1 / float(np.median(later)), "1/s"),
            "filmstrip_fps_p5": Figure(1 / float(np.percentile(later, 95)), "1/s"),
            "gap_p99_filmstrip": Figure(measured["gap_p99"], "ms"),
            "busy_p99_filmstrip": Figure(measured["busy_p99"], "ms"),
        },
    )


def make_photos(folder: Path) -> list[Path]:
    """Write 500 photos, each a file of its own with one of five pictures."""
    folder.mkdir(parents=True)
    pixels = resize_pixels(from_integer(skimage.data.coffee()), 1500, 1000)
    paths = [folder / f"IMG_{number:04}.jpg" for number in range(_PHOTOS)]
    for number, path in enumerate(paths):
        if number < 5:
            image_io.write(Picture(np.roll(pixels, 300 * number, axis=1)), path)
        else:
            shutil.copy(paths[number % 5], path)
    return paths


def scroll(filmstrip: Filmstrip, rounds: int) -> list[float]:
    """Scroll from one end to the other and back; return the seconds of each frame."""
    bar, view = filmstrip.strip.horizontalScrollBar(), filmstrip.strip.viewport()
    times = []
    ways = [*range(0, bar.maximum(), _STEP), *range(bar.maximum(), 0, -_STEP)]
    for _ in range(rounds):
        for place in ways[:: 1 if rounds == 1 else 2]:
            harness.wait(0.002)
            begin = time.perf_counter()
            bar.setValue(place)
            view.repaint()
            times.append(time.perf_counter() - begin)
    return times


if __name__ == "__main__":
    main()
