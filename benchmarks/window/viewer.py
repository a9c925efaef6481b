"""Benchmark of the viewer: a photo of 100 megapixels is opened, panned, zoomed and split in the real window.

Figures: `fps_median` and `fps_p5`, frames per second while a script pans, zooms and drags the divider; `split_fps_p5`
is that of the divider alone. `open_100mp_seconds`: until the first pixels of the photo are painted, beside Pillow's
decoding of the same file; `open_100mp_whole_seconds`: until all of them are there. `memory_ratio`: the memory of the
images to paint from over the photo's 8-bit size. At 24 megapixels, the whole photo in the window and at 100 %, from the
change to its paint, the slowest of all: `mode_change_ms`, `strength_change_ms`, `mask_change_ms` (inverted) and
`stroke_ms` (a move of the mask's brush) for the visible part; `…_median_ms`, and the processor's time, `busy_…_ms`.
`gap_p99_…`: the 99th percentile of the gaps of a 10 ms timer in the GUI thread while the photo opens, while the hand
moves over it, and while values change. `busy_…`: the same from the processor's time that the GUI thread itself used,
which tells the window's own work from that of a machine that has other things to do.
"""

from __future__ import annotations

import time
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import skimage.data
from PIL import Image
from PySide6.QtCore import QEvent, QEventLoop, QObject, QPoint, QPointF, Qt, QTimer
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
    from collections.abc import Callable

    from deblur_app.gui.main_window import MainWindow

WINDOW = 1920, 1080
LARGE, MIDDLE = (11600, 8700), (6000, 4000)
"""Sizes of the photos: 100 and 24 megapixels."""

_STROKE = 0.016
"""Share of the photo's width between two places of a stroke: a shorter way with the usual brush changes nothing yet."""

_PATIENCE = 5000
"""Milliseconds after which a change that is not seen is an error."""

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
        self.split_frames: list[tuple[float, float]] = []
        self._pause = 0.0

    def run(self, repeats: int, pause: float = 0.0) -> None:
        """Pan at 100 % and at 37 %, zoom in and out at the pointer, and drag the divider.

        Args:
            repeats: How often.
            pause: Seconds between two moves, in which the window lives; 0 for moves as fast as they are painted.
        """
        self._pause = pause
        middle = QPointF(self.canvas.rect().center())
        self.view.set_compare_mode(CompareMode.SPLIT)
        for _ in range(repeats):
            for scale in (1.0, 0.37):
                self.view.set_zoom(scale)
                self._drag(middle + QPointF(60, 40), [QPointF(-9, -5)] * 40)
            self.view.fit()
            for notches in [1] * 18 + [-1] * 18:
                self._timed(partial(self._wheel, middle, notches))
            self.view.set_zoom(0.6)
            divider = QPointF(self.canvas.divider.share * self.canvas.width(), 200.0)
            begin = len(self.frames)
            self._drag(divider, [QPointF(-12, 0)] * 30 + [QPointF(12, 0)] * 30)
            self.split_frames += self.frames[begin:]

    def _drag(self, start: QPointF, moves: list[QPointF]) -> None:
        self._mouse(QEvent.Type.MouseButtonPress, start)
        point = start
        for move in moves:
            point = point + move
            self._timed(partial(self._mouse, QEvent.Type.MouseMove, point))
        self._mouse(QEvent.Type.MouseButtonRelease, point)

    def _timed(self, step: Callable[[], object]) -> None:
        if self._pause:
            harness.wait(self._pause)
        wall, busy = time.perf_counter(), time.thread_time()
        step()
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


def change_modes(window: MainWindow) -> list[float]:
    """Return the milliseconds of each change of the way of comparison, until it is painted."""
    times, view = [], window.photo_view
    for mode in CompareMode:
        harness.wait(0.05)
        begin = time.perf_counter()
        view.set_compare_mode(mode)
        (view.panes if mode == CompareMode.FIGURE_2 else view.canvas).repaint()
        times.append(1000 * (time.perf_counter() - begin))
    view.set_compare_mode(CompareMode.SPLIT)
    return times


class Change(NamedTuple):
    """The milliseconds of a change by the clock, and of the processor in all threads."""

    wall: float
    busy: float


