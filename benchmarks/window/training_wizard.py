"""The training wizard: how fast it opens, how fast a cancel is answered and done, and what ten trainings leave behind.

Figures: `open_first` and `open_again`, milliseconds from the wish to the painted wizard, in a window that has loaded
its engine, and `…_busy`, the processor's time of that, which does not count what else a machine does; `page_worst` and
`page_again_worst`, the slowest of its five pages to open, the first time and later; `cancel_answer`, milliseconds until
the window says that it cancels, and `cancel_done`, until the training has ended, with `batch` as the length of a batch
beside it; `memory_of_10_runs`, megabytes by which ten trainings of the paper's network, one after the other, make the
program grow, counted after the first one, which loads what all share.
"""

from __future__ import annotations

import gc
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import psutil
import skimage.data
from PySide6.QtWidgets import QApplication

from benchmarks.measuring import Figure, quick, report
from benchmarks.window.harness import HOME, wait, window_with_photo
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from training.config.config import TrainingConfig
from training.data.pairs import find_pairs
from training.runs.run import Run

if TYPE_CHECKING:
    from training.data.pairs import Pair

_RUNS = 10  # trainings whose memory is measured


def main() -> None:
    """Measure in the real window."""
    few = quick(__doc__)
    folder = Path(HOME.name)
    make_pairs(folder / "pairs")
    pairs = find_pairs(folder / "pairs").pairs
    window = window_with_photo((1360, 760))
    figures = opening(window)
    wizard = window.tools.show_training()
    while wizard.is_busy():
        wait(0.1)
    figures["page_worst"] = Figure(max(measure_page(wizard, page) for page in range(5)), "ms")
    figures["page_again_worst"] = Figure(max(measure_page(wizard, page) for page in range(5)), "ms")
    figures |= cancelling(wizard, pairs, folder)
    figures["memory_of_10_runs"] = Figure(memory(wizard, pairs[:16], folder, 1 if few else _RUNS), "MB")
    window.close_when_idle()
    report("training_wizard", figures)


def make_pairs(folder: Path) -> None:
    """Write 64 small pairs."""
    pixels = resize_pixels(from_integer(skimage.data.coffee()), 128, 128)
    for name in ("sharp", "blurred"):
        (folder / name).mkdir(parents=True)
        for number in range(64):
            image_io.write(Picture(pixels), folder / name / f"{number}.png")


def opening(window: Any) -> dict[str, Figure]:
    """Measure the time until the wizard is painted, the first time and after another tab."""
    found = {}
    for name in ("open_first", "open_again"):
        begin, own = time.perf_counter(), time.thread_time()
        wizard = window.tools.show_training()
        QApplication.processEvents()
        wizard.repaint()
        found[name] = Figure((time.perf_counter() - begin) * 1000, "ms")
        found[f"{name}_busy"] = Figure((time.thread_time() - own) * 1000, "ms")
        window.tools.show_photo()
        wait(0.5)
    return found


def measure_page(wizard: Any, page: int) -> float:
    """Measure the milliseconds until a page is painted."""
    begin, own = time.perf_counter(), time.thread_time()
    wizard.steps.step_chosen.emit(page)
    QApplication.processEvents()
    wizard.repaint()
    milliseconds = (time.perf_counter() - begin) * 1000
    print(f"page {page + 1}: {milliseconds:.0f} ms, {(time.thread_time() - own) * 1000:.0f} ms of them busy")
    wait(0.3)
    return milliseconds


def cancelling(wizard: Any, pairs: list[Pair], folder: Path) -> dict[str, Figure]:
    """Measure a training that is cancelled in the middle of an epoch."""
    wizard.start(TrainingConfig(epochs=1000), pairs, Run(folder / "cancelled"))
    wait(300, wizard.preview_ready)
    begin = time.perf_counter()
    for _ in range(2):
        wait(60, wizard.session.progressed)
    batch = (time.perf_counter() - begin) / 2 * 1000
    begin = time.perf_counter()
    wizard.training_page.cancel.click()
    QApplication.processEvents()
    answered = (time.perf_counter() - begin) * 1000
    while wizard.session.is_busy:
        wait(0.01)
    done = (time.perf_counter() - begin) * 1000
    return {
        "cancel_answer": Figure(answered, "ms"),
        "cancel_done": Figure(done, "ms"),
        "batch": Figure(batch, "ms"),
    }


def memory(wizard: Any, pairs: list[Pair], folder: Path, runs: int) -> float:
    """Measure the megabytes that further trainings leave behind after the first one."""
    sizes = []
    for number in range(runs + 1):
        wizard.start(TrainingConfig(epochs=1, batch_size=8), pairs, Run(folder / f"run {number}"))
        while wizard.session.is_busy or wizard.is_busy():
            wait(0.1)
        gc.collect()
        sizes.append(psutil.Process().memory_info().rss / 1e6)
        print(f"{number}: {sizes[-1]:.0f} MB", flush=True)
    return sizes[-1] - sizes[0]


if __name__ == "__main__":
    main()
