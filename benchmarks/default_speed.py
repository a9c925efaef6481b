"""Benchmark of the default method on a shaken photo, beside scikit-image's Richardson-Lucy with the true kernel.

A photo is put together from scikit-image's photographs, shaken, and stored as a JPEG as a camera stores it. It goes
from pixels to pixels through the method `restorer`, which is told nothing: diagnosis, search for the kernel,
deconvolution and network; the engine is loaded beforehand. The peer is given the kernel and makes 30 plain iterations
for each channel, in the same run and in turn.

Figures: `shake_1mp` and `shake_12mp` in seconds, `.processor` seconds of both, and `.gain` of the result over doing
nothing in dB. Of 100 megapixels, from file to file in a process of its own: `shake_100mp_seconds` and
`shake_100mp_peak_mb`. What each stage takes is printed on the way. `--quick` leaves out all but 1
megapixel.
"""

from __future__ import annotations

import argparse
import json
import pkgutil
import statistics
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest.mock import patch

import numpy as np

if __name__ == "__main__":
    import measuring  # noqa: F401 -- puts the project on the path

from benchmarks.measuring import Figure, in_turn, report, seconds
from deblur_app.blur import shake
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.core import image_io, metrics
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import Picture, from_integer, resize_pixels
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request

if TYPE_CHECKING:
    from collections.abc import Callable, Generator

    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.core.picture import Pixels

_EXTENTS = {"1mp": 25.0, "12mp": 35.0, "100mp": 35.0}
"""Longest side in pixels of the path of the shake."""

_SIZES = {"1mp": (864, 1152), "12mp": (3000, 4000), "100mp": (9000, 12_000)}
"""Height and width of the photos. The largest repeats that of 12 megapixels."""

_PIECES = ("rocket", "stereo_motorcycle", "chelsea")
"""Photographs of scikit-image that a photo is put together from. Many copies of the reflexes of its other ones would
count as writing on the photo."""

_PIECE = (288, 384)
"""Height and width of the middle of each that is taken; enlarged twice for 12 megapixels."""

_NOISE, _JPEG, _SEED, _SHAKE_SEED = 0.005, 92, 7, 3
_ITERATIONS = 30
"""Of scikit-image's Richardson-Lucy."""

_BORDER = 48
"""Pixels at each side that are left out of the gain."""

_STAGES = {
    "tone curve": "deblur_app.restoration.psf_estimation.search.tone_curve.is_linear",
    "diagnosis": "deblur_app.engine.estimation.diagnosis.diagnose",
    "search": "deblur_app.restoration.psf_estimation.search.search_scales.estimate",
    "test of the kernel": "deblur_app.restoration.psf_estimation.reduced_evidence.measure_quarters",
    "noise": "deblur_app.engine.methods.restorer_psf.error_level",
    "deconvolution": "deblur_app.restoration.deconvolution.network_inputs.network_inputs",
    "network": "deblur_app.engine.local_networks.WatchedNetwork.restore",
    "check of the result": "deblur_app.engine.output_check.find_defect",
}
"""The stages, and the function that does each."""

_WHOLE = """
import json, resource, sys, time
from pathlib import Path
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request
begin = time.perf_counter()
restored, _ = run_to_end(tasks.restore_file(Path(sys.argv[1]), Request("restorer"), Path(sys.argv[2])))
print(json.dumps({"seconds": time.perf_counter() - begin, "cpu_seconds": time.process_time(),
                  "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, "note": restored.note,
                  "method": restored.request.method}))
"""


@dataclass(frozen=True, eq=False)
class Shaken:
    """A photo that was shaken: what the camera stored, the truth, and the true kernel."""

    photo: Picture
    truth: Pixels
    kernel: Kernel


@dataclass
class Stopwatch:
    """The clock and processor seconds of each stage."""

    spent: dict[str, tuple[float, float]] = field(default_factory=dict)

    def watch(self, name: str, work: Callable[..., Any]) -> Callable[..., Any]:
        """Return `work` timed; where it gives a task, until that has ended."""

        def timed(*given: Any, **named: Any) -> Any:
            begin = time.perf_counter(), time.process_time()
            made = work(*given, **named)
            if hasattr(made, "send"):
                return self._until_end(name, made)
            self._add(name, begin)
            return made

        return timed

    def report(self, size: str, whole: tuple[float, float]) -> None:
        """Print what each stage took of the whole, in seconds of the clock and of the processor."""
        stages = dict(self.spent)
        stages["the rest"] = (
            whole[0] - sum(clock for clock, _ in stages.values()),
            whole[1] - sum(processor for _, processor in stages.values()),
        )
        for name, (clock, processor) in (stages | {"all": whole}).items():
            print(f"  {size} {name}: {clock:.2f} s, processor {processor:.2f} s", file=sys.stderr)

    def _until_end(self, name: str, task: Generator[Any, None, Any]) -> Generator[Any, None, Any]:
        begin = time.perf_counter(), time.process_time()
        try:
            return (yield from task)
        finally:
            self._add(name, begin)

    def _add(self, name: str, begin: tuple[float, float]) -> None:
        before = self.spent.get(name, (0.0, 0.0))
        self.spent[name] = (before[0] + time.perf_counter() - begin[0], before[1] + time.process_time() - begin[1])


def main() -> None:
    """Measure what was asked for."""
    options = _options()
    figures: dict[str, Figure] = {}
    for size in ["1mp"] if options.quick else options.sizes or list(_SIZES):
        figures |= measure_file(size) if size == "100mp" else measure(size, 1 if options.quick else options.times)
        for name, figure in figures.items():
            print(name, figure.as_json(), file=sys.stderr)
    report("default_speed", figures)