class LiveChanges:
    """Changes that act on the result at once, in the visible part, each timed until it is painted."""

    def __init__(self, window: MainWindow) -> None:
        window.tools.show_photo()
        self._window, self._live = window, harness.require(window.tools.live_blend)
        self._panel = window.tools.method_panel
        self._editor = harness.require(window.tools.mask).editor
        self._drafts = 0
        self._live.drafts.ready.connect(self._count)

    def change_strength(self) -> list[Change]:
        """Change the strength ten times."""
        (slider,) = (box for box in self._panel.blend_box.findChildren(QSpinBox) if box.accessibleName() == "Strength")
        times = [self._time(partial(slider.setValue, value)) for value in range(40, 140, 10)]
        slider.setValue(100)
        return times

    def paint_mask(self) -> list[Change]:
        """Move the brush over the middle of what is visible."""
        self._panel.mask_card.tools.buttons[1].click()
        seen = self._window.photo_view.canvas.visible()
        left, middle = seen.left() + 0.1 * seen.width(), seen.center().y()
        count = int(0.8 * seen.width() / _STROKE)
        self._editor.begin_stroke((left, middle))
        times = [
            self._time(partial(self._editor.extend_stroke, (left + place * _STROKE, middle)))
            for place in range(1, count + 1)
        ]
        self._editor.end_stroke()
        return times

    def invert_mask(self) -> list[Change]:
        """Change the whole mask four times."""
        return [self._time(self._editor.invert) for _ in range(4)]

    def _time(self, change: Callable[[], object]) -> Change:
        """Return the times from a change until what is visible shows it."""
        self._rest()
        before, loop = self._drafts, QEventLoop()
        self._live.drafts.ready.connect(loop.quit)
        begin, busy = time.perf_counter(), time.process_time()
        QTimer.singleShot(0, change)
        QTimer.singleShot(_PATIENCE, loop, loop.quit)
        loop.exec()
        if self._drafts == before:
            raise RuntimeError("the change is not seen")
        self._window.photo_view.canvas.repaint()
        return Change(1000 * (time.perf_counter() - begin), 1000 * (time.process_time() - busy))

    def _rest(self) -> None:
        """Wait until nothing is computed any more, as it is before a hand moves a slider."""
        harness.wait(0.02)
        while self._live.drafts.is_busy or self._live.wholes.is_busy:
            harness.wait(0.01)

    def _count(self) -> None:
        self._drafts += 1


def measure_large(window: MainWindow, folder: Path, repeats: int) -> dict[str, Figure]:
    """Open, pan, zoom and split a photo of 100 megapixels."""
    values = make_photo(LARGE)
    photo = folder / "large.jpg"
    Image.fromarray(values).save(photo, quality=92)
    peer = decode_with_pillow(photo)
    gaps = harness.Gaps()
    gaps.start()
    first, whole = open_photo(window, photo)
    opening = gaps.stop()
    peer = (peer + decode_with_pillow(photo)) / 2  # before and after: other work on the machine comes and goes
    show_result(window, values)
    levels = window.photo_view.canvas.original.levels
    memory = sum(level.sizeInBytes() for level in levels) / (3 * values.shape[0] * values.shape[1])
    script = Script(window)
    script.run(repeats)
    wall, busy = np.array(script.frames).T
    split = np.array(script.split_frames)[:, 0]
    gaps.start()
    script.run(1, pause=0.01)
    moving = gaps.stop()
    window.session.result = None
    return {
        "fps_median": Figure(1 / float(np.median(wall)), "1/s"),
        "fps_p5": Figure(1 / float(np.percentile(wall, 95)), "1/s"),
        "split_fps_p5": Figure(1 / float(np.percentile(split, 95)), "1/s"),
        "busy_fps_median": Figure(1 / float(np.median(busy)), "1/s"),
        "busy_fps_p5": Figure(1 / float(np.percentile(busy, 95)), "1/s"),
        "open_100mp_seconds": Figure(first, "s", peer),
        "open_100mp_whole_seconds": Figure(whole, "s", peer),
        "memory_ratio": Figure(memory, "x"),
        **gap_figures("opening", opening),
        **gap_figures("moving", moving),
    }


def measure_middle(window: MainWindow, folder: Path) -> dict[str, Figure]:
    """Change ways of comparison, strength and mask at 24 megapixels."""
    values = make_photo(MIDDLE)
    Image.fromarray(values).save(folder / "middle.jpg", quality=92)
    open_photo(window, folder / "middle.jpg")
    show_result(window, values)
    changes, view = LiveChanges(window), window.photo_view
    modes: list[float] = []
    strengths: list[Change] = []
    strokes: list[Change] = []
    masks: list[Change] = []
    gaps = harness.Gaps()
    gaps.start()
    for show in (view.fit, partial(view.set_zoom, 1.0)):
        view.set_compare_mode(CompareMode.SPLIT)
        show()
        modes += change_modes(window)
        strengths += changes.change_strength()
        strokes += changes.paint_mask()
        masks += changes.invert_mask()
    return {
        "mode_change_ms": Figure(max(modes), "ms"),
        **change_figures("strength_change", strengths),
        **change_figures("mask_change", masks),
        **change_figures("stroke", strokes),
        **gap_figures("changing", gaps.stop()),
    }


def change_figures(name: str, changes: list[Change]) -> dict[str, Figure]:
    """Return the slowest and the median time of changes, and the median of the processor."""
    walls, busy = np.array(changes).T
    return {
        f"{name}_ms": Figure(float(walls.max()), "ms"),
        f"{name}_median_ms": Figure(float(np.median(walls)), "ms"),
        f"busy_{name}_ms": Figure(float(np.median(busy)), "ms"),
    }


def gap_figures(doing: str, gaps: dict[str, float]) -> dict[str, Figure]:
    """Return the gaps that are reported."""
    return {f"{kind}_p99_{doing}": Figure(gaps[f"{kind}_p99"], "ms") for kind in ("gap", "busy")}


def main() -> None:
    """Open, move, compare, change."""
    repeats = 1 if quick(__doc__) else 6
    application = Application(["deblur"])
    window = application.window
    window.resize(*WINDOW)
    window.build()
    window.show()
    while window.status.engine.text() != "Ready":
        harness.wait(0.05)
    folder = Path(harness.HOME.name)
    figures = measure_large(window, folder, repeats)
    figures |= measure_middle(window, folder)
    window.close_when_idle()
    report("viewer", figures)


if __name__ == "__main__":
    main()
