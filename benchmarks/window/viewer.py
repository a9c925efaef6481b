"""Benchmark of the viewer: a photo of 100 megapixels is opened, panned, zoomed and split in the real window.

Figures: `fps_median` and `fps_p5`, frames per second while a script pans, zooms and drags the divider. `busy_…`: the
same from the processor's time that the GUI thread itself used, which tells the window's own work from that of a machine
that has other things to do. `open_100mp_seconds`: until the first pixels of the photo are painted, beside Pillow's
decoding of the same file; `open_100mp_whole_seconds`: until all of them are there. `memory_ratio`: the memory of the
images to paint from over the photo's 8-bit size. At 24 megapixels, from the change to its paint, the slowest:
`mode_change_ms`, `strength_change_ms` for a draft of the visible part, and `stroke_ms` for a move of the mask's brush.
"""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import skimage.data
from PIL import Image
from PySide6.QtCore import QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QSpinBox

from benchmarks.measuring import Figure, quick, report
from benchmarks.window import harness
from deblur_app.app import Application
from deblur_app.core.picture import Picture, from_integer, resize_pixels, to_uint8
from deblur_app.core.task import run_to_end
from deblur_app.engine.method import Request
from deblur_app.engine.tasks import Restored
from deblur_app.gui.session import steps
from deblur_app.gui.session.display import Result
from deblur_app.gui.viewer.compare.compare_mode import CompareMode

if TYPE_CHECKING:
    from deblur_app.gui.main_window import MainWindow

WINDOW = 1920, 1080
LARGE, MIDDLE = (11600, 8700), (6000, 4000)
"""Sizes of the photos: 100 and 24 megapixels."""

_NOISE = 6
"""Levels of noise in the photos, so that they take as long to decode as photos do."""


class Painted(QObject):
    """A record of when the canvas has painted its photo."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self.first: float | None = None
        self._canvas = window.photo_view.canvas
        self._canvas.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Note the first paint that has a photo."""
        if event.type() == QEvent.Type.Paint and self._canvas.original and self.first is None:
            self.first = time.perf_counter()
        return super().eventFilter(watched, event)


class Script:
    """A user's hand on the canvas; each step ends when it has been painted."""

    def __init__(self, window: MainWindow) -> None:
        self.window, self.view = window, window.photo_view
        self.canvas = self.view.canvas
        self.frames: list[tuple[float, float]] = []

    def run(self, repeats: int) -> None:
        """Pan at 100 % and at 37 %, zoom in and out at the pointer, and drag the divider."""
        middle = QPointF(self.canvas.rect().center())
        self.view.set_compare_mode(CompareMode.SPLIT)
        for _ in range(repeats):
            for scale in (1.0, 0.37):
                self.view.set_zoom(scale)
                self._drag(middle + QPointF(60, 40), [QPointF(-9, -5)] * 40)
            self.view.fit()
            for notches in [1] * 18 + [-1] * 18:
                self._timed(lambda notches=notches: self._wheel(middle, notches))
            self.view.set_zoom(0.6)
            divider = QPointF(self.canvas.divider.share * self.canvas.width(), 200.0)
            self._drag(divider, [QPointF(-12, 0)] * 30 + [QPointF(12, 0)] * 30)

    def _drag(self, start: QPointF, moves: list[QPointF]) -> None:
        self._mouse(QEvent.Type.MouseButtonPress, start)
        point = start
        for move in moves:
            point = point + move
            self._timed(lambda point=point: self._mouse(QEvent.Type.MouseMove, point))
        self._mouse(QEvent.Type.MouseButtonRelease, point)

    def _timed(self, step: object) -> None:
        wall, busy = time.perf_counter(), time.thread_time()
        step()  # type: ignore[operator]
        self.canvas.repaint()
        self.frames.append((time.perf_counter() - wall, time.thread_time() - busy))

    def _mouse(self, kind: QEvent.Type, at: QPointF) -> None:
        button = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else Qt.MouseButton.LeftButton
        held, keys = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
        QApplication.sendEvent(self.canvas, QMouseEvent(kind, at, self.canvas.mapToGlobal(at), button, held, keys))

    def _wheel(self, at: QPointF, notches: int) -> None:
        event = QWheelEvent(
            at, self.canvas.mapToGlobal(at), QPoint(), QPoint(0, 120 * notches), Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
        )  # fmt: skip
        QApplication.sendEvent(self.canvas, event)


