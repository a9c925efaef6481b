"""Some 60 photos of every kind go through `deblur batch`, which is killed three times on the way.

Made photos of 8 and 16 bits: PNG, JPEG, TIFF (planes, pages, tiles, inks, floating-point numbers, OME), WebP, BMP, GIF,
PPM, JPEG 2000, and as far as their libraries are installed HEIC, AVIF, JPEG XL, OpenEXR, FITS and camera raw; in the
profiles of photographers, with EXIF, XMP, IPTC and places, turned by EXIF, and broken ones. The program is killed
(SIGKILL) at three random moments and started again. Then each photo must have one whole result, with its profile, tones
and metadata, as other libraries (and ExifTool, where it is installed) read them, and each broken one a sentence.

    python benchmarks/mixed_batch.py                     # the default method: means of the channels are compared
    python benchmarks/mixed_batch.py --exact             # nothing is deblurred: each value is compared

Ends with exit code 1 where something is not as it has to be.
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
from typing import TYPE_CHECKING

import numpy as np

if __name__ == "__main__":
    from measuring import Figure, report

if TYPE_CHECKING:
    from collections.abc import Sequence

_KILLS = 3
_MEAN_LEVELS = 6.0
"""Levels of 8 bits by which deblurring may move the mean of a channel: light is conserved, and tones are not its
proportion."""

EXACT = ("--method", "denoise", "--strength", "0")
"""Options with which nothing is deblurred."""


def main() -> int:
    """Make the photos, restore them, and print what is wrong."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--exact", action="store_true", help="deblur nothing, and compare each value")
    parser.add_argument("--method", help="the method (default: that of the program)")
    parser.add_argument("--keep", type=Path, help="a new folder for photos and results, which are kept there")
    options = parser.parse_args()
    chosen = EXACT if options.exact else ("--method", options.method) if options.method else ()
    with tempfile.TemporaryDirectory(prefix="mixed-") as name:
        faults, count = restore_all(options.keep or Path(name), chosen, is_exact=options.exact)
    for fault in faults:
        print(fault)
    report("mixed_batch", {"faults": Figure(len(faults), "faults"), "photos": Figure(count, "photos")})
    return 1 if faults else 0


def restore_all(
    folder: Path,
    arguments: Sequence[str],
    *,
    is_exact: bool,
    most: int = 1000,
    kills: int = _KILLS,
    jobs: int = 2,
) -> tuple[list[str], int]:
    """Restore the photos with kills on the way, and return what is wrong, and how many photos there are.

    Args:
        folder: An empty folder.
        arguments: Options of `deblur batch`.
        is_exact: Whether nothing is deblurred, so that each value is compared.
        most: Photos of each family of formats at most.
        kills: How often the program is killed.
        jobs: Photos at the same time.
    """
    from benchmarks.mixed.check import find_faults
    from benchmarks.mixed.folder import make_photos

    photos = make_photos(folder / "in", most=most)
    command = ("batch", folder / "in", "-o", folder / "out", "--quality", "original", "--jobs", jobs, *arguments)
    moments = np.random.default_rng(0)
    told = kill_at(command, [int(number) for number in np.sort(moments.integers(1, len(photos) // 2, kills))])
    process = start(*command)
    output, _ = process.communicate()
    broken = sum(photo.is_broken for photo in photos)
    faults = [] if process.returncode == 2 * bool(broken) else [f"exit code {process.returncode}"]
    events = [json.loads(line) for line in output.splitlines()]
    end = events[-1] if events else {}
    failed = [event for event in events if event["event"] == "failed"]
    if (end.get("failed"), len(failed)) != (broken, broken):
        faults.append(f"{end.get('failed')} of {broken} broken photos were told")
    print(f"{len(photos)} photos, {told} told before the kills, {end.get('skipped')} of them kept", flush=True)
    return faults + find_faults(folder / "out", photos, mean_levels=None if is_exact else _MEAN_LEVELS), len(photos)


def kill_at(command: Sequence[object], counts: Sequence[int]) -> int:
    """Start a batch once for each number, kill it when so many photos were told in that start, and return their sum."""
    total = 0
    for wanted in counts:
        process, told = start(*command), 0
        while told < wanted and process.stdout and (line := process.stdout.readline()):
            told += json.loads(line)["event"] in {"done", "failed", "unblurred"}
        time.sleep(0.02 * (wanted % 3))  # not always at the same step
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
        process.communicate()
        total += told
    return total


def start(*arguments: object) -> subprocess.Popen[str]:
    """Start the program, which tells its news in JSON."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-m", "deblur_app", *map(str, arguments), "--json"]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=environment)


if __name__ == "__main__":
    sys.exit(main())
