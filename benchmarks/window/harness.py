"""Common parts of the benchmarks of the window: a home of its own, waiting while the window lives, a large photo open.

To be imported before Qt.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import skimage.data

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
HOME = tempfile.TemporaryDirectory()
for _name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
    os.environ[_name] = HOME.name

from PySide6.QtCore import QEventLoop, Qt, QTimer  # noqa: E402

if TYPE_CHECKING:
    from deblur_app.app import Application
    from deblur_app.gui.main_window import MainWindow

_TICK = 10
"""Milliseconds between two ticks of the timer that measures gaps."""

_RUNNING: list[Application] = []
"""The application, which lives as long as somebody holds it."""


def wait(seconds: float, until: object = None) -> None:
    """Let the window live for a while, or until a signal comes."""
    loop = QEventLoop()
    QTimer.singleShot(round(seconds * 1000), loop.quit)
    if until is not None:
        until.connect(loop.quit)  # type: ignore[attr-defined]
    loop.exec()


def require[T](part: T | None) -> T:
    """Return a part of the window that is built when it is first shown.

    Raises:
        RuntimeError: It has not been shown.
    """
    if part is None:
        raise RuntimeError("this part of the window has not been shown yet")
    return part


def window_with_photo(size: tuple[int, int] | None = None) -> MainWindow:
    """Return the window with a photo of 12 megapixels open, and no work going on; `size` is that of the window."""
    from deblur_app.app import Application
    from deblur_app.core import image_io
    from deblur_app.core.picture import Picture, from_integer, resize_pixels

    photo = Path(HOME.name, "photo.jpg")
    image_io.write(Picture(resize_pixels(from_integer(skimage.data.coffee()), 4000, 3000)), photo)
    _RUNNING.append(Application(sys.argv[:1]))
    window = _RUNNING[0].window
    if size:
        window.resize(*size)
    window.build()
    window.show()
    while window.status.engine.text() != "Ready":
        wait(0.1)
    window.session.open(photo)
    while window.session.input is None:
        wait(0.1)
    window.session.cancel()
    while window.session.is_busy:
        wait(0.1)
    return window


class Gaps:
    """Records when a timer in the GUI thread fires."""

    def __init__(self) -> None:
        self._timer = QTimer()
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(lambda: self._times.append((time.perf_counter(), time.thread_time())))
        self._times: list[tuple[float, float]] = []

    def start(self) -> None:
        """Begin to record."""
        self._times.clear()
        self._timer.start(_TICK)

    def stop(self) -> dict[str, float]:
        """End; the 99th percentile and the largest of the times between two ticks, in milliseconds."""
        self._timer.stop()
        between = np.diff(np.array(self._times), axis=0) * 1000
        return {
            f"{name}_{kind}": value
            for name, times in zip(("gap", "busy"), between.T, strict=True)
            for kind, value in (("p99", float(np.percentile(times, 99))), ("worst", float(times.max())))
        }
