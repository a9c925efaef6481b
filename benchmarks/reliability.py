"""Benchmark of reliability: photos survive kills, full disks, two programs in one folder, careless commands.

Each part runs `deblur restore` as a process on small photos and then looks at what is on the disk:

- kills: SIGKILL (20 times), SIGTERM and SIGINT at random moments of a batch; then the batch is run to its end;
- disk: a disk of one of several sizes becomes full during a batch (a small tmpfs for the administrator of a Linux
  system, else a limit for the size of a file);
- together: two processes restore photos of the same names into one folder;
- commands: `--overwrite` with a truth that is the output, a photo that is the result of another one, two of one name.

Figures, all of which must be 0: `lost`, photos that changed and results that were told of or due and are not there;
`partial`, results that cannot be read whole and temporary files that stay; `tracebacks`, on stderr or in the log.
`--quick` does less of each and ends within 60 seconds.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from PIL import Image
from skimage.data import astronaut

if __name__ == "__main__":
    from measuring import Figure, quick, report

if TYPE_CHECKING:
    from collections.abc import Iterator

_WIENER = ("--method", "wiener", "--psf", "motion:length=5,angle=20", "--json")
_PHOTOS = 12  # in each batch
_PHOTO_SECONDS = 0.05
"""About what one of the photos takes; a kill comes up to so long after the answer about another one."""

_START_SECONDS = 2.0
"""About what the program takes until its first photo."""

_SIZES = (4, 12, 20, 28, 40, 56, 76, 100, 140, 180)
"""Sizes of the disk in kB; a result has about 20."""

_WITH_LIMIT = (
    "import resource, sys; resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv.pop(1)),) * 2)\n"
    "from deblur_app.__main__ import main; sys.exit(main())"
)


@dataclass
class Findings:
    """The faults that were counted, by figure, and a folder for all files of the run."""

    folder: Path
    counts: Counter[str] = field(default_factory=Counter)

    def add(self, figure: str, count: int, text: str) -> None:
        """Count something that must not be, and tell it."""
        self.counts[figure] += max(count, 0)
        if count > 0:
            print(f"{figure}: {count}, {text}", flush=True)


class Batch:
    """Photos in a folder, what they contained at first, and the folder of their results."""

    def __init__(self, folder: Path, out: Path | None = None) -> None:
        """Write the photos into the new `folder`."""
        folder.mkdir(parents=True)
        for number in range(_PHOTOS):
            part = np.ascontiguousarray(astronaut()[40 + 8 * number : 136 + 8 * number, 160:288])
            Image.fromarray(part).save(folder / f"{number}.png")
        self.photos = folder
        self.out = out or folder.with_name(f"{folder.name}-out")
        self.keep()

    def keep(self) -> None:
        """Remember what is in the folder: all of it is to stay as it is."""
        self.before = {path: path.read_bytes() for path in self.photos.rglob("*") if path.is_file()}

    def check(self, findings: Findings, told: list[Path], text: str, *, may_leave: bool = False) -> None:
        """Compare the photos with what they were, look for the results that were told of, and read all there are."""
        changed = [path for path, old in self.before.items() if not path.exists() or path.read_bytes() != old]
        findings.add("lost", len(changed), f"photos {text}")
        findings.add("lost", sum(not path.exists() for path in told), f"results {text}")
        results = list(self.out.iterdir()) if self.out.is_dir() else []
        temporary = [path for path in results if path.name.startswith(".")]
        findings.add("partial", 0 if may_leave else len(temporary), f"temporary files {text}")
        findings.add(
            "partial", sum(not _is_whole(path) for path in results if path not in temporary), f"results {text}"
        )


def main() -> None:
    """Run all parts and print the figures."""
    is_quick = quick(__doc__)
    with tempfile.TemporaryDirectory(prefix="reliability-") as name:
        findings = Findings(Path(name))
        asked = (signal.SIGTERM, signal.SIGINT) * (1 if is_quick else 4)
        kills(findings, (signal.SIGKILL,) * (3 if is_quick else 20) + asked)
        for size in _SIZES[1::5] if is_quick else _SIZES:
            full_disk(findings, size)
        for number in range(1 if is_quick else 6):
            together(findings, number)
        commands(findings)
        log = findings.folder / "state" / "Deblur" / "log" / "deblur.log"
        findings.add("tracebacks", log.read_text().count("Traceback") if log.exists() else 0, "in the log")
    report("reliability", {key: Figure(findings.counts[key], "cases") for key in ("lost", "partial", "tracebacks")})


def kills(findings: Findings, signals: tuple[signal.Signals, ...]) -> None:
    """End batches at random moments, then run one to its end."""
    batch, moments = Batch(findings.folder / "kills"), np.random.default_rng(0)
    told: list[Path] = []
    for number in signals:
        process = _start(findings, batch.photos, "-o", batch.out)
        answers = [_line_of(process) for _ in range(moments.integers(_PHOTOS))]
        time.sleep(moments.uniform(0, _PHOTO_SECONDS if answers else _START_SECONDS))
        process.send_signal(number)
        rest, errors = process.communicate()
        findings.add("tracebacks", errors.count("Traceback"), f"after {number.name}")
        told += _read_results("".join([*answers, rest]))
        batch.check(findings, told, f"after {number.name}", may_leave=number is signal.SIGKILL)
    text = "in the last batch"
    told += _finish(findings, _start(findings, batch.photos, "-o", batch.out), text, due=_PHOTOS)
    batch.check(findings, told, text)


def full_disk(findings: Findings, size: int) -> None:
    """Restore a batch onto a disk of `size` kB, where some results have room and others have not."""
    with _small_disk(findings.folder / f"small-{size}", size) as (out, limit):
        batch, text = Batch(findings.folder / f"disk-{size}", out), f"with {size} kB"
        told = _finish(findings, _start(findings, batch.photos, "-o", out, limit=limit), text)
        batch.check(findings, told, text)
        print(f"a disk of {size} kB: {len(told)} of {_PHOTOS} results", flush=True)


def together(findings: Findings, number: int) -> None:
    """Let two processes restore photos of the same names into one folder."""
    out = findings.folder / f"together-out-{number}"
    batches = [Batch(findings.folder / f"together-{number}" / name, out) for name in "ab"]
    started = [_start(findings, batch.photos, "-o", out) for batch in batches]
    told = [path for process in started for path in _finish(findings, process, "two at a time", due=_PHOTOS)]
    findings.add("lost", len(told) - len(set(told)), "two processes told of one result")
    for batch in batches:
        batch.check(findings, told, "two at a time")


def commands(findings: Findings) -> None:
    """Run commands that would overwrite what they read, or one result by another."""
    batch = Batch(findings.folder / "commands")
    first, truth, earlier, other = (batch.photos / name for name in ("0.png", "1.png", "0_deblurred.png", "b/0.png"))
    other.parent.mkdir()
    shutil.copy(first, other)
    shutil.copy(truth, earlier)
    batch.keep()
    _finish(findings, _start(findings, first, "--truth", truth, "-o", truth, "--overwrite"), "the truth")
    _finish(findings, _start(findings, first, earlier, "--overwrite"), "an earlier result")
    told = _finish(findings, _start(findings, first, other, "-o", batch.out, "--overwrite"), "one name", due=2)
    findings.add("lost", len(told) - len(set(told)), "two photos of one name have one result")
    batch.check(findings, told, "commands")


def _start(findings: Findings, *arguments: object, limit: int | None = None) -> subprocess.Popen[str]:
    program = ["-m", "deblur_app"] if limit is None else ["-c", _WITH_LIMIT, str(limit)]
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join(sys.path),
        "XDG_STATE_HOME": str(findings.folder / "state"),
    }
    command = [sys.executable, *program, "restore", *map(str, arguments), *_WIENER]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)


def _line_of(process: subprocess.Popen[str]) -> str:
    """Return the next line that a process writes to stdout."""
    return process.stdout.readline() if process.stdout else ""


def _finish(findings: Findings, process: subprocess.Popen[str], text: str, due: int = 0) -> list[Path]:
    """Wait for the end of a process, and return the results that it told of."""
    out, errors = process.communicate()
    findings.add("tracebacks", errors.count("Traceback"), text)
    told = _read_results(out)
    findings.add("lost", due - len(told), f"{text}: results that are due")
    return told


def _read_results(out: str) -> list[Path]:
    """Return the results that were told of, one JSON object a line; a kill may cut the last line short."""
    answers = [json.loads(line) for line in out.splitlines() if line.endswith("}")]
    return [Path(answer["output"]) for answer in answers if "output" in answer]


def _is_whole(path: Path) -> bool:
    try:
        with Image.open(path) as image:
            image.load()
            return image.size == (128, 96)
    except OSError:
        return False


@contextmanager
def _small_disk(folder: Path, size: int) -> Iterator[tuple[Path, int | None]]:
    """Give a folder on a disk of `size` kB; where none can be made, an ordinary one and a limit for a file in bytes."""
    folder.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={size}k", "none", str(folder)]
    if not sys.platform.startswith("linux") or subprocess.run(command, check=False, capture_output=True).returncode:
        yield folder, size * 200
        return
    try:
        yield folder, None
    finally:
        subprocess.run(["umount", str(folder)], check=True)


if __name__ == "__main__":
    main()
