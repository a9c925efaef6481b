"""How soon the blur lab shows a change, with a photo of 12 megapixels open.

Measured in the real window, from a value that changes to the preview that was made for it, 30 times for each of four
strengths of every blur in turn. Figures, in milliseconds: `preview_ms` (median over all), `preview_p95_ms`, and
`preview_<blur>_ms` (median of one blur).
"""

from __future__ import annotations

import os
import statistics
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import skimage.data
from measuring import Figure, quick, report

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
_FOLDER = tempfile.TemporaryDirectory()
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
    os.environ[_name] = _FOLDER.name

from PySide6.QtCore import QEventLoop, QTimer  # noqa: E402
from PySide6.QtWidgets import QDoubleSpinBox  # noqa: E402

from deblur_app.app import Application  # noqa: E402
from deblur_app.core import image_io  # noqa: E402
from deblur_app.core.picture import Picture, from_integer, resized  # noqa: E402

_STRENGTHS = (5.0, 9.0, 14.0, 20.0)


def wait(seconds: float, until: object = None) -> None:
    """Let the window live for a while, or until a signal comes."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    if until is not None:
        until.connect(loop.quit)  # type: ignore[attr-defined]
    loop.exec()


def main() -> None:
    """Open a photo, go to the lab, and change its values."""
    rounds = 3 if quick(__doc__) else 30
    photo = Path(_FOLDER.name, "photo.jpg")
    image_io.write(Picture(resized(from_integer(skimage.data.coffee()), 4000, 3000)), photo)
    application = Application(sys.argv[:1])
    window = application.window
    window.show()
    while not window.status.engine.text().endswith("ready"):
        wait(0.1)
    window.session.open(photo)
    while window.session.input is None:
        wait(0.1)
    window.session.cancel()
    window.show_lab()
    while window.session.is_busy or window.lab.trials.is_busy:
        wait(0.1)
    times = {window.lab.blurs.itemData(index): measure(window.lab, index, rounds) for index in range(5)}
    window.close()
    every = [value for values in times.values() for value in values]
    figures = {"preview_ms": statistics.median(every), "preview_p95_ms": float(np.percentile(every, 95))}
    figures |= {f"preview_{name}_ms": statistics.median(values) for name, values in times.items()}
    report("blur_lab", {name: Figure(value, "ms") for name, value in figures.items()})


def measure(lab: object, index: int, rounds: int) -> list[float]:
    """Times from a change of a blur's first value to its preview, in milliseconds."""
    lab.blurs.setCurrentIndex(index)  # type: ignore[attr-defined]
    while lab.trials.is_busy:  # type: ignore[attr-defined]
        wait(0.05)
    box = lab.strength.findChildren(QDoubleSpinBox)[0]  # type: ignore[attr-defined]
    times = []
    for number in range(rounds * len(_STRENGTHS)):
        begin = time.perf_counter()
        box.setValue(_STRENGTHS[number % len(_STRENGTHS)])
        wait(10, lab.shown)  # type: ignore[attr-defined]
        times.append((time.perf_counter() - begin) * 1000)
        wait(0.005)  # the worker's thread ends
    return times


if __name__ == "__main__":
    main()