def measure(size: str, times: int) -> dict[str, Figure]:
    """Measure the restoration of a photo of one size beside scikit-image's Richardson-Lucy."""
    shaken = make_photo(size)
    run_to_end(tasks.deblur(Picture(shaken.photo.pixels[:640, :640]), Request("restorer")))  # loads the engine
    watch, results = Stopwatch(), []
    processor: dict[str, list[float]] = {"ours": [], "peer": []}

    def run(which: str, work: Callable[[], object]) -> float:
        begin = time.process_time()
        clock = seconds(work)
        processor[which].append(time.process_time() - begin)
        return clock

    def ours() -> float:
        watch.spent.clear()
        clock = run("ours", lambda: results.append(_restore(shaken, watch)))
        watch.report(size, (clock, processor["ours"][-1]))
        return clock

    our_seconds, peer_seconds = in_turn(ours, lambda: run("peer", lambda: _restore_by_peer(shaken)), times)
    inside = (slice(_BORDER, -_BORDER),) * 2
    before, after = (metrics.psnr(shaken.truth[inside], each[inside]) for each in (shaken.photo.pixels, results[-1]))
    ours_processor, peer_processor = (statistics.median(processor[which]) for which in ("ours", "peer"))
    return {
        f"shake_{size}": Figure(our_seconds, "s", peer_seconds),
        f"shake_{size}.processor": Figure(ours_processor, "s", peer_processor),
        f"shake_{size}.gain": Figure(after - before, "dB"),
    }


def measure_file(size: str) -> dict[str, Figure]:
    """Measure a new process that restores a JPEG of this size and writes a JPEG."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder, "photo.jpg"), Path(folder, "result.jpg")
        image_io.write(make_photo(size).photo, source)
        command = [sys.executable, "-c", _WHOLE, str(source), str(target)]
        done = subprocess.run(command, capture_output=True, text=True, check=True)
    told = dict(json.loads(done.stdout.splitlines()[-1]))
    print(f"  {size} {told}", file=sys.stderr)
    return {
        f"shake_{size}_seconds": Figure(told["seconds"], "s"),
        f"shake_{size}_peak_mb": Figure(told["peak_mb"], "MB"),
    }


def make_photo(size: str) -> Shaken:
    """Return a photo of one of the sizes: equal for equal sizes."""
    height, width = _SIZES[size]
    kernel = shake.psf_of(shake.trajectory(_EXTENTS[size], seed=_SHAKE_SEED))
    settings = Degradation(blur=kernel, noise=_NOISE, jpeg=_JPEG, seed=_SEED)
    if size != "100mp":
        truth = _mosaic(height, width, 2 if size == "12mp" else 1)
        return Shaken(Picture(run_to_end(degrade(truth, settings))), truth, kernel)
    part = _mosaic(*_SIZES["12mp"], 2)
    rim = -(-len(kernel) // 8) * 8  # whole blocks of JPEG
    around = np.pad(part, ((rim, rim), (rim, rim), (0, 0)), mode="wrap")  # what repeats is blurred across its seams
    blurred = run_to_end(degrade(around, settings))[rim:-rim, rim:-rim]
    copies = (height // len(part), width // part.shape[1], 1)
    return Shaken(Picture(np.tile(blurred, copies)), part, kernel)


def _mosaic(height: int, width: int, enlarged: int) -> Pixels:
    """Return the middles of photographs side by side, every second round mirrored."""
    import skimage.data

    pieces = []
    for name in _PIECES:
        loaded = getattr(skimage.data, name)()
        pixels = from_integer(np.asarray(loaded[0] if isinstance(loaded, tuple) else loaded))
        top, left = ((length - part) // 2 for length, part in zip(pixels.shape, _PIECE, strict=False))
        part = pixels[max(top, 0) : max(top, 0) + _PIECE[0], max(left, 0) : max(left, 0) + _PIECE[1]]
        pieces.append(resize_pixels(part, _PIECE[1] * enlarged, _PIECE[0] * enlarged))
    turned = [piece[:, ::-1] for piece in pieces]
    rows, columns = (-(-length // (part * enlarged)) for length, part in zip((height, width), _PIECE, strict=True))
    order = cycle([*pieces, *turned, turned[0]])
    lines = [np.concatenate(list(islice(order, columns)), axis=1) for _ in range(rows)]
    return np.ascontiguousarray(np.concatenate(lines, axis=0)[:height, :width])


def _restore(shaken: Shaken, watch: Stopwatch) -> Pixels:
    """Restore the photo as the program does where nothing is told."""
    with ExitStack() as stages:
        for name, path in _STAGES.items():
            module, _, function = path.rpartition(".")
            stages.enter_context(patch(path, watch.watch(name, _find(module, function))))
        return run_to_end(tasks.deblur(shaken.photo, Request("restorer"))).picture.pixels


def _find(path: str, name: str) -> Callable[..., Any]:
    found: Callable[..., Any] = getattr(pkgutil.resolve_name(path), name)
    return found


def _restore_by_peer(shaken: Shaken) -> None:
    from skimage.restoration import richardson_lucy

    light = srgb_to_linear(shaken.photo.pixels)
    for channel in range(3):
        richardson_lucy(light[:, :, channel], shaken.kernel, _ITERATIONS)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", action="append", choices=_SIZES, dest="sizes", help="only this one; may be repeated")
    parser.add_argument("--times", type=int, default=3, help="runs of each, in turn (default: %(default)s)")
    parser.add_argument("--quick", action="store_true", help="1 megapixel, once: ends within 60 s")
    return parser.parse_args()


if __name__ == "__main__":
    main()
