"""Benchmark of `deblur batch`: speed, memory, and what kills leave behind.

Each part runs the program as a process of its own on small photos that it makes itself:

- `batch_throughput`: photos per second of 40 photos with two workers, beside `deblur restore` on the same photos one
  after the other.
- `memory_growth_500`: what program and worker hold more after 500 photos than after the first 100, in MB.
- `kills_lost`, `kills_twice`: a batch of 40 photos is killed (SIGKILL) at 20 random moments, each time started again,
  and at last run to its end; then results are counted that are missing or not whole, and photos with more than one.

`--quick` does less of each and ends within 60 seconds.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import numpy as np
import psutil
from PIL import Image
from skimage.data import astronaut

if __name__ == "__main__":
    from measuring import Figure, in_turn, report

_SIDE = 256
"""Pixels: the longer side of a photo."""

_QUICK_METHOD = ("--method", "wiener", "--psf", "motion:length=5,angle=20")
_START_SECONDS = 4.0
"""About what the program takes until its first result; a kill comes up to so long after the start."""


def main() -> None:
    """Run all parts and print the figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--quick", action="store_true", help="less of each, ends within 60 s")
    parser.add_argument("--part", choices=("speed", "memory", "kills"), help="only this part")
    options = parser.parse_args()
    figures: dict[str, Figure] = {}
    with tempfile.TemporaryDirectory(prefix="batch-") as name:
        folder = Path(name)
        if options.part in {None, "speed"}:
            figures["batch_throughput"] = measure_speed(folder / "speed", *((8, 1) if options.quick else (40, 2)))
        if options.part in {None, "memory"}:
            count = 40 if options.quick else 500
            figures["memory_growth_500"] = measure_memory(folder / "memory", count)
        if options.part in {None, "kills"}:
            lost, twice = count_losses(folder / "kills", 2 if options.quick else 20, 10 if options.quick else 40)
            figures |= {"kills_lost": Figure(lost, "photos"), "kills_twice": Figure(twice, "photos")}
    report("batch", figures)


def make_photos(folder: Path, count: int) -> None:
    """Write photos of 256 × 192 pixels that are blurred by a motion."""
    from deblur_app.blur import degrade, models
    from deblur_app.core.picture import from_integer, to_uint8

    scene = degrade.blur(from_integer(np.ascontiguousarray(astronaut())), models.motion(5, 20))
    folder.mkdir(parents=True)
    for number in range(count):
        top, left = (number * 7) % 256, (number * 13) % 200
        part = scene[top : top + _SIDE * 3 // 4, left : left + _SIDE]
        Image.fromarray(to_uint8(np.ascontiguousarray(part))).save(folder / f"{number:03}.png")


def measure_speed(folder: Path, count: int, times: int) -> Figure:
    """Return photos per second of a batch with two workers, and of `deblur restore` one photo after the other."""
    make_photos(folder / "in", count)
    numbers = iter(range(1000))

    def measure(command: str, *arguments: str) -> float:
        out = folder / f"out-{next(numbers)}"
        begin = time.perf_counter()
        _run(command, folder / "in", "-o", out, *arguments, "--method", "sparse", "--device", "cpu")
        return count / (time.perf_counter() - begin)

    ours, peer = in_turn(lambda: measure("batch", "--jobs", "2"), lambda: measure("restore"), times)
    return Figure(ours, "photos/s", peer)


def measure_memory(folder: Path, count: int) -> Figure:
    """Return the growth of the memory of program and worker over the last four fifths of a batch, in MB."""
    make_photos(folder / "in", count)
    process = _start("batch", folder / "in", "-o", folder / "out", "--jobs", "1", *_QUICK_METHOD)
    done, first, last = 0, 0, 0
    for line in process.stdout or ():
        done += json.loads(line)["event"] == "done"
        if done == count // 5 and not first:
            first = _measure_process(process.pid)
        if done >= count * 9 // 10:
            last = max(last, _measure_process(process.pid))
    process.wait()
    print(f"{first / 1e6:.0f} MB after {count // 5} photos, {last / 1e6:.0f} MB at the end", flush=True)
    if not (first and last):
        raise RuntimeError("the program ended before its memory was measured")
    return Figure(max(last - first, 0) / 1e6, "MB")


def _measure_process(number: int) -> int:
    """Return the bytes of memory that a process and its children hold; 0 once it has ended."""
    try:
        process = psutil.Process(number)
        return sum(each.memory_info().rss for each in [process, *process.children(recursive=True)])
    except psutil.Error:
        return 0


def count_losses(folder: Path, kills: int, count: int) -> tuple[int, int]:
    """Kill a batch at random moments, run it to its end, and count missing or broken results and doubled ones."""
    make_photos(folder / "in", count)
    out, moments = folder / "out", np.random.default_rng(0)
    command = ("batch", folder / "in", "-o", out, "--jobs", "2", *_QUICK_METHOD)
    for _ in range(kills):
        process = _start(*command)
        told = 0
        wanted = moments.integers(3)
        while told < wanted and process.stdout and (line := process.stdout.readline()):
            told += json.loads(line)["event"] == "done"
        time.sleep(moments.uniform(0, 0.2 if wanted else _START_SECONDS))
        process.send_signal(signal.SIGKILL)
        process.communicate()
    _run(*command)
    results = sorted(out.rglob("*_deblurred*"))
    whole = {path.stem.partition("_deblurred")[0] for path in results if _is_whole(path)}
    left = list(out.rglob(".deblur-*.part"))
    print(f"{len(results)} results, {len(whole)} whole, {len(left)} temporary files", flush=True)
    return count - len(whole) + len(left), len(results) - len({path.stem.partition("_")[0] for path in results})


def _is_whole(path: Path) -> bool:
    try:
        with Image.open(path) as image:
            image.load()
            return image.size == (_SIDE, _SIDE * 3 // 4)
    except OSError:
        return False


def _start(*arguments: object) -> subprocess.Popen[str]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "deblur_app", *map(str, arguments), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)


def _run(*arguments: object) -> None:
    """Run the program to its end.

    Raises:
        RuntimeError: A photo failed.
    """
    process = _start(*arguments)
    process.communicate()
    if process.returncode:
        raise RuntimeError(f"{arguments[0]} ended with code {process.returncode}")


if __name__ == "__main__":
    main()