def make_photo(size: tuple[int, int]) -> np.ndarray:
    """Return a photo with noise, uint8 of shape (height, width, 3)."""
    values = to_uint8(resize_pixels(from_integer(skimage.data.astronaut()), *size))
    noise = np.random.default_rng(0).integers(0, _NOISE + 1, (1024, 1024, 3), dtype=np.uint8)
    rows, columns = -(-size[1] // 1024), -(-size[0] // 1024)
    noise = np.tile(noise, (rows, columns, 1))[: size[1], : size[0]]
    return np.minimum(values, 255 - _NOISE) + noise


def open_photo(window: MainWindow, photo: Path) -> tuple[float, float]:
    """Open a photo; return the seconds until its first pixels and until all of it."""
    painted = Painted(window)
    begin = time.perf_counter()
    window.session.open(photo)
    while window.session.input is None or window.session.input.picture.path != photo:
        harness.wait(0.02)
    whole = time.perf_counter() - begin
    window.session.cancel()
    while window.session.is_busy:
        harness.wait(0.02)
    window.photo_view.canvas.repaint()
    return (painted.first or time.perf_counter()) - begin, whole


def show_result(window: MainWindow, values: np.ndarray) -> None:
    """Give the session a result, which is the photo turned about."""
    display_image = run_to_end(steps.show(Picture(from_integer(values[:, ::-1]))))
    how = Restored(display_image.picture, Request("wiener"), "CPU", "", 1.0)
    window.session._take_result(Result(display_image, how, display_image.levels))
    while window.session.is_busy:
        harness.wait(0.02)


def decode_with_pillow(photo: Path) -> float:
    """Return the seconds that Pillow takes to decode a file."""
    Image.MAX_IMAGE_PIXELS = None
    begin = time.perf_counter()
    Image.open(photo).load()
    return time.perf_counter() - begin


def change_modes(window: MainWindow) -> tuple[float, float]:
    """Return the milliseconds of the slowest change of the way of comparison, and its busy ones."""
    times, view = [], window.photo_view
    for scale in (view.scale(), 1.0):
        view.set_zoom(scale)
        for mode in CompareMode:
            begin = time.perf_counter(), time.thread_time()
            view.set_compare_mode(mode)
            (view.panes if mode == CompareMode.FIGURE_2 else view.canvas).repaint()
            times.append((time.perf_counter() - begin[0], time.thread_time() - begin[1]))
    wall, busy = (1000 * max(column) for column in zip(*times, strict=True))
    return wall, busy


def change_strength(window: MainWindow) -> float:
    """Return the milliseconds of the slowest of ten changes of the strength, until the visible part shows it."""
    window.photo_view.set_compare_mode(CompareMode.SPLIT)
    window.tools.show_photo()
    panel = window.tools.method_panel
    live = harness.require(window.tools.live_blend)
    (slider,) = (box for box in panel.blend_box.findChildren(QSpinBox) if box.accessibleName() == "Strength")
    times = []
    for value in range(40, 140, 10):
        harness.wait(0.3)
        while live.drafts.is_busy or live.wholes.is_busy:
            harness.wait(0.05)
        begin = time.perf_counter()
        slider.setValue(value)
        harness.wait(10, live.drafts.ready)
        window.photo_view.canvas.repaint()
        times.append(time.perf_counter() - begin)
    return 1000 * max(times)


def paint(window: MainWindow) -> tuple[float, float]:
    """Return the milliseconds from a move of the brush until it is seen, by the clock and of the processor: medians."""
    window.photo_view.set_compare_mode(CompareMode.RESULT)
    window.tools.method_panel.mask_card.tools.buttons[1].click()
    live, editor = harness.require(window.tools.live_blend), harness.require(window.tools.mask).editor
    editor.begin_stroke((0.2, 0.4))
    times, busy = [], []
    for step in range(1, 41):
        while live.drafts.is_busy or live.wholes.is_busy:
            harness.wait(0.02)
        begin, begin_busy = time.perf_counter(), time.process_time()
        editor.extend_stroke((0.2 + 0.012 * step, 0.4))
        harness.wait(10, live.drafts.ready)
        QApplication.processEvents()  # paints
        times.append(time.perf_counter() - begin)
        busy.append(time.process_time() - begin_busy)
    editor.end_stroke()
    return 1000 * float(np.median(times)), 1000 * float(np.median(busy))


def main() -> None:
    """Open, move, compare."""
    repeats = 1 if quick(__doc__) else 4
    application = Application(["deblur"])
    window = application.window
    window.resize(*WINDOW)
    window.build()
    window.show()
    while window.status.engine.text() != "Ready":
        harness.wait(0.05)
    folder = Path(harness.HOME.name)
    values = make_photo(LARGE)
    photo = folder / "large.jpg"
    Image.fromarray(values).save(photo, quality=92)
    peer = decode_with_pillow(photo)
    first, whole = open_photo(window, photo)
    peer = (peer + decode_with_pillow(photo)) / 2  # before and after: other work on the machine comes and goes
    show_result(window, values)
    levels = window.photo_view.canvas.original.levels
    memory = sum(level.sizeInBytes() for level in levels) / (3 * values.shape[0] * values.shape[1])
    script = Script(window)
    script.run(repeats)
    del values
    window.session.result = None
    middle = make_photo(MIDDLE)
    Image.fromarray(middle).save(folder / "middle.jpg", quality=92)
    open_photo(window, folder / "middle.jpg")
    show_result(window, middle)
    mode, busy_mode = change_modes(window)
    strength = change_strength(window)
    stroke, busy_stroke = paint(window)
    wall, busy = np.array(script.frames).T
    figures = {
        "fps_median": Figure(1 / float(np.median(wall)), "1/s"),
        "fps_p5": Figure(1 / float(np.percentile(wall, 95)), "1/s"),
        "busy_fps_median": Figure(1 / float(np.median(busy)), "1/s"),
        "busy_fps_p5": Figure(1 / float(np.percentile(busy, 95)), "1/s"),
        "open_100mp_seconds": Figure(first, "s", peer),
        "open_100mp_whole_seconds": Figure(whole, "s", peer),
        "memory_ratio": Figure(memory, "x"),
        "mode_change_ms": Figure(mode, "ms"),
        "busy_mode_change_ms": Figure(busy_mode, "ms"),
        "strength_change_ms": Figure(strength, "ms"),
        "stroke_ms": Figure(stroke, "ms"),
        "busy_stroke_ms": Figure(busy_stroke, "ms"),
    }
    window.close_when_idle()
    report("viewer", figures)


if __name__ == "__main__":
    main()
